// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Published ports from end to end, as an ordinary user: who reaches what, and who is told why not.
#include "forwarder/loopback.h"
#include "system/commandtest.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QRegularExpression>

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

using namespace berth;
using namespace berth::test;
using namespace Qt::StringLiterals;

class TestPorts : public CommandTest {
    Q_OBJECT

    // Says everything back, and "bye" when it has heard the end.
    const QByteArray m_echo = "import asyncio\n"
                              "async def serve(r, w):\n"
                              "    while data := await r.read(65536):\n"
                              "        w.write(data)\n"
                              "        await w.drain()\n"
                              "    w.write(b'bye')\n"
                              "    await w.drain()\n"
                              "    w.close()\n"
                              "async def main():\n"
                              "    server = await asyncio.start_server(serve, '', 80, backlog=4096)\n"
                              "    async with server:\n"
                              "        await server.serve_forever()\n"
                              "asyncio.run(main())\n";

    // busybox with the machine's python in it.
    Answer runPython(const QByteArray &name, const QList<QByteArray> &options, const QByteArray &code)
    {
        return berth(QList<QByteArray>{"run", "-d", "--name", name, "-v", "/usr:/usr:ro", "-v", "/usr/lib:/lib:ro", "-v",
                         "/usr/lib64:/lib64:ro"}
            + options + QList<QByteArray>{"busybox", "/usr/bin/python3", "-S", "-c", code});
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    static int forwarderOf(const QByteArray &name)
    {
        for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
            const auto words = contentOf(u"/proc/%1/cmdline"_s.arg(entry)).split('\0');
            if (words.value(0) == "berth-forwarder" && words.value(1) == name)
                return entry.toInt();
        }
        return 0;
    }
    static qint64 status(int pid, const QString &field) // a number of /proc/<pid>/status
    {
        const QRegularExpression line(u"^%1:\\s+(\\d+)"_s.arg(field), QRegularExpression::MultilineOption);
        return line.match(QString::fromUtf8(contentOf(u"/proc/%1/status"_s.arg(pid)))).captured(1).toLongLong();
    }
    static bool isOpen(std::uint16_t port) { return clientSocket(SOCK_STREAM, port).isValid(); }
    static QByteArray readFrom(const UniqueFd &socket, qsizetype size, int timeout = 10'000)
    {
        QByteArray bytes;
        QElapsedTimer timer;
        timer.start();
        while (bytes.size() < size && timer.elapsed() < timeout) {
            pollfd wanted{socket.get(), POLLIN, 0};
            ::poll(&wanted, 1, 100);
            bytes += readNow(socket);
        }
        return bytes;
    }
    // The server may not be up yet: until then connections are broken off.
    static QByteArray talk(std::uint16_t port, const QByteArray &question)
    {
        QByteArray answer;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 15'000) {
            const auto socket = clientSocket(SOCK_STREAM, port);
            if (socket && say(socket, question) > 0)
                answer = readFrom(socket, question.size(), 5'000);
            if (answer == question)
                break;
            ::usleep(100'000);
        }
        return answer;
    }
    // Which subnet the default bridge has is up to the machine.
    static QByteArray anySubnet(const QByteArray &text)
    {
        static const QRegularExpression subnet(u"172\\.\\d+\\.0\\.2"_s);
        return QString::fromUtf8(text).replace(subnet, u"172.N.0.2"_s).toUtf8();
    }
    int monitorOf(const QByteArray &name)
    {
        const auto id = QString::fromUtf8(inspect(name, ".Id"));
        static const QRegularExpression number(u"monitorPid=(\\d+)"_s);
        const auto record = contentOf(m_berth->dataFolder() + u"/containers/"_s + id + u"/run"_s);
        return number.match(QString::fromUtf8(record)).captured(1).toInt();
    }
    QByteArray portsColumn(const QByteArray &name)
    {
        return berth({"ps", "-a", "--format", "{{.Ports}}", "--filter", "name=" + name}).out.trimmed();
    }

private Q_SLOTS:
    void cleanup()
    {
        m_berth->removeContainers();
        berth({"network", "prune", "-f"});
    }

    // What people publish ports for.
    void redisFromTheHost()
    {
        VERIFY_OK(m_berth->load(u"redis-docker.tar"_s));
        VERIFY_OK(berth({"run", "-d", "--name", "redis", "-p", "6379:6379", "redis"}));
        const auto client = [](const QStringList &arguments) {
            QProcess process;
            process.start(u"redis-cli"_s, QStringList{u"-p"_s, u"6379"_s} + arguments);
            process.waitForFinished(20'000);
            return process.readAllStandardOutput();
        };
        QVERIFY(QTest::qWaitFor([&] { return client({u"ping"_s}) == "PONG\n"; }, 20'000));
        QCOMPARE(client({u"set"_s, u"greeting"_s, u"hello"_s}), "OK\n");
        QCOMPARE(berth({"exec", "redis", "redis-cli", "get", "greeting"}).out, "hello\n");
        QCOMPARE(client({u"-h"_s, u"::1"_s, u"get"_s, u"greeting"_s}), "hello\n");
        QCOMPARE(portsColumn("redis"), "0.0.0.0:6379->6379/tcp, [::]:6379->6379/tcp");
        COMPARE_ANSWER(berth({"port", "redis"}), 0, "6379/tcp -> 0.0.0.0:6379\n6379/tcp -> [::]:6379\n", "");
        COMPARE_ANSWER(berth({"port", "redis", "6379"}), 0, "0.0.0.0:6379\n[::]:6379\n", "");
        COMPARE_ANSWER(berth({"port", "redis", "80"}), 1, "", "Error: No public port '80' published for redis\n");
        QCOMPARE(inspect("redis", "json .NetworkSettings.Ports"),
            R"({"6379/tcp":[{"HostIp":"0.0.0.0","HostPort":"6379"},{"HostIp":"::","HostPort":"6379"}]})");
        QCOMPARE(inspect("redis", "json .HostConfig.PortBindings"), R"({"6379/tcp":[{"HostIp":"","HostPort":"6379"}]})");
        QCOMPARE(inspect("redis", "json .Config.ExposedPorts"), R"({"6379/tcp":{}})");
        // It is an ordinary process of ours, without power and without a trace of root.
        const int forwarder = forwarderOf("redis");
        QCOMPARE(status(forwarder, u"Uid"_s), qint64(::getuid()));
        QCOMPARE(status(forwarder, u"CapEff"_s), 0);
        QCOMPARE(status(forwarder, u"CapPrm"_s), 0);
        QCOMPARE(status(forwarder, u"NoNewPrivs"_s), 1);
        const auto found = [this](const QByteArray &filter) { return berth({"ps", "--format", "{{.Names}}", "-f", filter}).out; };
        QCOMPARE(found("publish=6379"), "redis\n");
        QCOMPARE(found("publish=6000-7000/tcp"), "redis\n");
        QCOMPARE(found("publish=6379/udp"), "");
        QCOMPARE(found("expose=6379"), "redis\n");
        QCOMPARE(found("expose=80"), "");
        VERIFY_OK(berth({"stop", "-t", "5", "redis"}));
        QVERIFY(!isOpen(6379));
        QCOMPARE(forwarderOf("redis"), 0);
        QCOMPARE(portsColumn("redis"), "");
        COMPARE_ANSWER(berth({"port", "redis"}), 0, "", "");
        QCOMPARE(inspect("redis", "json .NetworkSettings.Ports"), "{}");
        VERIFY_OK(berth({"start", "redis"}));
        QVERIFY(QTest::qWaitFor([&] { return client({u"ping"_s}) == "PONG\n"; }, 20'000));
    }

    void aPortInUseNamesItsOwner()
    {
        const auto mine = serverSocket(SOCK_STREAM);
        const auto port = QByteArray::number(portOf(mine));
        const auto refused = berth({"run", "-d", "--name", "late", "-p", port + ":80", "busybox", "sleep", "60"});
        QCOMPARE(refused.code, 125);
        const QByteArray expected = "berth: Error response from daemon: failed to set up container networking: driver failed "
                                    "programming external connectivity on endpoint late: failed to bind host port for 0.0.0.0:"
            + port + ":172.N.0.2:80/tcp: address already in use (by process " + QByteArray::number(::getpid())
            + " (tst_ports))\n";
        QVERIFY2(anySubnet(refused.err).startsWith(expected), refused.err);
        QCOMPARE(inspect("late", ".State.Status"), "created");
        // What was there is undisturbed.
        QVERIFY(isOpen(portOf(mine)));
    }

    void twoContainersWantTheSame()
    {
        VERIFY_OK(runPython("first", {"-p", "8080:80"}, m_echo));
        const auto refused = runPython("second", {"-p", "8080:80"}, m_echo);
        QCOMPARE(refused.code, 125);
        QVERIFY2(
            refused.err.contains("endpoint second: Bind for 0.0.0.0:8080 failed: port is already allocated (by container first)"),
            refused.err);
        QCOMPARE(talk(8080, "first?"), "first?");
        // As soon as the one has ended, the other may.
        VERIFY_OK(berth({"stop", "-t", "0", "first"}));
        VERIFY_OK(berth({"start", "second"}));
        QCOMPARE(talk(8080, "second?"), "second?");
        const auto again = berth({"start", "first"});
        QCOMPARE(again.code, 1);
        QVERIFY2(again.err.contains("Bind for 0.0.0.0:8080 failed: port is already allocated (by container second)"), again.err);
    }

    void portsOfRootAreRefused()
    {
        const auto refused = berth({"run", "-d", "-p", "127.0.0.1:80:80", "busybox", "sleep", "60"});
        QCOMPARE(refused.code, 125);
        QVERIFY2(anySubnet(refused.err).startsWith("berth: Error response from daemon: failed to set up container networking: "),
            refused.err);
        QVERIFY2(anySubnet(refused.err).contains("failed to bind host port for 127.0.0.1:80:172.N.0.2:80/tcp: permission denied"),
            refused.err);
    }

    void allForms()
    {
        VERIFY_OK(runPython("forms",
            {"-p", "127.0.0.1:9000-9002:80-82", "-p", "[::1]:9080:80", "-p", "127.0.0.1::80", "-p", "9100-9110:80/udp",
                "--expose", "7000-7001"},
            m_echo));
        static const QRegularExpression column(
            u"^7000-7001/tcp, 0\\.0\\.0\\.0:9100->80/udp, 127\\.0\\.0\\.1:9000->80/tcp, 127\\.0\\.0\\.1:(\\d+)->80/tcp, "
            "\\[::\\]:9100->80/udp, \\[::1\\]:9080->80/tcp, 127\\.0\\.0\\.1:9001->81/tcp, 127\\.0\\.0\\.1:9002->82/tcp$"_s);
        const auto shown = column.match(QString::fromUtf8(portsColumn("forms")));
        QVERIFY2(shown.hasMatch(), portsColumn("forms"));
        QCOMPARE(talk(9000, "hello"), "hello");
        QCOMPARE(talk(shown.captured(1).toUShort(), "random"), "random");
        // The next one takes the next of the range.
        VERIFY_OK(runPython("other", {"-p", "9100-9110:80/udp"}, m_echo));
        QCOMPARE(portsColumn("other"), "0.0.0.0:9101->80/udp, [::]:9101->80/udp");
    }

    void allExposedPorts()
    {
        VERIFY_OK(runPython("all", {"-P", "--expose", "80", "--expose", "99/udp"}, m_echo));
        const auto one = berth({"port", "all", "80/tcp"}).out.split('\n').first();
        QVERIFY2(one.startsWith("0.0.0.0:"), one);
        QCOMPARE(talk(one.mid(8).toUShort(), "hello"), "hello");
        QVERIFY(berth({"port", "all"}).out.contains("99/udp -> [::]:"));
        QCOMPARE(inspect("all", ".HostConfig.PublishAllPorts"), "true");
    }

    void datagrams()
    {
        VERIFY_OK(runPython("udp", {"-p", "5353:53/udp"},
            "import socket\n"
            "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
            "s.bind(('', 53))\n"
            "while True:\n"
            "    data, peer = s.recvfrom(65536)\n"
            "    s.sendto(data, peer)\n"));
        const auto first = clientSocket(SOCK_DGRAM, 5353), second = clientSocket(SOCK_DGRAM, 5353);
        const auto ask = [](const UniqueFd &socket, const QByteArray &bytes) {
            say(socket, bytes);
            return readFrom(socket, bytes.size(), 300);
        };
        QVERIFY(QTest::qWaitFor([&] { return ask(first, "hello") == "hello"; }, 10'000));
        QCOMPARE(ask(second, "you too"), "you too");
        QCOMPARE(ask(first, QByteArray(60'000, 'x')).size(), 60'000);
    }

    void aHalfClosedConnection()
    {
        VERIFY_OK(runPython("echo", {"-p", "8080:80"}, m_echo));
        QCOMPARE(talk(8080, "up"), "up");
        const auto socket = clientSocket(SOCK_STREAM, 8080);
        say(socket, "last words");
        ::shutdown(socket.get(), SHUT_WR);
        QCOMPARE(readFrom(socket, 18), "last wordsbye(end)");
    }

    // 64 MiB for a reader that does not read: the forwarder must not take them in.
    void aSlowReader()
    {
        VERIFY_OK(runPython("flood", {"-p", "8080:80"},
            "import socket\n"
            "s = socket.create_server(('', 80))\n"
            "while True:\n"
            "    c, _ = s.accept()\n"
            "    try:\n"
            "        for i in range(64): c.sendall(bytes([i]) * (1 << 20))\n"
            "    except OSError: pass\n"
            "    c.close()\n"));
        UniqueFd socket;
        QByteArray start;
        QVERIFY(QTest::qWaitFor(
            [&] {
                socket = clientSocket(SOCK_STREAM, 8080);
                start = readFrom(socket, 1, 500);
                return !start.isEmpty() && !start.contains("(");
            },
            10'000));
        QTest::qWait(1'000);
        const auto resident = status(forwarderOf("flood"), u"VmRSS"_s);
        QVERIFY2(resident > 0 && resident < 8'192, QByteArray::number(resident));
        qint64 total = start.size();
        QElapsedTimer timer;
        timer.start();
        for (QByteArray more; timer.elapsed() < 60'000 && !more.endsWith("(end)"); total += more.size())
            more = readFrom(socket, 1);
        QCOMPARE(total, (64LL << 20) + 5);
    }

    void twoThousandAtOnce()
    {
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        QVERIFY2(files.rlim_max >= 2'200, "this user may have too few files open");
        VERIFY_OK(runPython("echo", {"-p", "8080:80", "--ulimit", "nofile=4096:4096"}, m_echo));
        QCOMPARE(talk(8080, "up"), "up");
        const int forwarder = forwarderOf("echo");
        const auto before = status(forwarder, u"VmRSS"_s);
        std::vector<UniqueFd> sockets;
        for (int i = 0; i < 2'000; ++i) {
            sockets.push_back(clientSocket(SOCK_STREAM, 8080));
            QVERIFY2(sockets.back(), QByteArray::number(i));
            say(sockets.back(), QByteArray::number(10'000 + i));
        }
        for (int i = 0; i < 2'000; ++i)
            QCOMPARE(readFrom(sockets[std::size_t(i)], 5, 30'000), QByteArray::number(10'000 + i));
        const auto during = status(forwarder, u"VmRSS"_s);
        const auto open = QDir(u"/proc/%1/fd"_s.arg(forwarder)).count();
        qInfo("resident: %lld KiB before, %lld KiB with 2,000 connections; %lld descriptors", before, during, qint64(open));
        QVERIFY2(during < 8'192, QByteArray::number(during));
        QVERIFY(open < 4'200);
        sockets.clear();
        QVERIFY(QTest::qWaitFor([&] { return QDir(u"/proc/%1/fd"_s.arg(forwarder)).count() < 100; }, 10'000));
    }

    // A new run of the same container: the same ports, also those that were chosen by chance.
    void overARestart()
    {
        VERIFY_OK(runPython("again", {"--restart", "always", "-p", "8080:80", "-p", "80"},
            "import threading, os, time\nthreading.Thread(target=lambda: (time.sleep(1.5), os._exit(1))).start()\n" + m_echo));
        const auto ports = berth({"port", "again"}).out;
        QVERIFY(QTest::qWaitFor([&] { return inspect("again", ".RestartCount").toInt() >= 1; }, 20'000));
        QCOMPARE(talk(8080, "second life"), "second life");
        QCOMPARE(berth({"port", "again"}).out, ports);
        VERIFY_OK(berth({"rm", "-f", "again"}));
        QVERIFY(!isOpen(8080));
        QCOMPARE(forwarderOf("again"), 0);
    }

    void restartByHand()
    {
        VERIFY_OK(runPython("echo", {"-p", "8080:80"}, m_echo));
        QCOMPARE(talk(8080, "one"), "one");
        VERIFY_OK(berth({"restart", "-t", "0", "echo"}));
        QCOMPARE(talk(8080, "two"), "two");
        VERIFY_OK(berth({"rm", "-f", "echo"}));
        QVERIFY(!isOpen(8080));
    }

    void nothingOutlivesAKilledMonitor()
    {
        VERIFY_OK(runPython("echo", {"-p", "8080:80"}, m_echo));
        QCOMPARE(talk(8080, "up"), "up");
        const int monitor = monitorOf("echo");
        QVERIFY(monitor > 1);
        QCOMPARE(::kill(monitor, SIGKILL), 0);
        QVERIFY(QTest::qWaitFor([] { return !isOpen(8080) && forwarderOf("echo") == 0; }, 5'000));
        VERIFY_OK(berth({"start", "echo"}));
        QCOMPARE(talk(8080, "again"), "again");
    }

    void aKilledForwarderIsReplaced()
    {
        VERIFY_OK(runPython("echo", {"-p", "8080:80", "-p", "80"}, m_echo));
        QCOMPARE(talk(8080, "up"), "up");
        const auto ports = berth({"port", "echo"}).out;
        QTest::qWait(1'100); // one that ends at once is given up
        const int forwarder = forwarderOf("echo");
        QVERIFY(forwarder > 1);
        QCOMPARE(::kill(forwarder, SIGKILL), 0);
        QCOMPARE(talk(8080, "replaced"), "replaced");
        QCOMPARE(berth({"port", "echo"}).out, ports);
    }

    void networksComeAndGo()
    {
        VERIFY_OK(berth({"network", "create", "front"}));
        VERIFY_OK(berth({"network", "create", "--internal", "inside"}));
        VERIFY_OK(runPython("echo", {"-p", "8080:80", "--network", "front"}, m_echo));
        QCOMPARE(talk(8080, "front"), "front");
        VERIFY_OK(berth({"network", "connect", "bridge", "echo"}));
        VERIFY_OK(berth({"network", "disconnect", "front", "echo"}));
        QCOMPARE(talk(8080, "bridge"), "bridge");
        VERIFY_OK(berth({"network", "disconnect", "bridge", "echo"}));
        QVERIFY(!isOpen(8080));
        QCOMPARE(portsColumn("echo"), "");
        VERIFY_OK(berth({"network", "connect", "inside", "echo"}));
        QVERIFY(!isOpen(8080));
        VERIFY_OK(berth({"network", "connect", "front", "echo"}));
        QCOMPARE(talk(8080, "back"), "back");
        VERIFY_OK(berth({"restart", "-t", "0", "echo"}));
        QCOMPARE(talk(8080, "anew"), "anew");
    }

    // The router is the user's, whatever store they work in.
    void aBridgeThatAnotherStoreLeft()
    {
        const BerthCommand other;
        VERIFY_OK(other.load(u"busybox.tar"_s));
        VERIFY_OK(other.run({"network", "create", "--subnet", "10.99.0.0/24", "twin"}));
        VERIFY_OK(other.run({"run", "--rm", "--network", "twin", "busybox", "true"}));
        VERIFY_OK(berth({"network", "create", "--subnet", "10.99.0.0/24", "twin"}));
        VERIFY_OK(runPython("echo", {"-p", "8080:80", "--network", "twin"}, m_echo));
        QCOMPARE(talk(8080, "ours"), "ours");
        VERIFY_OK(berth({"rm", "-f", "echo"}));
        VERIFY_OK(other.run({"run", "--rm", "--network", "twin", "busybox", "true"}));
    }

    void withoutANetworkOfItsOwn()
    {
        const auto host = berth({"run", "-d", "--name", "host", "--network", "host", "-p", "8080:80", "busybox", "sleep", "60"});
        VERIFY_OK(host);
        QCOMPARE(host.err, "WARNING: Published ports are discarded when using host network mode\n");
        QCOMPARE(portsColumn("host"), "");
        VERIFY_OK(berth({"run", "-d", "--name", "none", "--network", "none", "-p", "8080:80", "busybox", "sleep", "60"}));
        QCOMPARE(portsColumn("none"), "");
        QVERIFY(!isOpen(8080));
        const auto shared = berth({"run", "-d", "--network", "container:none", "-p", "8080:80", "busybox", "sleep", "60"});
        QCOMPARE(shared.code, 125);
        QVERIFY2(
            shared.err.startsWith(
                "berth: Error response from daemon: conflicting options: port publishing and the container type network mode\n"),
            shared.err);
    }

    // The address of a client is not seen inside; it is never the loopback, which many take for a friend.
    void theClientIsNotTheLoopback()
    {
        VERIFY_OK(runPython("who", {"-p", "8080:80"},
            "import socket\ns = socket.create_server(('', 80))\n"
            "while True:\n    c, a = s.accept()\n    c.sendall(a[0].encode())\n    c.close()\n"));
        QByteArray address;
        QVERIFY(QTest::qWaitFor(
            [&] {
                const auto socket = clientSocket(SOCK_STREAM, 8080);
                address = readFrom(socket, 12, 1'000);
                return address.startsWith("172.");
            },
            10'000));
        QVERIFY2(address.startsWith(inspect("who", ".NetworkSettings.Gateway")), address);
    }
};

QTEST_GUILESS_MAIN(TestPorts)
#include "tst_ports.moc"
