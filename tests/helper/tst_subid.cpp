// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"
#include "helper/textfile.h"

#include <QRandomGenerator>
#include <QTest>

#include <string>

using namespace berth;
using namespace berth::helper;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(berth::helper::Status)

namespace {

constexpr uid_t alice = 1000;
constexpr const char *passwd = "root:x:0:0:root:/root:/bin/sh\n"
                               "alice:x:1000:1000::/home/alice:/bin/sh\n"
                               "bob:x:1001:1001::/home/bob:/bin/sh\n"
                               "alicia:x:1002:1002::/home/alicia:/bin/sh\n"
                               "carol:x:300000:300000::/home/carol:/bin/sh\n"
                               "alias:x:1000:1000::/home/alice:/bin/sh\n"
                               "nobody:x:65534:65534::/:/bin/false\n";

struct Outcome {
    Status status = Status::Internal;
    IdRange range;
    std::uint32_t detail = 0;
};

Outcome read(std::string_view subuid, uid_t user = alice, std::string_view accounts = passwd)
{
    const UniqueFd users = textFile(passwd);
    UserNames names;
    if (!readUserNames(users.get(), user, names))
        return {};
    const UniqueFd ranges = textFile(subuid), numbers = textFile(accounts);
    Outcome outcome;
    outcome.status = readSubidRange(
        ranges.get(), numbers.get(), names, {user, user}, Status::NoSubuidRange, outcome.range, outcome.detail);
    return outcome;
}

} // namespace

// What /etc/subuid may hold, and that nothing in it gives an id to two people (CVE-2018-7169,
// CVE-2024-56433 and the 32-bit wrap in shadow's own reader).
class TestSubid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void row70_forgedRanges_data()
    {
        QTest::addColumn<QByteArray>("subuid");
        QTest::addColumn<Status>("status");
        QTest::addColumn<quint32>("first");
        QTest::addColumn<quint32>("count");
        const auto row = [](const char *name, QByteArray text, Status status, quint32 first = 0, quint32 count = 0) {
            QTest::newRow(name) << text << status << first << count;
        };
        using enum Status;
        row("name", "alice:100000:65536\n", Ok, 100000, 65536);
        row("number", "1000:100000:65536\n", Ok, 100000, 65536);
        row("second name of the uid", "alias:100000:65536\n", Ok, 100000, 65536);
        row("no newline at the end", "alice:100000:65536", Ok, 100000, 65536);
        row("comments and empty lines", "# ours\n\nalice:100000:65536\n", Ok, 100000, 65536);
        row("largest of several", "alice:100000:10\nalice:200000:65536\nalice:400000:65536\n", Ok, 200000, 65536);
        row("the last id that exists", "alice:4294967294:1\n", Ok, 4294967294U, 1);
        row("of nobody else", "bob:100000:65536\nalice:165536:65536\nalicia:231072:10\n", Ok, 165536, 65536);
        row("empty file", "", NoSubuidRange);
        row("only others", "bob:100000:65536\n", NoSubuidRange);
        row("prefix of a name", "alic:100000:65536\n", NoSubuidRange);
        row("a longer name", "alicia:100000:65536\n", NoSubuidRange);
        row("other case", "Alice:100000:65536\n", NoSubuidRange);
        row("a range of none", "alice:100000:0\n", NoSubuidRange);
        row("0:1", "alice:0:1\n", SubidCollision);
        row("0 and all", "alice:0:4294967295\n", SubidCollision);
        row("system ids", "alice:1:65536\n", SubidCollision);
        row("nobody", "alice:65534:2\n", SubidCollision);
        row("wrap", "alice:4294967295:2\n", SubidUnusable);
        row("no-id itself", "alice:4294967295:1\n", SubidUnusable);
        row("ends at no-id", "alice:4294967294:2\n", SubidUnusable);
        row("wrap to a small end", "alice:100000:4294967295\n", SubidUnusable);
        row("above 32 bits", "alice:4294967396:65536\n", SubidUnusable);
        row("count above 32 bits", "alice:100000:4295032832\n", SubidUnusable);
        row("above 64 bits", "alice:18446744073709651616:65536\n", SubidUnusable);
        row("negative", "alice:-1:65536\n", SubidUnusable);
        row("plus", "alice:+100000:65536\n", SubidUnusable);
        row("hexadecimal", "alice:0x186a0:65536\n", SubidUnusable);
        row("blank before the number", "alice: 100000:65536\n", SubidUnusable);
        row("blank in the name", "al ice:100000:65536\n", SubidUnusable);
        row("CRLF", "alice:100000:65536\r\n", SubidUnusable);
        row("NUL in a number", QByteArray("alice:100000\0:65536\n", 20), SubidUnusable);
        row("NUL in a name", QByteArray("alice\0:100000:65536\n", 20), SubidUnusable);
        row("NUL at the end", QByteArray("alice:100000:65536\n\0", 20), SubidUnusable);
        row("a field too few", "alice:100000\n", SubidUnusable);
        row("a field too many", "alice:100000:65536:1\n", SubidUnusable);
        row("no name", ":100000:65536\n", SubidUnusable);
        row("garbage by somebody else", "alice:100000:65536\nbob\n", SubidUnusable);
        row("overlaps another's end", "bob:100000:65536\nalice:165535:65536\n", SubidCollision);
        row("overlaps another's start", "alice:100000:65536\nbob:165535:65536\n", SubidCollision);
        row("within another's", "bob:100000:1000000\nalice:200000:65536\n", SubidCollision);
        row("around another's", "alice:100000:100000\nbob:110000:10\n", SubidCollision);
        row("the same as another's", "bob:100000:65536\nalice:100000:65536\n", SubidCollision);
        row("overlaps an unknown name's", "stranger:100000:65536\nalice:100000:65536\n", SubidCollision);
        row("holds another user's id", "alice:250000:65536\n", SubidCollision);
        row("holds a user who is in no file", "alice:200000:65536\n210000:400000:65536\n", SubidCollision);
    }
    void row70_forgedRanges()
    {
        QFETCH(QByteArray, subuid);
        QFETCH(Status, status);
        QFETCH(quint32, first);
        QFETCH(quint32, count);
        const Outcome outcome = read({subuid.constData(), std::size_t(subuid.size())});
        QCOMPARE(int(outcome.status), int(status));
        QCOMPARE(outcome.range.first, first);
        QCOMPARE(outcome.range.count, count);
    }

    // The caller becomes 0; in a range too, one id would have two numbers.
    void ownIdInsideTheRange()
    {
        const Outcome outcome = read("400123:400000:65536\n", 400123);
        QCOMPARE(int(outcome.status), int(Status::SubidCollision));
        QCOMPARE(outcome.detail, 400123U);
    }

    void detailNamesLineAndId()
    {
        QCOMPARE(read("# first\nalice:100000:65536\nbob:x:1\n").detail, 3U);
        QCOMPARE(read("alice:250000:65536\n").detail, 300000U);
        QCOMPARE(read("alice:100000:65536\nbob:160000:65536\n").detail, 160000U);
        QCOMPARE(read("alice:0:1\n").detail, 0U);
    }

    // A gid may belong to a group and to no user.
    void groupsAreJudgedByTheGroupFile()
    {
        const char *groups = "root:x:0:\nstaff:x:120000:\n";
        QCOMPARE(int(read("alice:100000:65536\n", alice, groups).status), int(Status::SubidCollision));
        QCOMPARE(int(read("alice:200000:65536\n", alice, groups).status), int(Status::Ok));
        const std::string members = "big:x:130000:" + std::string(100'000, 'm') + "\n";
        QCOMPARE(int(read("alice:100000:65536\n", alice, members).status), int(Status::SubidCollision));
    }

    void hundredThousandLines()
    {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += "user" + std::to_string(i) + ":" + std::to_string(10'000'000 + i * 10) + ":10\n";
        QCOMPARE(int(read(text).status), int(Status::NoSubuidRange));
        const Outcome found = read(text + "alice:100000:65536\n");
        QCOMPARE(int(found.status), int(Status::Ok));
        QCOMPARE(found.range.first, 100000U);
        QCOMPARE(int(read(text + "alice:10999999:1\n").status), int(Status::SubidCollision));
    }

    void aLineOrAFileWithoutEnd()
    {
        QCOMPARE(int(read(std::string(100'000, 'a')).status), int(Status::SubidUnusable));
        QCOMPARE(int(read("alice:100000:65536\n" + std::string(9000, '1') + "\n").status), int(Status::SubidUnusable));
        QCOMPARE(int(read(std::string(accountsLimit + 1, '\n')).status), int(Status::SubidUnusable));
        QCOMPARE(int(read("alice:100000:65536" + std::string(accountsLimit - 18, '\n')).status), int(Status::Ok));
    }

    void everySplitOfTheReadBuffer()
    {
        // A line that begins at each place around the end of the buffer of 8192 bytes.
        for (std::size_t padding = 8160; padding <= 8200; ++padding) {
            std::string text;
            while (text.size() + 100 < padding)
                text += "#" + std::string(98, '.') + "\n";
            text += std::string(padding - text.size() - 1, '#') + "\n";
            const Outcome outcome = read(text + "alice:100000:65536\nbob:200000:5");
            QCOMPARE(int(outcome.status), int(Status::Ok));
            QCOMPARE(outcome.range.count, 65536U);
        }
    }

    // Whatever the bytes are: a range that is given lies where nobody is, does not wrap and is not 0.
    void randomFilesGiveOnlySafeRanges()
    {
        QRandomGenerator random(20260801);
        const char *owners[] = {"alice", "bob", "1000", "1001", "", "alice\r", "carol"};
        const std::uint64_t numbers[] = {
            0, 1, 2, 65535, 65536, 100000, 165536, 299999, 300000, 2147483648U, 4294967294U, 4294967295U, 4294967296U};
        int granted = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (int lines = random.bounded(4); lines >= 0; --lines) {
                const std::string owner = owners[random.bounded(int(std::size(owners)))];
                const auto first = numbers[random.bounded(int(std::size(numbers)))] + quint64(random.bounded(2));
                const auto count = numbers[random.bounded(int(std::size(numbers)))];
                text += owner + ":" + std::to_string(first) + ":" + std::to_string(count) + (random.bounded(20) == 0 ? "" : "\n");
            }
            if (random.bounded(3) == 0 && !text.empty())
                text[std::size_t(random.bounded(int(text.size())))] = char(random.bounded(256));
            const Outcome outcome = read(text);
            if (outcome.status != Status::Ok) {
                QCOMPARE(outcome.range.count, 0U);
                continue;
            }
            ++granted;
            const std::uint64_t end = std::uint64_t{outcome.range.first} + outcome.range.count;
            QVERIFY(outcome.range.count > 0 && outcome.range.first >= firstSubid && end <= 0xffffffff);
            QVERIFY(outcome.range.first > 300000 || end <= 300000);
        }
        QVERIFY(granted > 100); // otherwise the loop above proves nothing
    }
};

QTEST_APPLESS_MAIN(TestSubid)
#include "tst_subid.moc"
