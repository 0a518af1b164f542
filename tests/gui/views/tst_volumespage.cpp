// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/volumespage.h"

#include "../samples.h"
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

#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;
using samples::volume;

namespace {

class Shown {
public:
    explicit Shown(const QList<VolumeInfo> &volumes = some())
    {
        model.setVolumes(volumes, QDateTime::currentDateTimeUtc());
        page.resize(1000, 700);
        page.show();
        page.activateWindow();
        page.refresh();
        table()->setFocus();
    }
    static QList<VolumeInfo> some()
    {
        auto used = volume(u"cache"_s);
        used.containers = 1;
        used.labels = {{u"team"_s, u"shop"_s}};
        return {used, volume(u"data"_s), volume(u"old"_s)};
    }
    [[nodiscard]] ListTable *table() const { return page.findChild<ListTable *>(); }
    [[nodiscard]] QString emptyTitle() const
    {
        const auto *empty = page.findChild<EmptyPage *>();
        return empty->isVisible() ? empty->findChild<QLabel *>(u"titleLabel"_s)->text() : QString();
    }
    void pressEmpty() const { page.findChild<EmptyPage *>()->findChild<QPushButton *>()->click(); }
    [[nodiscard]] QStringList facts() const
    {
        QStringList facts;
        for (const QTextEdit *value : page.details()->findChildren<QTextEdit *>())
            facts.append(value->toPlainText());
        return facts;
    }

    VolumeModel model;
    VolumesPage page{&model};
};

} // namespace

class TestVolumesPage : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void removesOnlyWhatNobodyUses()
    {
        Shown shown;
        const QSignalSpy remove(&shown.page, &VolumesPage::removeRequested);
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QVERIFY(!shown.page.removeAction()->isEnabled());
        shown.page.select(u"cache"_s);
        QVERIFY(!shown.page.removeAction()->isEnabled());
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(remove.count(), 0);
        shown.table()->selectAll();
        QCOMPARE(shown.page.selectedIds().size(), 3);
        QTest::keyClick(shown.table(), Qt::Key_Delete);
        QCOMPARE(remove.last().first().toStringList(), (QStringList{u"data"_s, u"old"_s}));
    }

    void theSelectedOneIsExplained()
    {
        Shown shown;
        auto web = samples::container(u"web"_s, ContainerState::Running);
        web.options.mounts = {{.kind = MountOption::Kind::Volume, .source = u"cache"_s, .target = u"/data"_s}};
        shown.model.setContainers({web});
        shown.page.select(u"cache"_s);
        QVERIFY(shown.page.details()->isVisible());
        QVERIFY(shown.facts().contains(u"web"_s));
        QVERIFY(shown.facts().contains(u"team=shop"_s));
        QVERIFY(shown.facts().contains(u"not measured yet"_s));
        shown.model.setSizes({{u"cache"_s, 2'000'000}, {u"data"_s, 0}, {u"old"_s, 5}});
        QVERIFY(shown.facts().contains(u"2MB"_s)); // as soon as it is known
        const auto *tabs = shown.page.details()->findChild<QTabWidget *>();
        QVERIFY(!tabs->isTabVisible(DetailsPane::Logs));
        QVERIFY(tabs->isTabVisible(DetailsPane::Inspect));
        const QSignalSpy inspect(&shown.page, &VolumesPage::inspectWanted);
        shown.page.details()->showTab(DetailsPane::Inspect);
        QTRY_COMPARE(inspect.count(), 1);
        QCOMPARE(inspect.first().first().toString(), u"cache"_s);
    }

    void sizesAreAskedForWhenSeen()
    {
        Shown shown;
        const QSignalSpy wanted(&shown.page, &VolumesPage::sizesWanted);
        shown.model.setSizes({{u"cache"_s, 1}, {u"data"_s, 2}, {u"old"_s, 3}});
        shown.page.refresh();
        QCOMPARE(wanted.count(), 0); // all are known
        auto list = Shown::some();
        list.append(volume(u"new"_s));
        shown.model.setVolumes(list, QDateTime::currentDateTimeUtc());
        shown.page.refresh();
        QCOMPARE(wanted.count(), 1);
        shown.page.hide();
        shown.page.refresh();
        QCOMPARE(wanted.count(), 1); // nobody looks
        shown.page.show();
        QCOMPARE(wanted.count(), 2);
    }

    void worksByKeyboardAlone()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QTest::keyClick(shown.table(), Qt::Key_Down);
        QTest::keyClick(shown.table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(shown.page.selectedIds().size(), 2);
        QTest::keyClick(shown.table(), Qt::Key_Escape);
        QCOMPARE(shown.page.selectedIds().size(), 0);
        shown.page.focusFilter();
        QTest::keyClicks(shown.page.findChild<QLineEdit *>(u"filterEdit"_s), u"shop"_s);
        QCOMPARE(shown.table()->model()->rowCount(), 1);
    }

    void menuCopies()
    {
        Shown shown;
        shown.page.select(u"data"_s);
        Q_EMIT shown.table()->menuRequested({10, 10});
        const auto *menu = shown.page.findChild<QMenu *>();
        QVERIFY(menu != nullptr);
        for (QAction *action : menu->actions()) {
            if (action->text() == "Copy folder"_L1)
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), u"/home/minji/.local/share/berth/volumes/data/data"_s);
    }

    void emptyPagesHelp()
    {
        Shown shown({});
        const QSignalSpy create(&shown.page, &VolumesPage::createRequested);
        QCOMPARE(shown.emptyTitle(), u"No volumes yet"_s);
        shown.pressEmpty();
        QCOMPARE(create.count(), 1);
        QVERIFY(!shown.page.findChild<QPushButton *>(u"cleanUpButton"_s)->isVisible());
        shown.page.setProblem(u"The database is damaged."_s);
        QCOMPARE(shown.emptyTitle(), u"Berth cannot use its store"_s);
        shown.page.setProblem({});

        shown.model.setVolumes({volume(u"a"_s)}, samples::now);
        shown.page.refresh();
        QCOMPARE(shown.emptyTitle(), QString());
        shown.page.findChild<QAbstractButton *>(u"activeButton"_s)->click();
        QCOMPARE(shown.emptyTitle(), u"No volume is in use"_s);
        shown.pressEmpty();
        QCOMPARE(shown.emptyTitle(), QString());
        shown.page.focusFilter();
        QTest::keyClicks(shown.page.findChild<QLineEdit *>(u"filterEdit"_s), u"mysql"_s);
        QCOMPARE(shown.emptyTitle(), u"No volume matches “mysql”"_s);
        shown.pressEmpty();
        QCOMPARE(shown.emptyTitle(), QString());
    }
};

QTEST_MAIN(TestVolumesPage)
#include "tst_volumespage.moc"
