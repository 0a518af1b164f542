// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statsrows.h"

#include <QTest>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString id(64, u'a');

FigureSample sampleAt(std::chrono::nanoseconds at)
{
    FigureSample sample;
    sample.id = id;
    sample.isRunning = true;
    sample.run = u"1"_s;
    sample.at = at;
    sample.machine = {.total = 2 * at, .processors = 2};
    sample.cpu = at / 8;
    sample.memory = 1'257'242;
    sample.memoryLimit = 64 << 20;
    sample.network = Traffic{.in = 1'050, .out = 54};
    sample.disk = Traffic{.in = 0, .out = 21'000'000};
    sample.tasks = 3;
    return sample;
}

QString tableOf(const StatsLine &line)
{
    return formatListing({}, statsLayout(), {statsRow(line, true)}).value_or(u"no table"_s);
}

} // namespace

class TestStatsRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTableAsDockers()
    {
        const StatsLine line{.container = u"web"_s, .id = id, .name = u"web"_s, .before = sampleAt(1s), .last = sampleAt(2s)};
        QCOMPARE(tableOf(line),
            u"CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O        BLOCK I/O   PIDS\n"
            "aaaaaaaaaaaa   web       12.50%    1.199MiB / 64MiB    1.87%     1.05kB / 54B   0B / 21MB   3\n"_s);
    }

    void fields()
    {
        const StatsLine line{.container = u"aaaa"_s, .id = id, .name = u"web"_s, .before = sampleAt(1s), .last = sampleAt(2s)};
        QCOMPARE(formatListing(u"json"_s, statsLayout(), {statsRow(line, false)}).value(),
            u"{\"BlockIO\":\"0B / 21MB\",\"CPUPerc\":\"12.50%\",\"Container\":\"aaaa\",\"ID\":\"%1\",\"MemPerc\":\"1.87%\","
            "\"MemUsage\":\"1.199MiB / 64MiB\",\"Name\":\"web\",\"NetIO\":\"1.05kB / 54B\",\"PIDs\":\"3\"}\n"_s.replace(
                u"%1"_s, id));
    }

    void whatIsNotCounted()
    {
        auto sample = sampleAt(2s);
        sample.memory.reset();
        sample.disk.reset();
        const StatsLine line{.container = u"web"_s, .id = id, .name = u"web"_s, .before = sampleAt(1s), .last = sample};
        const auto row = statsRow(line, true);
        QCOMPARE(row[u"MemUsage"_s].toString(), u"-- / --"_s);
        QCOMPARE(row[u"MemPerc"_s].toString(), u"--"_s);
        QCOMPARE(row[u"BlockIO"_s].toString(), u"--"_s);
        QCOMPARE(row[u"NetIO"_s].toString(), u"1.05kB / 54B"_s);
        QCOMPARE(row[u"CPUPerc"_s].toString(), u"12.50%"_s);
    }

    // One that does not run uses nothing; of one that was removed nothing is known; of one that has just come no percentage.
    void states()
    {
        StatsLine line{.container = u"web"_s, .id = id, .name = u"web"_s, .before = {}, .last = FigureSample{.id = id}};
        QCOMPARE(tableOf(line).section(u'\n', 1, 1),
            u"aaaaaaaaaaaa   web       0.00%     0B / 0B             0.00%     0B / 0B   0B / 0B     0"_s);
        line.isGone = true;
        QCOMPARE(tableOf(line).section(u'\n', 1, 1),
            u"aaaaaaaaaaaa   web       --        -- / --             --        --        --          --"_s);
        line.isGone = false;
        line.last = sampleAt(1s);
        QCOMPARE(statsRow(line, true)[u"CPUPerc"_s].toString(), u"--"_s);
        QCOMPARE(statsRow(line, true)[u"PIDs"_s].toString(), u"3"_s);
    }

    void frames() { QCOMPARE(nextFrame(u"A B\nc d\n"_s), u"\033[HA B \033[K\nc d \033[K\n \033[K\n\033[J"_s); }
};

QTEST_APPLESS_MAIN(TestStatsRows)
#include "tst_statsrows.moc"
