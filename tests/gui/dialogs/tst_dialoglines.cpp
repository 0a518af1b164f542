// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/mountline.h"
#include "gui/dialogs/nameproblem.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestDialogLines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mounts_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("kind"); // -1: refused
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("readOnly");
        constexpr int bind = int(MountOption::Kind::Bind), volume = int(MountOption::Kind::Volume);
        const auto row = [](const char *line, int kind, const char *source = "", const char *target = "", bool readOnly = false) {
            QTest::newRow(line) << QString::fromUtf8(line) << kind << QString::fromUtf8(source) << QString::fromUtf8(target)
                                << readOnly;
        };
        row("/srv/data:/data", bind, "/srv/data", "/data");
        row("  /srv/data:/data:ro ", bind, "/srv/data", "/data", true);
        row("/srv/data:/data:rw", bind, "/srv/data", "/data");
        row("/집/자료:/data", bind, "/집/자료", "/data");
        row("/with space/x:/data", bind, "/with space/x", "/data");
        row("cache:/var/cache", volume, "cache", "/var/cache");
        row("my_vol-1.x:/x:ro", volume, "my_vol-1.x", "/x", true);
        row("/data", volume, "", "/data");
        row("/data:ro", volume, "", "/data", true);
        row("", -1);
        row("data", -1);
        row("/a:b", -1);
        row("/a:/b:/c", -1);
        row("/a:/b:z", -1);
        row("/a:/", -1);
        row("/", -1);
        row(":/data", -1);
        row("../x:/data", -1);
        row("./x:/data", -1);
        row("~/x:/data", -1);
        row("-v:/data", -1);
        row("vol ume:/data", -1);
        row("ro", -1);
        row("/a:", -1);
    }
    void mounts()
    {
        QFETCH(QString, line);
        QFETCH(int, kind);
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(bool, readOnly);
        const auto mount = parseMountLine(line);
        QCOMPARE(mount.has_value(), kind >= 0);
        if (!mount)
            return;
        QCOMPARE(int(mount->kind), kind);
        QCOMPARE(mount->source, source);
        QCOMPARE(mount->target, target);
        QCOMPARE(mount->readOnly, readOnly);
        QCOMPARE(mount->createSource, kind == int(MountOption::Kind::Bind)); // as -v does
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("part"); // of the problem; empty: none
        QTest::newRow("fine") << u"web-1.x_y"_s << QString();
        QTest::newRow("taken") << u"db"_s << u"already"_s;
        QTest::newRow("other case") << u"DB"_s << QString();
        QTest::newRow("one character") << u"a"_s << u"two"_s;
        QTest::newRow("empty") << QString() << u"two"_s;
        QTest::newRow("dash first") << u"-web"_s << u"starts with"_s;
        QTest::newRow("blank") << u"my web"_s << u"starts with"_s;
        QTest::newRow("slash") << u"/web"_s << u"starts with"_s;
        QTest::newRow("korean") << u"웹서버"_s << u"starts with"_s;
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(QString, part);
        const QString problem = nameProblem(name, {u"db"_s, u"web"_s});
        QCOMPARE(problem.isEmpty(), part.isEmpty());
        QVERIFY2(problem.contains(part), qPrintable(problem));
    }
};

QTEST_GUILESS_MAIN(TestDialogLines)
#include "tst_dialoglines.moc"
