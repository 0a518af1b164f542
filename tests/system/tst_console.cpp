// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The prompt that `berth` alone is on a terminal, typed at as a person does.
#include "system/commandtest.h"
#include "system/ptycommand.h"

using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray prompt("berth> ");
const QByteArray tab("\t");
const QByteArray enter("\r");
const QByteArray right("\033[C");
const QByteArray up("\033[A");
const QByteArray ctrlC("\x03");
const QByteArray ctrlD("\x04");
const QByteArray ctrlR("\x12");
const QByteArray ctrlZ("\x1a");

// As the console draws it behind the cursor.
QByteArray hint(const QByteArray &text) { return "\033[90m" + text + "\033[0m"; }
QByteArray pasted(const QByteArray &text) { return "\033[200~" + text + "\033[201~"; }
// The prompt after a command that failed.
QByteArray promptAfter(int code) { return "\033[90m[" + QByteArray::number(code) + "]\033[0m " + prompt; }

} // namespace

class TestConsole : public CommandTest {
    Q_OBJECT
private:
    void leave(PtyCommand &console)
    {
        console.type(ctrlD);
        QCOMPARE(console.wait(), 0);
        QVERIFY(console.isRestored());
    }

private Q_SLOTS:
    void init()
    {
        m_berth->environment.insert(
            u"XDG_STATE_HOME"_s, m_berth->path(u"state-"_s + QString::fromLatin1(QTest::currentTestFunction())));
        m_berth->environment.insert(u"TERM"_s, u"xterm-256color"_s);
        m_berth->environment.insert(u"INPUTRC"_s, u"/dev/null"_s);
        m_berth->environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    }

    void isHelpWithoutATerminal()
    {
        const auto answer = berth({});
        VERIFY_OK(answer);
        QVERIFY(answer.out.startsWith("Usage:  berth [OPTIONS] COMMAND\n"));
    }

    void runsLines()
    {
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("docker run --rm busybox echo result=42" + enter);
        QVERIFY(console.waitFor("\r\n") && console.waitFor("result=42\r\n") && console.waitFor(prompt));
        console.type("run --rm busybox sh -c 'exit 3'" + enter);
        QVERIFY(console.waitFor(promptAfter(3)));
        console.type("version -f '{{.Client.Os}}'" + enter); // and quiet again
        QVERIFY(console.waitFor("linux\r\n") && console.waitFor("\033[?2004h" + prompt));
        leave(console);
    }

    void hintsAreGrey()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        PtyCommand console(*m_berth, {}, 120, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("run");
        QVERIFY(console.waitFor(hint(" [OPTIONS] IMAGE [COMMAND] [ARG...]  — Create and run a new container from an image")));
        console.type(" -it ");
        QVERIFY(console.waitFor(hint("IMAGE [COMMAND] [ARG...]")));
        console.type("busy");
        QVERIFY(console.waitFor(hint("box [COMMAND] [ARG...]")));
        console.type(right); // takes the rest of the name
        QVERIFY(console.waitFor("box" + hint(" [COMMAND] [ARG...]")));
        console.type(ctrlC);
        QVERIFY(console.waitFor("^C\r\n") && console.waitFor(promptAfter(130)));
        console.type("logs --ta");
        QVERIFY(console.waitFor(hint("il string  — Number of lines to show from the end of the logs")));
        console.type("\025"); // ctrl-u
        console.type("stop w");
        QVERIFY(console.waitFor(hint("eb [CONTAINER...]")));
        // Nothing of a hint stays when the line is entered.
        console.type("\025");
        console.type("version");
        QVERIFY(console.waitFor(hint(" [OPTIONS]  — Show the Berth version information")));
        console.type(enter);
        QVERIFY(console.waitFor("\033[K\r\n"));
        QVERIFY(console.waitFor("Client: Berth") && console.waitFor(prompt));
        leave(console);
    }

    void tabCompletes()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        VERIFY_OK(berth({"create", "--name", "worker", "busybox"}));
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("unp" + tab);
        QVERIFY(console.waitFor("ause "));
        console.type("\025"); // ctrl-u
        console.type("inspect -f '{{.State.Status}}' wo" + tab + enter);
        QVERIFY(
            console.waitFor("worker") && console.waitFor("\r\n") && console.waitFor("created\r\n") && console.waitFor(prompt));
        console.type("exec w" + tab); // only web runs
        QVERIFY(console.waitFor("eb "));
        console.type("echo in $(ps -q)" + enter);
        QVERIFY(console.waitFor("in " + inspect("web", "slice .Id 0 12")));
        console.type("logs w" + tab);
        // Both, with what they are.
        QVERIFY(console.waitFor("web     " + hint("busybox, Up ").chopped(4)) && console.waitFor("worker  "));
        QVERIFY(console.waitFor(prompt + "logs w"));
        console.type("\025");
        console.type("run --restart un" + tab);
        QVERIFY(console.waitFor("less-stopped"));
        console.type(ctrlC);
        QVERIFY(console.waitFor(promptAfter(130)));
        leave(console);
    }

    void historySurvives()
    {
        {
            PtyCommand console(*m_berth, {}, 100, 24);
            QVERIFY(console.waitFor(prompt));
            console.type("version -f 'first {{.Client.Os}}'" + enter);
            QVERIFY(console.waitFor("first linux") && console.waitFor(prompt));
            console.type(" version -f 'secret'" + enter); // a space keeps it out
            QVERIFY(console.waitFor("secret\r\n") && console.waitFor(prompt));
            console.type("version -f 'second {{.Client.Os}}'" + enter);
            QVERIFY(console.waitFor("second linux") && console.waitFor(prompt));
            ::kill(console.pid(), SIGKILL); // a line is kept when it is entered, not at the end
            QCOMPARE(console.wait(), 137);
        }
        QFile file(m_berth->environment.value(u"XDG_STATE_HOME"_s) + u"/berth/history"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "version -f 'first {{.Client.Os}}'\nversion -f 'second {{.Client.Os}}'\n");
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), 0);

        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type(up + enter);
        QVERIFY(console.waitFor("second linux\r\n") && console.waitFor(prompt));
        console.type(ctrlR + "first");
        QVERIFY(console.waitFor("reverse-i-search"));
        console.type(enter);
        QVERIFY(console.waitFor("first linux\r\n") && console.waitFor(prompt));
        leave(console);
    }

    void pasteRunsEveryLine()
    {
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type(pasted("# notes: don't stumble over this\n"
                            "$ docker run --name web \\\n    -d busybox sleep 100\n\n"
                            "docker exec web sh -c 'echo one\necho two'\r\n"
                            "docker rm -f $(docker ps -aq) && docker ps -a -f name=web --format none=\"{{.ID}}\"\n"
                            "version -f 'la"));
        QVERIFY(console.waitFor("# notes: don't stumble over this\r\n"));
        QVERIFY(console.waitFor("     >     -d busybox sleep 100\r\n"));
        QVERIFY(console.waitFor("\r\none\r\ntwo\r\n"));
        QVERIFY(console.waitFor("name=web --format none=\"{{.ID}}\"\r\n"));
        QVERIFY(console.waitFor(prompt + "version -f 'la")); // what is not finished waits
        console.type("st'" + enter);
        QVERIFY(console.waitFor("\r\n") && console.waitFor("last\r\n") && console.waitFor(prompt));
        QCOMPARE(berth({"ps", "-aq"}).out, "");
        leave(console);
    }

    void interrupts()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", "echo started; sleep 100"}));
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("run half a");
        QVERIFY(console.waitFor("half a" + hint(" [ARG...]")));
        console.type(ctrlC); // seen behind what was typed, not over it
        QVERIFY(console.waitFor("\033[K^C\r\n\033[?2004l") && console.waitFor(promptAfter(130)));
        console.type("version -f 'open" + enter);
        QVERIFY(console.waitFor("     > "));
        console.type(ctrlC); // gives up both lines
        QVERIFY(console.waitFor("^C\r\n") && console.waitFor(promptAfter(130)));
        console.type("logs -f web" + enter);
        QVERIFY(console.waitFor("started\r\n"));
        console.type(ctrlC); // ends the command, not the console
        QVERIFY(console.waitFor("^C") && console.waitFor(promptAfter(130)));
        console.type(pasted("logs -f web\nversion -f 'not run'\n"));
        QVERIFY(console.waitFor("started\r\n"));
        console.type(ctrlC); // and what was pasted behind it
        QVERIFY(console.waitFor(promptAfter(130)));
        console.type("version -f 'still here'" + enter);
        QVERIFY(console.waitFor("still here\r\n") && console.waitFor(prompt));
        QVERIFY(!console.output.contains("\nnot run"));
        leave(console);
    }

    void stopsAndContinues()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", "echo started; sleep 100"}));
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("fg" + enter);
        QVERIFY(console.waitFor("nothing is stopped") && console.waitFor(promptAfter(1)));
        console.type("logs -f web" + enter);
        QVERIFY(console.waitFor("started\r\n"));
        console.type(ctrlZ);
        QVERIFY(console.waitFor("Stopped: logs -f web. 'fg' continues it.\r\n") && console.waitFor(promptAfter(148)));
        console.type("fg" + enter);
        QVERIFY(console.waitFor("fg") && console.waitFor("logs -f web\r\n"));
        console.type(ctrlC);
        QVERIFY(console.waitFor("^C") && console.waitFor(promptAfter(130)));
        console.type(ctrlZ + "exit" + enter); // does nothing at the prompt
        QCOMPARE(console.wait(), 0);
        QVERIFY(console.isRestored());
    }

    void handsTheTerminalOver()
    {
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("run -it --rm busybox sh" + enter);
        QVERIFY(console.waitFor("/ # "));
        console.type("stty size; cat; echo after=$?\n");
        QVERIFY(console.waitFor("24 100\r\n"));
        console.type("a line\n");
        QVERIFY(console.waitFor("a line\r\na line\r\n"));
        console.type(ctrlC); // is the container's
        QVERIFY(console.waitFor("^C") && console.waitFor("/ # "));
        console.resize(60, 20);
        console.type("stty size; exit 5\n");
        QVERIFY(console.waitFor("20 60\r\n"));
        QVERIFY(console.waitFor(promptAfter(5)));
        console.type("stop"); // the prompt has heard of it as well
        QVERIFY(console.waitFor(hint(" [OPTIONS] CONTAINER [CONTAINER...]  — Stop…")));
        console.type("\025");
        console.type("run --rm -e COLUMNS -e LINES busybox env" + enter);
        QVERIFY(console.waitFor("HOSTNAME=") && console.waitFor(prompt));
        QVERIFY2(!console.output.contains("\nCOLUMNS=") && !console.output.contains("\nLINES="), console.output);
        leave(console);
    }

    void commandsInCommands()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sh", "-c", "echo started; sleep 100"}));
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("inspect -f '{{.Name}}' $(docker ps -aq)" + enter);
        QVERIFY(console.waitFor("/web\r\n") && console.waitFor(prompt));
        console.type("rm $(docker ps -q | cat)" + enter);
        QVERIFY(console.waitFor("it has no '|'") && console.waitFor(promptAfter(1)));
        console.type("rm $(inspect nothing)" + enter); // rm is not even tried
        QVERIFY(console.waitFor("nothing") && console.waitFor(promptAfter(1)));
        QVERIFY(!console.output.contains("requires at least"));
        console.type("rm $(logs -f web)" + enter);
        QTest::qWait(300); // until it follows; if not, the keys do the same
        console.type(ctrlZ); // cannot be stopped, so nothing waits for ever
        console.type(ctrlC);
        QVERIFY(console.waitFor("^C") && console.waitFor(promptAfter(130)));
        QCOMPARE(inspect("web", ".State.Status"), "running");
        console.type("stop -t 0 web && rm web; ps -aq" + enter);
        QVERIFY(console.waitFor("\rweb\r\nweb\r\n") && console.waitFor(prompt));
        leave(console);
    }

    void pasteWithoutItsEnd()
    {
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("\033[200~version -f 'torn'\n"); // and the terminal says no more
        QVERIFY(console.waitFor("\r\n") && console.waitFor("torn\r\n") && console.waitFor(prompt));
        leave(console);
    }

    void speaksKorean()
    {
        m_berth->environment.insert(u"LC_ALL"_s, u"ko_KR.UTF-8"_s);
        PtyCommand console(*m_berth, {}, 120, 24);
        QVERIFY(console.waitFor("Tab은 자동 완성") && console.waitFor(prompt));
        console.type("run");
        QVERIFY(console.waitFor(hint(" [옵션] 이미지 [명령] [인자...]  — 이미지로 새 컨테이너를 만들어 실행합니다")));
        console.type(" --name ");
        QVERIFY(console.waitFor("컨테이너에 이름을 붙입니다"));
        console.type("\025"
                     "help exec"
            + enter);
        QVERIFY(console.waitFor("사용법:  berth exec") && console.waitFor("작업 폴더") && console.waitFor(prompt));
        console.type("ps | grep x" + enter);
        QVERIFY(console.waitFor("이 프롬프트는 berth 명령만 실행하므로") && console.waitFor(promptAfter(1)));
        console.type("version -f '한글 {{.Client.Os}}'" + enter); // what programs read stays as it is
        QVERIFY(console.waitFor("한글 linux\r\n") && console.waitFor(prompt));
        console.type("stop webb" + enter);
        QVERIFY(console.waitFor("Error response from daemon: No such container: webb") && console.waitFor(promptAfter(1)));
        leave(console);
    }

    void suggests()
    {
        VERIFY_OK(berth({"create", "--name", "web", "busybox"}));
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("start wbe" + enter);
        QVERIFY(console.waitFor("There is no container 'wbe'. Did you mean 'web'?") && console.waitFor(promptAfter(1)));
        console.type("stpo web" + enter);
        QVERIFY(console.waitFor("Did you mean 'berth stop'?") && console.waitFor(prompt));
        console.type("run --naem x busybox" + enter);
        QVERIFY(console.waitFor("Did you mean --name?") && console.waitFor(prompt));
        console.type("ls" + enter);
        QVERIFY(console.waitFor("'ls' is none; other programs need a shell") && console.waitFor(prompt));
        leave(console);
    }

    void followsTheSize()
    {
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("run");
        QVERIFY(console.waitFor("from an image"));
        console.resize(40, 24);
        // Drawn again, and the hint ends where the screen does.
        QVERIFY(console.waitFor("\r\033[J") && console.waitFor("berth> run"));
        QVERIFY(console.waitFor(hint(" [OPTIONS] IMAGE [COMMAND] […")));
        console.type("\025version -f '0123456789012345678901234567890123456789'" + enter);
        QVERIFY(console.waitFor("\r\n") && console.waitFor("0123456789012345678901234567890123456789\r\n")
            && console.waitFor(prompt));
        leave(console);
    }

    void endsWithItsTerminal()
    {
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        ::kill(console.pid(), SIGHUP);
        QCOMPARE(console.wait(), 129);
        QVERIFY(console.isRestored());
    }

    void worksWithoutAHome()
    {
        m_berth->environment.insert(u"XDG_STATE_HOME"_s, u"/proc"_s); // nobody can write there
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor("the history cannot be kept") && console.waitFor(prompt));
        console.type("version -f 'works'" + enter);
        QVERIFY(console.waitFor("works\r\n") && console.waitFor(prompt));
        console.type(up + enter);
        QVERIFY(console.waitFor("works\r\n") && console.waitFor(prompt));
        leave(console);
    }

    void isPlainOnADumbTerminal()
    {
        m_berth->environment.insert(u"TERM"_s, u"dumb"_s);
        PtyCommand console(*m_berth, {}, 100, 24);
        QVERIFY(console.waitFor(prompt));
        console.type("version -f 'plain'" + enter);
        QVERIFY(console.waitFor("\r\n") && console.waitFor("plain\r\n") && console.waitFor(prompt));
        QVERIFY2(!console.output.contains('\033'), console.output);
        leave(console);
    }
};

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
