// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Bridges and pairs between namespaces that the test makes for itself, as root of the holder.
#include "base/io.h"
#include "holder/holderlinks.h"
#include "runtime/networklinks.h"
#include "runtime/procfiles.h"
#include "wire/routermessage.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace berth;

static std::string holderProblem; // empty: this process is root of the holder

// Only a process with one thread may enter a user namespace, and Qt Test makes a second one.
static void enterHolder()
{
    const auto runtime = qEnvironmentVariable("XDG_RUNTIME_DIR").toStdString() + "/berth";
    (void)::mkdir(runtime.c_str(), 0700);
    const auto holder = ensureHolder(runtime);
    if (!holder)
        holderProblem = holder.error().detail;
    else if (::setns(holder->userNamespace.get(), CLONE_NEWUSER) != 0)
        holderProblem = "cannot enter the holder";
}

class TestNetworkLinks : public QObject {
    Q_OBJECT

    UniqueFd m_router, m_proc;

    static UniqueFd ownNetwork() { return std::move(*openFile(AT_FDCWD, "/proc/thread-self/ns/net", O_RDONLY)); }
    // A new namespace, as a container has it; the caller stays in the router.
    [[nodiscard]] UniqueFd newNetwork() const
    {
        if (::unshare(CLONE_NEWNET) < 0)
            return {};
        UniqueFd made = ownNetwork();
        ::setns(m_router.get(), CLONE_NEWNET);
        return made;
    }
    static NetworkSpec place(std::uint32_t address, bool internal = false)
    {
        NetworkSpec network;
        network.id = std::string(64, internal ? 'b' : 'a');
        network.name = "net";
        network.driver = "bridge";
        network.address = 0x0a050000 + address;
        network.gateway = 0x0a050001;
        network.prefix = 16;
        network.mac = {2, 0x42, 10, 5, 0, static_cast<std::uint8_t>(address)};
        network.internal = internal;
        return network;
    }
    // A line of "/proc/net/route" names the interface first.
    [[nodiscard]] bool hasDefaultRoute() const
    {
        const auto table = readSmallFile(AT_FDCWD, "/proc/thread-self/net/route", 65536);
        return table && table->contains("eth0\t00000000\t0100050A");
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(holderProblem.empty(), holderProblem.c_str());
        m_proc = std::move(*openHostProc());
        // A network of our own: the real router stays as it is.
        QVERIFY(::unshare(CLONE_NEWNET) == 0);
        m_router = ownNetwork();
    }

    void aPairAndItsBridge()
    {
        const auto container = newNetwork();
        auto router = Netlink::open();
        QVERIFY(router);
        const auto network = place(2);
        const auto made = makeLink(*router, network, {.process = 0, .networkNamespace = container.get()});
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        QVERIFY(::if_nametoindex(router::bridgeName(network.id, false).c_str()) > 0);
        QVERIFY(::if_nametoindex(pairName(network.id, network.address).c_str()) > 0);
        QVERIFY(::setns(container.get(), CLONE_NEWNET) == 0);
        const auto configured = configureLinks({network}, m_proc.get());
        const bool isThere = ::if_nametoindex("eth0") > 0, leadsOut = hasDefaultRoute();
        QVERIFY(::setns(m_router.get(), CLONE_NEWNET) == 0);
        QVERIFY2(configured, configured ? "" : configured.error().detail.c_str());
        QVERIFY(isThere && leadsOut);
        QVERIFY(removeLink(*router, network));
        QCOMPARE(removeLink(*router, network).error().code, ErrorCode::NotFound);
    }

    void nothingLeadsOutOfAnInternalOne()
    {
        const auto container = newNetwork();
        auto router = Netlink::open();
        const auto network = place(2, true);
        QVERIFY(makeLink(*router, network, {.process = 0, .networkNamespace = container.get()}));
        QVERIFY(::if_nametoindex(router::bridgeName(network.id, true).c_str()) > 0);
        QVERIFY(::setns(container.get(), CLONE_NEWNET) == 0);
        const auto configured = configureLinks({network}, m_proc.get());
        const bool leadsOut = hasDefaultRoute();
        QVERIFY(::setns(m_router.get(), CLONE_NEWNET) == 0);
        QVERIFY(configured);
        QVERIFY(!leadsOut);
    }

    // The kernel has not taken the last container's namespace apart yet, and the next one has its address.
    void whatALastOneLeftIsReplaced()
    {
        auto router = Netlink::open();
        const auto first = newNetwork(), second = newNetwork();
        QVERIFY(makeLink(*router, place(3), {.process = 0, .networkNamespace = first.get()}));
        const auto again = makeLink(*router, place(3), {.process = 0, .networkNamespace = second.get()});
        QVERIFY2(again, again ? "" : again.error().detail.c_str());
        QVERIFY(::setns(second.get(), CLONE_NEWNET) == 0);
        const bool isThere = ::if_nametoindex("eth0") > 0;
        QVERIFY(::setns(m_router.get(), CLONE_NEWNET) == 0);
        QVERIFY(isThere);
    }

    // What a start pays for its network: reported, not judged, since other work of the machine counts in.
    void howLongItTakes()
    {
        auto router = Netlink::open();
        std::vector<qint64> making, configuring;
        std::vector<UniqueFd> kept;
        for (std::uint32_t i = 10; i < 60; ++i) {
            kept.push_back(newNetwork());
            QElapsedTimer clock;
            clock.start();
            QVERIFY(makeLink(*router, place(i), {.process = 0, .networkNamespace = kept.back().get()}));
            making.push_back(clock.nsecsElapsed() / 1000);
            QVERIFY(::setns(kept.back().get(), CLONE_NEWNET) == 0);
            clock.restart();
            const auto configured = configureLinks({place(i)}, m_proc.get());
            configuring.push_back(clock.nsecsElapsed() / 1000);
            QVERIFY(::setns(m_router.get(), CLONE_NEWNET) == 0);
            QVERIFY(configured);
        }
        std::ranges::sort(making);
        std::ranges::sort(configuring);
        qInfo("pair %lld us, configuration %lld us (medians)", static_cast<long long>(making[25]),
            static_cast<long long>(configuring[25]));
        qInfo("pair %lld us, configuration %lld us (best)", static_cast<long long>(making[0]),
            static_cast<long long>(configuring[0]));
    }
};

int main(int argc, char **argv)
{
    enterHolder();
    TestNetworkLinks test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_networklinks.moc"
