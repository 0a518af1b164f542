// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figures.h"

#include <QTest>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

FigureSample sampleAt(std::chrono::nanoseconds at)
{
    FigureSample sample;
    sample.id = u"web"_s;
    sample.isRunning = true;
    sample.run = u"17/4000"_s;
    sample.at = at;
    sample.machine = {.total = 4 * at, .processors = 4};
    sample.cpu = 0s;
    sample.memory = 64 << 20;
    sample.memoryLimit = 256 << 20;
    sample.network = Traffic{.in = 1000, .out = 500};
    sample.disk = Traffic{.in = 0, .out = 4096};
    return sample;
}

} // namespace

class TestFigures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneSampleHasNoRates()
    {
        const auto figures = figuresOf(std::nullopt, sampleAt(10s));
        QVERIFY(!figures.cpuPercent && !figures.receiveRate && !figures.writeRate);
        QCOMPARE(figures.memoryPercent, 25.0);
    }

    // Half of one processor for two seconds is 50%, however many there are.
    void cpuIsOfOneProcessor()
    {
        const auto before = sampleAt(10s);
        auto after = sampleAt(12s);
        after.cpu = 1s;
        QCOMPARE(figuresOf(before, after).cpuPercent, 50.0);
        after.cpu = 5s;
        QCOMPARE(figuresOf(before, after).cpuPercent, 250.0);
    }

    // As docker's client: nothing used, or clocks that did not move, is 0%.
    void cpuWithoutTime()
    {
        const auto before = sampleAt(10s);
        auto after = sampleAt(12s);
        QCOMPARE(figuresOf(before, after).cpuPercent, 0.0);
        after.cpu = 1s;
        after.machine = before.machine;
        QCOMPARE(figuresOf(before, after).cpuPercent, 0.0);
        after.cpu.reset();
        QVERIFY(!figuresOf(before, after).cpuPercent);
    }

    void bytesBecomeRates()
    {
        const auto before = sampleAt(10s);
        auto after = sampleAt(12s);
        after.network = Traffic{.in = 5000, .out = 500};
        after.disk = Traffic{.in = 1 << 20, .out = 4096};
        const auto figures = figuresOf(before, after);
        QCOMPARE(figures.receiveRate, 2000.0);
        QCOMPARE(figures.sendRate, 0.0);
        QCOMPARE(figures.readRate, 524288.0);
        QCOMPARE(figures.writeRate, 0.0);
    }

    // network disconnect takes an interface away with what it has counted.
    void countersThatShrinkGiveNoRate()
    {
        const auto before = sampleAt(10s);
        auto after = sampleAt(12s);
        after.network = Traffic{.in = 10, .out = 700};
        QVERIFY(!figuresOf(before, after).receiveRate);
        QCOMPARE(figuresOf(before, after).sendRate, 100.0);
    }

    void anotherRunBeginsAnew()
    {
        const auto before = sampleAt(10s);
        auto after = sampleAt(12s);
        after.run = u"18/4100"_s;
        QVERIFY(!figuresOf(before, after).cpuPercent);
        QVERIFY(!figuresOf(after, before).cpuPercent); // nor backwards
        after.isRunning = false;
        QCOMPARE(figuresOf(before, after), Figures());
    }
};

QTEST_APPLESS_MAIN(TestFigures)
#include "tst_figures.moc"
