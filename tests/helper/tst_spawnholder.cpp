// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"
#include "helper/helpercall.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <grp.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

Q_DECLARE_METATYPE(berth::helper::MapProfile)

namespace {

struct Holder {
    explicit Holder(MapProfile profile, const Invocation &invocation = {})
        : answer(askPatiently(makeRequest(Operation::SpawnHolder, profile), invocation))
    {
    }
    Answer answer;

    [[nodiscard]] bool isMade() const { return answer.status() == Status::Ok && answer.fds.size() == spawnHolderFds; }
    [[nodiscard]] pid_t pid() const { return answer.reply->pid; }
    [[nodiscard]] int userNamespace() const { return answer.fds[1].get(); }
    [[nodiscard]] int mountNamespace() const { return answer.fds[2].get(); }
    [[nodiscard]] int channel() const { return answer.fds[4].get(); }
    [[nodiscard]] std::string file(const char *name) const { return readFile("/proc/" + std::to_string(pid()) + "/" + name); }
    // As the engine does once the holder is on record.
    [[nodiscard]] bool keep() const
    {
        char word = 0;
        return ::recv(channel(), &word, 1, 0) == 1 && word == 'r' && ::send(channel(), "k", 1, MSG_NOSIGNAL) == 1;
    }
};

// "0 1000 1|1 100000 65536|", whatever the widths.
std::string numbersOf(const std::string &map)
{
    std::string text;
    bool isInNumber = false;
    for (const char byte : map) {
        const bool isDigit = byte >= '0' && byte <= '9';
        if (!isDigit && isInNumber)
            text += byte == '\n' ? '|' : ' ';
        if (isDigit)
            text += byte;
        isInNumber = isDigit;
    }
    return text;
}

std::string line(std::uint32_t inside, std::uint32_t outside, std::uint32_t count)
{
    return std::to_string(inside) + ' ' + std::to_string(outside) + ' ' + std::to_string(count) + '|';
}

// What the files say, by the helper's own reader.
bool expectedRanges(IdRange &users, IdRange &groups)
{
    static gid_t list[65536];
    Caller caller;
    caller.user = ::getuid();
    caller.group = ::getgid();
    caller.groupCount = std::max(0, ::getgroups(int(std::size(list)), list));
    caller.groups = list;
    std::uint32_t detail = 0;
    return findSubids(caller, users, groups, detail) == Status::Ok;
}

// Field of /proc/<pid>/stat, counted as in proc(5), from the 3rd on.
long statField(pid_t pid, int field)
{
    const std::string text = readFile("/proc/" + std::to_string(pid) + "/stat");
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string value;
    for (int i = 3; i <= field; ++i)
        rest >> value;
    return std::stol(value);
}

} // namespace

// The holder as the helper makes it, proven from the kernel's files.
class TestSpawnHolder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row15_afterTheDrop_data()
    {
        QTest::addColumn<MapProfile>("profile");
        QTest::newRow("subid") << MapProfile::Subid;
        QTest::newRow("single") << MapProfile::Single;
    }
    void row15_afterTheDrop()
    {
        QFETCH(MapProfile, profile);
        const Holder holder(profile);
        QVERIFY(holder.isMade() && holder.answer.endedProperly()); // its maker is gone
        const pid_t pid = holder.pid();
        const std::string user = std::to_string(::getuid()), group = std::to_string(::getgid());
        const auto four = [](const std::string &id) { return id + ' ' + id + ' ' + id + ' ' + id; };
        QCOMPARE(statusLine(pid, "Uid"), four(user));
        QCOMPARE(statusLine(pid, "Gid"), four(group));
        QCOMPARE(statusLine(pid, "Groups"), std::string());
        QCOMPARE(statusLine(pid, "NoNewPrivs"), std::string("1"));
        QCOMPARE(statusLine(pid, "Seccomp"), std::string("2"));
        QCOMPARE(statusLine(pid, "NSpid"), std::to_string(pid) + " 1");
        QCOMPARE(statusLine(pid, "TracerPid"), std::string("0"));
        QVERIFY(QByteArray::fromStdString(statusLine(pid, "Name")) == "berth-holder");
        // Until it is on record it is root of its namespaces; then of nothing.
        QVERIFY(holder.keep());
        QVERIFY(QTest::qWaitFor([&] { return statusLine(pid, "CapEff") == "0000000000000000"; }, 2000));
        for (const char *set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
            QCOMPARE(statusLine(pid, set), std::string("0000000000000000"));
        ::kill(pid, SIGTERM);
    }

    void row70_mapsAreExactlyTheFiles()
    {
        IdRange users, groups;
        QVERIFY(expectedRanges(users, groups));
        const Holder holder(MapProfile::Subid);
        QVERIFY(holder.isMade());
        QCOMPARE(numbersOf(holder.file("uid_map")), line(0, ::getuid(), 1) + line(1, users.first, users.count));
        QCOMPARE(numbersOf(holder.file("gid_map")), line(0, ::getgid(), 1) + line(1, groups.first, groups.count));
        QCOMPARE(holder.answer.reply->users.first, users.first);
        QCOMPARE(holder.answer.reply->groups.count, groups.count);
    }

    void row68_setgroupsOnlyWithARange()
    {
        const Holder subid(MapProfile::Subid), single(MapProfile::Single);
        QVERIFY(subid.isMade() && single.isMade());
        QCOMPARE(subid.file("setgroups"), std::string("allow\n"));
        QCOMPARE(subid.answer.reply->groupsAllowed, 1U);
        QCOMPARE(single.file("setgroups"), std::string("deny\n"));
        QCOMPARE(single.answer.reply->groupsAllowed, 0U);
        QCOMPARE(numbersOf(single.file("uid_map")), line(0, ::getuid(), 1));
        QCOMPARE(numbersOf(single.file("gid_map")), line(0, ::getgid(), 1));
    }

    // Nothing of the caller's or of the helper's comes along, however much there was.
    void onlyFourDescriptors()
    {
        Invocation invocation;
        const UniqueFd map(::open("/proc/self/uid_map", O_RDWR | O_CLOEXEC));
        const UniqueFd folder(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        invocation.prepare = [&] {
            ::close(1);
            for (int target : {0, 4, 5, 63, 64, 500})
                ::dup2(map.get(), target); // not close-on-exec
            for (int target : {2, 7, 31})
                ::dup2(folder.get(), target);
        };
        const Holder holder(MapProfile::Subid, invocation);
        QVERIFY(holder.isMade());
        char word = 0;
        QCOMPARE(::recv(holder.channel(), &word, 1, 0), 1); // it is ready now
        auto fds = openFds(holder.pid());
        QCOMPARE(fds.size(), 4U);
        for (int stream = 0; stream < 3; ++stream) {
            QCOMPARE(fds[std::size_t(stream)].first, stream);
            QCOMPARE(fds[std::size_t(stream)].second, std::string("/dev/null"));
        }
        QVERIFY(fds[3].second.starts_with("socket:"));
        QCOMPARE(::send(holder.channel(), "k", 1, MSG_NOSIGNAL), 1);
        QVERIFY(QTest::qWaitFor([&] { return openFds(holder.pid()).size() == 3; }, 2000));
        QCOMPARE(readFile("/proc/" + std::to_string(holder.pid()) + "/environ"), std::string());
        ::kill(holder.pid(), SIGTERM);
    }

    void theDescriptorsInTheAnswer()
    {
        const Holder holder(MapProfile::Subid);
        QVERIFY(holder.isMade());
        const int types[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET};
        for (std::size_t i = 0; i < 3; ++i) {
            const int fd = holder.answer.fds[i + 1].get();
            QCOMPARE(::ioctl(fd, NS_GET_NSTYPE), types[i]);
            QCOMPARE(::fcntl(fd, F_GETFL) & O_ACCMODE, O_RDONLY);
            struct stat ours = {}, theirs = {};
            const char *names[] = {"user", "mnt", "net"};
            QCOMPARE(::fstat(fd, &theirs), 0);
            QCOMPARE(::stat((std::string("/proc/self/ns/") + names[i]).c_str(), &ours), 0);
            QVERIFY(ours.st_ino != theirs.st_ino);
        }
        uid_t owner = 0;
        QCOMPARE(::ioctl(holder.userNamespace(), NS_GET_OWNER_UID, &owner), 0);
        QCOMPARE(owner, ::getuid());
        const std::string info = readFile("/proc/self/fdinfo/" + std::to_string(holder.answer.fds[0].get()));
        QVERIFY(info.contains("Pid:\t" + std::to_string(holder.pid()) + "\n"));
    }

    void ownSessionAndNoTerminal()
    {
        // The caller leads a session on a terminal and becomes the helper without a fork: the worst case.
        const UniqueFd terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
        ::grantpt(terminal.get());
        ::unlockpt(terminal.get());
        const UniqueFd peer(::open(::ptsname(terminal.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
        Invocation invocation;
        invocation.prepare = [&] {
            ::setsid();
            if (::ioctl(peer.get(), TIOCSCTTY, 0) < 0)
                ::_exit(122);
        };
        const Holder holder(MapProfile::Subid, invocation);
        QVERIFY(holder.isMade());
        QCOMPARE(statField(holder.pid(), 7), 0L);                 // tty_nr
        QCOMPARE(statField(holder.pid(), 6), long(holder.pid())); // session
        QVERIFY(holder.keep());
        ::kill(holder.pid(), SIGTERM);
    }

    void namespacesAreNew()
    {
        const Holder holder(MapProfile::Subid);
        QVERIFY(holder.isMade());
        const std::string folder = "/proc/" + std::to_string(holder.pid()) + "/ns/";
        for (const char *name : {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"}) {
            struct stat ours = {}, theirs = {};
            QCOMPARE(::stat((std::string("/proc/self/ns/") + name).c_str(), &ours), 0);
            QCOMPARE(::stat((folder + name).c_str(), &theirs), 0);
            QVERIFY2(ours.st_ino != theirs.st_ino, name);
        }
    }

    // Root of the holder, by its owner: still an ordinary user of the host.
    void rootOfTheHolderIsNobodyOnTheHost()
    {
        const Holder holder(MapProfile::Subid);
        QVERIFY(holder.isMade());
        const int result = inChild([&] {
            const UniqueFd hostNet(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
            if (::setns(holder.userNamespace(), CLONE_NEWUSER) < 0 || ::setns(holder.mountNamespace(), CLONE_NEWNS) < 0
                || ::setgroups(0, nullptr) < 0 || ::setresgid(0, 0, 0) < 0 || ::setresuid(0, 0, 0) < 0)
                return 1;
            int step = 2;
            const auto isRefused = [&step](long answer) {
                ++step;
                return answer < 0;
            };
            for (const char *name : {"/etc/shadow", "/etc/gshadow", "/run/berth"})
                if (!isRefused(::open(name, O_RDONLY)))
                    return step;
            for (const char *name : {"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger",
                     "/etc/passwd", "/dev/kmsg", "/usr/libexec/berth/berth-helper"})
                if (!isRefused(::open(name, O_WRONLY)))
                    return step;
            const dev_t null = makedev(1, 3);
            return isRefused(::chown("/usr/libexec/berth/berth-helper", 0, 0))
                    && isRefused(::chmod("/usr/libexec/berth/berth-helper", 06777))
                    && isRefused(::setns(hostNet.get(), CLONE_NEWNET))
                    && isRefused(::mknod("/tmp/berth-test-node", S_IFCHR | 0666, null))
                    && isRefused(::setresuid(4294967294U, 4294967294U, 4294967294U))
                    && isRefused(::syscall(SYS_settimeofday, nullptr, "")) && isRefused(::kill(1, 0))
                ? 0
                : step;
        });
        QCOMPARE(result, 0);
        ::unlink("/tmp/berth-test-node");
    }

    // What is mounted in there is not seen out here.
    void mountsDoNotComeBack()
    {
        const Holder holder(MapProfile::Subid);
        QVERIFY(holder.isMade());
        const int result = inChild([&] {
            if (::setns(holder.userNamespace(), CLONE_NEWUSER) < 0 || ::setns(holder.mountNamespace(), CLONE_NEWNS) < 0)
                return 1;
            return ::mount("berth-test", "/mnt", "tmpfs", 0, nullptr) == 0 ? 0 : 2;
        });
        QCOMPARE(result, 0);
        QVERIFY(holder.file("mountinfo").contains("berth-test"));
        QVERIFY(!readFile("/proc/self/mountinfo").contains("berth-test"));
    }

    void endsWithItsChannel()
    {
        pid_t pid = 0;
        {
            const Holder holder(MapProfile::Subid);
            QVERIFY(holder.isMade());
            pid = holder.pid();
        }
        QVERIFY(QTest::qWaitFor(
            [pid] { return statusLine(pid, "State").empty() || statusLine(pid, "State").starts_with('Z'); }, 3000));
    }

    void row52_asRootItRefuses()
    {
        // uid 0 of a user namespace is the only root there is here; the caller is then no other than root.
        const Holder holder(MapProfile::Subid);
        QVERIFY(holder.isMade());
        const int result = inChild([&] {
            if (::setns(holder.userNamespace(), CLONE_NEWUSER) < 0 || ::setresgid(0, 0, 0) < 0 || ::setresuid(0, 0, 0) < 0)
                return 1;
            const Answer answer = ask(makeRequest(Operation::SpawnHolder, MapProfile::Single));
            return answer.status() == Status::NotPrivileged ? 0 : 2;
        });
        QCOMPARE(result, 0);
    }
};

QTEST_APPLESS_MAIN(TestSpawnHolder)
#include "tst_spawnholder.moc"
