// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Datagrams through the forwarder, on the loopback, with a clock of ours.
#include "forwarder/loopback.h"
#include "forwarder/udpforwarder.h"

using namespace berth;
using namespace berth::test;

class TestUdpForwarder : public QObject {
    Q_OBJECT

    struct Ground {
        explicit Ground(std::size_t limit = 100) : forwarder(*loop, limit, [this] { return now; })
        {
            auto listener = serverSocket(SOCK_DGRAM);
            port = portOf(listener);
            if (!forwarder.add(std::move(listener), portOf(server)))
                qFatal("no listener");
            forwarder.setTarget({loopback, {}});
        }
        // Sends back each datagram with its size before it.
        void serve()
        {
            for (int i = 0; i < 3; ++i) {
                loop->step(10);
                sockaddr_in from{};
                socklen_t size = sizeof from;
                QByteArray bytes(70'000, Qt::Uninitialized);
                for (;;) {
                    const auto count = ::recvfrom(server.get(), bytes.data(), std::size_t(bytes.size()), MSG_DONTWAIT,
                        reinterpret_cast<sockaddr *>(&from), &size);
                    if (count < 0)
                        break;
                    const auto answer = QByteArray::number(qint64(count)) + ' ' + bytes.first(std::min<qsizetype>(count, 20));
                    ::sendto(server.get(), answer.constData(), std::size_t(answer.size()), 0,
                        reinterpret_cast<const sockaddr *>(&from), size);
                }
            }
            loop->step(10);
        }

        std::int64_t now = 0;
        Result<forwarder::EventLoop> loop = forwarder::EventLoop::make();
        UniqueFd server = serverSocket(SOCK_DGRAM);
        forwarder::UdpForwarder forwarder;
        std::uint16_t port = 0;
    };

private Q_SLOTS:
    void eachClientHasItsAnswers()
    {
        Ground ground;
        const auto first = clientSocket(SOCK_DGRAM, ground.port), second = clientSocket(SOCK_DGRAM, ground.port);
        say(first, "one");
        say(second, "three");
        say(first, "");
        ground.serve();
        QCOMPARE(readNow(first), "3 one");
        QCOMPARE(readNow(first), "0 ");
        QCOMPARE(readNow(second), "5 three");
        QCOMPARE(ground.forwarder.flows(), 2U);
    }

    void theLongestDatagram()
    {
        Ground ground;
        const auto client = clientSocket(SOCK_DGRAM, ground.port);
        const QByteArray longest(65'507, 'z');
        QCOMPARE(say(client, longest), longest.size());
        ground.serve();
        QCOMPARE(readNow(client), "65507 zzzzzzzzzzzzzzzzzzzz");
    }

    void manyAtOnce()
    {
        Ground ground;
        const auto client = clientSocket(SOCK_DGRAM, ground.port);
        for (int i = 0; i < 50; ++i)
            say(client, QByteArray::number(i));
        ground.serve();
        for (int i = 0; i < 50; ++i)
            QCOMPARE(readNow(client), QByteArray::number(i < 10 ? 1 : 2) + ' ' + QByteArray::number(i));
    }

    void quietClientsAreForgotten()
    {
        Ground ground;
        const auto client = clientSocket(SOCK_DGRAM, ground.port);
        say(client, "hello");
        ground.serve();
        ground.now = 89'000;
        ground.forwarder.expire();
        QCOMPARE(ground.forwarder.flows(), 1U);
        QCOMPARE(ground.forwarder.timeout(), 1'000);
        ground.now = 90'000;
        ground.forwarder.expire();
        QCOMPARE(ground.forwarder.flows(), 0U);
        say(client, "again");
        ground.serve();
        QCOMPARE(readNow(client), "5 hello");
        QCOMPARE(readNow(client), "5 again");
    }

    void noMoreClientsThanTheLimit()
    {
        Ground ground(3);
        std::vector<UniqueFd> clients;
        for (int i = 0; i < 8; ++i) {
            clients.push_back(clientSocket(SOCK_DGRAM, ground.port));
            say(clients.back(), "hello");
            ground.now = i;
            ground.serve();
            QCOMPARE(readNow(clients.back()), "5 hello");
        }
        QCOMPARE(ground.forwarder.flows(), 3U);
    }

    // "Port unreachable" from the container is an answer of one moment, not the end of the client.
    void aServerThatComesLater()
    {
        Ground ground;
        const auto port = portOf(ground.server);
        ground.server.reset();
        const auto client = clientSocket(SOCK_DGRAM, ground.port);
        for (int i = 0; i < 3; ++i) {
            say(client, "anybody?");
            ground.loop->step(10);
            ground.loop->step(10);
        }
        ground.server.reset(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        const auto address = addressOf(port);
        QCOMPARE(::bind(ground.server.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        say(client, "hello");
        ground.serve();
        QCOMPARE(readNow(client), "5 hello");
    }

    void withoutATargetNothingIsRemembered()
    {
        Ground ground;
        ground.forwarder.setTarget({});
        const auto client = clientSocket(SOCK_DGRAM, ground.port);
        say(client, "hello");
        ground.serve();
        QCOMPARE(ground.forwarder.flows(), 0U);
        QCOMPARE(readNow(client), "");
    }
};

QTEST_GUILESS_MAIN(TestUdpForwarder)
#include "tst_udpforwarder.moc"
