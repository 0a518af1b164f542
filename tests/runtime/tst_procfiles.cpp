// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/procfiles.h"

#include "base/io.h"

#include <QTest>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;

// Reads and writes that must reach the kernel and nothing else (CVE-2019-16884, CVE-2025-52881).
class TestProcFiles : public QObject {
    Q_OBJECT
private:
    UniqueFd m_proc;

private Q_SLOTS:
    void initTestCase()
    {
        auto proc = openHostProc();
        QVERIFY(proc);
        m_proc = std::move(*proc);
    }

    void ordinaryFiles()
    {
        QVERIFY(readProcFile(m_proc.get(), "self/status").value_or("").contains("Name:"));
        QVERIFY(readProcFile(m_proc.get(), "self/attr/../comm"));
        QCOMPARE(int(readProcFile(m_proc.get(), "self/nothing").error().code), int(ErrorCode::NotFound));
    }

    void row10_row14_noWayOut()
    {
        for (const char *name : {"self/exe", "self/cwd", "self/root/etc/passwd", "self/cwd/x", "self/fd/0", "self/ns/user",
                 "../etc/passwd", "/etc/passwd", "/proc/self/status", "self/../../etc/passwd", ""})
            QVERIFY2(!openProcFile(m_proc.get(), name, O_RDONLY), name);
    }

    // Something is mounted over a part of /proc.
    void row14_coveredFiles()
    {
        const pid_t pid = ::fork();
        if (pid == 0) {
            const std::string user = "0 " + std::to_string(::getuid()) + " 1";
            const std::string group = "0 " + std::to_string(::getgid()) + " 1";
            const auto write = [](const char *name, const std::string &text) {
                const UniqueFd file(::open(name, O_WRONLY | O_CLOEXEC));
                return ::write(file.get(), text.data(), text.size()) == ssize_t(text.size());
            };
            if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
                ::_exit(1);
            if (!write("/proc/self/uid_map", user) || !write("/proc/self/setgroups", "deny")
                || !write("/proc/self/gid_map", group) || ::mount("tmpfs", "/proc/self/attr", "tmpfs", 0, nullptr) < 0
                || ::mount("/proc/self/environ", "/proc/self/comm", nullptr, MS_BIND, nullptr) < 0)
                ::_exit(2);
            const UniqueFd fake(::open("/proc/self/attr/exec", O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
            const auto proc = openHostProc();
            if (!fake || !proc)
                ::_exit(3);
            if (openProcFile(proc->get(), "self/attr/exec", O_WRONLY) || writeProcFile(proc->get(), "self/comm", "x"))
                ::_exit(4);
            ::_exit(readProcFile(proc->get(), "self/status") ? 0 : 5);
        }
        int status = -1;
        ::waitpid(pid, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    void notAProcfs()
    {
        const auto folder = openFile(AT_FDCWD, "/tmp", O_PATH | O_DIRECTORY);
        QVERIFY(folder);
        const auto made = openFile(folder->get(), "berth-test-status", O_RDWR | O_CREAT);
        QVERIFY(made);
        QVERIFY(!openProcFile(folder->get(), "berth-test-status", O_RDONLY));
        ::unlinkat(folder->get(), "berth-test-status", 0);
    }
};

QTEST_APPLESS_MAIN(TestProcFiles)
#include "tst_procfiles.moc"
