// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/resources.h"
#include "core/runoptions.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebibyte = 1 << 20;
const KnownProcessors machine{.count = 4, .cpus = u"0-3"_s, .memoryNodes = u"0"_s};

std::string problemOf(const Resources &resources, bool forUpdate = false)
{
    const auto checked = checkResources(resources, machine, forUpdate);
    return checked ? "" : checked.error().detail;
}

std::string conflictOf(const Resources &current, const Resources &wished)
{
    const auto updated = updatedResources(current, wished);
    return updated ? "" : updated.error().detail;
}

} // namespace

class TestResources : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cpus_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("expected");
        QTest::addColumn<QString>("problem");
        const auto good = [](const char *text, qint64 value) {
            QTest::newRow(text) << QString::fromLatin1(text) << value << QString();
        };
        const auto bad = [](const char *text, const char *problem) {
            QTest::newRow(text) << QString::fromLatin1(text) << qint64(0) << QString::fromLatin1(problem);
        };
        good("1", 1'000'000'000);
        good("1.5", 1'500'000'000);
        good(".5", 500'000'000);
        good("2.", 2'000'000'000);
        good("+1", 1'000'000'000);
        good("-1", -1'000'000'000);
        good("0.000000001", 1);
        good("0.0000000010000", 1);
        good("3/2", 1'500'000'000);
        good("1/8", 125'000'000);
        bad("0.0000000001", "value is too precise");
        bad("1/3", "value is too precise");
        bad("x", "failed to parse x as a rational number");
        bad("", "failed to parse  as a rational number");
        bad(".", "failed to parse . as a rational number");
        bad("1,5", "failed to parse 1,5 as a rational number");
        bad("1/0", "failed to parse 1/0 as a rational number");
        bad("1.5/2", "failed to parse 1.5/2 as a rational number");
        bad("--1", "failed to parse --1 as a rational number");
        bad("1 ", "failed to parse 1  as a rational number");
        bad("99999999999999999999", "failed to parse 99999999999999999999 as a rational number");
        bad("9999999999999", "failed to parse 9999999999999 as a rational number");
    }
    void cpus()
    {
        QFETCH(QString, text);
        QFETCH(qint64, expected);
        QFETCH(QString, problem);
        const auto parsed = parseCpus(text);
        QCOMPARE(parsed ? QString() : QString::fromStdString(parsed.error().detail), problem);
        QCOMPARE(parsed.value_or(0), expected);
    }

    void refusals()
    {
        QCOMPARE(problemOf({}), "");
        QCOMPARE(problemOf({.memory = 6 * mebibyte - 1}), "Minimum memory limit allowed is 6MB");
        QCOMPARE(problemOf({.memory = 6 * mebibyte}), "");
        QCOMPARE(problemOf({.memory = 9 * mebibyte, .memorySwap = 8 * mebibyte}),
            "Minimum memoryswap limit should be larger than memory limit, see usage");
        QCOMPARE(problemOf({.memorySwap = 8 * mebibyte}),
            "You should always set the Memory limit when using Memoryswap limit, see usage");
        QCOMPARE(problemOf({.memorySwap = 8 * mebibyte}, true), "");
        QCOMPARE(problemOf({.memorySwap = -1}), "");
        QCOMPARE(problemOf({.memoryReservation = 1}), "Minimum memory reservation allowed is 6MB");
        QCOMPARE(problemOf({.memory = 7 * mebibyte, .memoryReservation = 8 * mebibyte}),
            "Minimum memory limit can not be less than memory reservation limit, see usage");
        QCOMPARE(problemOf({.nanoCpus = 1'000'000'000, .cpuPeriod = 1000}),
            "Conflicting options: Nano CPUs and CPU Period cannot both be set");
        QCOMPARE(problemOf({.nanoCpus = 1'000'000'000, .cpuQuota = 1000}),
            "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
        QCOMPARE(problemOf({.nanoCpus = 4'000'000'000}), "");
        for (const qint64 tooMuch : {qint64(4'000'000'001), qint64(-1)})
            QCOMPARE(problemOf({.nanoCpus = tooMuch}), "range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available");
        QCOMPARE(problemOf({.nanoCpus = 9'999'999}), "CPU cfs quota can not be less than 1ms (i.e. 1000)");
        QCOMPARE(problemOf({.nanoCpus = 10'000'000}), "");
        for (const qint64 period : {999, 1'000'001, -1})
            QCOMPARE(problemOf({.cpuPeriod = period}),
                "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        QCOMPARE(problemOf({.cpuQuota = 999}), "CPU cfs quota can not be less than 1ms (i.e. 1000)");
        QCOMPARE(problemOf({.cpuQuota = -1}), "");
        QCOMPARE(problemOf({.cpuShares = -1}), "shares: invalid argument");
    }

    void processors_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *list, const QString &problem) {
            QTest::newRow(*list ? list : "none") << QString::fromLatin1(list) << problem;
        };
        const auto invalid = [&row](const char *list) {
            row(list, u"Invalid value %1 for cpuset cpus: invalid format: %1"_s.arg(QLatin1StringView(list)));
        };
        row("", {});
        row("0", {});
        row("0-3", {});
        row("1,3,0-1", {});
        row("4", u"Requested CPUs are not available - requested 4, available: 0-3"_s);
        row("0-9", u"Requested CPUs are not available - requested 0-9, available: 0-3"_s);
        for (const char *list : {"x", "3-1", "1,,2", "-1", "1-", "0-99999999", "1 2", ",", "0\n1"})
            invalid(list);
    }
    void processors()
    {
        QFETCH(QString, list);
        QFETCH(QString, problem);
        Resources resources;
        resources.cpusetCpus = list;
        QCOMPARE(problemOf(resources), problem.toStdString());
        resources.cpusetMems = u"1"_s;
        resources.cpusetCpus.clear();
        QCOMPARE(problemOf(resources), "Requested memory nodes are not available - requested 1, available: 0");
    }

    void swapIsAsMuchAsMemory()
    {
        QCOMPARE(completed({.memory = 100}).memorySwap, 200);
        QCOMPARE(completed({.memory = 100, .memorySwap = -1}).memorySwap, -1);
        QCOMPARE(completed({.memory = 100, .memorySwap = 150}).memorySwap, 150);
        QCOMPARE(completed({.memory = INT64_MAX}).memorySwap, -1);
        QCOMPARE(completed({}), Resources());
    }

    void updatesKeepTheRest()
    {
        const Resources current{
            .memory = 100, .memorySwap = 200, .cpuQuota = 5000, .cpuShares = 7, .cpusetCpus = u"0"_s, .pidsLimit = 9};
        QCOMPARE(updatedResources(current, {}).value(), current);
        const auto updated = updatedResources(current, {.memory = 150, .cpuShares = 8, .cpusetCpus = u"1"_s, .pidsLimit = 0});
        QCOMPARE(updated.value(),
            (Resources{
                .memory = 150, .memorySwap = 200, .cpuQuota = 5000, .cpuShares = 8, .cpusetCpus = u"1"_s, .pidsLimit = 0}));
        QCOMPARE(updatedResources({.memory = 100, .memorySwap = -1}, {.cpuShares = 2}).value().memorySwap, -1);
    }

    void updatesThatContradict()
    {
        const std::string swap =
            "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time";
        QCOMPARE(conflictOf({.memory = 100, .memorySwap = 200}, {.memory = 201}), swap);
        QCOMPARE(conflictOf({}, {.memory = 1}), swap);
        QCOMPARE(conflictOf({.memory = 100, .memorySwap = 200}, {.memory = 300, .memorySwap = 400}), "");
        QCOMPARE(conflictOf({.memory = 100, .memorySwap = 200}, {.memorySwap = 50}),
            "Minimum memoryswap limit should be larger than memory limit, see usage");
        QCOMPARE(
            conflictOf({}, {.memorySwap = 50}), "You should always set the Memory limit when using Memoryswap limit, see usage");
        QCOMPARE(conflictOf({.cpuPeriod = 1000}, {.nanoCpus = 1}),
            "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
        QCOMPARE(conflictOf({.cpuQuota = 1000}, {.nanoCpus = 1}),
            "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set");
        QCOMPARE(conflictOf({.nanoCpus = 1}, {.cpuPeriod = 1000}),
            "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
        QCOMPARE(conflictOf({.nanoCpus = 1}, {.cpuQuota = 1000}),
            "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
    }

    void words()
    {
        RunOptions options;
        options.image = u"busybox"_s;
        options.resources = completed({.memory = 100 * mebibyte, .nanoCpus = 1'500'000'000, .pidsLimit = 10});
        options.oomScoreAdjust = 300;
        options.devices = {{u"/dev/fuse"_s, u"/dev/fuse"_s, u"rwm"_s}, {u"/dev/a"_s, u"/dev/b"_s, u"rw"_s}};
        QCOMPARE(commandWords(options).mid(1).join(u' '),
            u"-m 104857600 --cpus 1.5 --pids-limit 10 --oom-score-adj 300 --device /dev/fuse --device /dev/a:/dev/b:rw busybox"_s);
        options = {};
        options.resources = {.memory = 1,
            .memoryReservation = 2,
            .memorySwap = -1,
            .nanoCpus = 2'000'000'000,
            .cpuPeriod = 4,
            .cpuQuota = -1,
            .cpuShares = 6,
            .cpusetCpus = u"0"_s,
            .cpusetMems = u"1"_s,
            .pidsLimit = 0};
        QCOMPARE(resourceWords(options.resources).join(u' '),
            u"-m 1 --memory-reservation 2 --memory-swap -1 --cpus 2 --cpu-period 4 --cpu-quota -1 --cpu-shares 6 --cpuset-cpus 0 "
            "--cpuset-mems 1"_s);
    }
};

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
