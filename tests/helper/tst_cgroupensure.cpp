// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/helpercall.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

namespace {

std::string enginePath() { return "berth/" + std::to_string(::getuid()) + "/engine"; }

// The cgroup2 line, as this process's cgroup namespace shows it.
std::string cgroupOf(pid_t pid)
{
    std::istringstream lines(readFile("/proc/" + std::to_string(pid) + "/cgroup"));
    std::string line;
    while (std::getline(lines, line))
        if (line.starts_with("0::/"))
            return line.substr(4);
    return {};
}

Answer ensure() { return askPatiently(makeRequest(Operation::CgroupEnsure)); }

bool canWrite(int folder, const char *name) { return UniqueFd(::openat(folder, name, O_WRONLY | O_CLOEXEC)).isValid(); }

} // namespace

// A delegated cgroup on a host without systemd.
class TestCgroupEnsure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAskingProcessMovesAndNobodyElse()
    {
        const std::string before = cgroupOf(::getpid());
        const int result = inChild([] {
            const Answer answer = ensure();
            if (answer.status() != Status::Ok || answer.fds.size() != cgroupEnsureFds)
                return 10 + int(answer.status());
            const auto &path = answer.reply->cgroup;
            if (std::string(path.data(), ::strnlen(path.data(), path.size())) != enginePath())
                return 2;
            return cgroupOf(::getpid()) == enginePath() + "/entry" ? 0 : 3;
        });
        QCOMPARE(result, 0);
        QCOMPARE(cgroupOf(::getpid()), before);
    }

    // Delegation means three files and the folder (kernel: cgroup-v2, "Delegation Containment").
    void onlyWhatDelegationNeeds()
    {
        const int result = inChild([] {
            const Answer answer = ensure();
            if (answer.status() != Status::Ok)
                return 10 + int(answer.status());
            const int engine = answer.fds[0].get();
            struct stat status = {};
            if (::fstat(engine, &status) < 0 || status.st_uid != ::getuid() || (status.st_mode & 07777) != 0755)
                return 2;
            for (const char *name : {"cgroup.procs", "cgroup.subtree_control", "cgroup.threads"})
                if (!canWrite(engine, name))
                    return 3;
            for (const char *name : {"cgroup.max.descendants", "cgroup.max.depth", "cgroup.freeze", "cgroup.kill", "cgroup.type",
                     "memory.max", "pids.max", "cpu.max"})
                if (canWrite(engine, name))
                    return 4;
            // The limits of the administrator are above, and out of reach.
            const UniqueFd above(::openat(engine, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            if (!above || ::fstat(above.get(), &status) < 0 || status.st_uid != 0)
                return 5;
            for (const char *name :
                {"cgroup.procs", "cgroup.subtree_control", "cgroup.max.descendants", "memory.max", "pids.max"})
                if (canWrite(above.get(), name))
                    return 6;
            if (::mkdirat(above.get(), "mine", 0755) == 0 || ::unlinkat(above.get(), "engine", AT_REMOVEDIR) == 0)
                return 7;
            char text[16] = {};
            const UniqueFd most(::openat(above.get(), "cgroup.max.descendants", O_RDONLY | O_CLOEXEC));
            if (::read(most.get(), text, sizeof text - 1) <= 0 || std::string_view(text) != "10000\n")
                return 8;
            // Below it everything is the caller's.
            if (::mkdirat(engine, "berth-test", 0755) < 0)
                return 9;
            return ::unlinkat(engine, "berth-test", AT_REMOVEDIR) == 0 ? 0 : 10;
        });
        QCOMPARE(result, 0);
    }

    // The number of a process that leads nothing may belong to another one a moment later.
    void aParentThatLeadsNothingIsRefused()
    {
        const int result = inChild([] {
            const pid_t pid = ::fork(); // in our session and group, and leads neither
            if (pid == 0) {
                const std::string before = cgroupOf(::getpid());
                const Answer answer = ask(makeRequest(Operation::CgroupEnsure));
                ::_exit(
                    answer.status() == Status::ParentNotLeader && answer.fds.empty() && cgroupOf(::getpid()) == before ? 0 : 1);
            }
            int status = -1;
            ::waitpid(pid, &status, 0);
            return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
        });
        QCOMPARE(result, 0);
    }

    void aHelperThatMovedAwayFromItsParentIsRefused()
    {
        const int result = inChild([] {
            Invocation invocation;
            invocation.prepare = [] { ::setsid(); }; // our number is no longer kept by the helper's group
            return ask(makeRequest(Operation::CgroupEnsure), invocation).status() == Status::ParentNotLeader ? 0 : 1;
        });
        QCOMPARE(result, 0);
    }

    // The helper's parent may die while it works; then nobody is moved.
    void aParentThatDies()
    {
        adoptOrphans();
        for (int round = 0; round < 30; ++round) {
            const int result = inChild([round]() -> int {
                Call call;
                call.send(bytesOf(makeRequest(Operation::CgroupEnsure)));
                ::usleep(useconds_t(round * 60));
                ::_exit(7); // without waiting for it
            });
            QCOMPARE(result, 7);
        }
        QVERIFY(allChildrenEnded(10'000));
    }

    void manyAtOnce()
    {
        std::vector<pid_t> children;
        for (int i = 0; i < 20; ++i) {
            const pid_t pid = ::fork();
            if (pid == 0) {
                ::setsid();
                ::_exit(ensure().status() == Status::Ok && cgroupOf(::getpid()) == enginePath() + "/entry" ? 0 : 1);
            }
            children.push_back(pid);
        }
        for (const pid_t pid : children) {
            int status = -1;
            QCOMPARE(::waitpid(pid, &status, 0), pid);
            QVERIFY(WIFEXITED(status));
            QCOMPARE(WEXITSTATUS(status), 0);
        }
    }

    // The caller owns entry/ and may spoil it; that harms nobody but the caller, and can be mended.
    void aSpoiltEntry()
    {
        const int result = inChild([] {
            const Answer answer = ensure();
            if (answer.status() != Status::Ok)
                return 10 + int(answer.status());
            const int engine = answer.fds[0].get();
            if (::fchmodat(engine, "entry", 0, 0) < 0 || ::fchmodat(engine, "entry/cgroup.procs", 0, 0) == 0)
                return 2;
            const Answer again = ensure();
            if (::fchmodat(engine, "entry", 0755, 0) < 0)
                return 3;
            return again.status() == Status::Ok ? 0 : 10 + int(again.status());
        });
        QCOMPARE(result, 0);
    }

    // The holder lives in the delegated subtree, beside what the engine makes there.
    void theHolderIsBornInTheSubtree()
    {
        const int result = inChild([] {
            if (ensure().status() != Status::Ok)
                return 1;
            const Request request = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
            const Answer answer = askPatiently(request);
            if (!answer.isWellFormed(request) || answer.status() != Status::Ok)
                return 2;
            return cgroupOf(answer.reply->pid) == enginePath() + "/holder" ? 0 : 3;
        });
        QCOMPARE(result, 0);
    }
};

QTEST_APPLESS_MAIN(TestCgroupEnsure)
#include "tst_cgroupensure.moc"
