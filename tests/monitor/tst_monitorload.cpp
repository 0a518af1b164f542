// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Clients and containers that do too much of something: the monitor stays small and serves the others.
// Row 35 of our list: CVE-2022-31030, CVE-2022-23471, CVE-2025-64329, memory that attach, exec and output eat.
#include "monitor/containertest.h"

#include <QElapsedTimer>

#include <poll.h>
#include <sys/socket.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// Fields of /proc/<pid>/smaps_rollup together, in KiB.
qint64 memory(pid_t pid, std::initializer_list<const char *> names)
{
    QFile file(u"/proc/%1/smaps_rollup"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    qint64 sum = 0;
    const auto text = file.readAll();
    for (const char *name : names)
        sum += field(text, name).split(' ').first().toLongLong();
    return sum;
}

// What it has written, whether or not a child that is being born shares it this very moment. Pages of the program
// itself are private only while no other monitor lives, so they would come and go with other tests.
qint64 writtenMemory(pid_t pid) { return memory(pid, {"Anonymous"}); }

constexpr qint64 maxIdle = 1536;   // KiB, of a monitor that has nothing to do
constexpr qint64 maxGrowth = 1024; // KiB, under load: one piece of output per client, one buffer of input

} // namespace

class TestMonitorLoad : public ContainerTest {
    Q_OBJECT
private Q_SLOTS:
    void isSmallWhenIdle()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("echo ready; sleep 60");
        VERIFY_RESULT(container.start());
        QVERIFY(container.waitForOutput("ready"));
        const qint64 idle = memory(container.monitorPid(), {"Private_Clean", "Private_Dirty"});
        qInfo("an idle monitor holds %lld KiB", idle);
        QVERIFY(idle > 0);
        QVERIFY2(idle <= maxIdle, QByteArray::number(idle));
    }

    void row35_attachAndDetach()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        const pid_t monitor = container.monitorPid();
        const auto attach = [&container] {
            auto link = container.connect();
            VERIFY_RESULT(link);
            VERIFY_RESULT(container.send(monitor::Hello{.wantsStdout = true, .wantsStderr = true}, &*link));
        };
        for (int i = 0; i < 100; ++i)
            attach();
        VERIFY_RESULT(container.exec({"/bin/true"})); // code that is used later is there from now on
        const qint64 before = writtenMemory(monitor);
        // An answered request comes after everything before it, so the monitor is never far behind, however busy
        // the machine is.
        for (int i = 0; i < 10'000 && !QTest::currentTestFailed(); ++i) {
            attach();
            if (i % 1000 == 999)
                VERIFY_RESULT(container.exec({"/bin/true"}));
        }
        QVERIFY(QTest::qWaitFor([monitor] { return QDir(u"/proc/%1/fd"_s.arg(monitor)).count() < 40; }, 10'000));
        // What many clients at once needed may stay with malloc; a hundred bytes for each of them may not.
        const qint64 after = writtenMemory(monitor);
        QVERIFY2(after - before <= maxGrowth, QByteArray::number(after - before));
    }

    void row35_execs()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        const pid_t monitor = container.monitorPid();
        for (int i = 0; i < 20; ++i)
            VERIFY_RESULT(container.exec({"/bin/true"}));
        const qint64 before = writtenMemory(monitor);
        for (int i = 0; i < 300; ++i)
            VERIFY_RESULT(container.exec({"/bin/true"}));
        const qint64 after = writtenMemory(monitor);
        QVERIFY2(after - before <= maxGrowth, QByteArray::number(after - before));
    }

    void row35_hugeOutput()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("echo ready; yes 0123456789012345678901234567890123456789 | head -c 100000000");
        VERIFY_RESULT(container.start());
        const pid_t monitor = container.monitorPid();
        qint64 most = 0;
        qint64 bytes = 0;
        for (bool ended = false; !ended;) {
            const auto received = container.receive();
            VERIFY_RESULT(received);
            if (const auto *output = std::get_if<monitor::Output>(&received->message)) {
                bytes += static_cast<qint64>(output->bytes.size());
                if (bytes / 10'000'000 != (bytes - static_cast<qint64>(output->bytes.size())) / 10'000'000)
                    most = std::max(most, writtenMemory(monitor));
            }
            ended = std::holds_alternative<monitor::Exited>(received->message);
        }
        QCOMPARE(bytes, 100'000'006);
        QVERIFY(most > 0);
        QVERIFY2(most <= maxIdle + maxGrowth, QByteArray::number(most));
        qint64 logged = 0;
        const auto files = QDir(container.folder()).entryInfoList({u"container.log*"_s});
        for (const auto &file : files)
            logged += file.size();
        QVERIFY2(logged <= 3 * (16LL << 20), QByteArray::number(logged));
    }

    void row35_clientThatNeverReads()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("yes 0123456789012345678901234567890123456789");
        VERIFY_RESULT(container.start());
        const pid_t monitor = container.monitorPid();
        // It gets what the socket takes, and then everybody waits for it.
        QTest::qWait(300);
        const qint64 stuck = writtenMemory(monitor);
        QVERIFY2(stuck <= maxIdle + maxGrowth, QByteArray::number(stuck));
        auto other = container.connect();
        VERIFY_RESULT(other);
        VERIFY_RESULT(container.send(monitor::Signal{15}, &*other)); // yes(1) is not process 1's child alone
        VERIFY_RESULT(container.receive(&*other));                    // others are still answered
        container.disconnect();                                       // and the container goes on without it
        VERIFY_RESULT(container.send(monitor::Hello{.wantsStdout = true}, &*other));
        const auto output = container.receive(&*other);
        VERIFY_RESULT(output);
        QVERIFY(std::holds_alternative<monitor::Output>(output->message));
        VERIFY_RESULT(container.send(monitor::KillAll{}, &*other));
    }

    void row35_inputThatNobodyReads()
    {
        LiveContainer container(*m_store);
        container.spec.openStdin = true;
        container.spec.arguments = {"/bin/sleep", "60"};
        VERIFY_RESULT(container.start());
        const pid_t monitor = container.monitorPid();
        const std::string piece(monitor::maxChunk, 'x');
        const std::string packet = monitor::encode(monitor::Message(monitor::Input{piece}));
        qint64 taken = 0;
        while (taken < (64LL << 20)) {
            if (::send(container.fd(), packet.data(), packet.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {
                taken += static_cast<qint64>(piece.size());
                continue;
            }
            pollfd writable{container.fd(), POLLOUT, 0};
            if (::poll(&writable, 1, 200) == 0)
                break; // it takes no more
        }
        QVERIFY2(taken < (4LL << 20), QByteArray::number(taken));
        QVERIFY2(writtenMemory(monitor) <= maxIdle + maxGrowth, QByteArray::number(writtenMemory(monitor)));
        auto other = container.connect();
        VERIFY_RESULT(other);
        VERIFY_RESULT(container.send(monitor::KillAll{}, &*other));
        VERIFY_RESULT(container.receive(&*other));
    }
};

QTEST_GUILESS_MAIN(TestMonitorLoad)
#include "tst_monitorload.moc"
