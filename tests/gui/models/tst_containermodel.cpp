// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/containermodel.h"
#include "gui/models/listfilter.h"
#include "gui/models/stateshape.h"

#include "../samples.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using samples::container;
using samples::now;
using enum ContainerState;

namespace {

QStringList namesOf(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, ContainerModel::Name).data().toString());
    return names;
}

QList<RowButton> buttonsOf(const ContainerModel &model, int row)
{
    return model.index(row, ContainerModel::Buttons).data(ButtonsRole).value<QList<RowButton>>();
}

} // namespace

class TestContainerModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void figuresAreShownAndSorted()
    {
        ContainerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setContainers({container(u"calm"_s, Running), container(u"busy"_s, Running), container(u"ended"_s, Exited)}, now);
        const auto sample = [](const QString &name, std::chrono::seconds at, std::chrono::seconds used) {
            FigureSample made;
            made.id = samples::idOf(name);
            made.isRunning = true;
            made.at = at;
            made.machine = {.total = at, .processors = 1};
            made.cpu = used;
            made.memory = 1 << 20;
            made.memoryLimit = 4 << 20;
            return made;
        };
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setFigures({sample(u"calm"_s, 10s, 1s), sample(u"busy"_s, 10s, 1s)});
        const auto cell = [&](int row, int column) {
            return model.index(row, column).data().toString().replace(u'\u00a0', u' ');
        };
        QCOMPARE(cell(0, ContainerModel::Cpu), QString()); // not before the second look
        QCOMPARE(cell(0, ContainerModel::Memory), u"1 MiB"_s);
        model.setFigures({sample(u"calm"_s, 20s, 1s), sample(u"busy"_s, 20s, 6s), sample(u"nobody"_s, 20s, 1s)});
        QCOMPARE(cell(0, ContainerModel::Cpu), u"0%"_s);
        QCOMPARE(cell(1, ContainerModel::Cpu), u"50%"_s);
        QCOMPARE(cell(2, ContainerModel::Cpu), QString());
        QVERIFY(model.index(1, ContainerModel::Memory).data(Qt::ToolTipRole).toString().contains(u"4"_s));
        QCOMPARE(changed.count(), 4);
        for (const auto &signal : std::as_const(changed)) // so that nothing else is read anew
            QVERIFY(!signal.at(2).value<QList<int>>().isEmpty());

        ListFilter filter(&model);
        filter.sort(ContainerModel::Cpu, Qt::DescendingOrder);
        QCOMPARE(namesOf(filter), QStringList({u"busy"_s, u"calm"_s, u"ended"_s}));

        auto uncounted = sample(u"busy"_s, 30s, 6s);
        uncounted.memory.reset();
        uncounted.cpu.reset();
        model.setFigures({uncounted});
        QCOMPARE(cell(1, ContainerModel::Cpu), u"n/a"_s);
        QCOMPARE(cell(1, ContainerModel::Memory), u"n/a"_s);

        model.setContainers({container(u"calm"_s, Exited), container(u"busy"_s, Running)}, now);
        QCOMPARE(cell(0, ContainerModel::Cpu), QString());
        QVERIFY(model.figures().history(samples::idOf(u"calm")).isEmpty());
        QVERIFY(!model.figures().history(samples::idOf(u"busy")).isEmpty());
    }

    void snapshotsBecomeRows()
    {
        ContainerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const auto a = container(u"a"_s, Running);
        auto b = container(u"b"_s, Exited);
        const auto c = container(u"c"_s, Created);
        model.setContainers({a, b, c}, now);
        QCOMPARE(inserted.count(), 3);
        QCOMPARE(changed.count(), 0);

        model.setContainers({a, b, c}, now);
        QCOMPARE(inserted.count() + removed.count() + changed.count(), 3);

        b.name = u"better"_s;
        model.setContainers({c, b, a}, now); // another order is no difference
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);
        QCOMPARE(namesOf(model), (QStringList{u"a"_s, u"better"_s, u"c"_s}));

        const auto d = container(u"d"_s, Paused);
        model.setContainers({d, b}, now);
        QCOMPARE(removed.count(), 2);
        QCOMPARE(namesOf(model), (QStringList{u"better"_s, u"d"_s}));
        QCOMPARE(model.find(d.id)->name, u"d"_s);
        QVERIFY(model.find(a.id) == nullptr);
        model.setContainers({}, now);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void selectionFollowsItsContainers()
    {
        ContainerModel model;
        const auto a = container(u"a"_s, Running);
        auto b = container(u"b"_s, Running);
        const auto c = container(u"c"_s, Running);
        model.setContainers({a, b, c}, now);
        QItemSelectionModel selection(&model);
        selection.select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel::NoUpdate);
        b.state = Exited;
        model.setContainers({container(u"new"_s, Created), c, b}, now); // a is gone
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(selection.selectedRows().first().data(IdRole).toString(), b.id);
        QCOMPARE(selection.currentIndex().data(IdRole).toString(), b.id);
    }

    // A hundred snapshots that have little in common, as fast as the tester can follow.
    void anySequenceIsConsistent()
    {
        ContainerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ListFilter filter(&model);
        const QAbstractItemModelTester proxyTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.sort(ContainerModel::Status);
        QRandomGenerator random(20260801);
        for (int round = 0; round < 100; ++round) {
            QList<ContainerInfo> list;
            for (int number = 0; number < 12; ++number) {
                if (random.bounded(2) == 0)
                    list.append(container(u"c%1"_s.arg(number), allContainerStates[random.bounded(7U)]));
            }
            model.setContainers(list, now);
            filter.setKind(static_cast<ListFilter::Kind>(random.bounded(3)));
            QCOMPARE(model.rowCount(), list.size());
            for (const ContainerInfo &expected : list)
                QCOMPARE(*model.find(expected.id), expected);
        }
    }

    void textsAreTheCommandsTexts()
    {
        ContainerModel model;
        auto web = container(u"web"_s, Exited, 7200);
        web.exitCode = 137;
        model.setContainers({web}, now);
        const auto text = [&](int column, int role = Qt::DisplayRole) { return model.index(0, column).data(role).toString(); };
        QCOMPARE(text(ContainerModel::Status), statusText(web, now));
        QCOMPARE(text(ContainerModel::ContainerId), web.id.first(12));
        QCOMPARE(text(ContainerModel::Command), u"docker-entrypoint.sh redis-server"_s);
        QCOMPARE(text(ContainerModel::Name, Qt::AccessibleTextRole), u"web, exited"_s);
        QVERIFY(text(ContainerModel::Status, Qt::ToolTipRole).contains(u"SIGKILL"_s));
        QVERIFY(text(ContainerModel::Name, Qt::ToolTipRole).contains(web.id));
        for (int column = 0; column < ContainerModel::Buttons; ++column)
            QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
    }

    void sortsByRawValues_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("name") << int(ContainerModel::Name) << QStringList{u"Alpha"_s, u"beta"_s, u"delta"_s, u"Gamma"_s};
        // "2 hours" would come before "50 minutes" as text.
        QTest::newRow("created") << int(ContainerModel::Created) << QStringList{u"Gamma"_s, u"beta"_s, u"Alpha"_s, u"delta"_s};
        QTest::newRow("status") << int(ContainerModel::Status) << QStringList{u"delta"_s, u"Alpha"_s, u"Gamma"_s, u"beta"_s};
    }
    void sortsByRawValues()
    {
        QFETCH(int, column);
        QFETCH(QStringList, expected);
        ContainerModel model;
        model.setContainers({container(u"Gamma"_s, Paused, 20'000), container(u"Alpha"_s, Running, 3000),
                                container(u"delta"_s, Running, 20), container(u"beta"_s, Exited, 7300)},
            now);
        ListFilter filter(&model);
        filter.sort(column);
        QCOMPARE(namesOf(filter), expected);
        filter.sort(column, Qt::DescendingOrder);
        std::ranges::reverse(expected);
        QCOMPARE(namesOf(filter), expected);
    }

    // Of two that ended, the one that ended last comes first, whenever it was started.
    void endedOnesAreSortedByTheirEnd()
    {
        ContainerModel model;
        auto longRun = container(u"long"_s, Exited, 100'000);
        longRun.finished = now.addSecs(-10);
        auto shortRun = container(u"short"_s, Exited, 500);
        shortRun.finished = now.addSecs(-400);
        model.setContainers({shortRun, longRun}, now);
        ListFilter filter(&model);
        filter.sort(ContainerModel::Status);
        QCOMPARE(namesOf(filter), (QStringList{u"long"_s, u"short"_s}));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("states");
        QTest::addColumn<QStringList>("expected");
        using enum ListFilter::Kind;
        QTest::newRow("all") << QString() << int(All) << QStringList{u"web-1"_s, u"웹서버"_s, u"cache"_s, u"job"_s};
        QTest::newRow("running") << QString() << int(Active) << QStringList{u"web-1"_s, u"cache"_s};
        QTest::newRow("stopped") << QString() << int(Idle) << QStringList{u"웹서버"_s, u"job"_s};
        QTest::newRow("name") << u"WEB"_s << int(All) << QStringList{u"web-1"_s};
        QTest::newRow("korean") << u"웹"_s << int(All) << QStringList{u"웹서버"_s};
        QTest::newRow("two words") << u"redis cache"_s << int(All) << QStringList{u"cache"_s};
        QTest::newRow("command") << u"entrypoint job"_s << int(All) << QStringList{u"job"_s};
        QTest::newRow("short id") << samples::idOf(u"job").first(12) << int(All) << QStringList{u"job"_s};
        QTest::newRow("both") << u"web"_s << int(Idle) << QStringList{};
        QTest::newRow("blanks") << u"   "_s << int(Active) << QStringList{u"web-1"_s, u"cache"_s};
        QTest::newRow("not a pattern") << u".*"_s << int(All) << QStringList{};
    }
    void filters()
    {
        QFETCH(QString, text);
        QFETCH(int, states);
        QFETCH(QStringList, expected);
        ContainerModel model;
        model.setContainers({container(u"web-1"_s, Running), container(u"웹서버"_s, Created), container(u"cache"_s, Paused),
                                container(u"job"_s, Exited)},
            now);
        ListFilter filter(&model);
        filter.setText(text);
        filter.setKind(static_cast<ListFilter::Kind>(states));
        QCOMPARE(namesOf(filter), expected);
    }

    void filterFollowsTheState()
    {
        ContainerModel model;
        auto web = container(u"web"_s, Running);
        model.setContainers({web}, now);
        ListFilter filter(&model);
        filter.setKind(ListFilter::Kind::Active);
        QCOMPARE(filter.rowCount(), 1);
        web.state = Exited;
        model.setContainers({web}, now);
        QCOMPARE(filter.rowCount(), 0);
    }

    void pendingTextTakesTheStatusPlace()
    {
        ContainerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto web = container(u"web"_s, Running);
        model.setContainers({web}, now);
        model.setPending(web.id, u"Stopping…"_s);
        QVERIFY(model.isPending(web.id));
        QCOMPARE(model.index(0, ContainerModel::Status).data().toString(), u"Stopping…"_s);
        QCOMPARE(model.index(0, ContainerModel::Name).data(ShapeRole).toInt(), int(StateShape::Changing));
        for (const RowButton &button : buttonsOf(model, 0))
            QCOMPARE(button.enabled, button.action == ContainerModel::More);
        web.state = Exited;
        model.setContainers({web}, now); // the action is not over because something changed
        QCOMPARE(model.index(0, ContainerModel::Status).data().toString(), u"Stopping…"_s);
        model.setPending(web.id, {});
        QCOMPARE(model.index(0, ContainerModel::Status).data().toString(), statusText(web, now));

        model.setPending(u"unknown"_s, u"Stopping…"_s);
        QVERIFY(!model.isPending(u"unknown"_s));
        // Gone and come back (an id never does, in earnest): nothing is pending.
        model.setPending(web.id, u"Removing…"_s);
        model.setContainers({}, now);
        model.setContainers({web}, now);
        QVERIFY(!model.isPending(web.id));
    }

    void buttonsFollowTheStateTable()
    {
        for (const ContainerState state : allContainerStates) {
            ContainerModel model;
            model.setContainers({container(u"x"_s, state)}, now);
            const auto buttons = buttonsOf(model, 0);
            QCOMPARE(buttons.size(), 4);
            const bool starts = can(state, ContainerAction::Start);
            QCOMPARE(buttons[0].action, int(ContainerModel::StartOrStop));
            QCOMPARE(buttons[0].icon, starts ? u"start"_s : u"stop"_s);
            QCOMPARE(buttons[0].enabled, starts || can(state, ContainerAction::Stop));
            QCOMPARE(buttons[1].enabled, can(state, ContainerAction::Exec));
            QCOMPARE(buttons[2].enabled, can(state, ContainerAction::Remove) || can(state, ContainerAction::ForceRemove));
            QVERIFY(buttons[3].enabled);
            for (const RowButton &button : buttons)
                QVERIFY(!button.toolTip.isEmpty());
        }
    }

    void shapesTellStatesApart()
    {
        auto failed = container(u"x"_s, Exited);
        QCOMPARE(stateShape(failed), StateShape::Exited);
        failed.exitCode = 1;
        QCOMPARE(stateShape(failed), StateShape::Failed);
        // A clean end is nothing to be alarmed by.
        const QPalette palette;
        QVERIFY(stateColor(StateShape::Exited, palette) != stateColor(StateShape::Failed, palette));
        QCOMPARE(stateColor(StateShape::Failed, palette), stateColor(StateShape::Dead, palette));
    }

    void countsWhatRuns()
    {
        ContainerModel model;
        QList<ContainerInfo> list;
        for (const ContainerState state : allContainerStates)
            list.append(container(dockerName(state), state));
        model.setContainers(list, now);
        QCOMPARE(model.runningCount(), 3); // running, paused, restarting
    }

    void agesAreAnnouncedWhenTheyChange()
    {
        ContainerModel model;
        QVERIFY(!model.refreshTimes(now).has_value());
        auto web = container(u"web"_s, Running, 600);
        web.created = web.started;
        model.setContainers({web}, now);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto wait = model.refreshTimes(now.addSecs(10));
        QCOMPARE(changed.count(), 0); // still 10 minutes
        QVERIFY(wait.has_value());
        QCOMPARE(*wait, 50s);
        QCOMPARE(model.refreshTimes(now.addSecs(60)), std::optional<std::chrono::milliseconds>(60s));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.index(0, ContainerModel::Status).data().toString(), u"Up 11 minutes"_s);
    }

    // Ten thousand containers are no case, a thousand may be one.
    void aThousandAreReadQuickly()
    {
        QList<ContainerInfo> list;
        for (int number = 0; number < 1000; ++number)
            list.append(container(u"c%1"_s.arg(number), Running));
        ContainerModel model;
        QBENCHMARK_ONCE
        {
            model.setContainers(list, now);
            for (ContainerInfo &info : list)
                info.state = Exited;
            model.setContainers(list, now);
        }
        QCOMPARE(model.rowCount(), 1000);
    }
};

QTEST_MAIN(TestContainerModel)
#include "tst_containermodel.moc"
