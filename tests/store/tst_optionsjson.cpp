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
