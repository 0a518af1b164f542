// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Taking ports of the machine, and what is said when they are taken.
#include "forwarder/bindports.h"
#include "forwarder/loopback.h"

#include <QFile>

#include <unistd.h>

using namespace berth;
using namespace berth::forwarder;
using namespace berth::test;

class TestBindPorts : public QObject {
    Q_OBJECT

    static constexpr std::uint32_t container = 0xac110002; // 172.17.0.2

    static std::uint16_t unprivileged()
    {
        QFile file(QStringLiteral("/proc/sys/net/ipv4/ip_unprivileged_port_start"));
        return file.open(QFile::ReadOnly) ? file.readAll().trimmed().toUShort() : 1024;
    }

private Q_SLOTS:
    void bothFamiliesAtOneNumber()
    {
        const PortSpec specs[] = {{{}, 0, 0, 80, PortProtocol::Tcp}, {{}, 0, 0, 53, PortProtocol::Udp}};
        const auto bound = bindPorts(specs, container);
        QVERIFY2(bound, bound ? "" : bound.error().detail.c_str());
        for (std::size_t i = 0; i + 1 < bound->size(); ++i) {
            const auto &one = (*bound)[i].published, &next = (*bound)[i + 1].published;
            if (one.protocol != next.protocol)
                continue;
            QCOMPARE(one.hostAddress, "0.0.0.0");
            QCOMPARE(next.hostAddress, "::");
            QCOMPARE(one.hostPort, next.hostPort);
        }
        QVERIFY(bound->front().published.hostPort != 0);
        QCOMPARE(bound->back().published.protocol, PortProtocol::Udp);
        const auto client = clientSocket(SOCK_STREAM, bound->front().published.hostPort);
        QVERIFY(client);
    }

    void oneAddress()
    {
        const PortSpec specs[] = {{"127.0.0.1", 0, 0, 80, PortProtocol::Tcp}};
        const auto bound = bindPorts(specs, container);
        QVERIFY(bound);
        QCOMPARE(bound->size(), 1U);
        QCOMPARE(bound->front().published.hostAddress, "127.0.0.1");
        const PortSpec foreign[] = {{"203.0.113.77", 8080, 8080, 80, PortProtocol::Tcp}};
        const auto refused = bindPorts(foreign, container);
        QVERIFY(!refused);
        QCOMPARE(refused.error().detail,
            "failed to bind host port for 203.0.113.77:8080:172.17.0.2:80/tcp: cannot assign requested address");
    }

    void whoHasThePortIsNamed()
    {
        const auto mine = serverSocket(SOCK_STREAM);
        const auto port = portOf(mine);
        const PortSpec specs[] = {{"127.0.0.1", port, port, 80, PortProtocol::Tcp}};
        const auto bound = bindPorts(specs, container);
        QVERIFY(!bound);
        const auto expected = "failed to bind host port for 127.0.0.1:" + std::to_string(port)
            + ":172.17.0.2:80/tcp: address already in use (by process " + std::to_string(::getpid()) + " (tst_bindports))";
        QCOMPARE(bound.error().detail, expected);
        // The wildcard is in the way of itself, too.
        const PortSpec all[] = {{{}, port, port, 80, PortProtocol::Tcp}};
        const auto refused = bindPorts(all, container);
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.contains("address already in use (by process "));
    }

    void whoHasTheDatagramsIsNamed()
    {
        const auto mine = serverSocket(SOCK_DGRAM);
        const auto port = portOf(mine);
        const PortSpec specs[] = {{"127.0.0.1", port, port, 53, PortProtocol::Udp}};
        const auto bound = bindPorts(specs, container);
        QVERIFY(!bound);
        QVERIFY2(bound.error().detail.contains("/udp: address already in use (by process " + std::to_string(::getpid())),
            bound.error().detail.c_str());
    }

    void theFirstFreeOfARange()
    {
        auto taken = serverSocket(SOCK_STREAM);
        while (portOf(taken) > 65'500)
            taken = serverSocket(SOCK_STREAM);
        const auto port = portOf(taken);
        const auto last = std::uint16_t(port + 20);
        const PortSpec specs[] = {{"127.0.0.1", port, last, 80, PortProtocol::Tcp}};
        const auto bound = bindPorts(specs, container);
        QVERIFY(bound);
        QVERIFY(bound->front().published.hostPort > port && bound->front().published.hostPort <= last);
    }

    // All or nothing.
    void nothingIsKeptOfAFailure()
    {
        const auto taken = serverSocket(SOCK_STREAM);
        const auto free = [] { return portOf(serverSocket(SOCK_STREAM)); }();
        const PortSpec specs[] = {
            {"127.0.0.1", free, free, 80, PortProtocol::Tcp}, {"127.0.0.1", portOf(taken), portOf(taken), 81, PortProtocol::Tcp}};
        QVERIFY(!bindPorts(specs, container));
        QVERIFY(!clientSocket(SOCK_STREAM, free));
    }

    void portsOfRoot()
    {
        const PortSpec specs[] = {{"127.0.0.1", 80, 80, 80, PortProtocol::Tcp}};
        const auto bound = bindPorts(specs, container);
        if (::geteuid() == 0 || unprivileged() <= 80) {
            QVERIFY(bound);
            return;
        }
        QVERIFY(!bound);
        QVERIFY(
            bound.error().detail.starts_with("failed to bind host port for 127.0.0.1:80:172.17.0.2:80/tcp: permission denied"));
    }
};

QTEST_GUILESS_MAIN(TestBindPorts)
#include "tst_bindports.moc"
