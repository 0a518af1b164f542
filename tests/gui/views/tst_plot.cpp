// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/plot.h"
#include "gui/views/plotscale.h"
#include "gui/views/statsview.h"

#include "gui/style/theme.h"

#include <QLocale>
#include <QTest>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QColor lineColor = themeColors(QPalette(Qt::white)).blue;

// Sixty moments, a second apart, that rise to 60%.
void fill(Plot &plot)
{
    QList<std::chrono::nanoseconds> times;
    PlotLine line;
    for (int second = 1; second <= 60; ++second) {
        times.append(1000s + second * 1s);
        line.values.append(second);
    }
    plot.setData(times, {line});
}

// The columns of pixels in which a colour is to be seen, from left to right.
QList<int> columnsWith(const QImage &image, const QColor &color)
{
    QList<int> columns;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            const QColor pixel = image.pixelColor(x, y); // edges are smoothed
            if (std::abs(pixel.red() - color.red()) + std::abs(pixel.blue() - color.blue()) < 100) {
                columns.append(x);
                break;
            }
        }
    }
    return columns;
}

QImage pictureOf(Plot &plot)
{
    plot.setPalette(QPalette(Qt::white));
    return plot.grab().toImage();
}

} // namespace

class TestPlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::English); }

    void scalesAreRound()
    {
        QCOMPARE(scaleFor(0, FigureUnit::Percent), (PlotScale{10, 2}));
        QCOMPARE(scaleFor(10.1, FigureUnit::Percent), (PlotScale{20, 5}));
        QCOMPARE(scaleFor(97, FigureUnit::Percent), (PlotScale{100, 20}));
        QCOMPARE(scaleFor(100, FigureUnit::Percent), (PlotScale{100, 20}));
        QCOMPARE(scaleFor(260, FigureUnit::Percent), (PlotScale{400, 100}));
        constexpr double mebibyte = 1024.0 * 1024;
        QCOMPARE(scaleFor(100, FigureUnit::Bytes), (PlotScale{mebibyte, mebibyte / 4}));
        QCOMPARE(scaleFor(171 * mebibyte, FigureUnit::Bytes), (PlotScale{256 * mebibyte, 64 * mebibyte}));
        QCOMPARE(scaleFor(900 * mebibyte, FigureUnit::Bytes), (PlotScale{1024 * mebibyte, 256 * mebibyte}));
        QCOMPARE(scaleFor(7200, FigureUnit::BytesPerSecond), (PlotScale{8000, 2000}));
        QCOMPARE(timeAxisFor(3s), 60s);
        QCOMPARE(timeAxisFor(61s), 120s);
        QCOMPARE(timeAxisFor(121s), 300s);
    }

    void titleAndDescription()
    {
        Plot plot(u"CPU"_s, FigureUnit::Percent);
        QCOMPARE(plot.accessibleName(), u"CPU"_s);
        fill(plot);
        QCOMPARE(plot.valueText(), u"60%"_s);
        QCOMPARE(plot.top(), 80.0);
        QCOMPARE(plot.accessibleDescription(), u"60%. Highest: 60%"_s);
        plot.setMissing(u"Nobody counts."_s);
        QCOMPARE(plot.valueText(), u"n/a"_s);
        QCOMPARE(plot.accessibleDescription(), u"n/a. Nobody counts."_s);
    }

    // A gap in time and a moment without a value are no line.
    void gapsStayEmpty()
    {
        Plot plot(u"CPU"_s, FigureUnit::Percent);
        plot.resize(500, 200);
        fill(plot);
        const auto whole = columnsWith(pictureOf(plot), lineColor);
        QVERIFY(whole.size() > 250);
        QCOMPARE(whole.last() - whole.first() + 1, whole.size());

        QList<std::chrono::nanoseconds> times;
        PlotLine line;
        for (int second = 1; second <= 60; ++second) {
            if (second > 20 && second < 40)
                continue;
            times.append(1000s + second * 1s);
            line.values.append(second);
        }
        plot.setData(times, {line});
        const auto broken = columnsWith(pictureOf(plot), lineColor);
        QVERIFY(broken.size() > 100 && broken.size() < whole.size() - 80);
    }

    // Nothing of what is n/a is drawn as if it were zero.
    void missingHasNoLine()
    {
        Plot plot(u"Disk"_s, FigureUnit::BytesPerSecond);
        plot.resize(500, 200);
        fill(plot);
        plot.setMissing(u"Nobody counts."_s);
        QVERIFY(columnsWith(pictureOf(plot), lineColor).isEmpty());
        plot.setMissing({});
        QVERIFY(!columnsWith(pictureOf(plot), lineColor).isEmpty());
    }

    void pointerChoosesAMoment()
    {
        Plot plot(u"CPU"_s, FigureUnit::Percent);
        plot.resize(500, 200);
        fill(plot);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTest::mouseMove(&plot, QPoint(490, 100));
        QTRY_COMPARE(plot.chosenText(), u"now: 60%"_s);
        QTest::mouseMove(&plot, QPoint(290, 100));
        QTRY_VERIFY(plot.chosenText().endsWith(u"%"_s) && plot.chosenText() != u"now: 60%"_s);
        QTest::mouseMove(&plot, QPoint(200, 4));
        QTRY_VERIFY(plot.chosenText().isEmpty());
    }

    void keysChooseAMoment()
    {
        Plot plot(u"CPU"_s, FigureUnit::Percent);
        fill(plot);
        plot.show();
        QTest::keyClick(&plot, Qt::Key_Left);
        QCOMPARE(plot.chosenText(), u"now: 60%"_s);
        QTest::keyClick(&plot, Qt::Key_Left);
        QCOMPARE(plot.chosenText(), u"1 s ago: 59%"_s);
        QVERIFY(plot.accessibleDescription().startsWith(u"1 s ago: 59%"_s));
        QTest::keyClick(&plot, Qt::Key_Home);
        QCOMPARE(plot.chosenText(), u"59 s ago: 1%"_s);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(plot.chosenText(), u"58 s ago: 2%"_s);
        QTest::keyClick(&plot, Qt::Key_Escape);
        QVERIFY(plot.chosenText().isEmpty());
    }

    // New samples do not move what somebody looks at, and what is too old by now is let go.
    void chosenStaysAtItsMoment()
    {
        Plot plot(u"CPU"_s, FigureUnit::Percent);
        plot.setData({1s, 2s}, {{{}, {10, 20}}});
        QTest::keyClick(&plot, Qt::Key_Home);
        plot.setData({1s, 2s, 3s}, {{{}, {10, 20, 30}}});
        QCOMPARE(plot.chosenText(), u"2 s ago: 10%"_s);
        plot.setData({2s, 3s}, {{{}, {20, 30}}});
        QVERIFY(plot.chosenText().isEmpty());
        plot.setData({}, {});
        QTest::keyClick(&plot, Qt::Key_Left);
        QVERIFY(plot.chosenText().isEmpty());
    }

    void severalLinesAreNamed()
    {
        Plot plot(u"Network"_s, FigureUnit::BytesPerSecond);
        plot.setData({1s, 2s}, {{u"Received"_s, {std::nullopt, 1500}}, {u"Sent"_s, {std::nullopt, std::nullopt}}});
        QCOMPARE(plot.valueText(), u"Received 1.50\u00a0kB/s · Sent –"_s);
    }

    void viewSaysWhatIsMissing()
    {
        StatsView view;
        view.resize(700, 400);
        view.show();
        FigureSample sample;
        sample.isRunning = true;
        sample.cpu = 1s;
        sample.network = Traffic();
        view.setFigures(sample, {{.at = 1s, .figures = {.cpuPercent = 5}, .memory = {}}});
        const auto plot = [&](const QString &name) { return view.findChild<Plot *>(name); };
        QCOMPARE(plot(u"cpuPlot"_s)->valueText(), u"5%"_s);
        QCOMPARE(plot(u"memoryPlot"_s)->valueText(), u"n/a"_s);
        QCOMPARE(plot(u"diskPlot"_s)->valueText(), u"n/a"_s);
        QCOMPARE(plot(u"networkPlot"_s)->valueText(), u"Received – · Sent –"_s);
        QCOMPARE(plot(u"cpuPlot"_s)->y(), plot(u"memoryPlot"_s)->y());
        view.resize(400, 400);
        QTRY_VERIFY(plot(u"cpuPlot"_s)->y() < plot(u"memoryPlot"_s)->y()); // below each other where it is narrow
        view.setNotice(u"Not running."_s);
        QVERIFY(!plot(u"cpuPlot"_s)->isVisible());
        QCOMPARE(view.notice(), u"Not running."_s);
    }
};

QTEST_MAIN(TestPlot)
#include "tst_plot.moc"
