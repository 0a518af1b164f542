// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/helpercall.h"
#include "network/otheruser.h"
#include "network/roothand.h"
#include "network/userholder.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <linux/nsfs.h>
#include <net/if.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

namespace {

UniqueFd openNamespace(const std::string &path) { return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)); }
UniqueFd openNamespace(pid_t pid, const char *name) { return openNamespace("/proc/" + std::to_string(pid) + "/ns/" + name); }

std::string hostName(const Answer &answer)
{
    char name[IFNAMSIZ];
    std::snprintf(name, sizeof name, "berth-%08x", answer.reply->uplink.hostAddress);
    return name;
}

// A process in namespaces that it made for itself, on top of where it was; waits until it is told to go.
class Stranger {
public:
    // in: namespaces to enter first, so that those made are their children.
    explicit Stranger(const HolderLinks *in = nullptr)
    {
        int ready[2];
        if (::pipe2(ready, O_CLOEXEC) < 0)
            return;
        m_pid = ::fork();
        if (m_pid == 0) {
            const bool isMade = (!in || ::setns(in->userNamespace.get(), CLONE_NEWUSER) == 0)
                && ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
            [[maybe_unused]] const auto written = ::write(ready[1], isMade ? "y" : "n", 1);
            for (;;)
                ::pause();
        }
        ::close(ready[1]);
        char word = 0;
        m_isMade = ::read(ready[0], &word, 1) == 1 && word == 'y';
        ::close(ready[0]);
    }
    ~Stranger()
    {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    Stranger(const Stranger &) = delete;
    [[nodiscard]] bool isMade() const { return m_isMade; }
    [[nodiscard]] pid_t pid() const { return m_pid; }

private:
    pid_t m_pid = -1;
    bool m_isMade = false;
};

} // namespace

// UplinkEnsure and UplinkRelease as their worst caller would ask for them.
class TestHelperUplink : public QObject {
    Q_OBJECT
private:
    std::string m_before;

    // Refused with that, and nothing in the machine changed.
    void verifyRefused(const std::vector<int> &fds, Status status)
    {
        const std::string before = RootHand::state();
        for (const Operation operation : {Operation::UplinkEnsure, Operation::UplinkRelease}) {
            const Answer answer = askForUplink(operation, fds);
            QVERIFY(answer.reply && answer.endedProperly() && answer.fds.empty());
            QCOMPARE(int(answer.status()), int(status));
            QCOMPARE(answer.reply->uplink.hostAddress, 0U);
        }
        QCOMPARE(RootHand::state(), before);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(RootHand::isThere(), "only in ./dev test, where somebody plays the administrator"); }
    void init()
    {
        QVERIFY(RootHand::does("clean"));
        m_before = RootHand::state();
    }
    void cleanupTestCase() { RootHand::does("clean"); }

    void aLinkAndNothingElse()
    {
        const UserHolder holder;
        QVERIFY(holder.isMade());
        const Answer answer = askForUplink(Operation::UplinkEnsure, holder.links);
        QCOMPARE(int(answer.status()), int(Status::Ok));
        QVERIFY(answer.fds.empty());
        const UplinkAnswer &uplink = answer.reply->uplink;
        QCOMPARE(uplink.hostAddress >> 16, 0x0ad5U);
        QCOMPARE(uplink.innerAddress, uplink.hostAddress | 1);
        const std::string name = hostName(answer);
        QVERIFY(::if_nametoindex(name.c_str()) != 0);
        const std::string folder = "/proc/sys/net/ipv4/conf/" + name + "/";
        QCOMPARE(readFile(folder + "rp_filter"), std::string("1\n"));
        QCOMPARE(readFile(folder + "proxy_arp"), std::string("0\n"));
        QCOMPARE(readFile(folder + "route_localnet"), std::string("0\n"));
        QCOMPARE(readFile(folder + "accept_redirects"), std::string("0\n"));
        QCOMPARE(readFile("/proc/sys/net/ipv6/conf/" + name + "/disable_ipv6"), std::string("1\n"));
        QCOMPARE(readFile("/proc/sys/net/ipv4/ip_forward"), std::string("0\n"));
        QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
        QCOMPARE(RootHand::state(), m_before);
    }

    void askedTwiceItIsTheSame()
    {
        const UserHolder holder;
        const Answer first = askForUplink(Operation::UplinkEnsure, holder.links);
        QCOMPARE(first.status(), Status::Ok);
        const std::string once = RootHand::state();
        for (int i = 0; i < 3; ++i) {
            const Answer again = askForUplink(Operation::UplinkEnsure, holder.links);
            QCOMPARE(again.status(), Status::Ok);
            QCOMPARE(again.reply->uplink.hostAddress, first.reply->uplink.hostAddress);
            QCOMPARE(RootHand::state(), once);
        }
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
            QCOMPARE(RootHand::state(), m_before);
        }
    }

    void manyAtOnce()
    {
        const UserHolder holder;
        std::vector<std::uint32_t> addresses(8);
        std::vector<std::thread> callers;
        for (auto &address : addresses)
            callers.emplace_back([&] {
                const Answer answer = askForUplink(Operation::UplinkEnsure, holder.links);
                address = answer.status() == Status::Ok ? answer.reply->uplink.hostAddress : 0;
            });
        for (auto &caller : callers)
            caller.join();
        for (const auto address : addresses)
            QCOMPARE(address, addresses.front());
        QVERIFY(addresses.front() != 0);
        QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
        QCOMPARE(RootHand::state(), m_before);
    }

    void row01_descriptorsOfEveryNumber()
    {
        const UserHolder holder;
        const int user = holder.links.userNamespace.get(), network = holder.links.networkNamespace.get();
        verifyRefused({}, Status::BadRequest);
        verifyRefused({user}, Status::BadRequest);
        verifyRefused({user, network, network}, Status::BadRequest);
        verifyRefused(std::vector<int>(250, network), Status::BadRequest);
        // And the others still take none.
        for (const Operation operation : {Operation::Probe, Operation::CgroupEnsure}) {
            Call call;
            QVERIFY(call.send(bytesOf(makeRequest(operation)), {user, network}));
            QCOMPARE(call.finish().status(), Status::BadRequest);
        }
    }

    // All refused with the same code, since which of them it is tells something about others.
    void row08_foreignNamespaces()
    {
        const UserHolder holder, second;
        UserHolder ended;
        QVERIFY(holder.isMade() && second.isMade() && ended.isMade());
        const int user = holder.links.userNamespace.get(), network = holder.links.networkNamespace.get();
        const UniqueFd hostUser = openNamespace("/proc/self/ns/user"), hostNetwork = openNamespace("/proc/self/ns/net");
        const Stranger own, nested(&holder.links);
        QVERIFY(own.isMade() && nested.isMade());
        const UniqueFd ownUser = openNamespace(own.pid(), "user"), ownNetwork = openNamespace(own.pid(), "net");
        const UniqueFd nestedUser = openNamespace(nested.pid(), "user"), nestedNetwork = openNamespace(nested.pid(), "net");
        QVERIFY(ownUser && ownNetwork && nestedUser && nestedNetwork && hostUser && hostNetwork);
        ended.end();
        QVERIFY(QTest::qWaitFor([&] { return !openNamespace(ended.links.pid, "user"); }, 3000));
        QTest::qWait(50);
        const UniqueFd file(::open("/etc/passwd", O_RDONLY | O_CLOEXEC)), memory(::memfd_create("net", MFD_CLOEXEC));
        const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)), event(::eventfd(0, EFD_CLOEXEC));
        const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0))),
            pathOnly(::open("/proc/self/ns/net", O_PATH | O_CLOEXEC));
        OtherUser other;
        QVERIFY(other.isThere());
        const std::pair<const char *, std::vector<int>> stories[] = {
            {"the host's", {hostUser.get(), hostNetwork.get()}},
            {"the host's network", {user, hostNetwork.get()}},
            {"a parent's user namespace", {hostUser.get(), network}},
            {"of a child namespace", {nestedUser.get(), nestedNetwork.get()}},
            {"of a child namespace, with ours", {user, nestedNetwork.get()}},
            {"ours, with a child's", {nestedUser.get(), network}},
            {"two holders", {user, second.links.networkNamespace.get()}},
            {"in the wrong order", {network, user}},
            {"twice the same", {network, network}},
            {"of another kind", {user, holder.links.mountNamespace.get()}},
            {"another user's", {other.userNamespace.get(), other.networkNamespace.get()}},
            {"another user's network", {user, other.networkNamespace.get()}},
            {"another user's user namespace", {other.userNamespace.get(), network}},
            {"a file", {user, file.get()}},
            {"memory", {user, memory.get()}},
            {"a socket", {user, socket.get()}},
            {"an event", {event.get(), network}},
            {"a process", {pidfd.get(), network}},
            {"a path", {user, pathOnly.get()}},
        };
        for (const auto &[name, fds] : stories) {
            verifyRefused(fds, Status::ForeignNamespace);
            if (QTest::currentTestFailed())
                QFAIL(name);
        }
        // One's own, but not the helper's doing: nothing is made for it, and there is nothing to give up.
        const std::string before = RootHand::state();
        const std::vector<int> selfMade{ownUser.get(), ownNetwork.get()};
        QCOMPARE(int(askForUplink(Operation::UplinkEnsure, selfMade).status()), int(Status::ForeignNamespace));
        QCOMPARE(int(askForUplink(Operation::UplinkRelease, selfMade).status()), int(Status::Ok));
        QCOMPARE(RootHand::state(), before);
        // Whose owner ended: nothing new for it. Giving up what it had is no danger.
        const Answer late = askForUplink(Operation::UplinkEnsure, ended.links);
        QCOMPARE(int(late.status()), int(Status::ForeignNamespace));
        // And the real ones still do.
        QCOMPARE(askForUplink(Operation::UplinkEnsure, holder.links).status(), Status::Ok);
        QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
    }

    // Nobody takes away what is another's.
    void row66_onlyOnesOwnIsReleased()
    {
        OtherUser other;
        QVERIFY(other.isThere());
        const auto theirs = other.ask("u");
        QCOMPARE(theirs.first, Status::Ok);
        const std::string before = RootHand::state();
        verifyRefused({other.userNamespace.get(), other.networkNamespace.get()}, Status::ForeignNamespace);
        const UserHolder holder;
        const Answer ours = askForUplink(Operation::UplinkEnsure, holder.links);
        QCOMPARE(ours.status(), Status::Ok);
        QVERIFY(ours.reply->uplink.hostAddress != theirs.second);
        QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
        QCOMPARE(RootHand::state(), before);
        QCOMPARE(other.ask("r").first, Status::Ok);
        QCOMPARE(RootHand::state(), m_before);
    }

    // Whoever finds every pair taken takes none of them away.
    void row66_theLastAddressIsTaken()
    {
        QVERIFY(RootHand::does("pools 10.213.7.0/30")); // two pairs
        OtherUser other;
        QVERIFY(other.isThere());
        const auto theirs = other.ask("u");
        QCOMPARE(theirs.first, Status::Ok);
        const UserHolder first, second;
        const Answer ours = askForUplink(Operation::UplinkEnsure, first.links);
        QCOMPARE(ours.status(), Status::Ok);
        QCOMPARE(theirs.second ^ ours.reply->uplink.hostAddress, 2U);
        const std::string before = RootHand::state();
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(int(askForUplink(Operation::UplinkEnsure, second.links).status()), int(Status::NoAddresses));
            QCOMPARE(RootHand::state(), before);
        }
        QCOMPARE(askForUplink(Operation::UplinkRelease, first.links).status(), Status::Ok);
        QCOMPARE(askForUplink(Operation::UplinkEnsure, second.links).status(), Status::Ok);
        QCOMPARE(askForUplink(Operation::UplinkRelease, second.links).status(), Status::Ok);
        QCOMPARE(other.ask("r").first, Status::Ok);
        QVERIFY(RootHand::does("pools"));
        QCOMPARE(RootHand::state(), m_before);
    }

    // One user has all that he may have, and asks for more from many processes; the next one waits for nobody.
    void row09_quotaAndExhaustion()
    {
        constexpr std::size_t most = 32; // without a number in helper.conf
        std::vector<std::unique_ptr<UserHolder>> holders;
        for (std::size_t i = 0; i < most; ++i) {
            auto holder = std::make_unique<UserHolder>();
            QVERIFY(holder->isMade());
            const Answer answer = askForUplink(Operation::UplinkEnsure, holder->links);
            QVERIFY2(answer.status() == Status::Ok, qPrintable(QString::number(int(answer.status()))));
            holder->end(); // the namespaces stay, and with them the uplink
            holders.push_back(std::move(holder));
        }
        const UserHolder one;
        QVERIFY(one.isMade());
        const Answer answer = askForUplink(Operation::UplinkEnsure, one.links);
        QCOMPARE(int(answer.status()), int(Status::QuotaExceeded));
        QCOMPARE(answer.reply->detail, std::uint32_t(most));
        std::atomic<bool> isOver = false;
        std::vector<std::thread> callers;
        for (int i = 0; i < 8; ++i)
            callers.emplace_back([&] {
                const Request request = makeRequest(Operation::UplinkEnsure);
                while (!isOver) {
                    Call call;
                    call.send(bytesOf(request), {one.links.userNamespace.get(), one.links.networkNamespace.get()});
                    call.finish();
                }
            });
        OtherUser other;
        QElapsedTimer timer;
        timer.start();
        const auto theirs = other.isThere() ? other.ask("u") : std::pair(Status::Internal, 0U);
        const auto took = timer.elapsed();
        const auto given = other.isThere() ? other.ask("r") : std::pair(Status::Internal, 0U);
        isOver = true;
        for (auto &caller : callers)
            caller.join();
        QCOMPARE(int(theirs.first), int(Status::Ok));
        QVERIFY(theirs.second != 0);
        QCOMPARE(int(given.first), int(Status::Ok));
        QVERIFY2(took < 1500, qPrintable(QString::number(took)));
        holders.clear();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return askForUplink(Operation::UplinkRelease, one.links).status() == Status::Ok && RootHand::state() == m_before;
            },
            10'000));
    }

    // Killed at any moment, by somebody who may: between the record and the link, for instance.
    void row05_killedAtAnyMoment()
    {
        QRandomGenerator random(5);
        const UserHolder holder;
        constexpr int wanted = 15, fewest = 60, most = 1'000;
        int killed = 0, span = 14'000, rounds = 0; // microseconds; how long a request takes is up to the machine
        for (; rounds < fewest || (killed < wanted && rounds < most) || rounds % 10 != 0; ++rounds) {
            const int round = rounds;
            const Request request = makeRequest(round % 4 == 3 ? Operation::UplinkRelease : Operation::UplinkEnsure);
            Call call;
            QVERIFY(call.send(bytesOf(request), {holder.links.userNamespace.get(), holder.links.networkNamespace.get()}));
            ::usleep(useconds_t(random.bounded(span)));
            RootHand::run("kill " + std::to_string(call.pid()));
            const Answer answer = call.finish();
            const bool isKilled = WIFSIGNALED(answer.waitStatus);
            killed += isKilled ? 1 : 0;
            span = isKilled ? std::min(span * 5 / 4, 14'000) : std::max(span * 3 / 4, 100);
            if (round % 10 != 9)
                continue;
            const Answer next = askForUplink(Operation::UplinkEnsure, holder.links);
            QVERIFY2(next.status() == Status::Ok, qPrintable(QString::number(int(next.status()))));
            QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
            QCOMPARE(RootHand::state(), m_before);
        }
        qInfo("%d of %d were killed in time", killed, rounds);
        QVERIFY(killed >= wanted);
    }

    void whatIsLeftIsCollected()
    {
        const UserHolder next;
        {
            const UserHolder gone, alsoGone;
            QCOMPARE(askForUplink(Operation::UplinkEnsure, gone.links).status(), Status::Ok);
            const Answer other = askForUplink(Operation::UplinkEnsure, alsoGone.links);
            QCOMPARE(other.status(), Status::Ok);
            // As after a kill between the record and the link.
            QVERIFY(RootHand::does("link delete " + hostName(other)));
        }
        QVERIFY(RootHand::state() != m_before);
        // The one whose namespace is gone goes as soon as the kernel has taken it apart.
        QVERIFY(QTest::qWaitFor(
            [&] {
                return askForUplink(Operation::UplinkRelease, next.links).status() == Status::Ok && RootHand::state() == m_before;
            },
            5000));
    }

    // Another user's leftovers could also be what he is just making; after ten seconds they are not.
    void othersLeftoversAreCollectedLater()
    {
        const UserHolder holder;
        std::uint32_t address = 0;
        {
            OtherUser other;
            QVERIFY(other.isThere());
            const auto theirs = other.ask("u");
            QCOMPARE(theirs.first, Status::Ok);
            address = theirs.second;
        }
        char name[IFNAMSIZ];
        std::snprintf(name, sizeof name, "berth-%08x", address);
        QVERIFY(QTest::qWaitFor([&] { return ::if_nametoindex(name) == 0; }, 5000));
        QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
        QVERIFY(RootHand::state().contains(std::string("uplink-") + (name + 6)));
        QTest::qWait(10'500);
        QCOMPARE(askForUplink(Operation::UplinkRelease, holder.links).status(), Status::Ok);
        QCOMPARE(RootHand::state(), m_before);
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && std::string_view(argv[1]) == otherFlag)
        return beTheOther(argv[2]);
    const QCoreApplication application(argc, argv);
    TestHelperUplink test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_helperuplink.moc"
