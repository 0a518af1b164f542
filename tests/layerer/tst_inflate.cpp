// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed streams in every shape that writers give them: pigz and eStargz write many gzip members,
// zstd:chunked ends in skippable frames, pixz and pbzip2 write many streams.
#include "support/layerfixture.h"
#include "support/tarwriter.h"

#include <QProcess>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::LayerFixture;
using berth::test::TarWriter;

Q_DECLARE_METATYPE(berth::Compression)

namespace {

std::string packed(const QString &program, const std::string &bytes)
{
    QProcess process;
    process.start(program, {u"-c"_s});
    process.write(QByteArray::fromStdString(bytes));
    process.closeWriteChannel();
    return process.waitForFinished() ? process.readAllStandardOutput().toStdString() : std::string();
}

std::string skippable(const std::string &content)
{
    std::string frame("\x5a\x2a\x4d\x18", 4);
    for (int shift = 0; shift < 32; shift += 8)
        frame += static_cast<char>(content.size() >> shift & 0xff);
    return frame + content;
}

const std::string tar = TarWriter().file("a", std::string(1'500'000, 'a')).file("b", "b").folder("c/").bytes();

} // namespace

class TestInflate : public QObject {
    Q_OBJECT

private:
    LayerFixture m_fixture;

private Q_SLOTS:
    void unpacks_data()
    {
        QTest::addColumn<std::string>("stored");
        QTest::addColumn<Compression>("compression");
        const auto pieces = [](const QString &program, std::size_t size) {
            std::string stored;
            for (std::size_t i = 0; i < tar.size(); i += size)
                stored += packed(program, tar.substr(i, size));
            return stored;
        };
        QTest::newRow("none") << tar << Compression::None;
        QTest::newRow("gzip") << packed(u"gzip"_s, tar) << Compression::Gzip;
        QTest::newRow("gzip members") << pieces(u"gzip"_s, 100'000) << Compression::Gzip;
        QTest::newRow("gzip, empty members")
            << packed(u"gzip"_s, {}) + packed(u"gzip"_s, tar) + packed(u"gzip"_s, {}) << Compression::Gzip;
        QTest::newRow("gzip, padded") << packed(u"gzip"_s, tar) + std::string(700'000, '\0') << Compression::Gzip;
        QTest::newRow("zstd") << packed(u"zstd"_s, tar) << Compression::Zstd;
        QTest::newRow("zstd frames") << pieces(u"zstd"_s, 100'000) << Compression::Zstd;
        QTest::newRow("zstd, skippable frames")
            << skippable("first") + packed(u"zstd"_s, tar) + skippable(std::string(300'000, 'x')) + skippable({})
            << Compression::Zstd;
        QTest::newRow("xz") << packed(u"xz"_s, tar) << Compression::Xz;
        QTest::newRow("xz streams") << pieces(u"xz"_s, 400'000) << Compression::Xz;
        QTest::newRow("xz, padded") << packed(u"xz"_s, tar) + std::string(8, '\0') << Compression::Xz;
        QTest::newRow("bzip2") << packed(u"bzip2"_s, tar) << Compression::Bzip2;
        QTest::newRow("bzip2 streams") << pieces(u"bzip2"_s, 400'000) << Compression::Bzip2;
    }
    void unpacks()
    {
        QFETCH(std::string, stored);
        QFETCH(Compression, compression);
        const QString name = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
        const auto outcome = m_fixture.unpack(name, stored, tar);
        QCOMPARE(outcome.error, "");
        QCOMPARE(outcome.unpacked.compression, compression);
        QCOMPARE(outcome.unpacked.tarSize, tar.size());
        QVERIFY(m_fixture.pack(name, tar) == tar);
    }
};

QTEST_GUILESS_MAIN(TestInflate)
#include "tst_inflate.moc"
