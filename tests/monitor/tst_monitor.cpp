// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/containertest.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <csignal>

#include <poll.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

Result<ExitRecord> exitRecordOf(const LiveContainer &container)
{
    return decodeExitRecord(fileBytes(container.folder() + u"/exit"_s).toStdString());
}

} // namespace

class TestMonitor : public ContainerTest {
    Q_OBJECT
private Q_SLOTS:
    void runsAndReportsTheExit()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("echo out; echo err >&2; exit 7");
        const auto outcome = container.run();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->out, "out\n");
        QCOMPARE(outcome->err, "err\n");
        QCOMPARE(outcome->status.exitCode, 7);
        const auto record = exitRecordOf(container); // written before anybody was told
        VERIFY_RESULT(record);
        QCOMPARE(record->status.exitCode, 7);
        QVERIFY(!record->finishedAt.empty());
    }

    void logsWhatWasSaid()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("echo 'a \"quote\"'; echo err >&2; printf 'no end'");
        VERIFY_RESULT(container.run());
        QByteArrayList said;
        for (const auto &line : fileBytes(container.folder() + u"/container.log"_s).trimmed().split('\n')) {
            const auto object = QJsonDocument::fromJson(line).object();
            QVERIFY2(object["time"_L1].toString().endsWith(u'Z'), line);
            said += object["stream"_L1].toString().toUtf8() + ": " + object["log"_L1].toString().toUtf8();
        }
        std::ranges::sort(said); // the two streams race
        QCOMPARE(said, QByteArrayList({"stderr: err\n", "stdout: a \"quote\"\n", "stdout: no end"}));
    }

    void reportsAProgramThatCannotRun_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("missing") << QByteArray("/no/such") << int(ErrorCode::CommandNotFound) << 127;
        QTest::newRow("missing in PATH") << QByteArray("nothing") << int(ErrorCode::CommandNotFound) << 127;
        QTest::newRow("folder") << QByteArray("/etc") << int(ErrorCode::NotExecutable) << 126;
        QTest::newRow("no permission") << QByteArray("/etc/passwd") << int(ErrorCode::NotExecutable) << 126;
        QTest::newRow("empty") << QByteArray("") << int(ErrorCode::CommandNotFound) << 127;
    }
    void reportsAProgramThatCannotRun()
    {
        QFETCH(QByteArray, program);
        QFETCH(int, code);
        QFETCH(int, exitCode);
        LiveContainer container(*m_store);
        container.spec.arguments = {program.toStdString()};
        const auto outcome = container.run();
        QVERIFY(!outcome);
        QCOMPARE(int(outcome.error().code), code);
        const auto record = exitRecordOf(container);
        VERIFY_RESULT(record);
        QCOMPARE(record->status.exitCode, exitCode);
        QCOMPARE(record->error, outcome.error().detail);
    }

    void endsBySignals()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("trap 'echo term; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        VERIFY_RESULT(container.start());
        QVERIFY(container.waitForOutput("ready"));
        VERIFY_RESULT(container.request(monitor::Signal{SIGTERM}));
        auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        QVERIFY(outcome->out.endsWith("term\n"));
        QCOMPARE(outcome->status.exitCode, 3);

        LiveContainer second(*m_store);
        second.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(second.start());
        VERIFY_RESULT(second.request(monitor::KillAll{}));
        outcome = second.finish();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->status.exitCode, 137);
        QCOMPARE(outcome->status.signal, SIGKILL);
    }

    // As systemd does it when its user has logged out, or the machine goes down.
    void stopsItsContainerWhenItIsEnded()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("trap 'echo term; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        container.spec.restart.kind = RestartKind::Always;
        VERIFY_RESULT(container.start());
        QVERIFY(container.waitForOutput("ready"));
        QCOMPARE(::kill(container.monitorPid(), SIGTERM), 0);
        auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        QVERIFY(outcome->out.endsWith("term\n"));
        QCOMPARE(outcome->status.exitCode, 3);

        LiveContainer deaf(*m_store);
        deaf.spec.arguments = shell("trap '' TERM; echo ready; sleep 60");
        VERIFY_RESULT(deaf.start());
        QVERIFY(deaf.waitForOutput("ready"));
        QCOMPARE(::kill(deaf.monitorPid(), SIGTERM), 0);
        QVERIFY(!QTest::qWaitFor([&] { return exitRecordOf(deaf).has_value(); }, 300));
        QCOMPARE(::kill(deaf.monitorPid(), SIGTERM), 0);
        outcome = deaf.finish();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->status.exitCode, 137);
    }

    void refusesASecondStart()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        LiveContainer second(*m_store);
        second.spec = container.spec;
        const auto started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::WrongState);
        VERIFY_RESULT(container.exec({"/bin/true"})); // the first one is unharmed
    }

    void startsAgainWithItsFiles()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("echo line >> /kept; cat /kept");
        auto outcome = container.run();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->out, "line\n");
        outcome = container.run();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->out, "line\nline\n");
    }

    void inputReachesTheContainer()
    {
        LiveContainer container(*m_store);
        container.spec.openStdin = true;
        container.spec.stdinOnce = true;
        container.spec.arguments = {"/bin/cat"};
        VERIFY_RESULT(container.start());
        // No more than the monitor keeps for a container that does not read: this client writes first and reads
        // afterwards.
        const std::string piece(60'000, 'y');
        for (int i = 0; i < 3; ++i)
            VERIFY_RESULT(container.send(monitor::Input{piece}));
        VERIFY_RESULT(container.send(monitor::InputEnd{}));
        const auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->out.size(), 180'000);
        QCOMPARE(outcome->out.count('y'), 180'000);
    }

    void terminalHasASizeThatChanges()
    {
        LiveContainer container(*m_store);
        container.spec.terminal = true;
        container.spec.openStdin = true;
        container.spec.columns = 100;
        container.spec.rows = 30;
        container.spec.arguments = shell("stty size; trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.05; done");
        VERIFY_RESULT(container.start());
        QVERIFY(container.waitForOutput("30 100\r\nready"));
        VERIFY_RESULT(container.send(monitor::Resize{120, 40}));
        const auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        QVERIFY2(outcome->out.contains("40 120"), outcome->out);
    }

    void killedMonitorTakesTheContainerAlong()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("sleep 60 & sleep 60");
        VERIFY_RESULT(container.start());
        QVERIFY(container.monitorPid() > 0);
        QVERIFY(::kill(container.monitorPid(), SIGKILL) == 0);
        QVERIFY(QTest::qWaitFor([&] { return ::kill(container.pid(), 0) < 0; }, 5000));
        QVERIFY(!QFile::exists(container.folder() + u"/exit"_s)); // nobody knows how it ended
        container.spec.arguments = {"/bin/true"};                 // but the lock is free, and the mounts are gone
        const auto again = container.run();
        VERIFY_RESULT(again);
        QCOMPARE(again->status.exitCode, 0);
    }

    void pausesAndGoesOn()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("while :; do echo tick; sleep 0.02; done");
        VERIFY_RESULT(container.start());
        QVERIFY(container.waitForOutput("tick"));
        VERIFY_RESULT(container.request(monitor::Pause{true}));
        pollfd quiet{container.fd(), POLLIN, 0};
        while (::poll(&quiet, 1, 300) == 1) // what was on its way
            VERIFY_RESULT(container.receive());
        const auto refused = container.exec({"/bin/true"});
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains("is paused"), refused.error().detail.c_str());
        VERIFY_RESULT(container.request(monitor::Pause{false}));
        VERIFY_RESULT(container.receive());
        VERIFY_RESULT(container.request(monitor::Pause{true}));
        VERIFY_RESULT(container.request(monitor::KillAll{})); // also a frozen one
        const auto outcome = container.finish();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->status.signal, SIGKILL);
    }

    void processesOfAnExecAreReaped()
    {
        LiveContainer container(*m_store);
        container.spec.init = true;
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        const auto orphan = container.exec({"/bin/sh", "-c", "(sleep 0.01 &) ; exit 5"});
        VERIFY_RESULT(orphan);
        QCOMPARE(orphan->status.exitCode, 5);
        QTest::qWait(100);
        const auto listing = container.exec({"/bin/ps", "-o", "stat,comm"});
        VERIFY_RESULT(listing);
        QVERIFY2(!listing->out.contains("\nZ"), listing->out);
    }
};

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"
