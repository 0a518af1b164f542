// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/detailspane.h"

#include "../samples.h"
#include "gui/views/detailrows.h"

#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

constexpr int oneRound = 2600; // ms, in which the next question comes for sure

ContainerInfo running() { return samples::container(u"web"_s, ContainerState::Running, 60, QDateTime::currentDateTimeUtc()); }

Rows some() { return processRows({.titles = {u"UID"_s, u"PID"_s, u"CMD"_s}, .rows = {{u"root"_s, u"17"_s, u"sleep 1000"_s}}}); }

QString shownNotice(const DetailsPane &pane)
{
    for (const RowsView *view : pane.findChildren<RowsView *>()) {
        if (view->isVisible())
            return view->notice();
    }
    return u"no table"_s;
}

} // namespace

// What depends on the tab; what a page does with the pane is in the tests of the pages.
class TestDetailsPane : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void processesAreAskedForWhileTheyAreShown()
    {
        DetailsPane pane;
        const QSignalSpy wanted(&pane, &DetailsPane::rowsWanted);
        pane.showContainer(running());
        pane.showTab(DetailsPane::Processes);
        QTRY_COMPARE(wanted.size(), 1);
        QTest::qWait(oneRound);
        QCOMPARE(wanted.size(), 1); // the answer is still to come

        pane.setRows(DetailsPane::Processes, running().id, some());
        QCOMPARE(shownNotice(pane), QString());
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 2, oneRound);
        QCOMPARE(wanted.last().first().value<DetailsPane::Tab>(), DetailsPane::Processes);

        pane.setRows(DetailsPane::Processes, running().id, some());
        pane.hide();
        QTest::qWait(oneRound);
        QCOMPARE(wanted.size(), 2);
        pane.setRows(DetailsPane::Processes, running().id, some()); // an answer that comes late
        QTest::qWait(oneRound);
        QCOMPARE(wanted.size(), 2);
        pane.show();
        QTRY_COMPARE(wanted.size(), 3);

        pane.setRows(DetailsPane::Processes, running().id, some());
        pane.showTab(DetailsPane::Summary);
        QTest::qWait(oneRound);
        QCOMPARE(wanted.size(), 3);
    }

    void whatDoesNotRunHasNoProcesses()
    {
        DetailsPane pane;
        const QSignalSpy wanted(&pane, &DetailsPane::rowsWanted);
        ContainerInfo container = running();
        container.state = ContainerState::Exited;
        pane.showContainer(container);
        pane.showTab(DetailsPane::Processes);
        QTRY_COMPARE(shownNotice(pane), u"The container is not running, so it has no processes."_s);
        QCOMPARE(wanted.size(), 0);
        pane.showContainer(running()); // it was started meanwhile
        QTRY_COMPARE(wanted.size(), 1);
    }

    void onlyContainersHaveThem()
    {
        DetailsPane pane;
        pane.showContainer(running());
        const auto *tabs = pane.findChild<QTabWidget *>();
        QVERIFY(tabs->isTabVisible(DetailsPane::Processes));
        pane.showVolume({samples::volume(u"data"_s, 60, QDateTime::currentDateTimeUtc()), {}, {}});
        QVERIFY(!tabs->isTabVisible(DetailsPane::Processes));
    }
};

QTEST_MAIN(TestDetailsPane)
#include "tst_detailspane.moc"
