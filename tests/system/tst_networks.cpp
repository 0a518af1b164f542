// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Networks from end to end: what one container reaches of another, and by which name.
#include "system/commandtest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <csignal>

#include <unistd.h>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestNetworks : public CommandTest {
    Q_OBJECT

    // A container that answers "here is NAME" on port 7.
    void serve(const QByteArray &name, const QList<QByteArray> &options)
    {
        VERIFY_OK(berth(QList<QByteArray>{"run", "-d", "--name", name} + options
            + QList<QByteArray>{"busybox", "sh", "-c", "while :; do echo here is " + name + " | nc -l -p 7; done"}));
    }
    // What HOST:7 answers to a new container with these options; empty when it cannot be reached.
    QByteArray ask(const QByteArray &host, const QList<QByteArray> &options)
    {
        // The server may just be between two connections.
        return shell("for i in 1 2 3 4 5 6 7 8 9 10; do nc -w 2 " + host + " 7 </dev/null && exit; sleep 0.1; done", options)
            .out.trimmed();
    }
    QByteArray ask(const QByteArray &host, const QByteArray &network)
    {
        return ask(host, QList<QByteArray>{"--network", network});
    }
    // Once, for what is not to be reached.
    QByteArray tryOnce(const QByteArray &host, const QByteArray &network)
    {
        return shell("nc -w 1 " + host + " 7 </dev/null", {"--network", network}).out.trimmed();
    }
    void create(const QByteArray &name, const QList<QByteArray> &options = {})
    {
        VERIFY_OK(berth(QList<QByteArray>{"network", "create"} + options + QList<QByteArray>{name}));
    }
    QByteArray address(const QByteArray &container, const QByteArray &network)
    {
        return inspect(container, ".NetworkSettings.Networks." + network + ".IPAddress");
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    // Interfaces of the router, less its loopback, from the holder's own view of them.
    QStringList routerInterfaces()
    {
        const auto runtime = berth::EnginePaths::fromEnvironment();
        const auto record = contentOf(runtime->runtime + u"/holder"_s);
        static const QRegularExpression number(u"pid[ =](\\d+)"_s);
        const auto pid = number.match(QString::fromUtf8(record)).captured(1);
        QStringList names;
        for (const QByteArray &line : contentOf(u"/proc/%1/net/dev"_s.arg(pid)).split('\n').mid(2)) {
            const auto name = QString::fromUtf8(line.split(':').first().trimmed());
            if (!name.isEmpty() && name != "lo"_L1)
                names += name;
        }
        return names;
    }
    bool routerHas(QStringView beginning)
    {
        const auto names = routerInterfaces();
        return std::ranges::any_of(names, [beginning](const QString &name) { return name.startsWith(beginning); });
    }

private Q_SLOTS:
    void cleanup()
    {
        m_berth->removeContainers();
        berth({"network", "prune", "-f"});
    }

    // What people start the engine for.
    void redisAndItsClient()
    {
        VERIFY_OK(m_berth->load(u"redis-docker.tar"_s));
        create("lesson");
        VERIFY_OK(berth({"run", "-d", "--name", "redis", "--network", "lesson", "redis"}));
        const auto answer = [this](const QByteArray &command) {
            return berth(
                QList<QByteArray>{"run", "--rm", "--network", "lesson", "redis", "redis-cli", "-h", "redis"} + command.split(' '))
                .out;
        };
        QVERIFY(QTest::qWaitFor([&] { return answer("ping") == "PONG\n"; }, 20'000));
        QCOMPARE(answer("set greeting hello"), "OK\n");
        QCOMPARE(answer("get greeting"), "hello\n");
        QCOMPARE(berth({"exec", "redis", "redis-cli", "get", "greeting"}).out, "hello\n");
    }

    void namesAndAliases()
    {
        create("net");
        serve("web", {"--network", "net", "--network-alias", "www", "--network-alias", "site"});
        for (const QByteArray name : {"web", "www", "site"})
            QCOMPARE(ask(name, "net"), "here is web");
        QCOMPARE(ask(inspect("web", ".Id").first(12), "net"), "here is web");
        const auto own = shell("cat /etc/hosts; hostname -i", {"--network", "net", "--name", "own", "-h", "me"});
        VERIFY_OK(own);
        static const QRegularExpression line(u"\\n172\\.\\d+\\.0\\.3\\tme own "_s);
        QVERIFY2(line.match(QString::fromUtf8(own.out)).hasMatch(), own.out);
        VERIFY_OK(
            berth({"run", "--rm", "--network", "net", "--cap-add", "NET_RAW", "busybox", "ping", "-c", "1", "-w", "5", "web"}));
        // Another name, while it runs.
        VERIFY_OK(berth({"rename", "web", "shop"}));
        QCOMPARE(ask("shop", "net"), "here is web");
        QCOMPARE(ask("www", "net"), "here is web");
        QCOMPARE(tryOnce("web", "net"), "");
        VERIFY_OK(berth({"rename", "shop", "web"}));
        // A name that was given later, and one that has gone.
        serve("late", {"--network", "net"});
        QVERIFY(berth({"exec", "web", "cat", "/etc/hosts"}).out.contains("\tlate "));
        VERIFY_OK(berth({"stop", "-t", "0", "late"}));
        QVERIFY(!berth({"exec", "web", "cat", "/etc/hosts"}).out.contains("\tlate "));
        VERIFY_OK(berth({"start", "late"}));
        QVERIFY(berth({"exec", "web", "cat", "/etc/hosts"}).out.contains("\tlate "));
    }

    void theDefaultBridge()
    {
        serve("web", {});
        const auto where = inspect("web", ".NetworkSettings.IPAddress");
        QVERIFY2(where.endsWith(".0.2"), where);
        QCOMPARE(inspect("web", ".HostConfig.NetworkMode"), "bridge");
        QCOMPARE(address("web", "bridge"), where);
        QCOMPARE(ask(where, "bridge"), "here is web");
        QCOMPARE(tryOnce("web", "bridge"), ""); // not by name
        QCOMPARE(ask("w", {"--link", "web:w"}), "here is web");
        const auto alias = berth({"run", "--rm", "--network-alias", "x", "busybox", "true"});
        QCOMPARE(alias.code, 125);
        QVERIFY2(alias.err.startsWith("berth: network-scoped aliases are only supported for user-defined networks\n"), alias.err);
        const auto routes = shell("ip route").out;
        QVERIFY2(routes.startsWith("default via " + where.first(where.lastIndexOf('.')) + ".1 dev eth0"), routes);
    }

    void networksAreApart()
    {
        create("one");
        create("two");
        serve("aa", {"--network", "one"});
        const auto where = address("aa", "one");
        QCOMPARE(ask(where, "one"), "here is aa");
        QCOMPARE(tryOnce(where, "two"), "");
        QCOMPARE(tryOnce(where, "bridge"), "");
        QCOMPARE(tryOnce("aa", "two"), "");
        // Its gateway answers to a ping and to nothing else.
        const auto gateway = inspect("aa", ".NetworkSettings.Networks.one.Gateway");
        VERIFY_OK(shell("ping -c 1 -w 5 " + gateway, {"--network", "one", "--cap-add", "NET_RAW"}));
        QVERIFY(shell("nc -w 1 " + gateway + " 80 </dev/null", {"--network", "one"}).code != 0);
        // On both it reaches both.
        VERIFY_OK(berth({"create", "--name", "both", "--network", "one", "--network", "two", "busybox", "sh", "-c",
            "ip -o -4 addr | grep -c eth; nc -w 2 aa 7 </dev/null"}));
        const auto both = berth({"start", "-a", "both"});
        QCOMPARE(both.out, "2\nhere is aa\n");
    }

    // Whatever a container calls itself, its network's addresses are the only ones that leave its bridge.
    void internalNetworks()
    {
        create("inside", {"--internal"});
        serve("aa", {"--network", "inside"});
        QCOMPARE(ask("aa", "inside"), "here is aa");
        QVERIFY(!shell("ip route", {"--network", "inside"}).out.contains("default"));
        create("outside");
        serve("bb", {"--network", "outside"});
        QCOMPARE(tryOnce(address("bb", "outside"), "inside"), "");
        QCOMPARE(tryOnce(address("aa", "inside"), "outside"), "");
        QCOMPARE(berth({"network", "inspect", "-f", "{{.Internal}}", "inside"}).out, "true\n");
    }

    // The neighbour of this machine (packaging/machine.sh): bridged containers reach it, on whatever network that
    // is not internal, and are not told that they cannot.
    void theWayOut()
    {
        create("inside", {"--internal"});
        create("outside");
        for (const QByteArray network : {"bridge", "outside"}) {
            const auto answer = shell("ping -c 1 -W 10 192.0.2.2", {"--network", network, "--cap-add", "NET_RAW"});
            QVERIFY2(answer.out.contains("1 packets received"), network + answer.out + answer.err);
            QCOMPARE(answer.err, "");
        }
        for (const QByteArray network : {"inside", "none"})
            QVERIFY(shell("ping -c 1 -W 1 192.0.2.2", {"--network", network, "--cap-add", "NET_RAW"}).code != 0);
    }

    void fixedAddresses()
    {
        create("net", {"--subnet", "10.123.0.0/24", "--gateway", "10.123.0.254", "--ip-range", "10.123.0.64/26"});
        serve("aa", {"--network", "net", "--ip", "10.123.0.9", "--mac-address", "92:d0:c6:0a:29:33"});
        QCOMPARE(address("aa", "net"), "10.123.0.9");
        QCOMPARE(inspect("aa", ".NetworkSettings.Networks.net.MacAddress"), "92:d0:c6:0a:29:33");
        QCOMPARE(berth({"exec", "aa", "cat", "/sys/class/net/eth0/address"}).out, "92:d0:c6:0a:29:33\n");
        const auto routes = berth({"exec", "aa", "ip", "route"}).out;
        QVERIFY2(routes.contains("default via 10.123.0.254 dev eth0"), routes);
        serve("bb", {"--network", "net"});
        QCOMPARE(address("bb", "net"), "10.123.0.64");
        QCOMPARE(inspect("bb", ".NetworkSettings.Networks.net.MacAddress"), "02:42:0a:7b:00:40");
        const auto taken = berth({"run", "--rm", "--network", "net", "--ip", "10.123.0.9", "busybox", "true"});
        QCOMPARE(taken.code, 125);
        QVERIFY2(taken.err.contains("Address already in use"), taken.err);
        QVERIFY(berth({"run", "--network", "net", "--ip", "10.124.0.9", "busybox", "true"})
                .err.contains("no configured subnet or ip-range contain the IP address 10.124.0.9"));
        create("free");
        QVERIFY(berth({"run", "--network", "free", "--ip", "172.30.0.9", "busybox", "true"})
                .err.contains(
                    "user specified IP address is supported only when connecting to networks with user configured subnets"));
    }

    void aRestartKeepsTheAddress()
    {
        create("net");
        serve("first", {"--network", "net"});
        serve("second", {"--network", "net"});
        const auto where = address("second", "net");
        VERIFY_OK(berth({"rm", "-f", "first"}));
        VERIFY_OK(berth({"restart", "-t", "0", "second"}));
        QCOMPARE(address("second", "net"), where);
        QCOMPARE(ask(where, "net"), "here is second");
        // By its policy, too; and what is free is given away.
        VERIFY_OK(berth({"run", "-d", "--name", "again", "--restart", "always", "--network", "net", "busybox", "sleep", "1000"}));
        const auto lower = address("again", "net");
        QVERIFY(lower.endsWith(".0.2"));
        const auto pid = inspect("again", ".State.Pid").toInt();
        ::kill(pid, SIGKILL);
        QVERIFY(QTest::qWaitFor(
            [&] {
                const auto now = inspect("again", ".State.Status}} {{.State.Pid").split(' ');
                return now[0] == "running" && now.value(1).toInt() != pid;
            },
            10'000));
        QCOMPARE(address("again", "net"), lower);
        QVERIFY(berth({"exec", "again", "ip", "-o", "-4", "addr"}).out.contains(lower + "/16"));
        VERIFY_OK(berth({"exec", "again", "sh", "-c", "nc -w 5 second 7 </dev/null"}));
    }

    void connectAndDisconnect()
    {
        create("net");
        serve("web", {});
        VERIFY_OK(berth({"run", "-d", "--name", "client", "--network", "net", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"network", "connect", "--alias", "w", "net", "web"}));
        QVERIFY(address("web", "net") != "");
        QVERIFY(berth({"exec", "client", "sh", "-c", "for i in 1 2 3 4 5; do nc -w 2 w 7 </dev/null && exit; sleep 0.1; done"})
                .out.contains("here is web"));
        QCOMPARE(berth({"exec", "web", "sh", "-c", "ls /sys/class/net | tr '\\n' ' '"}).out, "eth0 eth1 lo ");
        COMPARE_ANSWER(berth({"network", "connect", "net", "web"}), 1, "",
            "Error response from daemon: endpoint with name web already exists in network net\n");
        VERIFY_OK(berth({"restart", "-t", "0", "web"})); // keeps both
        QCOMPARE(berth({"exec", "web", "sh", "-c", "ls /sys/class/net | tr '\\n' ' '"}).out, "eth0 eth1 lo ");
        // The way out goes through whichever network is left.
        VERIFY_OK(berth({"network", "disconnect", "bridge", "web"}));
        const auto gateway = inspect("web", ".NetworkSettings.Networks.net.Gateway");
        QVERIFY(berth({"exec", "web", "ip", "route"}).out.startsWith("default via " + gateway + " dev eth1"));
        VERIFY_OK(berth({"network", "disconnect", "net", "web"}));
        QCOMPARE(berth({"exec", "web", "ls", "/sys/class/net"}).out, "lo\n");
        QCOMPARE(berth({"exec", "client", "cat", "/etc/hosts"}).out.count("web"), 0);
        const auto gone = berth({"network", "disconnect", "net", "web"});
        QCOMPARE(gone.code, 1);
        QVERIFY2(gone.err.contains(" is not connected to network net"), gone.err);
        VERIFY_OK(berth({"network", "disconnect", "-f", "net", "web"}));
        // One that does not run.
        VERIFY_OK(berth({"create", "--name", "still", "busybox", "ip", "-o", "-4", "addr"}));
        VERIFY_OK(berth({"network", "connect", "net", "still"}));
        QCOMPARE(berth({"start", "-a", "still"}).out.count("eth"), 2 * 2);
    }

    void removalAndPrune()
    {
        create("used");
        create("unused");
        serve("web", {"--network", "used"});
        const auto refused = berth({"network", "rm", "used"});
        QCOMPARE(refused.code, 1);
        QVERIFY2(
            refused.err.startsWith("Error response from daemon: error while removing network: network used id "), refused.err);
        QVERIFY2(refused.err.endsWith(" has active endpoints\n"), refused.err);
        COMPARE_ANSWER(berth({"network", "prune", "-f"}), 0, "Deleted Networks:\nunused\n\n", "");
        COMPARE_ANSWER(berth({"network", "prune", "-f"}), 0, "", "");
        VERIFY_OK(berth({"stop", "-t", "0", "web"}));
        QVERIFY(routerHas(u"br-"_s));
        COMPARE_ANSWER(berth({"network", "rm", "used"}), 0, "used\n", "");
        const auto lost = berth({"start", "web"});
        QCOMPARE(lost.code, 1);
        QVERIFY2(lost.err.contains("network ") && lost.err.contains(" not found"), lost.err);
        for (const QByteArray name : {"bridge", "host", "none"})
            COMPARE_ANSWER(berth({"network", "rm", name}), 1, "",
                "Error response from daemon: " + name + " is a pre-defined network and cannot be removed\n");
        COMPARE_ANSWER(berth({"network", "rm", "nothing"}), 1, "", "Error response from daemon: network nothing not found\n");
        create("other");
        const auto pruned = berth({"system", "prune", "-f"});
        QVERIFY2(pruned.out.contains("Deleted Networks:\nother\n\n"), pruned.out);
    }

    void listings()
    {
        create("front", {"--label", "tier=web"});
        const auto list = berth({"network", "ls"}).out;
        static const QRegularExpression rows(
            u"^NETWORK ID     NAME      DRIVER    SCOPE\\n[0-9a-f]{12}   bridge    bridge    local\\n[0-9a-f]{12}   front     "
            "bridge    local\\n[0-9a-f]{12}   host      host      local\\n[0-9a-f]{12}   none      null      local\\n$"_s);
        QVERIFY2(rows.match(QString::fromUtf8(list)).hasMatch(), list);
        QCOMPARE(
            berth({"network", "ls", "--filter", "type=custom", "--format", "{{.Name}} {{.Labels}}"}).out, "front tier=web\n");
        QCOMPARE(berth({"network", "ls", "--filter", "driver=null", "--format", "{{.Name}}"}).out, "none\n");
        QCOMPARE(berth({"network", "inspect", "-f", "{{.Name}} {{.Driver}} {{.Scope}} {{.Labels.tier}}", "front"}).out,
            "front bridge local web\n");
        serve("web", {"--network", "front"});
        QCOMPARE(berth({"ps", "--format", "{{.Names}} {{.Networks}}", "--filter", "network=front"}).out, "web front\n");
        QCOMPARE(berth({"ps", "-q", "--filter", "network=bridge"}).out, "");
        const auto object = QJsonDocument::fromJson(berth({"network", "inspect", "front"}).out).array().first().toObject();
        const auto container = object["Containers"_L1].toObject().value(QString::fromUtf8(inspect("web", ".Id"))).toObject();
        QCOMPARE(container["Name"_L1].toString(), u"web"_s);
        QCOMPARE(container["IPv4Address"_L1].toString().toUtf8(), address("web", "front") + "/16");
    }

    void othersNamespaces()
    {
        create("net");
        serve("web", {"--network", "net"});
        const auto id = inspect("web", ".Id");
        const auto inside = shell("nc -w 2 127.0.0.1 7 </dev/null; hostname; ip -o -4 addr | grep -c eth0; cat /etc/hosts",
            {"--network", "container:web"});
        VERIFY_OK(inside);
        QVERIFY2(inside.out.startsWith("here is web\n" + id.first(12) + "\n1\n"), inside.out);
        QVERIFY2(inside.out.contains(" web\n"), inside.out);
        QCOMPARE(shell("ls /sys/class/net | tr '\\n' ' '", {"--network", "container:web"}).out, "eth0 lo ");
        VERIFY_OK(berth({"run", "-d", "--name", "side", "--network", "container:web", "busybox", "sleep", "1000"}));
        QVERIFY(berth({"exec", "side", "ip", "-o", "-4", "addr"}).out.contains(address("web", "net")));
        QCOMPARE(inspect("side", ".HostConfig.NetworkMode"), "container:" + id);
        COMPARE_ANSWER(berth({"run", "--network", "container:web", "-h", "x", "busybox", "true"}), 125, "",
            "berth: Error response from daemon: conflicting options: hostname and the network mode\n\nRun 'berth run --help' for "
            "more "
            "information\n");
        VERIFY_OK(berth({"rm", "-f", "web"}));
        QVERIFY(berth({"restart", "-t", "0", "side"}).code != 0);
    }

    void theMachinesNetwork()
    {
        const auto devices = shell("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | sort; hostname", {"--network", "host"});
        VERIFY_OK(devices);
        QStringList own;
        for (const QByteArray &line : contentOf(u"/proc/self/net/dev"_s).split('\n').mid(2)) {
            if (!line.isEmpty())
                own += QString::fromUtf8(line.split(':').first().trimmed());
        }
        own.sort();
        QCOMPARE(QString::fromUtf8(devices.out), own.join(u'\n') + u'\n' + QSysInfo::machineHostName() + u'\n');
        VERIFY_OK(berth({"run", "-d", "--name", "open", "--network", "host", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"exec", "open", "true"}));
        // It is there as everybody of this user is, and has no power over it.
        QVERIFY(berth({"exec", "open", "ip", "link", "set", "lo", "down"}).code != 0);
        QVERIFY(berth({"exec", "open", "sh", "-c", "echo 1 >/sys/class/net/lo/mtu"}).code != 0);
        QVERIFY(berth({"exec", "open", "sh", "-c", "echo 0 >/proc/sys/net/ipv4/ip_forward"}).code != 0);
    }

    void none() { COMPARE_ANSWER(shell("ls /sys/class/net", {"--network", "none"}), 0, "lo\n", ""); }

    void twoMakeTheSame()
    {
        std::vector<std::unique_ptr<QProcess>> makers;
        for (int i = 0; i < 8; ++i) {
            makers.push_back(std::make_unique<QProcess>());
            m_berth->start(*makers.back(), {"network", "create", "same"});
        }
        int made = 0;
        for (const auto &maker : makers) {
            const auto answer = BerthCommand::finish(*maker);
            made += answer.code == 0;
            if (answer.code != 0)
                QCOMPARE(answer.err, "Error response from daemon: network with name same already exists\n");
        }
        QCOMPARE(made, 1);
        // And the first containers on it all at once.
        std::vector<std::unique_ptr<QProcess>> runs;
        for (int i = 0; i < 8; ++i) {
            runs.push_back(std::make_unique<QProcess>());
            m_berth->start(*runs.back(), {"run", "-d", "--network", "same", "busybox", "sleep", "1000"});
        }
        for (const auto &run : runs)
            VERIFY_OK(BerthCommand::finish(*run));
        QSet<QString> addresses;
        for (const auto &container : BerthCommand::lines(berth({"ps", "-q"}).out))
            addresses += QString::fromUtf8(address(container, "same"));
        QCOMPARE(addresses.size(), 8);
        QVERIFY(!addresses.contains(QString()));
    }

    void events()
    {
        create("net");
        serve("web", {"--network", "net"});
        VERIFY_OK(berth({"rm", "-f", "web"}));
        VERIFY_OK(berth({"network", "rm", "net"}));
        QByteArray actions;
        QVERIFY(QTest::qWaitFor(
            [&] {
                actions = berth({"events", "--since", "1h", "--until", "0s", "--filter", "type=network", "--format",
                                    "{{.Action}} {{.Actor.Attributes.name}}"})
                              .out;
                return actions.endsWith("destroy net\n");
            },
            5000));
        QVERIFY2(actions.endsWith("create net\nconnect net\ndisconnect net\ndestroy net\n"), actions);
    }

    // Monitors that are killed at any moment leave nothing in the router, and no name.
    void killedMonitors()
    {
        create("net");
        VERIFY_OK(berth({"run", "-d", "--name", "watch", "--network", "net", "busybox", "sleep", "1000"}));
        for (int round = 0; round < 20; ++round) {
            QProcess run;
            m_berth->start(run, {"run", "-d", "--name", "victim", "--network", "net", "busybox", "sleep", "1000"});
            if (round % 2 == 0) {
                VERIFY_OK(BerthCommand::finish(run));
            } else {
                ::usleep(static_cast<useconds_t>(3'000 * round));
            }
            // The monitor of a container that may not run yet is known by its environment and its name.
            const auto pid = inspect("victim", ".State.Pid").toInt();
            if (pid > 0) {
                const auto stat = contentOf(u"/proc/%1/stat"_s.arg(pid));
                const auto parent = stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1).toInt();
                if (parent > 1)
                    ::kill(parent, SIGKILL);
            }
            (void)BerthCommand::finish(run);
            berth({"rm", "-f", "victim"});
        }
        QCOMPARE(berth({"exec", "watch", "cat", "/etc/hosts"}).out.count("victim"), 0);
        VERIFY_OK(berth({"rm", "-f", "watch"}));
        const auto id = berth({"network", "inspect", "-f", "{{.Id}}", "net"}).out.first(12); // others use the router too
        QVERIFY(QTest::qWaitFor([&] { return !routerHas(u"v"_s + QString::fromUtf8(id.first(6))); }, 10'000));
        VERIFY_OK(berth({"network", "rm", "net"}));
        QVERIFY(!routerHas(u"br-"_s + QString::fromUtf8(id)));
    }
};

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
