// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"
#include "helper/textfile.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <string>

#include <fcntl.h>
#include <sys/stat.h>

using namespace berth;
using namespace berth::helper;

Q_DECLARE_METATYPE(berth::helper::Status)

namespace {

constexpr const char *passwd = "root:x:0:0::/root:/bin/sh\n"
                               "alice:x:1000:1000::/home/alice:/bin/sh\n"
                               "berthold:x:1001:1001::/home/berthold:/bin/sh\n"
                               "1000:x:1005:1005::/home/n:/bin/sh\n"
                               "twin:x:1000:1000::/home/alice:/bin/sh\n";
constexpr const char *group = "root:x:0:\n"
                              "berth:x:990:alice\n"
                              "berthers:x:991:\n"
                              "ber:x:992:\n"
                              "wheel:x:4294967296:\n";

struct Who {
    uid_t user = 1000;
    gid_t primary = 1000;
    gid_t supplementary = 1000;
};

Status decide(std::string_view policy, Who who, Feature feature = HolderFeature, std::uint32_t *maximum = nullptr,
    std::uint32_t *line = nullptr, std::string_view groups = group)
{
    const UniqueFd users = textFile(passwd), rules = textFile(policy), numbers = textFile(groups);
    UserNames names;
    if (!readUserNames(users.get(), who.user, names))
        return Status::Internal;
    Caller caller;
    caller.user = who.user;
    caller.group = who.primary;
    caller.groups = &who.supplementary;
    caller.groupCount = 1;
    std::uint32_t most = 0, detail = 0;
    const Status status = readPolicy(rules.get(), numbers.get(), names, caller, feature, most, detail);
    if (maximum)
        *maximum = most;
    if (line)
        *line = detail;
    return status;
}

} // namespace

// /etc/berth/helper.conf: who counts as a member, what is a rule, and which file is believed at all.
class TestPolicy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pools()
    {
        const auto parse = [](std::string_view text) {
            Pool pool;
            return parsePool(text, pool) ? std::pair(pool.base, pool.bits) : std::pair(0U, 0U);
        };
        QCOMPARE(parse(" 10.213.0.0/16 "), std::pair(0x0ad50000U, 16U));
        QCOMPARE(parse("192.168.213.252/30"), std::pair(0xc0a8d5fcU, 30U));
        QCOMPARE(parse("172.16.0.0/12"), std::pair(0xac100000U, 12U));
        for (const char *text :
            {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/31", "10.0.0.0/7", "10.0.0.0/33", "10.0.0.0/-8", "10.0.0/8", "10.0.0.0.0/8",
                "10.0.0.0./8", ".10.0.0/8", "10..0.0/8", "256.0.0.0/8", "10.0.0.1/16", "10.0.0.0/8 x", "10.0.0.0/8/8",
                "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/8", "240.0.0.0/8", "::/16", "a.b.c.d/8", "10.0.0.0/8x"})
            QVERIFY2(parse(text).second == 0, text);
        // Beside rules it changes none of them; a malformed one makes the file unusable as a malformed rule does.
        std::uint32_t line = 0;
        QCOMPARE(int(decide("pool 10.1.0.0/16\nallow alice uplink\n", {}, UplinkFeature)), int(Status::Ok));
        QCOMPARE(int(decide("pool 10.1.0.0/16\n", {}, UplinkFeature)), int(Status::NotAllowed));
        QCOMPARE(int(decide("allow alice uplink\npool 10.1.0.1/16\n", {}, UplinkFeature, nullptr, &line)),
            int(Status::PolicyUnusable));
        QCOMPARE(line, 2U);
        QCOMPARE(int(decide("pools 10.1.0.0/16\n", {}, UplinkFeature)), int(Status::PolicyUnusable));
    }

    void whoIsMeant_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<quint32>("user");
        QTest::addColumn<quint32>("primary");
        QTest::addColumn<quint32>("supplementary");
        QTest::addColumn<Status>("status");
        using enum Status;
        const auto row = [](const char *name, const char *policy, Who who, Status status) {
            QTest::newRow(name) << QByteArray(policy) << who.user << who.primary << who.supplementary << status;
        };
        row("supplementary group", "allow @berth holder\n", {1000, 1000, 990}, Ok);
        row("by newgrp", "allow @berth holder\n", {1000, 990, 1000}, Ok);
        // The group file names alice; the kernel says that this process is no member (yet, or any more).
        row("only on paper", "allow @berth holder\n", {1000, 1000, 1000}, NotAllowed);
        row("user", "allow alice holder\n", {}, Ok);
        row("second name of the uid", "allow twin holder\n", {}, Ok);
        row("another user", "allow berthold holder\n", {}, NotAllowed);
        row("user without an account", "allow alice holder\n", {5000, 5000, 5000}, NotAllowed);
        row("no account, but the group", "allow @berth holder\n", {5000, 5000, 990}, Ok);
        row("empty file", "", {1000, 990, 990}, NotAllowed);
        row("only comments", "# allow @berth holder\n\n   \n\t# no\n", {1000, 990, 990}, NotAllowed);
        row("other feature", "allow @berth cgroup\n", {1000, 990, 990}, NotAllowed);
        row("blanks and a comment", "  allow\t@berth   holder # everybody\n", {1000, 990, 990}, Ok);
        row("no newline at the end", "allow @berth holder", {1000, 990, 990}, Ok);
        // Names are compared whole (CVE-2026-48785).
        row("row60: group with a longer name", "allow @berth holder\n", {1001, 1001, 991}, NotAllowed);
        row("row60: group with a shorter name", "allow @berth holder\n", {1001, 1001, 992}, NotAllowed);
        row("row60: user whose name begins like the rule's", "allow berth holder\n", {1001, 1001, 1001}, NotAllowed);
        row("row60: user is no group", "allow @alice holder\n", {}, NotAllowed);
        row("group that does not exist", "allow @nobody holder\n", {1000, 0, 0}, NotAllowed);
        row("group whose number wraps", "allow @wheel holder\n", {1000, 0, 0}, NotAllowed);
        // A number as a name would mean uid 1000 to one reader and the account "1000" to another.
        row("numeric user", "allow 1000 holder\n", {}, PolicyUnusable);
        row("numeric group", "allow @990 holder\n", {1000, 990, 990}, PolicyUnusable);
        row("everybody", "allow * holder\n", {}, PolicyUnusable);
        row("every group", "allow @ holder\n", {}, PolicyUnusable);
        row("root by accident", "allow  holder\n", {}, PolicyUnusable);
        row("deny is no word", "deny alice holder\nallow alice holder\n", {}, PolicyUnusable);
        row("garbage after the rule that allows", "allow alice holder\nx\n", {}, PolicyUnusable);
        row("unknown feature", "allow alice root\n", {}, PolicyUnusable);
        row("feature begins alike", "allow alice holders\n", {}, PolicyUnusable);
        row("CRLF", "allow alice holder\r\n", {}, PolicyUnusable);
        row("maximum 0", "allow alice holder 0\n", {}, PolicyUnusable);
        row("maximum too large", "allow alice holder 65\n", {}, PolicyUnusable);
        row("maximum wraps", "allow alice holder 4294967297\n", {}, PolicyUnusable);
        row("maximum negative", "allow alice holder -1\n", {}, PolicyUnusable);
        row("a word too many", "allow alice holder 4 5\n", {}, PolicyUnusable);
        row("no-break space",
            "allow\xc2\xa0"
            "alice holder\n",
            {}, PolicyUnusable);
    }
    void whoIsMeant()
    {
        QFETCH(QByteArray, policy);
        QFETCH(quint32, user);
        QFETCH(quint32, primary);
        QFETCH(quint32, supplementary);
        QFETCH(Status, status);
        QCOMPARE(int(decide({policy.constData(), std::size_t(policy.size())}, {user, primary, supplementary})), int(status));
    }

    void nulBytesAreNoEnd()
    {
        using namespace std::string_view_literals;
        QCOMPARE(int(decide("allow alice holder\0\n"sv, {})), int(Status::PolicyUnusable));
        QCOMPARE(int(decide("allow alice\0x holder\n"sv, {})), int(Status::PolicyUnusable));
        QCOMPARE(int(decide("\0\nallow alice holder\n"sv, {})), int(Status::PolicyUnusable));
    }

    void maximumIsTheLargestThatApplies()
    {
        std::uint32_t maximum = 0, line = 0;
        QCOMPARE(int(decide("allow alice holder 3\nallow @berth holder 7\nallow berthold holder 60\n", {1000, 1000, 990},
                     HolderFeature, &maximum)),
            int(Status::Ok));
        QCOMPARE(maximum, 7U);
        decide("allow alice holder\n", {}, HolderFeature, &maximum);
        QCOMPARE(maximum, defaultMaximum);
        decide("allow alice holder\n\n# x\nwrong\n", {}, HolderFeature, nullptr, &line);
        QCOMPARE(line, 4U);
    }

    void longFiles()
    {
        QCOMPARE(int(decide(std::string(policyLimit + 1, '\n'), {})), int(Status::PolicyUnusable));
        QCOMPARE(int(decide("allow alice holder\n" + std::string(9000, '#') + "\n", {})), int(Status::PolicyUnusable));
        // A group may have very many members; what counts stands before them.
        const std::string large = "big:x:5:" + std::string(200'000, 'm') + "\nberth:x:990:\nlast:x:7:" + std::string(9000, 'm');
        QCOMPARE(
            int(decide("allow @berth holder\n", {1000, 1000, 990}, HolderFeature, nullptr, nullptr, large)), int(Status::Ok));
        QCOMPARE(int(decide("allow @last holder\n", {1000, 1000, 7}, HolderFeature, nullptr, nullptr, large)), int(Status::Ok));
        // The rest of a long line is not a line of its own.
        const std::string hidden = "big:x:5:" + std::string(8184, 'm') + "berth:x:1000:\n";
        QCOMPARE(int(decide("allow @berth holder\n", {}, HolderFeature, nullptr, nullptr, hidden)), int(Status::NotAllowed));
    }

    // A random group list of the kernel, and random rules: no crash, and never yes without the group.
    void row67_randomGroupLists()
    {
        QRandomGenerator random(67);
        for (int round = 0; round < 2000; ++round) {
            std::vector<gid_t> list(random.bounded(300U));
            for (auto &gid : list)
                gid = random.bounded(985U, 995U);
            std::erase(list, 990U);
            Caller caller;
            caller.user = 4000;
            caller.group = 4000;
            caller.groups = list.data();
            caller.groupCount = int(list.size());
            QVERIFY(!caller.isInGroup(990));
            if (!list.empty())
                QVERIFY(caller.isInGroup(list[std::size_t(random.bounded(int(list.size())))]));
        }
    }

    void randomPoliciesNeverAllowStrangers()
    {
        QRandomGenerator random(11);
        const char *pieces[] = {"allow", " ", "@berth", "alice", "holder", "cgroup", "\n", "#", "32", "\t", ":", "@", "\r"};
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (int count = random.bounded(30); count > 0; --count)
                text += pieces[random.bounded(int(std::size(pieces)))];
            QVERIFY(decide(text, {6000, 6000, 6000}) != Status::Ok);
        }
    }

    // Which file is believed. The test's own user plays root.
    void onlyAFileOfRootsIsBelieved()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/helper.conf";
        const uid_t owner = ::getuid();
        UniqueFd fd;
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Absent));
        const auto write = [&](std::size_t size, mode_t mode) {
            ::unlink(path.c_str());
            const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
            return ::ftruncate(file.get(), off_t(size)) == 0 && ::fchmod(file.get(), mode) == 0;
        };
        QVERIFY(write(10, 0644));
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Trusted));
        QCOMPARE(int(openTrusted(path.c_str(), owner + 1, policyLimit, fd)),
            int(Trust::Unfit)); // the user's own
        QVERIFY(write(10, 0666));
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Unfit));
        QVERIFY(write(10, 0660));
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Unfit));
        QVERIFY(write(10 << 20, 0644));
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Unfit));
        QVERIFY(write(10, 0000)); // cannot be read: not the same as absent, which would mean the default
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Unfit));
        ::unlink(path.c_str());
        QCOMPARE(::symlink("/etc/passwd", path.c_str()), 0);
        QCOMPARE(int(openTrusted(path.c_str(), 0, accountsLimit, fd)), int(Trust::Unfit));
        ::unlink(path.c_str());
        QCOMPARE(::mkfifo(path.c_str(), 0644), 0);
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)),
            int(Trust::Unfit)); // and did not wait
        ::unlink(path.c_str());
        QCOMPARE(::mkdir(path.c_str(), 0755), 0);
        QCOMPARE(int(openTrusted(path.c_str(), owner, policyLimit, fd)), int(Trust::Unfit));
    }

    void accountsWithManyOrStrangeNames()
    {
        std::string text;
        for (int i = 0; i < 20; ++i)
            text += "name" + std::to_string(i) + ":x:1000:1000::/:/bin/sh\n";
        text += std::string(70, 'a') + ":x:1000:1000::/:/bin/sh\n-rf:x:1000:1000::/:/bin/sh\n";
        UserNames names;
        QVERIFY(readUserNames(textFile(text).get(), 1000, names));
        QCOMPARE(names.count, UserNames::capacity);
        QVERIFY(names.contains("name0") && !names.contains("name9") && !names.contains("name") && !names.contains(""));
        UserNames strange;
        QVERIFY(readUserNames(textFile("-rf:x:7:7::/:\n7:x:7:7::/:\n:x:7:7::/:\n a:x:7:7::/:\n").get(), 7, strange));
        QCOMPARE(strange.count, 0U);
    }
};

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
