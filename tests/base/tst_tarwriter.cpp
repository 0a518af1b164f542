// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What is written is what our reader and GNU tar read.
#include "base/tarwriter.h"

#include <QProcess>
#include <QTest>

#include <cstring>

using namespace berth;

namespace {

class Bytes final : public TarInput {
public:
    explicit Bytes(std::string bytes) : m_bytes(std::move(bytes)) {}
    Result<std::size_t> read(std::span<char> buffer) override
    {
        const auto count = std::min(buffer.size(), m_bytes.size() - m_used);
        std::memcpy(buffer.data(), m_bytes.data() + m_used, count);
        m_used += count;
        return count;
    }

private:
    std::string m_bytes;
    std::size_t m_used = 0;
};

TarEntry entryOf(std::string name, char type = tartype::regular)
{
    TarEntry entry;
    entry.name = std::move(name);
    entry.type = type;
    entry.mode = 0644;
    entry.mtime = 1'700'000'000;
    return entry;
}

} // namespace

class TestTarWriter : public QObject {
    Q_OBJECT

private:
    static QByteArray listed(const std::string &archive)
    {
        QProcess tar;
        tar.start(QStringLiteral("tar"),
            {QStringLiteral("--utc"), QStringLiteral("--full-time"), QStringLiteral("--numeric-owner"), QStringLiteral("-tvf"),
                QStringLiteral("-")});
        tar.write(archive.data(), static_cast<qint64>(archive.size()));
        tar.closeWriteChannel();
        tar.waitForFinished();
        return tar.readAllStandardOutput() + tar.readAllStandardError();
    }

private Q_SLOTS:
    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<TarEntry>("entry");
        QTest::newRow("plain") << entryOf("etc/passwd");
        QTest::newRow("name of 100") << entryOf(std::string(100, 'a'));
        QTest::newRow("name of 101") << entryOf(std::string(101, 'a'));
        QTest::newRow("longest name") << entryOf(std::string(4000, 'b'));
        QTest::newRow("odd name") << entryOf("a\nb=c\xff 1");
        QTest::newRow("folder") << entryOf("a/", tartype::directory);
        auto link = entryOf("link", tartype::symbolicLink);
        link.linkName = std::string(4095, 'x');
        QTest::newRow("long link") << link;
        link.type = tartype::hardLink;
        link.linkName = "a/b";
        QTest::newRow("hard link") << link;
        auto owner = entryOf("owner");
        owner.uid = 07777777;
        owner.gid = 010000000;
        QTest::newRow("group over the octal field") << owner;
        owner.uid = 4'294'967'294;
        QTest::newRow("largest owner") << owner;
        for (const std::int64_t seconds :
            {std::int64_t{0}, std::int64_t{-1}, std::int64_t{-5'000'000'000}, std::int64_t{1} << 40}) {
            for (const std::uint32_t nanoseconds : {0U, 1U, 999'999'999U}) {
                auto time = entryOf("time");
                time.mtime = seconds;
                time.mtimeNanoseconds = nanoseconds;
                QTest::addRow("time %lld.%u", static_cast<long long>(seconds), nanoseconds) << time;
            }
        }
        auto attributes = entryOf("attributes");
        attributes.attributes = {{"user.a", "1"}, {"security.capability", std::string("\1\0\0\2\n=", 6)}, {"user.empty", ""}};
        QTest::newRow("attributes") << attributes;
        auto special = entryOf("special");
        special.mode = 07777;
        QTest::newRow("special bits") << special;
        auto large = entryOf("large");
        large.size = 9'000'000'000;
        QTest::newRow("9 GB") << large;
    }
    void whatIsWrittenIsRead()
    {
        QFETCH(TarEntry, entry);
        const auto headers = tarHeaders(entry);
        QCOMPARE(headers.size() % tarBlockSize, 0U);
        Bytes input(headers);
        TarReader reader(input);
        TarEntry read;
        const auto more = reader.next(read);
        QVERIFY2(more && *more, more ? "nothing" : more.error().detail.c_str());
        QCOMPARE(read.name, entry.name);
        QCOMPARE(read.type, entry.type);
        QCOMPARE(read.linkName, entry.linkName);
        QCOMPARE(read.size, entry.size);
        QCOMPARE(read.mode, entry.mode);
        QCOMPARE(read.uid, entry.uid);
        QCOMPARE(read.gid, entry.gid);
        QCOMPARE(read.mtime, entry.mtime);
        QCOMPARE(read.mtimeNanoseconds, entry.mtimeNanoseconds);
        QCOMPARE(read.attributes.size(), entry.attributes.size());
        for (std::size_t i = 0; i < read.attributes.size(); ++i) {
            QCOMPARE(read.attributes[i].name, entry.attributes[i].name);
            QCOMPARE(read.attributes[i].value, entry.attributes[i].value);
        }
    }

    void gnuTarReadsIt()
    {
        auto first = entryOf("folder/" + std::string(120, 'n'));
        first.size = 5;
        first.uid = 3'000'000;
        first.gid = 12;
        first.mtimeNanoseconds = 500'000'000;
        auto archive = tarHeaders(first) + "hello" + std::string(tarPadding(5), '\0');
        auto second = entryOf("link", tartype::symbolicLink);
        second.linkName = "target";
        archive += tarHeaders(second) + std::string(tarEndSize, '\0');
        QCOMPARE(listed(archive).simplified(),
            QByteArray("-rw-r--r-- 3000000/12 5 2023-11-14 22:13:20.5 folder/") + QByteArray(120, 'n')
                + " lrw-r--r-- 0/0 0 2023-11-14 22:13:20 link -> target");
    }

    void anAttributeThatCannotBeToldIsLeftOut()
    {
        auto entry = entryOf("x");
        entry.attributes = {{"user.a=b", "1"}};
        QCOMPARE(tarHeaders(entry).size(), tarBlockSize);
    }
};

QTEST_GUILESS_MAIN(TestTarWriter)
#include "tst_tarwriter.moc"
