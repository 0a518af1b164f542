// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tarreader.h"
#include "support/tarwriter.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::TarMember;
using berth::test::TarWriter;

namespace {

class TextInput final : public TarInput {
public:
    explicit TextInput(std::string bytes) : m_bytes(std::move(bytes)) {}
    Result<std::size_t> read(std::span<char> buffer) override
    {
        const std::size_t count = std::min(buffer.size(), m_bytes.size() - m_position);
        std::memcpy(buffer.data(), m_bytes.data() + m_position, count);
        m_position += count;
        return count;
    }
    void skip(std::uint64_t count) { m_position = std::min(m_bytes.size(), m_position + count); }

private:
    std::string m_bytes;
    std::size_t m_position = 0;
};

struct Listed {
    std::vector<TarEntry> entries;
    std::string error;
};

Listed list(const std::string &bytes)
{
    TextInput input(bytes);
    TarReader reader(input);
    Listed result;
    for (;;) {
        TarEntry entry;
        const auto more = reader.next(entry);
        if (!more) {
            result.error = more.error().detail;
            return result;
        }
        if (!*more)
            return result;
        input.skip(entry.size + entry.padding);
        result.entries.push_back(entry);
    }
}

std::string gnuHeader(const TarMember &member)
{
    auto block = TarWriter::header(member);
    block.replace(257, 8, "ustar  \0", 8);
    return TarWriter::sealed(block);
}

} // namespace

class TestTarReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsPlainEntries()
    {
        const auto found = list(TarWriter().folder("etc/").file("etc/name", "hello", 0600).link("a", "etc/name").bytes());
        QCOMPARE(found.error, "");
        QCOMPARE(found.entries.size(), 3U);
        QCOMPARE(found.entries[0].type, tartype::directory);
        QCOMPARE(found.entries[1].name, "etc/name");
        QCOMPARE(found.entries[1].size, 5U);
        QCOMPARE(found.entries[1].padding, 507U);
        QCOMPARE(found.entries[1].mode, 0600U);
        QCOMPARE(found.entries[2].linkName, "etc/name");
    }

    void keepsEveryHeaderByte()
    {
        const TarWriter writer = TarWriter().add({.name = "a", .content = "x", .link = {}, .pax = {{"path", "b"}}});
        const auto found = list(writer.bytes());
        QCOMPARE(found.entries.front().raw, writer.bytes().substr(0, 3 * 512));
        QCOMPARE(found.entries.front().name, "b");
    }

    void endsWithoutAnEndMarker()
    {
        QCOMPARE(list(TarWriter().file("a", "x").withoutEnd()).entries.size(), 1U);
        QCOMPARE(list("").entries.size(), 0U);
    }

    void readsBigNumbers()
    {
        const auto found = list(
            TarWriter().add({.name = "a", .content = {}, .link = {}, .uid = 3'000'000'000, .gid = 5'000'000, .pax = {}}).bytes());
        QCOMPARE(found.entries.front().uid, 3'000'000'000);
        QCOMPARE(found.entries.front().gid, 5'000'000);
    }

    void readsNegativeBase256()
    {
        QCOMPARE(parseTarNumber(std::string("\xff\xff\xff\xff\xff\xff\xff\xfe", 8)), std::optional<std::int64_t>(-2));
        QCOMPARE(parseTarNumber(std::string("\x80\0\0\0\0\0\0\0\0\0\x01\x02", 12)), std::optional<std::int64_t>(258));
        // More than 63 bits.
        QVERIFY(!parseTarNumber(std::string("\x80\0\0\x80\0\0\0\0\0\0\0\0", 12)));
        QVERIFY(!parseTarNumber("0000009"));
        QCOMPARE(parseTarNumber(" 644 "), std::optional<std::int64_t>(0644));
    }

    void readsPaxTimesAndAttributes()
    {
        const auto found = list(TarWriter()
                .add({.name = "a",
                    .content = {},
                    .link = {},
                    .pax = {{"mtime", "1234.5"}, {"SCHILY.xattr.user.a", std::string("b\0c", 3)},
                        {"LIBARCHIVE.xattr.user.%64", "aGk"}, {"uid", "7"}, {"unknown", "x"}}})
                .bytes());
        QCOMPARE(found.error, "");
        const auto &entry = found.entries.front();
        QCOMPARE(entry.mtime, 1234);
        QCOMPARE(entry.mtimeNanoseconds, 500'000'000U);
        QCOMPARE(entry.uid, 7);
        QCOMPARE(entry.attributes.size(), 2U);
        QCOMPARE(entry.attributes[0].value, std::string("b\0c", 3));
        QCOMPARE(entry.attributes[1].name, "user.d");
        QCOMPARE(entry.attributes[1].value, "hi");
    }

    void readsGnuLongNames()
    {
        const std::string name(300, 'n');
        const std::string padded = name + std::string(512 - 300, '\0');
        const auto found = list(gnuHeader({.name = "././@LongLink", .content = name, .type = 'L', .link = {}, .pax = {}}) + padded
            + TarWriter().file("short", "x").bytes());
        QCOMPARE(found.error, "");
        QCOMPARE(found.entries.front().name, name);
    }

    void readsOldGnuSparse()
    {
        auto block = gnuHeader({.name = "s", .content = "abcd", .type = 'S', .link = {}, .pax = {}});
        block.replace(386, 24, std::string("00000010000\0", 12) + std::string("00000000004\0", 12));
        block.replace(483, 12, std::string("00000020000\0", 12));
        const auto found = list(TarWriter::sealed(block) + "abcd" + std::string(508, '\0') + std::string(1024, '\0'));
        QCOMPARE(found.error, "");
        const auto &entry = found.entries.front();
        QCOMPARE(entry.type, tartype::regular);
        QVERIFY(entry.isSparse);
        QCOMPARE(entry.fileSize, 8192U);
        QCOMPARE(entry.segments, (std::vector<TarSegment>{{4096, 4}}));
    }

    void readsPaxSparse_data()
    {
        QTest::addColumn<int>("version");
        QTest::newRow("0.0") << 0;
        QTest::newRow("0.1") << 1;
        QTest::newRow("1.0") << 10;
    }
    void readsPaxSparse()
    {
        QFETCH(int, version);
        TarMember member{.name = "GNUSparseFile/s", .content = "abcd", .link = {}, .pax = {}};
        if (version == 0)
            member.pax = {{"GNU.sparse.size", "8192"}, {"GNU.sparse.numblocks", "1"}, {"GNU.sparse.offset", "4096"},
                {"GNU.sparse.numbytes", "4"}};
        if (version == 1)
            member.pax = {{"GNU.sparse.size", "8192"}, {"GNU.sparse.map", "4096,4"}};
        if (version == 10) {
            member.pax = {{"GNU.sparse.major", "1"}, {"GNU.sparse.minor", "0"}, {"GNU.sparse.realsize", "8192"}};
            member.content = "1\n4096\n4\n" + std::string(512 - 9, '\0') + "abcd";
        }
        member.pax.push_back({"GNU.sparse.name", "real"});
        const auto found = list(TarWriter().add(member).bytes());
        QCOMPARE(found.error, "");
        const auto &entry = found.entries.front();
        QCOMPARE(entry.name, "real");
        QCOMPARE(entry.size, 4U);
        QCOMPARE(entry.fileSize, 8192U);
        QCOMPARE(entry.segments, (std::vector<TarSegment>{{4096, 4}}));
    }

    void refuses_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<QString>("word");
        QTest::newRow("wrong checksum") << std::string(512, 'x') << u"checksum"_s;
        QTest::newRow("cut header") << TarWriter::header({.name = "a", .content = {}, .link = {}, .pax = {}}).substr(0, 100)
                                    << u"ends"_s;
        const auto pax = [](const std::string &content) {
            return TarWriter().add({.name = "x", .content = content, .type = 'x', .link = {}, .pax = {}}).file("a", "").bytes();
        };
        QTest::newRow("pax length beyond") << pax("99999999999999999999 path=x\n") << u"absurd"_s;
        QTest::newRow("pax length short") << pax("3 path=x\n") << u"absurd"_s;
        QTest::newRow("pax without line end") << pax("10 path=xx") << u"absurd"_s;
        QTest::newRow("pax without equals") << pax("9 pathxx\n") << u"without a name"_s;
        QTest::newRow("pax name with NUL") << pax(TarWriter::paxRecord("path", std::string("a\0b", 3))) << u"path"_s;
        QTest::newRow("pax bad number") << pax(TarWriter::paxRecord("size", "-1")) << u"size"_s;
        QTest::newRow("huge extended header")
            << TarWriter::header({.name = "x", .content = {}, .type = 'x', .link = {}, .pax = {}, .claimedSize = 1LL << 40})
            << u"1 MiB"_s;
        QTest::newRow("overlapping sparse") << TarWriter()
                                                   .add({.name = "s",
                                                       .content = "abcd",
                                                       .link = {},
                                                       .pax = {{"GNU.sparse.size", "10"}, {"GNU.sparse.map", "4,2,4,2"}}})
                                                   .bytes()
                                            << u"sparse"_s;
        QTest::newRow("sparse beyond its end") << TarWriter()
                                                      .add({.name = "s",
                                                          .content = "abcd",
                                                          .link = {},
                                                          .pax = {{"GNU.sparse.size", "10"}, {"GNU.sparse.map", "8,4"}}})
                                                      .bytes()
                                               << u"sparse"_s;
        std::string chain;
        for (int i = 0; i < 6000; ++i)
            chain += TarWriter().add({.name = "x", .content = "10 a=bcde\n", .type = 'x', .link = {}, .pax = {}}).withoutEnd();
        QTest::newRow("headers without end") << chain << u"4 MiB"_s;
    }
    void refuses()
    {
        QFETCH(std::string, bytes);
        QFETCH(QString, word);
        const auto found = list(bytes);
        QVERIFY2(found.error.contains(word.toStdString()), found.error.c_str());
    }

    void cleansNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("clean");
        QTest::newRow("plain") << "a/b" << "a/b";
        QTest::newRow("dots") << "./a/./b/" << "a/b";
        QTest::newRow("absolute") << "/etc/passwd" << "etc/passwd";
        QTest::newRow("slashes") << "a//b" << "a/b";
        QTest::newRow("inside") << "a/../b" << "b";
        QTest::newRow("root") << "./" << "";
        QTest::newRow("above") << "../a" << "!";
        QTest::newRow("above, later") << "a/../../b" << "!";
        QTest::newRow("long part") << QString(256, u'a') << "!";
        QTest::newRow("long") << QStringLiteral("ab/").repeated(1500) << "!";
    }
    void cleansNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, clean);
        const auto result = cleanTarName(name.toStdString());
        QCOMPARE(result ? QString::fromStdString(*result) : QStringLiteral("!"), clean);
    }
};

QTEST_GUILESS_MAIN(TestTarReader)
#include "tst_tarreader.moc"
