// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// That nothing is sampled which nobody sees.
#include "gui/views/figurefeed.h"

#include "../samples.h"
#include "gui/views/containerspage.h"
#include "gui/views/detailspane.h"
#include "gui/views/listtable.h"
#include "gui/views/plot.h"
#include "gui/views/statsview.h"
#include "ownsettings.h"

#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>
#include <QTimer>

#include <optional>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using enum ContainerState;

namespace {

constexpr auto aWhile = 300ms; // many times the interval of these tests

FigureSample sampleOf(const QString &id, std::chrono::nanoseconds at)
{
    FigureSample sample;
    sample.id = id;
    sample.isRunning = true;
    sample.run = u"1"_s;
    sample.at = at;
    sample.machine = {.total = at, .processors = 1};
    sample.cpu = at / 4;
    sample.memory = 48 << 20;
    sample.memoryLimit = 64 << 20;
    return sample;
}

bool timersRun(const QObject &object)
{
    return std::ranges::any_of(object.findChildren<QTimer *>(), [](const QTimer *timer) { return timer->isActive(); });
}

// A window with a page that wants figures, and another page.
struct Pages {
    Pages()
    {
        stack.addWidget(page);
        stack.addWidget(other);
        feed.setInterval(20ms);
        QObject::connect(&feed, &FigureFeed::figuresWanted, &feed, [this](const QStringList &ids) {
            asked.append(ids);
            if (answers)
                QTimer::singleShot(0, &feed, &FigureFeed::answered);
        });
    }
    QStackedWidget stack;
    QWidget *page = new QWidget;
    QWidget *other = new QWidget;
    QStringList wanted{u"web"_s};
    FigureFeed feed{page, [this] { return wanted; }};
    QList<QStringList> asked;
    bool answers = true;
};

// The real page, answered like the engine would.
struct Shown {
    explicit Shown(const QList<ContainerInfo> &containers)
    {
        model.setContainers(containers, QDateTime::currentDateTimeUtc());
        QObject::connect(&page, &ContainersPage::figuresWanted, &page, [this](const QStringList &ids) {
            last = ids;
            QList<FigureSample> samples;
            for (const QString &id : ids)
                samples.append(sampleOf(id, 1000s + ++round * 1s));
            QTimer::singleShot(0, &page, [this, samples] { page.setFigures(samples); });
        });
        page.resize(1000, 600);
        page.show();
        page.refresh();
    }
    [[nodiscard]] ListTable *table() const { return page.findChild<ListTable *>(); }
    [[nodiscard]] bool isIdle() const { return page.findChild<FigureFeed *>()->isIdle(); }

    ContainerModel model;
    ContainersPage page{&model};
    QStringList last;
    int round = 0;
};

} // namespace

class TestFigureFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void asksWhileItIsSeen()
    {
        Pages pages;
        QTest::qWait(aWhile);
        QVERIFY(pages.asked.isEmpty()); // not shown yet
        pages.stack.show();
        QTRY_VERIFY(pages.asked.size() >= 3);
        QCOMPARE(pages.asked.first(), QStringList({u"web"_s}));

        pages.stack.setCurrentWidget(pages.other);
        const auto hidden = pages.asked.size();
        QTest::qWait(aWhile);
        QVERIFY(pages.asked.size() <= hidden + 1); // at most the answer that was on its way
        QVERIFY(pages.feed.isIdle() && !timersRun(pages.feed));
        pages.stack.setCurrentWidget(pages.page);
        const auto again = pages.asked.size();
        QTRY_VERIFY(pages.asked.size() > again);

        pages.stack.hide();
        QTest::qWait(aWhile);
        QVERIFY(pages.feed.isIdle() && !timersRun(pages.feed));
    }

    void aMinimisedWindowIsNotSeen()
    {
        Pages pages;
        pages.stack.show();
        QTRY_VERIFY(pages.asked.size() >= 2);
        pages.stack.showMinimized();
        QTRY_VERIFY(pages.stack.isMinimized());
        QTest::qWait(aWhile);
        QVERIFY(pages.feed.isIdle() && !timersRun(pages.feed));
        const auto before = pages.asked.size();
        pages.stack.showNormal();
        QTRY_VERIFY(pages.asked.size() > before);
    }

    void nothingWantedNothingRuns()
    {
        Pages pages;
        pages.wanted.clear();
        pages.stack.show();
        QTest::qWait(aWhile);
        QVERIFY(pages.asked.isEmpty());
        QVERIFY(pages.feed.isIdle() && !timersRun(pages.feed));
        pages.wanted = QStringList{u"web"_s};
        pages.feed.refresh(); // a container was started
        QTRY_VERIFY(pages.asked.size() >= 2);
        pages.wanted.clear(); // and has ended
        QTRY_VERIFY(pages.feed.isIdle());
    }

    void oneQuestionAtATime()
    {
        Pages pages;
        pages.answers = false;
        pages.stack.show();
        QTRY_COMPARE(pages.asked.size(), 1);
        pages.wanted.append(u"db"_s);
        pages.feed.refresh();
        QTest::qWait(aWhile);
        QCOMPARE(pages.asked.size(), 1);
        QVERIFY(!timersRun(pages.feed));
        pages.answers = true;
        pages.feed.answered();
        QTRY_COMPARE(pages.asked.value(1), QStringList({u"web"_s, u"db"_s}));
    }

    void pageAsksForRunningRows()
    {
        Shown shown(
            {samples::container(u"web"_s, Running), samples::container(u"old"_s, Exited), samples::container(u"db"_s, Paused)});
        QTRY_COMPARE(shown.last.size(), 2);
        QVERIFY(!shown.last.contains(samples::idOf(u"old")));
        const auto cell = [&](int column) { return shown.model.index(0, column).data().toString().replace(u'\u00a0', u' '); };
        QTRY_VERIFY(cell(ContainerModel::Cpu).endsWith(u'%'));
        QCOMPARE(cell(ContainerModel::Memory), u"48 MiB"_s);
        QVERIFY(shown.model.index(1, ContainerModel::Cpu).data().toString().isEmpty());

        // The last one ends: nothing runs, and nothing is asked for any more.
        shown.model.setContainers({samples::container(u"web"_s, Exited)}, QDateTime::currentDateTimeUtc());
        shown.page.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(shown.isIdle(), 4000);
        QVERIFY(cell(ContainerModel::Cpu).isEmpty());
    }

    void onlyRowsInSight()
    {
        QList<ContainerInfo> many;
        for (int number = 0; number < 200; ++number)
            many.append(samples::container(u"c%1"_s.arg(number), Running));
        Shown shown(many);
        QTRY_VERIFY(!shown.last.isEmpty());
        QVERIFY(shown.last.size() < 30);
        const QStringList above = shown.last;
        shown.table()->scrollToBottom();
        QTRY_VERIFY_WITH_TIMEOUT(shown.last != above && !shown.last.contains(above.first()), 4000);
    }

    void hiddenColumnsWantNothing()
    {
        Shown shown({samples::container(u"web"_s, Running)});
        QTRY_VERIFY(!shown.last.isEmpty());
        shown.table()->hideColumn(ContainerModel::Cpu);
        shown.table()->hideColumn(ContainerModel::Memory);
        QTRY_VERIFY_WITH_TIMEOUT(shown.isIdle(), 4000);
        // The plots want them all the same.
        shown.page.select(samples::idOf(u"web"));
        shown.page.details()->showTab(DetailsPane::Stats);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.isIdle(), 4000);
        const auto *plot = shown.page.findChild<Plot *>(u"memoryPlot"_s);
        QTRY_COMPARE(plot->valueText(), u"48\u00a0MiB"_s);
        shown.page.details()->showTab(DetailsPane::Summary);
        QTRY_VERIFY_WITH_TIMEOUT(shown.isIdle(), 4000);
    }

    void stoppedContainersHaveNoPlots()
    {
        Shown shown({samples::container(u"web"_s, Exited)});
        shown.page.select(samples::idOf(u"web"));
        shown.page.details()->showTab(DetailsPane::Stats);
        const auto *view = shown.page.findChild<StatsView *>();
        QTRY_VERIFY(view->notice().contains(u"not running"_s));
        QVERIFY(shown.isIdle());
        QVERIFY(shown.last.isEmpty());
    }

private:
    std::optional<OwnSettings> m_settings;
};

QTEST_MAIN(TestFigureFeed)
#include "tst_figurefeed.moc"
