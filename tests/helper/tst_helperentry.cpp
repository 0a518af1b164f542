// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/helpercall.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

Q_DECLARE_METATYPE(rlim_t)

// What a process hands on through execve: arguments, environment, descriptors, limits, signals, masks.
class TestHelperEntry : public QObject {
    Q_OBJECT
private:
    const Request m_probe = makeRequest(Operation::Probe);
    Reply m_expected;

    void verifySame(const Invocation &invocation)
    {
        const Answer answer = ask(m_probe, invocation);
        QVERIFY(answer.endedProperly());
        QVERIFY(answer.reply);
        QCOMPARE(std::memcmp(&*answer.reply, &m_expected, sizeof m_expected), 0);
    }
    void verifyIsRefused(const Answer &answer)
    {
        QVERIFY(!answer.reply);
        QVERIFY(WIFEXITED(answer.waitStatus));
        QCOMPARE(WEXITSTATUS(answer.waitStatus), 64);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const Answer answer = ask(m_probe);
        QVERIFY(answer.reply);
        QCOMPARE(int(answer.status()), int(Status::Ok));
        m_expected = *answer.reply;
    }

    void row78_noArguments()
    {
        Invocation invocation;
        invocation.arguments = {};
        const Answer answer = ask(m_probe, invocation);
        // Older kernels pass on the empty list, newer ones put an empty string into it.
        QVERIFY(answer.endedProperly());
        if (answer.reply)
            QCOMPARE(std::memcmp(&*answer.reply, &m_expected, sizeof m_expected), 0);
    }

    void row78_oddArguments()
    {
        for (const auto &name : {std::string(), std::string(100'000, 'a'), std::string("--help"), std::string("/bin/sh")}) {
            Invocation invocation;
            invocation.arguments = {name};
            verifySame(invocation);
        }
        for (const char *argument : {"", "--version", "-c", "probe"}) {
            Invocation invocation;
            invocation.arguments = {"berth-helper", argument};
            verifyIsRefused(ask(m_probe, invocation));
        }
    }

    void row71_row78_environmentIsNotRead()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        const std::vector<std::string> hostile = {"LD_PRELOAD=/nonexistent.so", "LD_AUDIT=/nonexistent.so",
            "LD_LIBRARY_PATH=" + path, "LD_DEBUG=all", "LD_DEBUG_OUTPUT=" + path + "/debug", "LD_PROFILE=libc.so.6",
            "LD_PROFILE_OUTPUT=" + path, "LD_SHOW_AUXV=1", "GLIBC_TUNABLES=glibc.malloc.mxfast=glibc.malloc.mxfast=A",
            "GLIBC_TUNABLES=glibc.rtld.nns=4294967295", "MALLOC_TRACE=" + path + "/malloc", "LOCPATH=" + path, "NLSPATH=" + path,
            "GCONV_PATH=" + path, "TMPDIR=" + path, "TZ=:/etc/shadow", "HOSTALIASES=/etc/shadow", "RES_OPTIONS=debug", "IFS=/",
            "PATH=" + path, "HOME=" + path, "=", "", "no equals sign"};
        for (const auto &variable : hostile) {
            Invocation invocation;
            invocation.environment = {variable};
            verifySame(invocation);
        }
        Invocation invocation;
        invocation.environment = hostile;
        for (int i = 0; i < 16; ++i)
            invocation.environment.push_back("LARGE=" + std::string(110'000, 'x'));
        verifySame(invocation);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    }

    void streamsMayBeClosed()
    {
        for (int closed = 0; closed < 8; ++closed) {
            Invocation invocation;
            invocation.prepare = [closed] {
                for (int stream = 0; stream < 3; ++stream)
                    if (closed & 1 << stream)
                        ::close(stream);
            };
            verifySame(invocation);
        }
    }

    // Whatever the streams are, nothing is written to them, read from them or changed about them.
    void streamsAreNotUsed()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/state";
        const UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        QCOMPARE(::write(file.get(), "precious", 8), 8);
        Invocation invocation;
        invocation.prepare = [&] {
            for (int stream = 0; stream < 3; ++stream)
                ::dup2(file.get(), stream);
        };
        verifySame(invocation);
        invocation.requestEnd = file.get(); // and with nothing to answer to
        QVERIFY(!ask(m_probe, invocation).reply);
        QCOMPARE(readFile(path), std::string("precious"));
    }

    void everyDescriptorOpen()
    {
        Invocation invocation;
        invocation.prepare = [] {
            rlimit limit{};
            ::getrlimit(RLIMIT_NOFILE, &limit);
            limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 1 << 20);
            ::setrlimit(RLIMIT_NOFILE, &limit);
            while (::fcntl(0, F_DUPFD, 0) >= 0) {}
        };
        verifySame(invocation);
    }

    void limits_data()
    {
        QTest::addColumn<int>("resource");
        QTest::addColumn<rlim_t>("value");
        const auto row = [](const char *name, int resource, rlim_t value) { QTest::newRow(name) << resource << value; };
        row("FSIZE 0", RLIMIT_FSIZE, 0);
        row("FSIZE 1", RLIMIT_FSIZE, 1);
        row("FSIZE 4096", RLIMIT_FSIZE, 4096);
        row("NOFILE 3", RLIMIT_NOFILE, 3);
        row("NOFILE 4", RLIMIT_NOFILE, 4);
        row("AS 8 MB", RLIMIT_AS, 8 << 20);
        row("DATA 0", RLIMIT_DATA, 0);
        row("CPU 1 s", RLIMIT_CPU, 1);
        row("CPU 0", RLIMIT_CPU, 0);
        row("NPROC 0", RLIMIT_NPROC, 0);
        row("STACK 64 KB", RLIMIT_STACK, 64 << 10);
        row("SIGPENDING 0", RLIMIT_SIGPENDING, 0);
        row("MEMLOCK 0", RLIMIT_MEMLOCK, 0);
        row("CORE unlimited", RLIMIT_CORE, RLIM_INFINITY);
        row("LOCKS 0", RLIMIT_LOCKS, 0);
        row("RTTIME 1", RLIMIT_RTTIME, 1);
    }
    // Full success, or a clean refusal; and the next ordinary request finds everything as it was.
    void limits()
    {
        QFETCH(int, resource);
        QFETCH(rlim_t, value);
        Invocation invocation;
        invocation.prepare = [=] {
            const rlimit limit{value, value};
            ::setrlimit(static_cast<__rlimit_resource>(resource), &limit);
        };
        const Request spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
        for (const Request &request : {m_probe, spawn}) {
            const Answer answer = askPatiently(request, invocation);
            if (!answer.reply) {
                // The kernel ended it in execve already, and none of its instructions ran; or root itself
                // may not raise a limit on this machine, and it gave up before it read anything.
                const bool mayRaise = ::prctl(PR_CAPBSET_READ, CAP_SYS_RESOURCE) == 1;
                QVERIFY(WIFSIGNALED(answer.waitStatus) || WEXITSTATUS(answer.waitStatus) == 121
                    || (!mayRaise && WEXITSTATUS(answer.waitStatus) == 64));
                continue;
            }
            QVERIFY(answer.endedProperly() && answer.isWellFormed(request));
            const Status status = answer.status();
            QVERIFY2(status == Status::Ok || status == Status::NoResources || status == Status::HolderFailed,
                qPrintable(QString::number(int(status))));
            if (status != Status::Ok || answer.fds.empty())
                continue;
            rlimit given{};
            QCOMPARE(::prlimit(answer.reply->pid, static_cast<__rlimit_resource>(resource), nullptr, &given), 0);
            QVERIFY2(given.rlim_max <= value || resource == RLIMIT_CORE, "the holder got more than its caller had");
            if (resource == RLIMIT_CORE)
                QCOMPARE(given.rlim_cur, rlim_t{0});
        }
        const Answer after = askPatiently(spawn);
        QCOMPARE(int(after.status()), int(Status::Ok));
    }

    void signalsTimersAndMasks()
    {
        Invocation invocation;
        invocation.prepare = [] {
            for (int number = 1; number < NSIG; ++number)
                ::signal(number, SIG_IGN);
            sigset_t all;
            ::sigfillset(&all);
            ::sigprocmask(SIG_SETMASK, &all, nullptr);
            ::umask(0777);
            const itimerval soon{{0, 1000}, {0, 1000}};
            ::setitimer(ITIMER_VIRTUAL, &soon, nullptr);
            ::setitimer(ITIMER_PROF, &soon, nullptr);
        };
        verifySame(invocation);
        const Request spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
        const Answer answer = askPatiently(spawn, invocation);
        QCOMPARE(int(answer.status()), int(Status::Ok));
        QCOMPARE(statusLine(answer.reply->pid, "SigIgn"), std::string("0000000000000000"));
        QCOMPARE(statusLine(answer.reply->pid, "Umask"), std::string("0077"));
    }

    void slowestPriority()
    {
        Invocation invocation;
        invocation.prepare = [] {
            ::setpriority(PRIO_PROCESS, 0, 19);
            const sched_param none{};
            ::sched_setscheduler(0, SCHED_IDLE, &none);
        };
        verifySame(invocation);
    }

    // Where the set-uid bit has no effect, the helper says so and does nothing else.
    void withoutPrivilege_data()
    {
        QTest::addColumn<int>("way");
        QTest::newRow("no_new_privs") << 0;
        QTest::newRow("row50: traced across the execve") << 1;
        QTest::newRow("working folder shared with another process") << 2;
        QTest::newRow("row10: user namespace, as its root") << 3;
        QTest::newRow("user namespace, as ourselves") << 4;
    }
    void withoutPrivilege()
    {
        QFETCH(int, way);
        const uid_t user = ::getuid();
        const auto attempt = [&](const Request &request) {
            Invocation invocation;
            invocation.sharesFileSystem = way == 2;
            invocation.prepare = [&] {
                if (way == 0)
                    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
                if (way == 3 || way == 4) {
                    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
                        ::_exit(122);
                    const UniqueFd map(::open("/proc/self/uid_map", O_WRONLY));
                    const std::string text = std::to_string(way == 3 ? 0 : user) + " " + std::to_string(user) + " 1";
                    if (::write(map.get(), text.data(), text.size()) < 0)
                        ::_exit(123);
                }
                if (way == 1)
                    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            };
            Call call(invocation);
            call.send(bytesOf(request));
            if (way == 1) {
                int status = 0;
                ::waitpid(call.pid(), &status, 0); // stopped by the execve
                ::ptrace(PTRACE_DETACH, call.pid(), nullptr, nullptr);
            }
            const Answer answer = call.finish();
            return std::pair(answer.status(), answer.reply ? answer.reply->effectiveUser : 0);
        };
        const int result = inChild([&] {
            const auto [probed, effective] = attempt(m_probe);
            const auto [spawned, ignored] = attempt(makeRequest(Operation::SpawnHolder, MapProfile::Single));
            const auto [moved, ignoredToo] = attempt(makeRequest(Operation::CgroupEnsure));
            const uid_t expected = way == 3 ? 0 : user; // "root", of nothing
            if (effective != expected || (probed != Status::Ok && probed != Status::PolicyUnusable))
                return 1;
            return spawned == Status::NotPrivileged && moved == Status::NotPrivileged ? 0 : 2;
        });
        QCOMPARE(result, 0);
    }

    // A private /run and /etc need a user namespace, and in there the set-uid bit means nothing.
    void row10_forgedRunAndEtc()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("etc/berth")) && QDir(folder.path()).mkpath(QStringLiteral("run")));
        const std::string base = folder.path().toStdString();
        const uid_t user = ::getuid();
        for (const auto &[name, text] : {std::pair{"/etc/subuid", std::to_string(user) + ":65536:1000000\n"},
                 {"/etc/passwd", std::string("me:x:" + std::to_string(user) + ":0::/:/bin/sh\n")},
                 {"/etc/group", std::string("berth:x:0:\n")}, {"/etc/berth/helper.conf", std::string("allow me holder 64\n")}}) {
            QFile file(QString::fromStdString(base + name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.c_str());
        }
        Invocation invocation;
        invocation.prepare = [&] {
            if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
                ::_exit(122);
            const UniqueFd map(::open("/proc/self/uid_map", O_WRONLY));
            const std::string text = "0 " + std::to_string(user) + " 1";
            if (::write(map.get(), text.data(), text.size()) < 0
                || ::mount((base + "/etc").c_str(), "/etc", nullptr, MS_BIND, nullptr) < 0
                || ::mount((base + "/run").c_str(), "/run", nullptr, MS_BIND, nullptr) < 0)
                ::_exit(123);
        };
        const Answer answer = ask(makeRequest(Operation::SpawnHolder, MapProfile::Subid), invocation);
        QCOMPARE(int(answer.status()), int(Status::NotPrivileged));
        QVERIFY(QDir(folder.path() + QStringLiteral("/run")).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestHelperEntry)
#include "tst_helperentry.moc"
