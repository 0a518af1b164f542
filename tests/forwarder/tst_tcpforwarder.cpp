// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Connections through the forwarder, on the loopback; each step of its loop is ours.
#include "forwarder/loopback.h"
#include "forwarder/tcpforwarder.h"

#include <sys/resource.h>

using namespace berth;
using namespace berth::test;

class TestTcpForwarder : public QObject {
    Q_OBJECT

    struct Ground {
        explicit Ground(std::size_t limit = 1000) : forwarder(*loop, limit)
        {
            auto listener = serverSocket(SOCK_STREAM);
            port = portOf(listener);
            if (!forwarder.add(std::move(listener), portOf(server)))
                qFatal("no listener");
            forwarder.setTarget({loopback, {}});
        }
        void step(int rounds = 1)
        {
            for (; rounds > 0; --rounds) {
                loop->step(forwarder.timeout() == 0 ? 0 : 10);
                forwarder.work(now);
            }
        }
        // A connection and its other end.
        std::pair<UniqueFd, UniqueFd> connection()
        {
            auto client = clientSocket(SOCK_STREAM, port);
            step(2);
            return {std::move(client), accepted(server)};
        }
        QByteArray readAll(const UniqueFd &socket, qsizetype size)
        {
            QByteArray bytes;
            for (int i = 0; i < 10'000 && bytes.size() < size; ++i) {
                bytes += readNow(socket);
                step();
            }
            return bytes;
        }

        Result<forwarder::EventLoop> loop = forwarder::EventLoop::make();
        UniqueFd server = serverSocket(SOCK_STREAM);
        forwarder::TcpForwarder forwarder;
        std::uint16_t port = 0;
        std::int64_t now = 0;
    };

private Q_SLOTS:
    void carriesBothWays()
    {
        Ground ground;
        const auto [client, container] = ground.connection();
        QVERIFY(client && container);
        QCOMPARE(say(client, "question"), 8);
        QCOMPARE(ground.readAll(container, 8), "question");
        QCOMPARE(say(container, "answer"), 6);
        QCOMPARE(ground.readAll(client, 6), "answer");
        QCOMPARE(ground.forwarder.connections(), 1U);
    }

    // "cat file | nc": the client has said its last word, and the answer still arrives.
    void aHalfClosedConnectionLivesOn()
    {
        Ground ground;
        const auto [client, container] = ground.connection();
        say(client, "all of it");
        ::shutdown(client.get(), SHUT_WR);
        QCOMPARE(ground.readAll(container, 14), "all of it(end)");
        say(container, "late answer");
        QCOMPARE(ground.readAll(client, 11), "late answer");
        QCOMPARE(ground.forwarder.connections(), 1U);
        ::shutdown(container.get(), SHUT_WR);
        QCOMPARE(ground.readAll(client, 5), "(end)");
        QCOMPARE(ground.forwarder.connections(), 0U);
    }

    void theOtherHalfToo()
    {
        Ground ground;
        const auto [client, container] = ground.connection();
        ::shutdown(container.get(), SHUT_WR);
        QCOMPARE(ground.readAll(client, 5), "(end)");
        say(client, "still here");
        QCOMPARE(ground.readAll(container, 10), "still here");
    }

    // A reader that waits stops the writer, and what is on the way is a few buffers, not all that was written.
    void aSlowReaderStopsTheWriter()
    {
        Ground ground;
        const auto [client, container] = ground.connection();
        const QByteArray block(65536, 'x');
        qint64 sent = 0;
        for (int quiet = 0; quiet < 20;) {
            const auto more = say(container, block);
            sent += std::max<ssize_t>(more, 0);
            quiet = more > 0 ? 0 : quiet + 1;
            ground.step();
            QVERIFY2(sent < 64LL << 20, "nobody stopped it");
        }
        qint64 received = 0;
        for (int i = 0; i < 100'000 && received < sent; ++i) {
            received += readNow(client).size();
            ground.step();
        }
        QCOMPARE(received, sent);
    }

    void aBrokenConnectionIsBrokenForBoth()
    {
        Ground ground;
        auto [client, container] = ground.connection();
        forwarder::resetConnection(std::move(container));
        ground.step(3);
        QCOMPARE(readNow(client), "(reset)");
        QCOMPARE(ground.forwarder.connections(), 0U);
    }

    void whereNobodyListensClientsAreSentAway()
    {
        Ground ground;
        ground.server.reset();
        const auto client = clientSocket(SOCK_STREAM, ground.port);
        QVERIFY(client);
        ground.step(3);
        QCOMPARE(readNow(client), "(reset)");
        ground.forwarder.setTarget({});
        const auto another = clientSocket(SOCK_STREAM, ground.port);
        ground.step(2);
        QCOMPARE(readNow(another), "(reset)");
        QCOMPARE(ground.forwarder.connections(), 0U);
    }

    // By its interface, whatever the routes say.
    void theInterfaceIsTheRightOne()
    {
        Ground ground;
        ground.forwarder.setTarget({loopback, "lo"});
        const auto [client, container] = ground.connection();
        say(client, "hello");
        QCOMPARE(ground.readAll(container, 5), "hello");
        ground.forwarder.setTarget({loopback, "none-such"});
        const auto lost = clientSocket(SOCK_STREAM, ground.port);
        ground.step(2);
        QCOMPARE(readNow(lost), "(reset)");
    }

    // At the limit new ones wait, and come in when others have gone.
    void aLimitOfConnections()
    {
        Ground ground(10);
        std::vector<UniqueFd> clients, containers;
        for (int i = 0; i < 15; ++i)
            clients.push_back(clientSocket(SOCK_STREAM, ground.port));
        ground.step(20);
        while (auto one = accepted(ground.server))
            containers.push_back(std::move(one));
        QCOMPARE(containers.size(), 10U);
        QCOMPARE(ground.forwarder.connections(), 10U);
        clients.erase(clients.begin(), clients.begin() + 5);
        for (auto &container : containers)
            ::shutdown(container.get(), SHUT_WR);
        ground.step(20);
        while (auto one = accepted(ground.server))
            containers.push_back(std::move(one));
        QCOMPARE(containers.size(), 15U);
    }

    // Idle connections need two descriptors each on this side, and nothing is left when they end.
    void descriptorsAreGivenBack()
    {
        Ground ground;
        const int before = descriptors();
        {
            std::vector<std::pair<UniqueFd, UniqueFd>> all;
            for (int i = 0; i < 100; ++i) {
                all.push_back(ground.connection());
                say(all.back().first, "hello");
                QCOMPARE(ground.readAll(all.back().second, 5), "hello");
            }
            QVERIFY2(descriptors() - before <= 400 + 4, QByteArray::number(descriptors() - before));
        }
        ground.step(20);
        QCOMPARE(ground.forwarder.connections(), 0U);
        QVERIFY2(descriptors() - before <= 4, QByteArray::number(descriptors() - before)); // free pipes
    }

    // Descriptors are short: it tries again after a while, and does not spin meanwhile.
    void withoutDescriptorsItWaits()
    {
        Ground ground;
        const auto client = clientSocket(SOCK_STREAM, ground.port);
        std::vector<UniqueFd> hogs;
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        auto few = files;
        few.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &few);
        for (int fd = ::dup(0); fd >= 0; fd = ::dup(0))
            hogs.emplace_back(fd);
        ground.step();
        QCOMPARE(ground.forwarder.timeout(), 100);
        hogs.clear();
        ground.step(3);
        QCOMPARE(ground.forwarder.connections(), 0U);
        ground.now = 101;
        ground.step(3);
        QCOMPARE(ground.forwarder.connections(), 1U);
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
};

QTEST_GUILESS_MAIN(TestTcpForwarder)
#include "tst_tcpforwarder.moc"
