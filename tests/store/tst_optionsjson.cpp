// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/optionsjson.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestOptionsJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldComesBack()
    {
        RunOptions options;
        options.image = u"redis"_s;
        options.command = {u"sh"_s, u"-c"_s, u"한글 \"x\"\n"_s};
        options.entrypoint = QStringList{u"/e"_s};
        options.name = u"n"_s;
        options.environment = {u"A=b"_s};
        options.workingDirectory = u"/w"_s;
        options.user = u"1:2"_s;
        options.extraGroups = {u"g"_s};
        options.hostname = u"h"_s;
        options.labels = {{u"k"_s, u"v"_s}};
        options.stopSignal = u"SIGINT"_s;
        options.stopTimeout = 0;
        options.interactive = options.terminal = options.detached = options.autoRemove = true;
        options.readOnlyRoot = options.init = true;
        options.columns = 80;
        options.rows = 24;
        MountOption mount;
        mount.kind = MountOption::Kind::Tmpfs;
        mount.source = u"s"_s;
        mount.target = u"/t"_s;
        mount.readOnly = mount.createSource = mount.tmpfsExecutable = mount.noCopy = true;
        mount.tmpfsSize = qint64(5) << 40;
        mount.tmpfsMode = 0700;
        options.mounts = {mount, MountOption()};
        options.domainname = u"d"_s;
        options.volumesFrom = {u"other:ro"_s};
        options.networkMode = u"front"_s;
        options.networks = {{u"front"_s, {u"web"_s, u"www"_s}, u"10.0.0.9"_s, u"02:42:0a:00:00:09"_s}, {u"back"_s, {}, {}, {}}};
        options.links = {u"db:d"_s};
        options.extraHosts = {u"h:1.2.3.4"_s};
        options.dns = {u"9.9.9.9"_s};
        options.dnsOptions = {u"rotate"_s};
        options.dnsSearch = {u"example.org"_s};
        options.exposedPorts = {u"80/tcp"_s};
        options.publishedPorts = {{u"::1"_s, u"8000-8010"_s, u"80/udp"_s}, {{}, {}, u"443/tcp"_s}};
        options.publishAll = true;
        options.restart = {u"on-failure"_s, 3};
        options.health = {{u"CMD-SHELL"_s, u"true"_s}, 1, 2, 3, 4, 5};
        options.shmSize = qint64(1) << 40;
        options.addedCapabilities = {u"NET_ADMIN"_s};
        options.droppedCapabilities = {u"ALL"_s};
        options.limits = {{u"nofile"_s, 100, -1}};
        options.noNewPrivileges = true;
        options.resources = {.memory = qint64(1) << 40,
            .memoryReservation = 2,
            .memorySwap = -1,
            .nanoCpus = 4,
            .cpuPeriod = 5,
            .cpuQuota = -1,
            .cpuShares = 7,
            .cpusetCpus = u"0-3"_s,
            .cpusetMems = u"0"_s,
            .pidsLimit = 0};
        options.oomScoreAdjust = -1000;
        options.devices = {{u"/dev/fuse"_s, u"/dev/f"_s, u"rw"_s}};
        QCOMPARE(optionsFromJson(optionsToJson(options)), options);
    }

    void defaultsTakeNoRoom()
    {
        QCOMPARE(optionsToJson(RunOptions()), QByteArray("{}"));
        QCOMPARE(optionsFromJson("{}"), RunOptions());
        QCOMPARE(optionsFromJson("damaged"), RunOptions());
    }

    void aClearedEntrypointDiffersFromNone()
    {
        RunOptions options;
        options.entrypoint = QStringList{};
        const RunOptions read = optionsFromJson(optionsToJson(options));
        QVERIFY(read.entrypoint.has_value());
        QVERIFY(read.entrypoint->isEmpty());
    }

    void unknownFieldsAreIgnored() { QCOMPARE(optionsFromJson(R"({"image":"a","fromTheFuture":{"x":1}})").image, u"a"_s); }
};

QTEST_GUILESS_MAIN(TestOptionsJson)
#include "tst_optionsjson.moc"
