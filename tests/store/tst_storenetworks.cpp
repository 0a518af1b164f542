// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Networks, who is on them, and who gets which address.
#include "storefixture.h"
#include "wire/monitormessage.h"

#include <QDir>
#include <QTest>
#include <QTimeZone>

using namespace berth;
using namespace Qt::StringLiterals;

class TestStoreNetworks : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<StoreFixture> m_fixture;
    std::optional<Store> m_store;
    Digest m_image;
    QString m_network;

    static NetworkInfo network(const QString &name, const QString &subnet = {})
    {
        static int number = 0;
        NetworkInfo network;
        network.id = QString::number(++number, 16).rightJustified(64, u'c');
        network.name = name;
        network.driver = u"bridge"_s;
        network.subnet = subnet;
        network.isConfigured = !subnet.isEmpty();
        network.created = QDateTime::fromMSecsSinceEpoch(1000, QTimeZone::UTC);
        return network;
    }
    QString container(const QString &name, const QString &fixedAddress = {})
    {
        ContainerInfo container;
        container.id = QString::fromLatin1(name.toUtf8().toHex().leftJustified(64, '0'));
        container.name = name;
        container.imageName = u"redis"_s;
        container.imageId = m_image;
        container.created = QDateTime::currentDateTimeUtc();
        NetworkAttachment attachment;
        attachment.containerId = container.id;
        attachment.networkId = m_network;
        attachment.fixedAddress = fixedAddress;
        if (!m_store->addContainer(container, {attachment}))
            qFatal("cannot add the container");
        QDir(m_fixture->paths().data).mkpath(u"containers/"_s + container.id);
        return container.id;
    }
    // As a monitor holds it.
    UniqueFd up(const QString &id) const
    {
        const auto folder = m_store->containerFolder(id);
        return std::move(*tryLockFile(folder->get(), std::string(monitorLockName), LockKind::Exclusive));
    }
    QString claim(const QString &id)
    {
        const auto claimed = m_store->claimAddresses(id);
        return claimed ? claimed->first().address : QString::fromStdString(claimed.error().detail);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        auto store = m_fixture->open();
        QVERIFY(store);
        m_store.emplace(std::move(*store));
        const auto layer = StoreFixture::layer("one");
        const auto config = StoreFixture::config(layer);
        m_image = Digest::ofBytes(config);
        QVERIFY(m_store->addImage(config, {layer}, {}));
        const auto added = m_store->addNetwork(network(u"net"_s, u"10.5.0.0/29"_s), {});
        QVERIFY2(added, added ? "" : added.error().detail.c_str());
        m_network = added->id;
    }
    void cleanup()
    {
        m_store.reset();
        m_fixture.reset();
    }

    void threeAreThereAlways()
    {
        const auto networks = m_store->networks();
        QVERIFY(networks);
        QStringList names;
        for (const NetworkInfo &one : *networks)
            names += one.name + u' ' + one.driver;
        QCOMPARE(names, (QStringList{u"bridge bridge"_s, u"host host"_s, u"net bridge"_s, u"none null"_s}));
        QCOMPARE(m_store->findNetwork(u"bridge"_s)->id.size(), 64);
        QVERIFY(m_store->findNetwork(u"bridge"_s)->subnet.isEmpty());
        const auto bridge = m_store->chooseSubnet(m_store->findNetwork(u"bridge"_s)->id, {*Subnet::parse(u"172.17.0.0/24"_s)});
        QCOMPARE(bridge->subnet, u"172.18.0.0/16"_s);
        QCOMPARE(bridge->gateway, u"172.18.0.1"_s);
        QCOMPARE(m_store->chooseSubnet(bridge->id, {})->subnet, u"172.18.0.0/16"_s); // stays
        QVERIFY(m_store->chooseSubnet(m_store->findNetwork(u"host"_s)->id, {})->subnet.isEmpty());
    }

    void namesAreUnique()
    {
        const auto again = m_store->addNetwork(network(u"net"_s), {});
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(again.error().detail, std::string("network with name net already exists"));
    }

    void subnetsDoNotOverlap()
    {
        const auto overlapping = m_store->addNetwork(network(u"other"_s, u"10.0.0.0/8"_s), {});
        QVERIFY(!overlapping);
        QCOMPARE(
            overlapping.error().detail, std::string("invalid pool request: Pool overlaps with other one on this address space"));
        const auto first = m_store->addNetwork(network(u"first"_s), {*Subnet::parse(u"172.17.0.0/16"_s)});
        QCOMPARE(first->subnet, u"172.18.0.0/16"_s);
        QCOMPARE(first->gateway, u"172.18.0.1"_s);
        QCOMPARE(m_store->addNetwork(network(u"second"_s), {})->subnet, u"172.17.0.0/16"_s);
    }

    void everythingIsKept()
    {
        NetworkInfo whole = network(u"whole"_s, u"10.9.0.0/16"_s);
        whole.gateway = u"10.9.9.9"_s;
        whole.ipRange = u"10.9.1.0/24"_s;
        whole.internal = whole.attachable = true;
        whole.labels = {{u"a"_s, u"b=c"_s}};
        whole.driverOptions = {{u"o"_s, u"p"_s}};
        QVERIFY(m_store->addNetwork(whole, {}));
        QCOMPARE(m_store->findNetwork(u"whole"_s).value(), whole);
        QCOMPARE(m_store->findNetwork(whole.id.first(63)).error().code, ErrorCode::InvalidArgument); // those all begin alike
        QCOMPARE(m_store->findNetwork(u"nothing"_s).error().detail, std::string("network nothing not found"));
        NetworkAttachment place;
        place.containerId = container(u"web"_s);
        place.networkId = whole.id;
        place.aliases = {u"x"_s, u"y"_s};
        place.links = {u"db:d"_s};
        place.fixedAddress = u"10.9.2.2"_s;
        place.fixedMac = u"02:42:0a:09:02:02"_s;
        const auto attached = m_store->attach(place);
        QVERIFY(attached);
        QCOMPARE(attached->position, 1);
        QCOMPARE(m_store->attachmentsOn(whole.id).value(), QList{*attached});
        QCOMPARE(m_store->findContainer(u"web"_s)->networks, (QStringList{u"net"_s, u"whole"_s}));
        QVERIFY(!m_store->attach(place));
        QVERIFY(m_store->detach(place.containerId, whole.id));
        QCOMPARE(m_store->detach(place.containerId, whole.id).error().code, ErrorCode::NotFound);
        QVERIFY(m_store->removeContainer(place.containerId));
        QVERIFY(m_store->attachments()->isEmpty());
    }

    void theLowestFreeAddress()
    {
        const auto a = container(u"a"_s), b = container(u"b"_s), c = container(u"c"_s);
        QCOMPARE(claim(a), u"10.5.0.2"_s);
        auto runningA = up(a);
        QCOMPARE(claim(b), u"10.5.0.3"_s);
        auto runningB = up(b);
        runningA.reset();
        QCOMPARE(claim(c), u"10.5.0.2"_s); // a is not up any more
        auto runningC = up(c);
        QCOMPARE(claim(a), u"10.5.0.4"_s);
        QCOMPARE(claim(b), u"10.5.0.3"_s);
        QVERIFY(m_store->removeContainer(b));
        QCOMPARE(claim(container(u"d"_s)), u"10.5.0.3"_s);
    }

    void aRestartKeepsTheAddress()
    {
        const auto a = container(u"a"_s), b = container(u"b"_s);
        QCOMPARE(claim(a), u"10.5.0.2"_s);
        auto runningA = up(a);
        QCOMPARE(claim(b), u"10.5.0.3"_s);
        runningA.reset();
        QCOMPARE(claim(b), u"10.5.0.3"_s); // although a lower one is free
        QCOMPARE(claim(a), u"10.5.0.2"_s);
    }

    // Between the choice and the monitor's lock only the container's own lock says that it is taken.
    void whoIsBeingStartedHasIt()
    {
        const auto a = container(u"a"_s), b = container(u"b"_s);
        const auto folder = m_store->containerFolder(a);
        auto starting = tryLockFile(folder->get(), "lock", LockKind::Exclusive);
        QVERIFY(starting);
        QCOMPARE(claim(a), u"10.5.0.2"_s);
        QCOMPARE(claim(b), u"10.5.0.3"_s);
        QVERIFY(m_store->isHeld(a).value());
        starting->reset();
        QVERIFY(!m_store->isHeld(a).value());
    }

    void fixedAddresses()
    {
        const auto a = container(u"a"_s, u"10.5.0.3"_s), b = container(u"b"_s), c = container(u"c"_s);
        QCOMPARE(claim(b), u"10.5.0.2"_s);
        const auto runningB = up(b);
        QCOMPARE(claim(c), u"10.5.0.4"_s); // 3 waits for a
        const auto runningC = up(c);
        QCOMPARE(claim(a), u"10.5.0.3"_s);
        const auto runningA = up(a);
        QCOMPARE(claim(container(u"d"_s, u"10.5.0.3"_s)), u"Address already in use"_s);
        QCOMPARE(claim(container(u"e"_s, u"10.5.0.1"_s)), u"Address already in use"_s);
        QCOMPARE(claim(container(u"f"_s, u"10.6.0.1"_s)), u"no configured subnet contains IP address 10.6.0.1"_s);
    }

    void aFullNetworkSaysSo()
    {
        std::vector<UniqueFd> running;
        for (const auto *name : {"a", "b", "c", "d", "e"}) {
            const auto id = container(QString::fromLatin1(name));
            QVERIFY(claim(id).startsWith("10.5.0."_L1));
            running.push_back(up(id));
        }
        const auto full = m_store->claimAddresses(container(u"f"_s));
        QVERIFY(!full);
        QCOMPARE(full.error().code, ErrorCode::NoSpace);
        QVERIFY(QString::fromStdString(full.error().detail)
                .startsWith("no available IPv4 addresses on this network's address pools: net ("_L1));
        running.pop_back();
        QCOMPARE(claim(container(u"g"_s)), u"10.5.0.6"_s);
    }

    void aUsedNetworkStays()
    {
        const auto id = container(u"a"_s);
        auto running = up(id);
        const auto refused = m_store->removeNetwork(m_network);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        QVERIFY(QString::fromStdString(refused.error().detail).endsWith(" has active endpoints"_L1));
        running.reset();
        QVERIFY(m_store->removeNetwork(m_network));
        QCOMPARE(claim(id), u"network %1 not found"_s.arg(m_network));
        QCOMPARE(m_store->findContainer(u"a"_s)->networks, QStringList{m_network});
    }
};

QTEST_GUILESS_MAIN(TestStoreNetworks)
#include "tst_storenetworks.moc"
