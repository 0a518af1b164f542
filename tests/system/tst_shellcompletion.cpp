// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The installed completion scripts, in the shells they are for.
#include "system/commandtest.h"
#include "system/ptycommand.h"

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestShellCompletion : public CommandTest {
    Q_OBJECT
private:
    // What is typed with its Tab, and the words that the line then has.
    static void lines()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("command") << QByteArray("berth unp") << QByteArray("berth unpause");
        QTest::newRow("command of a group") << QByteArray("berth container unp") << QByteArray("berth container unpause");
        QTest::newRow("what runs") << QByteArray("berth stop w") << QByteArray("berth stop web");
        QTest::newRow("what is stopped") << QByteArray("berth start w") << QByteArray("berth start worker");
        QTest::newRow("image") << QByteArray("berth run -it busy") << QByteArray("berth run -it busybox");
        QTest::newRow("tag") << QByteArray("berth rmi busybox:l") << QByteArray("berth rmi busybox:latest");
        QTest::newRow("nothing behind the colon") << QByteArray("berth rmi busybox:") << QByteArray("berth rmi busybox:latest");
        QTest::newRow("flag") << QByteArray("berth run --entry") << QByteArray("berth run --entrypoint");
        QTest::newRow("glued value") << QByteArray("berth run --pull=nev") << QByteArray("berth run --pull=never");
        QTest::newRow("filter") << QByteArray("berth ps -f status=pau") << QByteArray("berth ps -f status=paused");
        QTest::newRow("file") << QByteArray("berth load -i only-o") << QByteArray("berth load -i only-one.tar");
        QTest::newRow("second command") << QByteArray("true; berth unp") << QByteArray("true; berth unpause");
    }
    // Behind the first word of the line, so that the shell prints the words instead of running them.
    static QByteArray answer(const QByteArray &line) { return line.startsWith("true; ") ? line.sliced(6) : line; }
    void typeAt(PtyCommand &shell, const QByteArray &typed, const QByteArray &line)
    {
        QVERIFY(shell.waitFor("ready> "));
        if (typed.startsWith("true; "))
            shell.type("true; echo '[' " + typed.sliced(6) + "\t");
        else
            shell.type(typed + "\t\x01" + "echo '[' \x05");
        // The name and what the shell adds to it is there before the line is entered.
        shell.type(" ']'\n");
        QVERIFY(shell.waitFor("[ " + answer(line) + " ]"));
    }

private Q_SLOTS:
    void init()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        VERIFY_OK(berth({"create", "--name", "worker", "busybox"}));
        QFile file(m_berth->path(u"only-one.tar"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    void bash_data() { lines(); }
    void bash()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, line);
        m_berth->environment.insert(u"PS1"_s, u"ready> "_s);
        PtyCommand shell(*m_berth, {"--norc", "--noprofile", "-i"}, 120, 24, "bash");
        shell.type("cd " + m_berth->path(u"."_s).toUtf8() + "; source /usr/share/bash-completion/completions/berth\n");
        QVERIFY(shell.waitFor("completions/berth\r\n"));
        if (typed.startsWith("true; ")) {
            QVERIFY(shell.waitFor("ready> "));
            shell.type(typed + "\t; echo done=$?\n");
            QVERIFY(shell.waitFor(line.sliced(6)));
            return;
        }
        typeAt(shell, typed, line);
    }

    void zsh_data() { lines(); }
    void zsh()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, line);
        QFile settings(m_berth->path(u".zshrc"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("autoload -Uz compinit; compinit -u -D; bindkey -e; unsetopt prompt_sp; PS1='ready> '\n");
        settings.close();
        m_berth->environment.insert(u"ZDOTDIR"_s, m_berth->path(u"."_s));
        PtyCommand shell(*m_berth, {"-i"}, 120, 24, "zsh");
        QVERIFY(shell.waitFor("ready> "));
        shell.type("cd " + m_berth->path(u"."_s).toUtf8() + "\n");
        if (typed.startsWith("true; ")) {
            QVERIFY(shell.waitFor("ready> "));
            shell.type(typed + "\t; echo done=$?\n");
            QVERIFY(shell.waitFor("unpause"));
            return;
        }
        typeAt(shell, typed, line);
    }

    // fish says by itself what it would complete.
    void fish_data() { lines(); }
    void fish()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, line);
        QProcess shell;
        auto environment = m_berth->environment;
        environment.insert(u"HOME"_s, m_berth->path(u"."_s));
        shell.setProcessEnvironment(environment);
        shell.setWorkingDirectory(m_berth->path(u"."_s));
        shell.start(u"fish"_s,
            {u"--no-config"_s, u"-c"_s,
                u"source /usr/share/fish/vendor_completions.d/berth.fish; complete -C "_s + u'"' + QString::fromUtf8(typed)
                    + u'"'});
        const auto said = BerthCommand::finish(shell);
        VERIFY_OK(said);
        const auto word = line.sliced(line.lastIndexOf(' ') + 1);
        QList<QByteArray> words;
        for (const auto &one : BerthCommand::lines(said.out))
            words += one.left(one.indexOf('\t') < 0 ? one.size() : one.indexOf('\t'));
        QCOMPARE(words, QList<QByteArray>{word});
    }

    void descriptionsAreInTheCallersLanguage()
    {
        m_berth->environment.insert(u"LC_ALL"_s, u"ko_KR.UTF-8"_s);
        COMPARE_ANSWER(berth({"__complete", "--", "unp"}), 0, "unpause\t일시 정지한 컨테이너를 재개합니다\n:\n", "");
        m_berth->environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        const auto names = berth({"__complete", "--line", "berth stop w"});
        VERIFY_OK(names);
        QVERIFY2(names.out.startsWith("web\tbusybox, Up "), names.out);
    }
};

QTEST_GUILESS_MAIN(TestShellCompletion)
#include "tst_shellcompletion.moc"
