// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions on a real terminal: run -it, exec -it, attach, and what keys and sizes do.
#include "system/commandtest.h"
#include "system/ptycommand.h"

using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray ctrlC("\x03");
const QByteArray ctrlD("\x04");
const QByteArray prompt("/ # ");
const QByteArray detachKeys("\x10\x11"); // ctrl-p ctrl-q

} // namespace

class TestTerminal : public CommandTest {
    Q_OBJECT
private Q_SLOTS:
    void runInteractively()
    {
        PtyCommand session(*m_berth, {"run", "-it", "--rm", "--name", "web", "busybox", "sh"}, 100, 30);
        session.type("tty; stty size; echo $TERM; echo result=$((6*7))\n");
        QVERIFY(session.waitFor("/dev/pts/0\r\n30 100\r\nxterm\r\nresult=42\r\n"));
        session.type("exit 5\n");
        QCOMPARE(session.wait(), 5);
        QVERIFY(session.isRestored());
        QCOMPARE(berth({"ps", "-aq"}).out, "");
    }

    void execInteractively()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        PtyCommand session(*m_berth, {"exec", "-it", "web", "sh"}, 101, 31);
        session.type("tty; stty size; echo $TERM; echo result=$((6*7))\n");
        // With the prompt the shell has the terminal in its own mode; before, Ctrl-D is something else.
        QVERIFY(session.waitFor("\r\n31 101\r\nxterm\r\nresult=42\r\n/ # "));
        session.type(ctrlD);
        QCOMPARE(session.wait(), 0);
        QVERIFY(session.isRestored());
        QCOMPARE(inspect("web", ".State.Running"), "true");
    }

    void keysReachTheProgram_data()
    {
        QTest::addColumn<bool>("isExec");
        QTest::newRow("run") << false;
        QTest::newRow("exec") << true;
    }
    void keysReachTheProgram()
    {
        QFETCH(bool, isExec);
        if (isExec)
            VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        PtyCommand session(*m_berth,
            isExec ? QList<QByteArray>{"exec", "-it", "web", "sh"} : QList<QByteArray>{"run", "-it", "--rm", "busybox", "sh"});
        session.type("echo started; cat\n");
        QVERIFY(session.waitFor("\r\nstarted\r\n"));
        session.type("one line\n");
        QVERIFY(session.waitFor("one line\r\none line\r\n")); // its echo, and cat's
        session.type(ctrlC);
        // The prompt first: an interrupt throws away what was typed ahead.
        QVERIFY(session.waitFor("^C") && session.waitFor(prompt));
        session.type("echo code=$?\n"); // the shell lives, cat was interrupted
        QVERIFY(session.waitFor("code=130") && session.waitFor(prompt));
        session.type("echo again; cat; echo after=$?\n");
        QVERIFY(session.waitFor("\r\nagain\r\n"));
        session.type("x\n");
        QVERIFY(session.waitFor("x\r\nx\r\n"));
        session.type(ctrlD); // an end of file is the terminal's, not the connection's
        QVERIFY(session.waitFor("after=0") && session.waitFor(prompt));
        session.type("sh -c 'echo asleep; exec sleep 100'\n"); // said by the job, which has the terminal then
        QVERIFY(session.waitFor("\r\nasleep\r\n"));
        session.type("\x1a"); // ctrl-z
        QVERIFY(session.waitFor("Stopped") && session.waitFor(prompt));
        session.type("kill %1; exit 3\n");
        int code = session.wait(1000);
        if (code == -1) { // "You have stopped jobs."
            session.type("exit 3\n");
            code = session.wait();
        }
        QCOMPARE(code, 3);
        QVERIFY(session.isRestored());
    }

    void bytesFlowUnbuffered()
    {
        PtyCommand session(*m_berth,
            {"run", "-it", "--name", "web", "busybox", "sh", "-c", "printf prompt; read x; printf \"got $x\"; sleep 100"});
        QVERIFY(session.waitFor("prompt")); // without an end of line
        session.type("key\n");
        QVERIFY(session.waitFor("got key"));
        VERIFY_OK(berth({"kill", "web"}));
        QCOMPARE(session.wait(), 137);
        QVERIFY(session.isRestored());
    }

    void sizeFollows_data() { keysReachTheProgram_data(); }
    void sizeFollows()
    {
        QFETCH(bool, isExec);
        if (isExec)
            VERIFY_OK(berth({"run", "-d", "--name", "web", "busybox", "sleep", "100"}));
        const QByteArray line = "trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done";
        PtyCommand session(*m_berth,
            isExec ? QList<QByteArray>{"exec", "-it", "web", "sh", "-c", line}
                   : QList<QByteArray>{"run", "-it", "--rm", "busybox", "sh", "-c", line});
        QVERIFY(session.waitFor("ready"));
        session.resize(132, 43);
        QVERIFY(session.waitFor("43 132\r\n"));
        session.resize(77, 21);
        QVERIFY(session.waitFor("21 77\r\n"));
        session.type(ctrlC);
        QCOMPARE(session.wait(), 130);
    }

    void detachAndAttach()
    {
        {
            PtyCommand session(*m_berth, {"run", "-it", "--name", "web", "busybox", "sh"});
            session.type("echo first=$((1+1))\n");
            QVERIFY(session.waitFor("first=2"));
            session.type(detachKeys);
            QCOMPARE(session.wait(), 0);
            QVERIFY(session.isRestored());
        }
        QCOMPARE(inspect("web", ".State.Running"), "true");
        QCOMPARE(berth({"events", "--since", "10m", "--until", "0s", "--filter", "container=web", "--filter", "event=detach",
                           "--format", "{{.Action}}"})
                     .out,
            "detach\n");
        PtyCommand session(*m_berth, {"attach", "web"}, 90, 20);
        session.type("echo second=$((2+2)); stty size\n");
        QVERIFY(session.waitFor("second=4"));
        QVERIFY(session.waitFor("20 90"));
        session.type(detachKeys);
        QVERIFY(session.waitFor("read escape sequence"));
        QCOMPARE(session.wait(), 0);
        PtyCommand other(*m_berth, {"attach", "--detach-keys", "ctrl-a,d", "web"});
        other.type("echo third=$((3+3))\n");
        QVERIFY(other.waitFor("third=6"));
        other.type("\x01"
                   "d");
        QCOMPARE(other.wait(), 0);
        PtyCommand last(*m_berth, {"attach", "web"});
        last.type("exit 4\n");
        QCOMPARE(last.wait(), 4);
        QCOMPARE(inspect("web", ".State.ExitCode"), "4");
    }

    void twoWatchTheSame()
    {
        VERIFY_OK(berth({"run", "-dit", "--name", "web", "busybox", "sh"}));
        PtyCommand first(*m_berth, {"attach", "web"});
        PtyCommand second(*m_berth, {"attach", "web"});
        QTest::qWait(200); // both have to be there before it is said
        first.type("echo both=$((4+4))\n");
        QVERIFY(first.waitFor("both=8"));
        QVERIFY(second.waitFor("both=8"));
        // The terminal of one is taken away: the container and the other go on.
        ::kill(first.pid(), SIGHUP);
        QVERIFY(first.wait() != -1);
        second.type("echo still=$((5+5))\n");
        QVERIFY(second.waitFor("still=10"));
    }

    void signalsAreForwarded()
    {
        QProcess process;
        m_berth->start(process,
            {"run", "--rm", "--name", "web", "busybox", "sh", "-c",
                "trap 'echo got HUP' HUP; trap 'echo got TERM; exit 9' TERM; echo ready; while :; do sleep 0.05; done"});
        const auto said = [&process](const char *text) {
            static QByteArray all;
            return QTest::qWaitFor(
                [&] {
                    process.waitForReadyRead(20);
                    all += process.readAllStandardOutput();
                    return all.contains(text);
                },
                10'000);
        };
        QVERIFY(said("ready"));
        ::kill(static_cast<pid_t>(process.processId()), SIGHUP);
        QVERIFY(said("got HUP"));
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(said("got TERM"));
        QCOMPARE(BerthCommand::finish(process).code, 9);
    }

    void interruptOfARunWithoutATerminal()
    {
        // Ctrl-C goes to berth, which has no raw terminal; the container gets it as a signal.
        PtyCommand session(*m_berth,
            {"run", "--rm", "busybox", "sh", "-c", "trap 'echo got; exit 8' INT; echo ready; while :; do sleep 0.05; done"});
        QVERIFY(session.waitFor("ready"));
        session.type(ctrlC);
        QVERIFY(session.waitFor("got"));
        QCOMPARE(session.wait(), 8);
    }

    void floodDoesNotBlockKeys()
    {
        PtyCommand session(*m_berth, {"run", "-it", "--rm", "busybox", "sh"});
        session.type("echo up; yes\n");
        QVERIFY(session.waitFor("up\r\ny\r\ny\r\n"));
        session.type(ctrlC);
        QVERIFY(session.waitFor("^C") && session.waitFor(prompt));
        session.type("echo calm=$((7+7)); exit\n");
        QVERIFY(session.waitFor("calm=14"));
        QCOMPARE(session.wait(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
