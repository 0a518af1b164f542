// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/figurebook.h"
#include "gui/models/figuretext.h"

#include <QLocale>
#include <QTest>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

FigureSample sampleAt(std::chrono::nanoseconds at, const QString &run = u"1"_s)
{
    FigureSample sample;
    sample.id = u"web"_s;
    sample.isRunning = true;
    sample.run = run;
    sample.at = at;
    sample.machine = {.total = at, .processors = 1};
    sample.cpu = at / 2;
    sample.memory = 1000;
    return sample;
}

} // namespace

class TestFigureBook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoSamplesMakeAFigure()
    {
        FigureBook book;
        QVERIFY(!book.last(u"web"_s));
        QCOMPARE(book.figures(u"web"_s), Figures());
        book.add(sampleAt(100s));
        QVERIFY(!book.figures(u"web"_s).cpuPercent);
        book.add(sampleAt(102s));
        QCOMPARE(book.figures(u"web"_s).cpuPercent, 50.0);
        QCOMPARE(book.history(u"web"_s).size(), 2);
        QCOMPARE(book.history(u"web"_s).last().memory, 1000.0);
    }

    // What was used while nobody looked is not what is used now.
    void noRateOverAPause()
    {
        FigureBook book;
        book.add(sampleAt(100s));
        book.add(sampleAt(160s));
        QVERIFY(!book.figures(u"web"_s).cpuPercent);
        book.add(sampleAt(162s));
        QVERIFY(book.figures(u"web"_s).cpuPercent);
        QCOMPARE(book.history(u"web"_s).size(), 3);
    }

    void historyIsBounded()
    {
        FigureBook book;
        for (int second = 0; second < 3600; ++second)
            book.add(sampleAt(1000s + second * 1s));
        QCOMPARE(book.history(u"web"_s).size(), 301); // both ends of five minutes
        for (int moment = 0; moment < 10'000; ++moment)
            book.add(sampleAt(5000s + moment * 10ms));
        QCOMPARE(book.history(u"web"_s).size(), FigureBook::mostPoints);
    }

    void aNewRunBeginsAnew()
    {
        FigureBook book;
        book.add(sampleAt(100s));
        book.add(sampleAt(102s));
        book.add(sampleAt(104s, u"2"_s));
        QCOMPARE(book.history(u"web"_s).size(), 1);
        QVERIFY(!book.figures(u"web"_s).cpuPercent);
        auto ended = sampleAt(106s, u"2"_s);
        ended.isRunning = false;
        book.add(ended);
        QVERIFY(!book.last(u"web"_s));
        QVERIFY(book.history(u"web"_s).isEmpty());
    }

    void texts_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<FigureUnit>("unit");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, FigureUnit unit, const QString &text) {
            QTest::addRow("%s", qPrintable(text)) << value << unit << text;
        };
        row(0, FigureUnit::Percent, u"0%"_s);
        row(0.123, FigureUnit::Percent, u"0.12%"_s);
        row(9.999, FigureUnit::Percent, u"10.0%"_s);
        row(25.64, FigureUnit::Percent, u"25.6%"_s);
        row(1599.7, FigureUnit::Percent, u"1,600%"_s);
        row(0, FigureUnit::Bytes, u"0 B"_s);
        row(1023, FigureUnit::Bytes, u"1,023 B"_s);
        row(1024, FigureUnit::Bytes, u"1 KiB"_s);
        row(1023.7 * 1024, FigureUnit::Bytes, u"1.00 MiB"_s);
        row(48.23 * 1024 * 1024, FigureUnit::Bytes, u"48.2 MiB"_s);
        row(999.7, FigureUnit::BytesPerSecond, u"1.00 kB/s"_s);
        row(512, FigureUnit::BytesPerSecond, u"512 B/s"_s);
        row(1'240'000, FigureUnit::BytesPerSecond, u"1.24 MB/s"_s);
    }
    void texts()
    {
        QLocale::setDefault(QLocale::English);
        QFETCH(double, value);
        QFETCH(FigureUnit, unit);
        QFETCH(QString, text);
        QCOMPARE(figureText(value, unit).replace(u'\u00a0', u' '), text);
    }

    void axes()
    {
        QLocale::setDefault(QLocale::English);
        QCOMPARE(axisText(1.5 * 1024 * 1024, FigureUnit::Bytes), u"1.5\u00a0MiB"_s);
        QCOMPARE(axisText(200, FigureUnit::BytesPerSecond), u"200\u00a0B/s"_s);
        QCOMPARE(axisText(80, FigureUnit::Percent), u"80%"_s);
    }
};

QTEST_GUILESS_MAIN(TestFigureBook)
#include "tst_figurebook.moc"
