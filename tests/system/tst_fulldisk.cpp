// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A disk without room: what cannot be done is said in a clear sentence and changes nothing, what makes room
// can be done, and everything works again when there is some.
#include "system/berthcommand.h"

#include <QFile>

#include <sys/statvfs.h>

using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

// Takes the room that is left on a disk until it is destroyed.
class Ballast {
public:
    explicit Ballast(const QString &folder, qint64 spared = 0) : m_file(folder + u"/ballast"_s)
    {
        struct statvfs disk = {};
        ::statvfs(folder.toLocal8Bit().constData(), &disk);
        const qint64 room = static_cast<qint64>(disk.f_bavail * disk.f_bsize) - spared;
        if (!m_file.open(QFile::WriteOnly | QFile::Unbuffered))
            qFatal("cannot fill the disk");
        const QByteArray block(4096, 'x');
        for (qint64 written = 0; written < room && m_file.write(block) == block.size(); written += block.size()) {}
    }
    ~Ballast() { m_file.remove(); }
    Ballast(const Ballast &) = delete;
    Ballast &operator=(const Ballast &) = delete;

private:
    QFile m_file;
};

} // namespace

class TestFullDisk : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BerthCommand> m_berth;

    // What a person sees of the store.
    QByteArray everything() const
    {
        return m_berth->run({"images", "--no-trunc"}).out
            + m_berth->run({"ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}}"}).out
            + m_berth->run({"volume", "ls"}).out;
    }
    static bool saysWhy(const Answer &answer)
    {
        return answer.err.contains("is full") || answer.err.toLower().contains("no space left on device")
            || answer.err.contains("are free where images are kept");
    }

private Q_SLOTS:
    void init()
    {
        const QString disk = qEnvironmentVariable("BERTH_SMALL_DISK");
        QVERIFY2(QFileInfo::exists(disk), "run this through ./dev test");
        m_berth = std::make_unique<BerthCommand>(disk);
        VERIFY_OK(m_berth->load(u"busybox.tar"_s));
        VERIFY_OK(m_berth->run({"create", "--name", "old", "busybox", "true"}));
        // Something of its own for commit and export to carry.
        QFile big(m_berth->path(u"big"_s));
        QVERIFY(big.open(QFile::WriteOnly) && big.resize(1 << 20));
        big.write(QByteArray(1 << 20, 'b'));
        big.close();
        VERIFY_OK(m_berth->run({"cp", "big", "old:/big"}));
    }
    void cleanup() { m_berth.reset(); }

    void whatNeedsRoomIsRefused_data()
    {
        const QByteArray layers = BerthCommand::imageArchive(u"layers.tar"_s).toUtf8();
        QTest::addColumn<QList<QByteArray>>("verb");
        QTest::addColumn<int>("spared");
        for (const int spared : {0, 16'384, 262'144}) {
            const QByteArray room = " with " + QByteArray::number(spared) + " bytes";
            QTest::addRow("load%s", room.constData()) << QList<QByteArray>{"load", "-q", "-i", layers} << spared;
            QTest::addRow("import%s", room.constData()) << QList<QByteArray>{"import", layers, "imported"} << spared;
            QTest::addRow("commit%s", room.constData()) << QList<QByteArray>{"commit", "old", "committed"} << spared;
        }
        QTest::addRow("create") << QList<QByteArray>{"create", "--name", "new", "busybox", "true"} << 0;
        QTest::addRow("run") << QList<QByteArray>{"run", "--name", "new", "busybox", "true"} << 0;
    }
    void whatNeedsRoomIsRefused()
    {
        QFETCH(QList<QByteArray>, verb);
        QFETCH(int, spared);
        const QByteArray before = everything();
        {
            const Ballast ballast(m_berth->path(u"."_s), spared);
            const Answer answer = m_berth->run(verb);
            QVERIFY2(answer.code == 1 || answer.code == 125, QByteArray::number(answer.code) + answer.err);
            QVERIFY2(saysWhy(answer), answer.err);
            QCOMPARE(everything(), before);
        }
        QCOMPARE(everything(), before);
        VERIFY_OK(m_berth->run(verb));
        QVERIFY(everything() != before);
    }

    // What changes a name only may find room or not; it never is done by half.
    void aNameIsChangedOrNot_data()
    {
        QTest::addColumn<QList<QByteArray>>("verb");
        QTest::newRow("tag") << QList<QByteArray>{"tag", "busybox", "other"};
        QTest::newRow("rename") << QList<QByteArray>{"rename", "old", "older"};
        QTest::newRow("volume") << QList<QByteArray>{"volume", "create", "data"};
    }
    void aNameIsChangedOrNot()
    {
        QFETCH(QList<QByteArray>, verb);
        const QByteArray before = everything();
        bool isDone = false;
        {
            const Ballast ballast(m_berth->path(u"."_s));
            const Answer answer = m_berth->run(verb);
            isDone = answer.code == 0;
            QVERIFY2(isDone || saysWhy(answer), answer.err);
            QCOMPARE(everything() != before, isDone);
        }
        if (!isDone)
            VERIFY_OK(m_berth->run(verb));
        QVERIFY(everything() != before);
    }

    // The file that was there before is still there, and no half of a new one.
    void aFileIsWrittenWholeOrNot_data()
    {
        QTest::addColumn<QList<QByteArray>>("verb");
        QTest::newRow("save") << QList<QByteArray>{"save", "-o", "out.tar", "busybox"};
        QTest::newRow("export") << QList<QByteArray>{"export", "-o", "out.tar", "old"};
        QTest::newRow("cp") << QList<QByteArray>{"cp", "old:/big", "out.tar"};
    }
    void aFileIsWrittenWholeOrNot()
    {
        QFETCH(QList<QByteArray>, verb);
        QFile out(m_berth->path(u"out.tar"_s));
        QVERIFY(out.open(QFile::WriteOnly) && out.write("before") == 6);
        out.close();
        const QDir home(m_berth->path(u"."_s));
        const auto files = home.entryList(QDir::Files | QDir::Hidden);
        {
            const Ballast ballast(home.path(), 262'144);
            const Answer answer = m_berth->run(verb);
            QCOMPARE(answer.code, 1);
            QVERIFY2(saysWhy(answer), answer.err);
        }
        QCOMPARE(home.entryList(QDir::Files | QDir::Hidden), files);
        QCOMPARE(out.size(), 6);
        VERIFY_OK(m_berth->run(verb));
        QVERIFY(out.size() > 1'000'000);
    }

    void roomCanBeMade()
    {
        const Ballast ballast(m_berth->path(u"."_s));
        VERIFY_OK(m_berth->run({"rm", "old"}));
        VERIFY_OK(m_berth->run({"rmi", "busybox"}));
        QVERIFY(!everything().contains("busybox"));
    }

    void aContainerCanBeEnded()
    {
        VERIFY_OK(m_berth->run({"run", "-d", "--name", "up", "busybox", "sleep", "7654323"}));
        const Ballast ballast(m_berth->path(u"."_s));
        VERIFY_OK(m_berth->run({"exec", "up", "true"}));
        VERIFY_OK(m_berth->run({"kill", "up"}));
        const Answer listed = m_berth->run({"ps", "-a", "--filter", "name=up", "--format", "{{.Status}}"});
        QVERIFY2(listed.out.startsWith("Exited (137)"), listed.out + listed.err);
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
