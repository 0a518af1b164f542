// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/imagespage.h"

#include "../samples.h"
#include "gui/views/detailrows.h"
#include "gui/views/detailspane.h"
#include "gui/views/emptypage.h"
#include "gui/views/listtable.h"
#include "ownsettings.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextEdit>

#include <algorithm>
#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;
using samples::image;

namespace {

class Shown {
public:
    explicit Shown(const QList<ImageInfo> &images = some())
    {
        model.setImages(images, QDateTime::currentDateTimeUtc());
        page.resize(1000, 700);
        page.show();
        page.activateWindow();
        page.refresh();
        table()->setFocus();
    }
    static QList<ImageInfo> some()
    {
        return {image("redis", {u"docker.io/library/redis:8"_s, u"docker.io/library/redis:latest"_s}, 128'000'000, 2, 100),
            image("none", {}, 5000, 0, 200)};
    }
    [[nodiscard]] ListTable *table() const { return page.findChild<ListTable *>(); }
    [[nodiscard]] QString emptyTitle() const
    {
        const auto *empty = page.findChild<EmptyPage *>();
        return empty->isVisible() ? empty->findChild<QLabel *>(u"titleLabel"_s)->text() : QString();
    }
    [[nodiscard]] QString key(int row) const { return model.rowAt(row).key(); }
    void pressEmpty() const { page.findChild<EmptyPage *>()->findChild<QPushButton *>()->click(); }

    ImageModel model;
    ImagesPage page{&model};
};

} // namespace

class TestImagesPage : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void asksToRunAndRemove()
    {
        Shown shown;
        const QSignalSpy run(&shown.page, &ImagesPage::runRequested);
        const QSignalSpy remove(&shown.page, &ImagesPage::removeRequested);
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QVERIFY(!shown.page.runAction()->isEnabled());
        shown.page.select(shown.key(1));
        shown.page.runAction()->trigger();
        QCOMPARE(run.last().first().toString(), u"redis:latest"_s);
        shown.page.select(shown.key(2));
        shown.page.runAction()->trigger();
        QCOMPARE(run.last().first().toString(), Digest::ofBytes("none").shortHex());
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(remove.last().first().toStringList(), QStringList{shown.key(2)});
        shown.table()->selectAll();
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QVERIFY(!shown.page.runAction()->isEnabled());
        shown.page.removeAction()->trigger();
        QCOMPARE(remove.last().first().toStringList().size(), 3);
        // The page's own button runs the newest when nothing is chosen.
        shown.table()->clearSelection();
        shown.page.findChild<QPushButton *>(u"runButton"_s)->click();
        QCOMPARE(run.last().first().toString(), QString());
    }

    void namesAndSaves()
    {
        Shown shown;
        const QSignalSpy tag(&shown.page, &ImagesPage::tagRequested);
        const QSignalSpy save(&shown.page, &ImagesPage::saveRequested);
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QVERIFY(!shown.page.tagAction()->isEnabled());
        QVERIFY(!shown.page.saveAction()->isEnabled());
        shown.page.select(shown.key(1));
        QTest::keyClick(shown.table(), Qt::Key_F2);
        QCOMPARE(tag.last().first().toString(), shown.key(1));
        shown.table()->selectAll();
        QVERIFY(!shown.page.tagAction()->isEnabled()); // one at a time
        QTest::keyClick(shown.table(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(save.last().first().toStringList().size(), 3); // into one archive
    }

    void historyIsReadWhenItIsSeen()
    {
        Shown shown;
        const QSignalSpy wanted(shown.page.details(), &DetailsPane::rowsWanted);
        shown.page.select(shown.key(0));
        QTest::qWait(200); // longer than the details wait before they load
        QCOMPARE(wanted.count(), 0);
        shown.page.details()->showTab(DetailsPane::History);
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().last().toString(), shown.key(0));
        const auto views = shown.page.details()->findChildren<RowsView *>();
        const auto found = std::ranges::find_if(views, [](const RowsView *each) { return each->isVisible(); });
        QVERIFY(found != views.end());
        const RowsView *view = *found;
        QCOMPARE(view->notice(), u"Reading…"_s);
        const QList<HistoryEntry> history{{.image = {},
                                              .created = samples::now.addSecs(-7200),
                                              .createdBy = u"CMD [\"redis-server\"]"_s,
                                              .comment = u"buildkit"_s,
                                              .size = 0},
            {.image = {}, .created = {}, .createdBy = u"ADD rootfs.tar /"_s, .comment = {}, .size = 74'800'000}};
        shown.page.details()->setRows(DetailsPane::History, shown.key(0), historyRows(history, samples::now));
        QCOMPARE(view->notice(), QString());
        QCOMPARE(view->rows().rows.first().mid(1), (QStringList{u"CMD [\"redis-server\"] # buildkit"_s, u"0B"_s}));
        QCOMPARE(view->rows().rows.last(), (QStringList{{}, u"ADD rootfs.tar /"_s, u"74.8MB"_s}));
        // What belongs to another image is not shown here.
        shown.page.details()->setRows(DetailsPane::History, shown.key(1), historyRows({}, samples::now));
        QCOMPARE(view->rows().rows.size(), 2);
        shown.page.select(shown.key(2));
        QCOMPARE(view->notice(), u"Reading…"_s);
        QTRY_COMPARE(wanted.count(), 2);
        shown.page.details()->setRows(DetailsPane::History, shown.key(2), historyRows({}, samples::now));
        QVERIFY(!view->notice().isEmpty());
    }

    void worksByKeyboardAlone()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QTest::keyClick(shown.table(), Qt::Key_Space); // the row that has the frame
        QCOMPARE(shown.page.selectedIds().size(), 1);
        QTest::keyClick(shown.table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(shown.page.selectedIds().size(), 2);
        QTest::keyClick(shown.table(), Qt::Key_Down);
        QCOMPARE(shown.page.selectedIds().size(), 1);
        QTest::keyClick(shown.table(), Qt::Key_Return);
        QVERIFY(shown.page.details()->isVisible());
        // An image has no logs.
        const auto *tabs = shown.page.details()->findChild<QTabWidget *>();
        QVERIFY(!tabs->isTabVisible(DetailsPane::Logs));
        QVERIFY(tabs->isTabVisible(DetailsPane::Inspect));
    }

    void menuCopies()
    {
        Shown shown;
        shown.page.select(shown.key(0));
        Q_EMIT shown.table()->menuRequested({10, 10});
        const auto *menu = shown.page.findChild<QMenu *>();
        QVERIFY(menu != nullptr);
        for (QAction *action : menu->actions()) {
            if (action->text() == "Copy name"_L1)
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), u"redis:8"_s);
        for (QAction *action : menu->actions()) {
            if (action->text() == "Copy ID"_L1)
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), Digest::ofBytes("redis").text());
    }

    void emptyPagesHelp()
    {
        Shown shown({});
        const QSignalSpy import(&shown.page, &ImagesPage::importRequested);
        QCOMPARE(shown.emptyTitle(), u"No images yet"_s);
        QVERIFY(!shown.page.findChild<QPushButton *>(u"runButton"_s)->isEnabled());
        shown.pressEmpty();
        QCOMPARE(import.count(), 1);
        shown.page.setProblem(u"The database is damaged."_s);
        QCOMPARE(shown.emptyTitle(), u"Berth cannot use its store"_s);
        shown.page.setProblem({});

        shown.model.setImages({image("a", {}, 1, 0)}, samples::now);
        shown.page.refresh();
        QCOMPARE(shown.emptyTitle(), QString());
        shown.page.findChild<QAbstractButton *>(u"activeButton"_s)->click();
        QCOMPARE(shown.emptyTitle(), u"No image is in use"_s);
        shown.pressEmpty();
        QCOMPARE(shown.emptyTitle(), QString());
        shown.page.focusFilter();
        QTest::keyClicks(shown.page.findChild<QLineEdit *>(u"filterEdit"_s), u"mysql"_s);
        QCOMPARE(shown.emptyTitle(), u"No image matches “mysql”"_s);
        shown.pressEmpty();
        QCOMPARE(shown.emptyTitle(), QString());
    }

    void useIsShownAsItIsNow()
    {
        Shown shown;
        shown.page.select(shown.key(0));
        const auto totals = [&] { return shown.page.findChild<QLabel *>(u"totalsLabel"_s)->text(); };
        QVERIFY2(totals().contains(u"128MB"_s), qPrintable(totals()));
        auto list = Shown::some();
        list[0].containers = 0;
        shown.model.setImages(list, QDateTime::currentDateTimeUtc());
        shown.page.refresh();
        QCOMPARE(shown.page.details()->shownId(), shown.key(0));
        QStringList facts;
        for (const QTextEdit *value : shown.page.details()->findChildren<QTextEdit *>())
            facts.append(value->toPlainText());
        QVERIFY(facts.contains(u"no container"_s));
        QVERIFY(facts.contains(Digest::ofBytes("redis").text())); // whole, however narrow the pane
    }
};

QTEST_MAIN(TestImagesPage)
#include "tst_imagespage.moc"
