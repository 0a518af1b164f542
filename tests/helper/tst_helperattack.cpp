// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "helper/helpercall.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fstream>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

namespace {

// The only child of a process, while it has one.
pid_t childOf(pid_t pid)
{
    pid_t child = 0;
    const std::string id = std::to_string(pid);
    std::ifstream("/proc/" + id + "/task/" + id + "/children") >> child;
    return child;
}

bool isForbidden(long result) { return result < 0 && (errno == EPERM || errno == EACCES || errno == ESRCH); }

// Every way in that there is; none may open while the process can still do anything that we cannot.
bool allWaysAreForbidden(pid_t pid)
{
    const std::string folder = "/proc/" + std::to_string(pid) + "/";
    char byte = 0;
    const iovec local{&byte, 1}, remote{&byte, 1};
    const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    const rlimit none{0, 0};
    bool isForbiddenAll = isForbidden(::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr))
        && isForbidden(::process_vm_writev(pid, &local, 1, &remote, 1, 0))
        && isForbidden(::process_vm_readv(pid, &local, 1, &remote, 1, 0))
        && isForbidden(::syscall(SYS_pidfd_getfd, pidfd.get(), 3, 0))
        && isForbidden(::prlimit(pid, RLIMIT_NOFILE, &none, nullptr));
    for (const char *name : {"mem", "environ", "maps", "auxv", "fd/3", "ns/user", "ns/mnt", "map_files", "syscall"})
        isForbiddenAll = isForbiddenAll && isForbidden(::open((folder + name).c_str(), O_RDONLY | O_CLOEXEC));
    for (const char *name : {"mem", "uid_map", "gid_map", "setgroups", "oom_score_adj", "comm"})
        isForbiddenAll = isForbiddenAll && isForbidden(::open((folder + name).c_str(), O_WRONLY | O_CLOEXEC));
    return isForbiddenAll;
}

// After its filter nothing is left to do before the request.
bool waitUntilItListens(pid_t pid)
{
    return QTest::qWaitFor(
        [pid] { return statusLine(pid, "Seccomp") == "2" && statusLine(pid, "State").starts_with('S'); }, 5000);
}

void pauseFor(int microseconds)
{
    const timespec time{0, microseconds * 1000L};
    ::nanosleep(&time, nullptr);
}

// 0, or how another request fared while the first is as the attack left it.
int verifyNobodyWaits()
{
    QElapsedTimer timer;
    timer.start();
    const Request request = makeRequest(Operation::CgroupEnsure);
    const Answer answer = ask(request);
    if (!answer.isWellFormed(request) || (answer.status() != Status::Ok && answer.status() != Status::RateLimited))
        return 10 + int(answer.status());
    return timer.elapsed() < 1000 ? 0 : 2;
}

int storm()
{
    adoptOrphans();
    QRandomGenerator random(5);
    const int signals[] = {SIGSTOP, SIGKILL, SIGTSTP, SIGALRM, SIGTERM, SIGINT, 32, 64, 0};
    for (int round = 0; round < 200; ++round) {
        const bool isHolder = round % 5 == 0;
        Call call;
        call.send(bytesOf(makeRequest(
            isHolder ? Operation::SpawnHolder : Operation::CgroupEnsure, isHolder ? MapProfile::Subid : MapProfile::None)));
        pauseFor(random.bounded(isHolder ? 5000 : 2500));
        const int number = signals[random.bounded(int(std::size(signals)))];
        if (number == 0)
            call.closeSocket();
        else
            ::kill(call.pid(), number);
        if (const int result = verifyNobodyWaits(); result != 0)
            return result;
    }
    // Holders that nobody keeps end when their helper's answer is gone.
    if (!allChildrenEnded(10'000))
        return 3;
    const Request spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
    return askPatiently(spawn).status() == Status::Ok ? 0 : 4;
}

// On a terminal of its own, in the foreground, as a shell starts it.
int controlZRounds()
{
    adoptOrphans();
    ::signal(SIGHUP, SIG_IGN); // of the terminal's end
    const UniqueFd terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    ::grantpt(terminal.get());
    ::unlockpt(terminal.get());
    const UniqueFd peer(::open(::ptsname(terminal.get()), O_RDWR | O_CLOEXEC));
    if (!peer || ::ioctl(peer.get(), TIOCSCTTY, 0) < 0)
        return 5;
    QRandomGenerator random(26);
    for (int round = 0; round < 30; ++round) {
        Invocation invocation;
        invocation.prepare = [&] {
            ::setpgid(0, 0);
            ::signal(SIGTTOU, SIG_IGN);
            ::tcsetpgrp(peer.get(), ::getpid());
        };
        Call call(invocation);
        call.send(bytesOf(makeRequest(Operation::CgroupEnsure)));
        pauseFor(random.bounded(2500));
        if (::write(terminal.get(), "\x1a", 1) != 1)
            return 6;
        if (const int result = verifyNobodyWaits(); result != 0)
            return result;
    }
    return 0;
}

} // namespace

// A caller that does to the running helper whatever the kernel lets it.
class TestHelperAttack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { adoptOrphans(); }

    // It waits for our request, with all its privilege.
    void row50_row53_nobodyLooksInWhileItIsPrivileged()
    {
        const Request probe = makeRequest(Operation::Probe);
        Call call;
        QVERIFY(waitUntilItListens(call.pid()));
        // The real user is still the caller; all the more must the kernel see a process of root's.
        const std::string ids = statusLine(call.pid(), "Uid");
        QCOMPARE(ids, std::to_string(::getuid()) + " 0 0 0");
        QVERIFY(allWaysAreForbidden(call.pid()));
        QVERIFY(call.send(bytesOf(probe)));
        const Answer answer = call.finish();
        QVERIFY(answer.endedProperly() && answer.isWellFormed(probe));
        QCOMPARE(int(answer.status()), int(Status::Ok));
    }

    void whatItKeepsWhileItListens()
    {
        const Call call;
        QVERIFY(waitUntilItListens(call.pid()));
        QCOMPARE(statusLine(call.pid(), "CapInh"), std::string("0000000000000000"));
        QCOMPARE(statusLine(call.pid(), "CapBnd"), std::string("0000000000000000"));
        QCOMPARE(statusLine(call.pid(), "CapAmb"), std::string("0000000000000000"));
        // SYS_ADMIN, NET_ADMIN, SETUID, SETGID, CHOWN, DAC_OVERRIDE
        QCOMPARE(statusLine(call.pid(), "CapPrm"), std::string("00000000002010c3"));
        QCOMPARE(statusLine(call.pid(), "SigIgn"), std::string("0000000000000000"));
        QCOMPARE(statusLine(call.pid(), "SigCgt"), std::string("0000000000000000"));
        // All but SIGALRM, the watchdog's, and the two that nobody can block.
        QCOMPARE(statusLine(call.pid(), "SigBlk"), std::string("fffffffffffbdeff"));
    }

    void blockedSignalsAreNothingToIt()
    {
        const Request probe = makeRequest(Operation::Probe);
        Call call;
        QVERIFY(waitUntilItListens(call.pid()));
        for (int number = 1; number <= 64; ++number)
            if (number != SIGKILL && number != SIGSTOP && number != SIGALRM)
                ::kill(call.pid(), number);
        QVERIFY(call.send(bytesOf(probe)));
        const Answer answer = call.finish();
        QVERIFY(answer.endedProperly() && answer.isWellFormed(probe));
        QCOMPARE(int(answer.status()), int(Status::Ok));
    }

    // Two hundred callers that stop, kill and leave at random moments. Another request of the same user
    // never finds a lock that such a helper holds, and nothing stays behind.
    void stoppedAndKilledHelpersHoldNothing() { QCOMPARE(inChild(storm), 0); }

    void controlZ() { QCOMPARE(inChild(controlZRounds), 0); }

    // From its first instruction to the holder's, seen as often as we can: helper and child.
    void row50_noMomentBetween()
    {
        const Request spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
        int attempts = 0, children = 0;
        for (int round = 0; round < 20 || (children == 0 && round < 200); ++round) {
            Call call;
            QVERIFY(waitUntilItListens(call.pid()));
            call.send(bytesOf(spawn));
            for (bool isHolder = false; !isHolder && !statusLine(call.pid(), "State").starts_with('Z');) {
                ++attempts;
                QVERIFY2(isForbidden(::ptrace(PTRACE_SEIZE, call.pid(), nullptr, nullptr)), "the helper was traced");
                const pid_t child = childOf(call.pid());
                if (child == 0)
                    continue;
                ++children;
                // Once it is the holder it is an ordinary process of ours, and opens. What was opened stays
                // with the memory of that moment: the helper's would show its name, or nothing any more.
                const UniqueFd maps(::open(("/proc/" + std::to_string(child) + "/maps").c_str(), O_RDONLY | O_CLOEXEC));
                isHolder = maps.isValid();
                if (isHolder) {
                    const auto text = readAll(maps.get(), 1 << 20).value_or("");
                    // In the middle of the exec the new memory has a stack and no program yet.
                    QVERIFY2(!text.empty() && !text.contains("/berth-helper"), text.c_str());
                }
            }
            const Answer answer = call.finish();
            QVERIFY(answer.endedProperly() && answer.isWellFormed(spawn));
            if (answer.status() != Status::Ok)
                continue;
            // And afterwards there is nothing left to protect.
            QCOMPARE(::ptrace(PTRACE_SEIZE, answer.reply->pid, nullptr, nullptr), 0L);
        }
        QVERIFY(children > 0);
        qInfo("%d attempts, %d of them on a child", attempts, children);
        QVERIFY(allChildrenEnded(5000));
    }
};

QTEST_APPLESS_MAIN(TestHelperAttack)
#include "tst_helperattack.moc"
