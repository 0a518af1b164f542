// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The volume commands and what containers find in volumes, word for word as Docker's.
#include "system/commandtest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestVolumes : public CommandTest {
    Q_OBJECT
private:
    QJsonObject inspected(const QList<QByteArray> &arguments)
    {
        return QJsonDocument::fromJson(berth(arguments).out).array().first().toObject();
    }

private Q_SLOTS:
    void cleanup()
    {
        m_berth->removeContainers();
        const auto volumes = BerthCommand::lines(berth({"volume", "ls", "-q"}).out);
        if (!volumes.isEmpty())
            VERIFY_OK(berth(QList<QByteArray>{"volume", "rm"} + volumes));
    }

    void createAndList()
    {
        COMPARE_ANSWER(berth({"volume", "ls"}), 0, "DRIVER    VOLUME NAME\n", "");
        for (const char *name : {"v10", "v2", "data"})
            COMPARE_ANSWER(berth({"volume", "create", name}), 0, QByteArray(name) + "\n", "");
        COMPARE_ANSWER(berth({"volume", "create", "v2"}), 0, "v2\n", ""); // it is there: fine
        COMPARE_ANSWER(berth({"volume", "ls"}), 0, "DRIVER    VOLUME NAME\nlocal     data\nlocal     v2\nlocal     v10\n", "");
        COMPARE_ANSWER(berth({"volume", "list", "-q"}), 0, "data\nv2\nv10\n", "");
        COMPARE_ANSWER(berth({"volume", "ls", "--format", "table {{.Name}}\\t{{.Scope}}"}), 0,
            "VOLUME NAME   SCOPE\ndata          local\nv2            local\nv10           local\n", "");
        COMPARE_ANSWER(berth({"volume", "ls", "--format", "raw", "-f", "name=data"}), 0, "name: data\ndriver: local\n\n", "");
        const QByteArray mountpoint = m_berth->dataFolder().toUtf8() + "/volumes/data/data";
        COMPARE_ANSWER(berth({"volume", "ls", "--format", "json", "-f", "name=data"}), 0,
            R"({"Availability":"N/A","Driver":"local","Group":"N/A","Labels":"","Links":"N/A","Mountpoint":")" + mountpoint
                + R"(","Name":"data","Scope":"local","Size":"N/A","Status":"N/A"})" + "\n",
            "");
    }

    void anonymousVolumesAreMarked()
    {
        const auto made = berth({"volume", "create"});
        VERIFY_OK(made);
        QVERIFY(QRegularExpression(u"^[0-9a-f]{64}\n$"_s).match(QString::fromLatin1(made.out)).hasMatch());
        COMPARE_ANSWER(berth({"volume", "inspect", "-f", "{{json .Labels}}", made.out.trimmed()}), 0,
            "{\"com.docker.volume.anonymous\":\"\"}\n", "");
        VERIFY_OK(berth({"create", "--name", "holds", "-v", "/data", "busybox"}));
        QCOMPARE(BerthCommand::lines(berth({"volume", "ls", "-q", "-f", "label=com.docker.volume.anonymous"}).out).size(), 2);
        VERIFY_OK(berth({"rm", "-v", "holds"}));
        COMPARE_ANSWER(berth({"volume", "ls", "-q"}), 0, made.out, "");
    }

    void filters()
    {
        VERIFY_OK(berth({"volume", "create", "--label", "team=shop", "--label", "old", "shop-data"}));
        VERIFY_OK(berth({"volume", "create", "--label", "team=bank", "bank-data"}));
        VERIFY_OK(berth({"create", "--name", "user", "-v", "used:/x", "busybox"}));
        const auto listed = [this](const QList<QByteArray> &filters) {
            QList<QByteArray> arguments{"volume", "ls", "-q"};
            for (const auto &filter : filters)
                arguments += {"--filter", filter};
            return berth(arguments).out.trimmed().replace('\n', ' ');
        };
        QCOMPARE(listed({"dangling=true"}), "bank-data shop-data");
        QCOMPARE(listed({"dangling=0"}), "used");
        QCOMPARE(listed({"label=team"}), "bank-data shop-data");
        QCOMPARE(listed({"label=team=shop"}), "shop-data");
        QCOMPARE(listed({"label=team", "label=old"}), "shop-data");
        QCOMPARE(listed({"label=team=nobody"}), "");
        QCOMPARE(listed({"name=data"}), "bank-data shop-data");
        QCOMPARE(listed({"name=^s.*a$"}), "shop-data");
        QCOMPARE(listed({"name=shop", "name=used"}), "shop-data used");
        QCOMPARE(listed({"driver=local"}), "bank-data shop-data used");
        QCOMPARE(listed({"driver=nfs"}), "");
        COMPARE_ANSWER(berth({"volume", "ls", "-f", "nosuch=1"}), 1, "", "Error response from daemon: invalid filter 'nosuch'\n");
        COMPARE_ANSWER(
            berth({"volume", "ls", "-f", "dangling=x"}), 1, "", "Error response from daemon: invalid filter 'dangling=[x]'\n");
        const auto bad = berth({"volume", "ls", "-f", "x"});
        QCOMPARE(bad.code, 125);
        QVERIFY(
            bad.err.startsWith("invalid argument \"x\" for \"-f, --filter\" flag: bad format of filter (expected name=value)\n"));
    }

    void whatIsRefused()
    {
        COMPARE_ANSWER(berth({"volume", "create", "a b"}), 1, "",
            "Error response from daemon: create a b: \"a b\" includes invalid characters for a local volume name, only "
            "\"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path\n");
        COMPARE_ANSWER(berth({"volume", "create", "x"}), 1, "",
            "Error response from daemon: create x: volume name is too short, names should be at least two alphanumeric "
            "characters\n");
        COMPARE_ANSWER(berth({"volume", "create", "-d", "nfs", "far"}), 1, "",
            "Error response from daemon: create far: error looking up volume plugin nfs: plugin \"nfs\" not found\n");
        const auto options = berth({"volume", "create", "-o", "type=nfs", "far"});
        QCOMPARE(options.code, 1);
        QVERIFY2(options.err.contains("-v /FOLDER:/TARGET"), options.err);
        QCOMPARE(berth({"volume", "create", "a1", "b2"}).code, 1);
        QCOMPARE(berth({"volume", "ls", "-q"}).out, "");
        COMPARE_ANSWER(berth({"volume", "rm", "nosuch"}), 1, "", "Error response from daemon: get nosuch: no such volume\n");
        COMPARE_ANSWER(berth({"volume", "rm", "-f", "nosuch"}), 0, "nosuch\n", "");
        COMPARE_ANSWER(
            berth({"volume", "inspect", "nosuch"}), 1, "[]\n", "Error response from daemon: get nosuch: no such volume\n");
        QCOMPARE(berth({"volume", "rm"}).code, 1);
        QCOMPARE(berth({"volume"}).err, berth({"volume", "--help"}).out);
    }

    void aUsedVolumeIsNotRemoved()
    {
        VERIFY_OK(berth({"volume", "create", "free"}));
        const auto id = berth({"create", "-v", "used:/x", "busybox"}).out.trimmed();
        const auto some = berth({"volume", "rm", "free", "used", "nosuch"});
        QCOMPARE(some.code, 1);
        QCOMPARE(some.out, "free\n");
        QCOMPARE(some.err,
            "Error response from daemon: remove used: volume is in use - [" + id
                + "]\nError response from daemon: get nosuch: no such volume\n");
        COMPARE_ANSWER(berth({"volume", "rm", "-f", "used"}), 1, "",
            "Error response from daemon: remove used: volume is in use - [" + id + "]\n");
        VERIFY_OK(berth({"rm", "-v", id}));
        COMPARE_ANSWER(berth({"volume", "ls", "-q"}), 0, "used\n", ""); // it has a name: rm -v leaves it
    }

    void inspect()
    {
        VERIFY_OK(berth({"volume", "create", "--label", "team=shop", "pages"}));
        const auto object = inspected({"volume", "inspect", "pages"});
        QCOMPARE(object.keys(),
            QStringList({u"CreatedAt"_s, u"Driver"_s, u"Labels"_s, u"Mountpoint"_s, u"Name"_s, u"Options"_s, u"Scope"_s}));
        QCOMPARE(object["Labels"_L1].toObject(), (QJsonObject{{u"team"_s, u"shop"_s}}));
        QVERIFY(object["Options"_L1].isNull());
        QVERIFY(QRegularExpression(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$"_s)
                .match(object["CreatedAt"_L1].toString())
                .hasMatch());
        QCOMPARE(inspected({"inspect", "pages"}), object);
        QCOMPARE(inspected({"inspect", "--type", "volume", "pages"}), object);
        COMPARE_ANSWER(berth({"inspect", "--type", "volume", "-f", "{{.Name}}", "pages"}), 0, "pages\n", "");
        COMPARE_ANSWER(berth({"inspect", "--type", "volume", "busybox"}), 1, "[]\n",
            "Error response from daemon: get busybox: no such volume\n");
        VERIFY_OK(berth({"volume", "create", "bare"}));
        QVERIFY(inspected({"volume", "inspect", "bare"})["Labels"_L1].isNull());
        // The mountpoint is where the files are.
        VERIFY_OK(shell("echo hello > /x/file", {"-v", "pages:/x"}));
        QFile file(object["Mountpoint"_L1].toString() + u"/file"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "hello\n");
    }

    // What the image has at the place comes into the volume when a container first uses it, also when it was
    // made beforehand.
    void theFirstUseFillsIt()
    {
        const auto inImage = shell("ls /etc | sort");
        VERIFY_OK(inImage);
        QVERIFY(inImage.out.contains("passwd"));
        VERIFY_OK(berth({"volume", "create", "conf"}));
        COMPARE_ANSWER(shell("ls /copy | sort", {"-v", "conf:/copy"}), 0, "", ""); // the image has nothing there
        VERIFY_OK(berth({"volume", "rm", "conf"}));
        VERIFY_OK(berth({"volume", "create", "conf"}));
        VERIFY_OK(shell("echo mine > /etc/mine", {"-v", "conf:/etc"}));
        const auto later = shell("ls /conf", {"-v", "conf:/conf"});
        QVERIFY2(later.out.contains("passwd") && later.out.contains("mine"), later.out);
        // A volume that has content is left alone.
        VERIFY_OK(shell("rm -f /conf/passwd", {"-v", "conf:/conf"}));
        QVERIFY(!shell("ls /etc", {"-v", "conf:/etc"}).out.contains("passwd"));
        // Unless it is to stay empty.
        VERIFY_OK(berth({"volume", "create", "empty"}));
        COMPARE_ANSWER(
            shell("ls /etc/passwd 2> /dev/null", {"--mount", "type=volume,source=empty,target=/etc,volume-nocopy"}), 1, "", "");
    }

    void aRemovedVolumeIsGoneFromTheDisk()
    {
        VERIFY_OK(shell("mkdir /x/d; echo secret > /x/d/f; chown -R 1000 /x/d; chmod 0 /x/d", {"-v", "pages:/x"}));
        VERIFY_OK(berth({"volume", "rm", "pages"}));
        QVERIFY(!QFile::exists(m_berth->dataFolder() + u"/volumes/pages"_s));
        QVERIFY(QTest::qWaitFor([&] { return QDir(m_berth->dataFolder() + u"/trash"_s).isEmpty(); }, 10'000));
        COMPARE_ANSWER(shell("ls /x", {"-v", "pages:/x"}), 0, "", "");
    }

    // Creating a container with a volume and removing volumes at once: a container that was made has its
    // volume, and no removal fails because of what it half saw.
    void removingBesideCreating()
    {
        for (int round = 0; round < 6; ++round) {
            QProcess creating;
            QProcess removing;
            m_berth->start(creating, {"create", "-v", "busy:/x", "busybox"});
            m_berth->start(removing, {"volume", "rm", "busy"});
            const auto created = BerthCommand::finish(creating);
            const auto removed = BerthCommand::finish(removing);
            VERIFY_OK(created);
            QVERIFY2(removed.code == 0 || removed.err.contains("no such volume") || removed.err.contains("in use"), removed.err);
            QCOMPARE(berth({"volume", "ls", "-q"}).out, "busy\n");
            QVERIFY(QDir(m_berth->dataFolder() + u"/volumes/busy/data"_s).exists());
            VERIFY_OK(berth({"rm", created.out.trimmed()}));
        }
    }
};

QTEST_GUILESS_MAIN(TestVolumes)
#include "tst_volumes.moc"
