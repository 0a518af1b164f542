// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/containerspage.h"

#include "../samples.h"
#include "gui/views/detailrows.h"
#include "gui/views/detailspane.h"
#include "gui/views/emptypage.h"
#include "gui/views/lifecycleview.h"
#include "gui/views/listtable.h"
#include "ownsettings.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>

#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;
using enum ContainerState;

namespace {

// The page in a window of its own, with what a person can press.
class Shown {
public:
    explicit Shown(const QList<ContainerInfo> &containers = oneOfEach())
    {
        model.setContainers(containers, QDateTime::currentDateTimeUtc());
        page.resize(1000, 700);
        page.show();
        page.activateWindow();
        page.refresh();
        table()->setFocus();
    }
    static QList<ContainerInfo> oneOfEach()
    {
        QList<ContainerInfo> list;
        for (const ContainerState state : allContainerStates)
            list.append(samples::container(dockerName(state), state));
        return list;
    }
    [[nodiscard]] ListTable *table() const { return page.findChild<ListTable *>(); }
    [[nodiscard]] EmptyPage *empty() const { return page.findChild<EmptyPage *>(); }
    [[nodiscard]] QString emptyTitle() const
    {
        return empty()->isVisible() ? empty()->findChild<QLabel *>(u"titleLabel"_s)->text() : QString();
    }
    void press(const QString &button) const { page.findChild<QAbstractButton *>(button)->click(); }
    void pressEmpty() const { empty()->findChild<QPushButton *>()->click(); }
    void filter(const QString &text) const { page.findChild<QLineEdit *>(u"filterEdit"_s)->setText(text); }
    void select(ContainerState state) { page.select(samples::idOf(dockerName(state))); }

    ContainerModel model;
    ContainersPage page{&model};
};

using Requested = QPair<ContainerAction, QStringList>;
Requested requested(const QSignalSpy &spy)
{
    return {spy.last().at(0).value<ContainerAction>(), spy.last().at(1).toStringList()};
}

} // namespace

class TestContainersPage : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void filesDropOnRowsThatTakeThem()
    {
        Shown shown;
        const auto at = [&](int row) {
            const QRect cell = shown.table()->visualRect(shown.table()->model()->index(row, ContainerModel::Status));
            return shown.table()->viewport()->mapToGlobal(cell.center());
        };
        int taking = 0;
        for (int row = 0; row < shown.table()->model()->rowCount(); ++row) {
            const QString id = shown.table()->model()->index(row, 0).data(IdRole).toString();
            const bool takes = can(shown.model.find(id)->state, ContainerAction::Copy);
            QCOMPARE(shown.page.dropTargetAt(at(row)), takes ? id : QString());
            taking += takes ? 1 : 0;
        }
        QVERIFY(taking > 1 && taking < shown.model.rowCount());
        QCOMPARE(shown.page.dropTargetAt(shown.page.mapToGlobal(QPoint(5, 5))), QString());
        QCOMPARE(shown.page.dropTargetAt(shown.table()->viewport()->mapToGlobal(QPoint(50, 5000))), QString());

        const QImage before = shown.table()->viewport()->grab().toImage();
        shown.page.showDropTarget(samples::idOf(u"running"));
        QVERIFY(shown.table()->viewport()->grab().toImage() != before);
        shown.page.showDropTarget({});
        QCOMPARE(shown.table()->viewport()->grab().toImage(), before);
    }

    void tabGoesFromTheTopToTheList()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        shown.select(Running);
        shown.page.findChild<QPushButton *>(u"cleanUpButton"_s)->setFocus();
        QStringList order;
        for (int step = 0; step < 30 && QApplication::focusWidget() != shown.table(); ++step) {
            QWidget *now = QApplication::focusWidget();
            const auto *button = qobject_cast<QToolButton *>(now);
            order.append(button != nullptr && button->defaultAction() != nullptr ? button->text() : now->objectName());
            QTest::keyClick(now, Qt::Key_Tab);
        }
        order.removeIf([](const QString &name) { return name.endsWith("Button"_L1) && name != "runButton"_L1; });
        QCOMPARE(order,
            (QStringList{u"runButton"_s, u"filterEdit"_s, u"Stop"_s, u"Restart"_s, u"Pause"_s, u"Kill"_s, u"Open terminal…"_s,
                u"Rename…"_s, u"Remove…"_s}));
        QCOMPARE(QApplication::focusWidget(), shown.table());
    }

    void actionsFollowTheStateTable()
    {
        Shown shown;
        using enum ContainerAction;
        for (const ContainerState state : allContainerStates) {
            shown.select(state);
            QCOMPARE(shown.page.selectedIds(), QStringList{samples::idOf(dockerName(state))});
            for (const ContainerAction action : {Start, Stop, Kill, Restart, Pause, Unpause, Rename, Commit, Export, Update})
                QCOMPARE(shown.page.action(action)->isEnabled(), can(state, action));
            QCOMPARE(shown.page.action(Remove)->isEnabled(), can(state, Remove) || can(state, ForceRemove));
            QCOMPARE(shown.page.terminalAction()->isEnabled(), can(state, Exec));
            QCOMPARE(shown.page.copyOutAction()->isEnabled(), can(state, Copy));
            QCOMPARE(shown.page.copyInAction()->isEnabled(), can(state, Copy));
        }
        shown.table()->clearSelection();
        for (const ContainerAction action : {Start, Stop, Kill, Restart, Pause, Unpause, Rename, Remove, Commit, Export, Update})
            QVERIFY(!shown.page.action(action)->isEnabled());
    }

    void bulkActionsTakeThoseThatMay()
    {
        Shown shown;
        const QSignalSpy spy(&shown.page, &ContainersPage::actionRequested);
        shown.table()->selectAll();
        QVERIFY(!shown.page.action(ContainerAction::Rename)->isEnabled());
        QVERIFY(!shown.page.terminalAction()->isEnabled());
        QVERIFY(shown.page.findChild<QLabel *>(u"selectionLabel"_s)->text().contains(u'7'));
        shown.page.action(ContainerAction::Stop)->trigger();
        auto [action, ids] = requested(spy);
        QCOMPARE(action, ContainerAction::Stop);
        ids.sort();
        QStringList expected{samples::idOf(u"running"), samples::idOf(u"paused"), samples::idOf(u"restarting")};
        expected.sort();
        QCOMPARE(ids, expected);
        // One that is being worked on is left alone.
        shown.model.setPending(samples::idOf(u"running"), u"Stopping…"_s);
        shown.page.action(ContainerAction::Stop)->trigger();
        QVERIFY(!requested(spy).second.contains(samples::idOf(u"running")));
    }

    void actionsFollowASnapshot()
    {
        Shown shown;
        shown.select(Running);
        QVERIFY(shown.page.action(ContainerAction::Stop)->isEnabled());
        auto list = Shown::oneOfEach();
        list[1].state = Exited;
        shown.model.setContainers(list, QDateTime::currentDateTimeUtc());
        shown.page.refresh();
        QVERIFY(!shown.page.action(ContainerAction::Stop)->isEnabled());
        QVERIFY(shown.page.action(ContainerAction::Start)->isEnabled());
        QCOMPARE(shown.page.selectedIds(), QStringList{list[1].id});
        list.removeAt(1);
        shown.model.setContainers(list, QDateTime::currentDateTimeUtc());
        shown.page.refresh();
        QVERIFY(!shown.page.selectedIds().contains(samples::idOf(u"running")));
    }

    void worksByKeyboardAlone()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        const QSignalSpy spy(&shown.page, &ContainersPage::actionRequested);
        QVERIFY(shown.table()->hasFocus());
        QTest::keyClick(shown.table(), Qt::Key_Space); // the row that has the frame
        QCOMPARE(shown.page.selectedIds().size(), 1);
        for (int row = 0; row < 7 && shown.page.selectedIds().value(0) != samples::idOf(u"running"); ++row)
            QTest::keyClick(shown.table(), Qt::Key_Down);
        const QStringList running{samples::idOf(u"running")};
        QCOMPARE(shown.page.selectedIds(), running);

        QTest::keyClick(shown.table(), Qt::Key_F2);
        QCOMPARE(requested(spy), Requested(ContainerAction::Rename, running));
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(requested(spy), Requested(ContainerAction::Remove, running));
        QTest::keyClick(shown.table(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(requested(spy), Requested(ContainerAction::Stop, running));
        QTest::keyClick(shown.table(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(requested(spy), Requested(ContainerAction::Restart, running));
        const int before = static_cast<int>(spy.count());
        QTest::keyClick(shown.table(), Qt::Key_Return, Qt::ControlModifier); // Start; it runs
        QCOMPARE(spy.count(), before);

        // Enter opens the details again after they were closed; Escape lets go of the selection.
        shown.page.details()->findChild<QToolButton *>(u"closeButton"_s)->click();
        QVERIFY(!shown.page.details()->isVisible());
        QTest::keyClick(shown.table(), Qt::Key_Return);
        QVERIFY(shown.page.details()->isVisible());
        QTest::keyClick(shown.table(), Qt::Key_Escape);
        QVERIFY(shown.page.selectedIds().isEmpty());
        QVERIFY(!shown.page.details()->isVisible());
    }

    void deleteInTheFilterDeletesText()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        const QSignalSpy spy(&shown.page, &ContainersPage::actionRequested);
        shown.select(Running);
        shown.filter(u"runn"_s);
        shown.page.focusFilter();
        auto *edit = shown.page.findChild<QLineEdit *>(u"filterEdit"_s);
        QVERIFY(edit->hasFocus());
        QTest::keyClick(edit, Qt::Key_Delete);
        QCOMPARE(edit->text(), QString());
        QCOMPARE(spy.count(), 0);
    }

    void menuOpensByKeyAndByPointer()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        shown.select(Paused);
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(shown.table()->viewport(), &byKey);
        auto *menu = shown.page.findChild<QMenu *>();
        QVERIFY(menu != nullptr && menu->isVisible());
        QStringList enabled;
        for (const QAction *action : menu->actions()) {
            if (action->isEnabled() && !action->isSeparator())
                enabled.append(action->text());
        }
        QCOMPARE(enabled,
            (QStringList{u"Stop"_s, u"Restart"_s, u"Unpause"_s, u"Kill"_s, u"Rename…"_s, u"Restart policy…"_s,
                u"Make an image…"_s, u"Export its files…"_s, u"Copy files out…"_s, u"Copy files in…"_s, u"Copy ID"_s,
                u"Remove…"_s}));
        for (QAction *action : menu->actions()) {
            if (action->text() == "Copy ID"_L1)
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), samples::idOf(u"paused"));
        menu->close();
        QTRY_VERIFY(shown.page.findChild<QMenu *>() == nullptr);

        // By pointer the row below it is meant, and it alone, whatever keys are held.
        const QModelIndex row = shown.table()->model()->index(0, 0);
        const QPoint place = shown.table()->visualRect(row).center();
        QContextMenuEvent byPointer(QContextMenuEvent::Mouse, place, shown.table()->viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(shown.table()->viewport(), &byPointer);
        QVERIFY(shown.page.findChild<QMenu *>() != nullptr);
        QCOMPARE(shown.page.selectedIds(), QStringList{row.data(IdRole).toString()});
        shown.page.findChild<QMenu *>()->close();
    }

    void rowButtonsAct()
    {
        Shown shown({samples::container(u"up"_s, Running), samples::container(u"down"_s, Exited)});
        const QSignalSpy spy(&shown.page, &ContainersPage::actionRequested);
        const QSignalSpy terminal(&shown.page, &ContainersPage::terminalRequested);
        const QString up = samples::idOf(u"up");
        Q_EMIT shown.table()->rowButtonClicked(up, ContainerModel::StartOrStop, {});
        QCOMPARE(requested(spy), Requested(ContainerAction::Stop, {up}));
        Q_EMIT shown.table()->rowButtonClicked(samples::idOf(u"down"), ContainerModel::StartOrStop, {});
        QCOMPARE(requested(spy), Requested(ContainerAction::Start, {samples::idOf(u"down")}));
        Q_EMIT shown.table()->rowButtonClicked(up, ContainerModel::Remove, {});
        QCOMPARE(requested(spy), Requested(ContainerAction::Remove, {up}));
        Q_EMIT shown.table()->rowButtonClicked(up, ContainerModel::Terminal, {});
        QCOMPARE(terminal.count(), 1);
        Q_EMIT shown.table()->rowButtonClicked(u"gone"_s, ContainerModel::Remove, {});
        QCOMPARE(spy.count(), 3);
    }

    void emptyPagesHelp()
    {
        Shown shown({});
        const QSignalSpy import(&shown.page, &ContainersPage::importRequested);
        const QSignalSpy run(&shown.page, &ContainersPage::runRequested);
        QCOMPARE(shown.emptyTitle(), u"No containers yet"_s);
        shown.pressEmpty();
        QCOMPARE(import.count(), 1);
        QCOMPARE(shown.empty()->findChild<QLabel *>(u"commandLabel"_s)->text(), u"berth load -i FILE"_s);
        shown.page.setHasImages(true);
        shown.pressEmpty();
        QCOMPARE(run.count(), 1);

        shown.model.setContainers({samples::container(u"done"_s, Exited)}, samples::now);
        shown.page.refresh();
        QCOMPARE(shown.emptyTitle(), QString());
        shown.press(u"activeButton"_s);
        QCOMPARE(shown.emptyTitle(), u"No container is running"_s);
        shown.pressEmpty(); // "Show all"
        QCOMPARE(shown.emptyTitle(), QString());
        shown.filter(u"<b>x</b>"_s);
        QCOMPARE(shown.emptyTitle(), u"No container matches “<b>x</b>”"_s);
        QCOMPARE(shown.empty()->findChild<QLabel *>(u"titleLabel"_s)->textFormat(), Qt::PlainText);
        shown.pressEmpty(); // "Clear the filter"
        QCOMPARE(shown.emptyTitle(), QString());
    }

    // A snapshot that finds or loses matches shows the table or the empty page by itself.
    void emptyPageFollowsSnapshots()
    {
        Shown shown({samples::container(u"a"_s, Running)});
        shown.press(u"idleButton"_s);
        QVERIFY(!shown.emptyTitle().isEmpty());
        shown.model.setContainers({samples::container(u"a"_s, Exited)}, samples::now);
        shown.page.refresh();
        QCOMPARE(shown.emptyTitle(), QString());
    }

    void nothingIsClaimedBeforeTheFirstSnapshot()
    {
        ContainerModel model;
        ContainersPage page(&model);
        page.show();
        QVERIFY(!page.findChild<EmptyPage *>()->isVisible());
        page.refresh();
        QVERIFY(page.findChild<EmptyPage *>()->isVisible());
    }

    void problemIsShown()
    {
        Shown shown({});
        shown.page.setProblem(u"The helper is not installed."_s);
        QCOMPARE(shown.emptyTitle(), u"Berth cannot run containers yet"_s);
        QCOMPARE(shown.empty()->findChild<QLabel *>(u"textLabel"_s)->text(), u"The helper is not installed."_s);
        QVERIFY(!shown.empty()->findChild<QPushButton *>()->isVisible());
        shown.page.setProblem({});
        QCOMPARE(shown.emptyTitle(), u"No containers yet"_s);
    }

    void detailsFollowTheSelection()
    {
        Shown shown;
        QVERIFY(!shown.page.details()->isVisible());
        shown.select(Running);
        QVERIFY(shown.page.details()->isVisible());
        QCOMPARE(shown.page.details()->shownId(), samples::idOf(u"running"));
        shown.select(Exited);
        QCOMPARE(shown.page.details()->shownId(), samples::idOf(u"exited"));
        shown.table()->selectAll();
        QVERIFY(!shown.page.details()->isVisible());
        shown.select(Running);
        shown.page.details()->findChild<QToolButton *>(u"closeButton"_s)->click(); // closed: another row does not bring it back
        shown.select(Exited);
        QVERIFY(!shown.page.details()->isVisible());
    }

    // The row that was clicked stays in view when the details open below it.
    void openingDetailsDoesNotHideTheRow()
    {
        QList<ContainerInfo> list;
        for (int number = 0; number < 12; ++number)
            list.append(samples::container(u"c%1"_s.arg(number, 2, 10, QChar(u'0')), Running, 100 + number));
        Shown shown(list);
        QCoreApplication::processEvents();
        const QModelIndex lowest = shown.table()->indexAt({20, shown.table()->viewport()->height() - 8});
        const QModelIndex row = lowest.isValid() ? lowest : shown.table()->model()->index(11, 0);
        shown.page.select(row.data(IdRole).toString());
        QTRY_VERIFY(shown.page.details()->isVisible());
        QTRY_VERIFY(shown.table()->viewport()->rect().contains(shown.table()->visualRect(row).adjusted(0, 1, 0, -1)));
    }

    void lifecycleAsksForAllowedActions_data()
    {
        using enum ContainerAction;
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QList<int>>("allowed");
        QTest::newRow("running") << int(Running) << u"running"_s << QList<int>{int(Stop), int(Kill), int(Pause)};
        QTest::newRow("paused") << int(Paused) << u"paused"_s << QList<int>{int(Stop), int(Kill), int(Unpause)};
    }
    void lifecycleAsksForAllowedActions()
    {
        QFETCH(int, row);
        QFETCH(QString, id);
        QFETCH(QList<int>, allowed);
        Shown shown;
        shown.select(static_cast<ContainerState>(row));
        const QSignalSpy spy(&shown.page, &ContainersPage::actionRequested);
        auto *picture = shown.page.details()->findChild<LifecycleView *>();
        QSet<int> actions;
        for (int y = 0; y < picture->height(); y += 6) {
            for (int x = 0; x < picture->width(); x += 6) {
                const auto before = spy.count();
                QTest::mouseClick(picture, Qt::LeftButton, {}, {x, y});
                if (spy.count() > before) {
                    QCOMPARE(requested(spy).second, QStringList{samples::idOf(id)});
                    actions.insert(int(requested(spy).first));
                }
            }
        }
        QCOMPARE(actions, QSet<int>(allowed.cbegin(), allowed.cend()));
        QVERIFY(picture->accessibleName().contains(id));
    }

    void totalsAreShown()
    {
        Shown shown;
        const QString totals = shown.page.findChild<QLabel *>(u"totalsLabel"_s)->text();
        QVERIFY2(totals.contains(u"3 running"_s) && totals.contains(u'7'), qPrintable(totals));
    }

    void changesAreReadWhenTheyAreSeen()
    {
        Shown shown;
        const QSignalSpy wanted(shown.page.details(), &DetailsPane::rowsWanted);
        shown.select(Exited);
        shown.page.details()->showTab(DetailsPane::Changes);
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().last().toString(), samples::idOf(u"exited"));
        const auto views = shown.page.details()->findChildren<RowsView *>();
        const auto found = std::ranges::find_if(views, [](const RowsView *view) { return view->isVisible(); });
        QVERIFY(found != views.end());
        const RowsView *view = *found;
        QCOMPARE(view->notice(), u"Reading…"_s);
        shown.page.details()->setRows(DetailsPane::Changes, samples::idOf(u"exited"),
            changeRows({{PathChange::Kind::Changed, "/etc"}, {PathChange::Kind::Added, "/etc/새 파일"},
                {PathChange::Kind::Deleted, "/etc/motd"}}));
        QCOMPARE(view->rows().rows,
            (QList<QStringList>{{u"Changed"_s, u"/etc"_s}, {u"Added"_s, u"/etc/새 파일"_s}, {u"Deleted"_s, u"/etc/motd"_s}}));
        shown.page.details()->setRows(DetailsPane::Changes, samples::idOf(u"exited"), changeRows({}));
        QVERIFY2(view->notice().contains(u"Nothing differs"_s), qPrintable(view->notice()));
        // What starts anew may change something.
        auto list = shown.model.rows();
        for (ContainerInfo &container : list) {
            if (container.name == "exited"_L1)
                container.state = Running;
        }
        shown.model.setContainers(list, samples::now);
        shown.page.refresh();
        QTRY_COMPARE(wanted.count(), 2);
    }

    void inspectIsAskedForAndShown()
    {
        Shown shown;
        const QSignalSpy spy(&shown.page, &ContainersPage::inspectWanted);
        shown.select(Running);
        QTest::qWait(150);
        QCOMPARE(spy.count(), 0); // nobody looks at it
        shown.page.details()->showTab(DetailsPane::Inspect);
        QTRY_VERIFY(spy.count() > 0);
        QCOMPARE(spy.last().first().toString(), samples::idOf(u"running"));
        shown.page.details()->setInspect(samples::idOf(u"exited"), {{u"Name"_s, u"/other"_s}}); // came too late
        shown.page.details()->setInspect(samples::idOf(u"running"), {{u"Name"_s, u"/running"_s}});
        QStringList texts;
        for (const QPlainTextEdit *edit : shown.page.details()->findChildren<QPlainTextEdit *>())
            texts.append(edit->toPlainText());
        QVERIFY(texts.join(u' ').contains(u"/running"_s));
        QVERIFY(!texts.join(u' ').contains(u"/other"_s));
    }

    // Everything a key can reach can be seen by a screen reader.
    void everyButtonHasAName()
    {
        const Shown shown;
        shown.page.findChild<DetailsPane *>()->showContainer(samples::container(u"x"_s, Running));
        for (const QAbstractButton *button : shown.page.findChildren<QAbstractButton *>()) {
            const QByteArray kind = button->metaObject()->className(); // parts of Qt's own widgets name themselves
            if (button->isVisible() && kind != "QTableCornerButton" && kind != "QLineEditIconButton")
                QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty() || !button->toolTip().isEmpty(),
                    qPrintable(button->objectName() + QString::fromLatin1(kind)));
        }
        for (const QAction *action : shown.page.actions())
            QVERIFY(!action->toolTip().isEmpty());
    }
};

QTEST_MAIN(TestContainersPage)
#include "tst_containerspage.moc"
