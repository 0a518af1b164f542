// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/listtable.h"

#include "../samples.h"
#include "gui/models/containermodel.h"
#include "gui/models/listfilter.h"
#include "gui/models/rowdelegate.h"
#include "ownsettings.h"

#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;
using enum ContainerModel::Column;

namespace {

class Shown {
public:
    explicit Shown(int width = 900, int rows = 3)
    {
        auto *box = new QVBoxLayout(&window);
        box->addWidget(&before);
        box->addWidget(&table);
        table.setUp(&filter, u"test"_s, {ContainerId, Command}, Name, Qt::AscendingOrder);
        window.resize(width, 400);
        window.show();
        window.activateWindow();
        QList<ContainerInfo> list;
        for (int row = 0; row < rows; ++row) {
            list.append(samples::container(u"name-%1"_s.arg(row), ContainerState::Running));
            list.last().imageName = u"registry.example.org:5000/team/with-a-long-name/of-an-image:feature-branch-4711"_s;
        }
        model.setContainers(list, samples::now); // after setUp, as the window does
        QCoreApplication::processEvents();
    }
    ~Shown()
    {
        table.setParent(nullptr);
        before.setParent(nullptr);
    }
    void clickButton(int number, Qt::MouseButton button = Qt::LeftButton)
    {
        const QModelIndex index = filter.index(0, Buttons);
        const QRect cell = table.visualRect(index);
        QTest::mouseClick(table.viewport(), button, {}, RowDelegate::buttonRect(cell, 4, number).center());
    }

    ContainerModel model;
    ListFilter filter{&model};
    QWidget window;
    QPushButton before;
    ListTable table;
};

} // namespace

class TestListTable : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void buttonsAreClickedWithoutSelecting()
    {
        Shown shown;
        const QSignalSpy clicked(&shown.table, &ListTable::rowButtonClicked);
        shown.clickButton(0);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.last().at(0).toString(), samples::idOf(u"name-0"));
        QCOMPARE(clicked.last().at(1).toInt(), int(ContainerModel::StartOrStop));
        shown.clickButton(3);
        QCOMPARE(clicked.last().at(1).toInt(), int(ContainerModel::More));
        QVERIFY(shown.table.selectedIds().isEmpty());
        // Pressed on a button and let go elsewhere: nothing.
        const QRect cell = shown.table.visualRect(shown.filter.index(0, Buttons));
        QTest::mousePress(shown.table.viewport(), Qt::LeftButton, {}, RowDelegate::buttonRect(cell, 4, 2).center());
        QTest::mouseRelease(shown.table.viewport(), Qt::LeftButton, {}, {20, 200});
        QCOMPARE(clicked.count(), 2);
        // One that is not allowed now does nothing either.
        shown.model.setPending(samples::idOf(u"name-0"), u"Stopping…"_s);
        shown.clickButton(0);
        QCOMPARE(clicked.count(), 2);
    }

    void everyColumnFitsWhereItCan()
    {
        for (const int width : {620, 760, 900, 1400, 2200}) {
            const Shown shown(width);
            const QHeaderView *header = shown.table.horizontalHeader();
            QVERIFY2(shown.table.columnWidth(Buttons) >= 4 * RowDelegate::buttonSide, QByteArray::number(width));
            if (width >= 760)
                QCOMPARE(header->length(), shown.table.viewport()->width());
            QVERIFY(shown.table.columnWidth(Name) >= 180);
            // A status or an age is never cut before the name of an image.
            if (width >= 900) {
                for (const int column : {int(Status), int(Created)})
                    QVERIFY(
                        shown.table.columnWidth(column) >= shown.table.sizeHintForIndex(shown.filter.index(0, column)).width());
            }
            if (width == 2200)
                QVERIFY(shown.table.columnWidth(Image) >= shown.table.sizeHintForIndex(shown.filter.index(0, Image)).width());
        }
    }

    void widthsOfAPersonStay()
    {
        {
            Shown shown;
            shown.table.horizontalHeader()->resizeSection(Image, 333); // as dragging does
            shown.window.resize(1100, 400);
            QCoreApplication::processEvents();
            QCOMPARE(shown.table.columnWidth(Image), 333);
            shown.model.setContainers({}, samples::now);
            shown.model.setContainers({samples::container(u"x"_s, ContainerState::Running)}, samples::now);
            QCOMPARE(shown.table.columnWidth(Image), 333);
            shown.table.sortByColumn(Created, Qt::DescendingOrder);
        }
        Shown again;
        QCOMPARE(again.table.columnWidth(Image), 333);
        QVERIFY(again.table.isColumnHidden(Command));
        QCOMPARE(again.table.horizontalHeader()->sortIndicatorSection(), int(Created));
        QVERIFY(again.table.columnWidth(Buttons) >= 4 * RowDelegate::buttonSide);
    }

    void columnsAreChosenInTheHeader()
    {
        {
            Shown shown;
            QVERIFY(shown.table.isColumnHidden(ContainerId));
            Q_EMIT shown.table.horizontalHeader()->customContextMenuRequested({5, 5});
            const auto *menu = shown.table.findChild<QMenu *>();
            QVERIFY(menu != nullptr);
            QStringList texts;
            for (QAction *action : menu->actions()) {
                texts.append(action->text());
                if (action->text() == "Container ID"_L1)
                    action->setChecked(true);
            }
            QVERIFY(!texts.contains(u"Name"_s)); // stays
            QVERIFY(!shown.table.isColumnHidden(ContainerId));
        }
        const Shown again;
        QVERIFY(!again.table.isColumnHidden(ContainerId));
        QCOMPARE(again.table.horizontalHeader()->length(), again.table.viewport()->width());
    }

    // A later version has other columns, and what is remembered by their numbers would be about others.
    void otherColumnsAreNotRemembered()
    {
        {
            Shown shown;
            shown.table.hideColumn(Image);
            Q_EMIT shown.table.horizontalHeader()->sortIndicatorChanged(Name, Qt::AscendingOrder); // saves
        }
        QVERIFY(Shown().table.isColumnHidden(Image));
        QSettings().setValue(u"columncount/test"_s, ColumnCount - 2);
        QVERIFY(!Shown().table.isColumnHidden(Image));
    }

    void rowsInSight()
    {
        Shown shown(900, 200);
        const QStringList above = shown.table.idsInSight();
        QVERIFY(above.size() > 3 && above.size() < 20);
        QCOMPARE(above.first(), samples::idOf(u"name-0"));
        QSignalSpy changed(&shown.table, &ListTable::sightChanged);
        shown.table.scrollToBottom();
        QVERIFY(!changed.isEmpty());
        QVERIFY(!shown.table.idsInSight().contains(above.first()));
        QCOMPARE(shown.table.idsInSight().last(), shown.filter.index(199, 0).data(IdRole).toString());
        shown.window.hide();
        QVERIFY(shown.table.idsInSight().isEmpty());
    }

    // Whatever modifier keys are held, a row that is chosen by the program is the only one.
    void programsChooseOneRow()
    {
        Shown shown;
        shown.table.selectAll();
        QTest::keyPress(&shown.table, Qt::Key_Shift);
        shown.table.selectId(samples::idOf(u"name-1"));
        QTest::keyRelease(&shown.table, Qt::Key_Shift);
        QCOMPARE(shown.table.selectedIds(), QStringList{samples::idOf(u"name-1")});
        QCOMPARE(shown.table.currentId(), samples::idOf(u"name-1"));
        shown.table.selectId(u"nobody"_s);
        QCOMPARE(shown.table.selectedIds(), QStringList{samples::idOf(u"name-1")});
    }

    void keyboardsPlaceIsFramed()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        shown.before.setFocus();
        const QImage without = shown.table.viewport()->grab().toImage();
        QTest::keyClick(&shown.before, Qt::Key_Tab);
        QVERIFY(shown.table.hasFocus());
        const QImage framed = shown.table.viewport()->grab().toImage();
        QVERIFY(framed != without);
        QVERIFY(shown.table.selectedIds().isEmpty()); // arriving selects nothing
        QTest::keyClick(&shown.table, Qt::Key_Tab);   // leaves the table instead of walking through cells
        QVERIFY(!shown.table.hasFocus());
    }

    void sortingIsToBeSeen()
    {
        Shown shown;
        shown.table.sortByColumn(Name, Qt::AscendingOrder);
        const QImage up = shown.table.horizontalHeader()->grab().toImage();
        shown.table.sortByColumn(Name, Qt::DescendingOrder);
        const QImage down = shown.table.horizontalHeader()->grab().toImage();
        QVERIFY(up != down);
        shown.table.sortByColumn(Created, Qt::DescendingOrder);
        QVERIFY(shown.table.horizontalHeader()->grab().toImage() != down);
    }

    void activatedByEnterAndDoubleClick()
    {
        Shown shown;
        const QSignalSpy activated(&shown.table, &ListTable::activatedId);
        shown.table.selectId(samples::idOf(u"name-2"));
        QTest::keyClick(&shown.table, Qt::Key_Enter);
        QCOMPARE(activated.last().first().toString(), samples::idOf(u"name-2"));
        const QPoint place = shown.table.visualRect(shown.filter.index(0, Name)).center();
        QTest::mouseClick(shown.table.viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(shown.table.viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(activated.last().first().toString(), samples::idOf(u"name-0"));
        // Two quick clicks on a button are two clicks on a button.
        const auto count = activated.count();
        shown.clickButton(3);
        const QRect cell = shown.table.visualRect(shown.filter.index(0, Buttons));
        QTest::mouseDClick(shown.table.viewport(), Qt::LeftButton, {}, RowDelegate::buttonRect(cell, 4, 3).center());
        QCOMPARE(activated.count(), count);
    }
};

QTEST_MAIN(TestListTable)
#include "tst_listtable.moc"
