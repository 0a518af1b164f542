// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/cleanupdialog.h"

#include "../samples.h"
#include "gui/style/language.h"
#include "gui/views/cleanupcommand.h"
#include "ownsettings.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>
#include <QTranslator>
#include <QTreeWidget>

#include <memory>
#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

using Kind = CleanUpItem::Kind;

CleanUpItem item(Kind kind, const QString &id, const QString &name, qint64 size)
{
    CleanUpItem made;
    made.kind = kind;
    made.id = id;
    made.name = name;
    made.size = size;
    made.created = samples::now;
    return made;
}

QString image(const QByteArray &seed) { return Digest::ofBytes(seed).text(); }

CleanUpPlan plan()
{
    return {{item(Kind::Container, samples::idOf(u"web"), u"web"_s, 1000),
        item(Kind::Container, samples::idOf(u"db"), u"db"_s, 20), item(Kind::Volume, u"data"_s, u"data"_s, 7),
        item(Kind::Volume, u"0a1b"_s, u"0a1b"_s, 300'000), item(Kind::Image, image("none"), {}, 4'000'000),
        item(Kind::ImageName, image("redis"), u"redis:8"_s, 0), item(Kind::ImageName, image("redis"), u"redis:latest"_s, 0),
        item(Kind::Image, image("redis"), u"redis:8"_s, 50'000'000)}};
}

// The dialog, and an engine that finds "redis" used by "web" as long as that stays.
class Shown {
public:
    explicit Shown(const CleanUpPlan &all = plan())
    {
        QObject::connect(
            &dialog, &CleanUpDialog::choiceWanted, &dialog, [this](const CleanUpPlan &whole, const QSet<qsizetype> &wanted) {
                CleanUpChoice choice;
                for (qsizetype place = 0; place < whole.items.size(); ++place) {
                    const CleanUpItem &found = whole.items.at(place);
                    if (found.id == image("redis") && !wanted.contains(0))
                        choice.blocked.insert(place, {u"web"_s});
                    else if (wanted.contains(place))
                        choice.plan.items.append(found);
                }
                ++asked;
                dialog.setChoice(wanted, choice);
            });
        dialog.show();
        dialog.setPlan(all);
    }
    [[nodiscard]] QTreeWidget *tree() const { return dialog.findChild<QTreeWidget *>(); }
    [[nodiscard]] QTreeWidgetItem *row(const QString &text) const
    {
        const auto found = tree()->findItems(text, Qt::MatchStartsWith | Qt::MatchRecursive);
        return found.isEmpty() ? nullptr : found.first();
    }
    void tick(const QString &text, bool ticked) const
    {
        row(text)->setCheckState(0, ticked ? Qt::Checked : Qt::Unchecked);
        QCoreApplication::processEvents();
    }
    [[nodiscard]] QString label(const QString &name) const { return dialog.findChild<QLabel *>(name)->text(); }
    [[nodiscard]] QPushButton *button() const { return dialog.findChild<QPushButton *>(u"deleteButton"_s); }
    [[nodiscard]] QStringList chosen() const
    {
        QStringList names;
        for (const CleanUpItem &found : dialog.chosen().items)
            names.append(found.name);
        return names;
    }

    CleanUpDialog dialog{{u"0a1b"_s}};
    int asked = 0;
};

} // namespace

class TestCleanUpDialog : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;
    std::unique_ptr<QTranslator> m_english; // has the plurals

private Q_SLOTS:
    void init()
    {
        m_settings.emplace();
        m_english = installLanguage(QLocale(QLocale::English));
    }

    void beginsWithWhatSystemPruneTakes()
    {
        const Shown shown;
        QCOMPARE(shown.tree()->topLevelItemCount(), 5);
        QCOMPARE(shown.chosen(), (QStringList{u"web"_s, u"db"_s, QString()}));
        QCOMPARE(shown.label(u"totalLabel"_s), u"Frees 4.001MB"_s);
        QCOMPARE(shown.button()->text(), u"Delete 3 items"_s);
        QCOMPARE(shown.label(u"commandLabel"_s), u"berth system prune"_s);
        QVERIFY(shown.button()->isEnabled());
        QCOMPARE(shown.row(u"redis:8, redis:latest"_s)->checkState(0), Qt::Unchecked); // one row, both names
        QCOMPARE(shown.row(u"redis"_s)->text(2), u"50MB"_s);
        QVERIFY(shown.dialog.chosenNamedVolumes().isEmpty());
    }

    void whatIsTickedIsWhatGoes()
    {
        const Shown shown;
        shown.tick(u"redis"_s, true);
        QCOMPARE(shown.chosen(), (QStringList{u"web"_s, u"db"_s, QString(), u"redis:8"_s, u"redis:latest"_s, u"redis:8"_s}));
        QCOMPARE(shown.label(u"totalLabel"_s), u"Frees 54MB"_s);
        QCOMPARE(shown.label(u"commandLabel"_s), u"berth system prune -a"_s);
        shown.tick(u"Volumes without a name"_s, true); // a whole group
        QCOMPARE(shown.label(u"commandLabel"_s), u"berth system prune -a --volumes"_s);
        shown.tick(u"data"_s, true);
        QCOMPARE(shown.dialog.chosenNamedVolumes(), QStringList{u"data"_s});
        QCOMPARE(shown.label(u"commandLabel"_s), u"berth system prune -a\nberth volume prune -a"_s);
        QCOMPARE(shown.dialog.chosen().items.size(), plan().items.size());
        for (const QString &group : {u"Stopped"_s, u"Images without"_s, u"Images that"_s, u"Volumes"_s, u"Named"_s})
            shown.tick(group, false);
        QVERIFY(!shown.button()->isEnabled());
        QCOMPARE(shown.chosen(), QStringList());
        QCOMPARE(shown.label(u"totalLabel"_s), u"Frees 0B"_s);
    }

    void whatAContainerUsesWaitsForIt()
    {
        const Shown shown;
        shown.tick(u"redis"_s, true);
        shown.tick(u"web"_s, false);
        const QTreeWidgetItem *redis = shown.row(u"redis"_s);
        QCOMPARE(redis->checkState(0), Qt::Unchecked);
        QVERIFY(!redis->flags().testFlag(Qt::ItemIsEnabled));
        QCOMPARE(redis->text(1), u"used by web"_s); // in words
        QCOMPARE(shown.chosen(), (QStringList{u"db"_s, QString()}));
        shown.tick(u"Images that"_s, true); // nor with its whole group
        QCOMPARE(redis->checkState(0), Qt::Unchecked);
        QCOMPARE(shown.chosen(), (QStringList{u"db"_s, QString()}));
        QCOMPARE(shown.label(u"commandLabel"_s), u"berth rm db\nberth image prune"_s);
        shown.tick(u"web"_s, true); // and the wish is remembered
        QVERIFY(redis->flags().testFlag(Qt::ItemIsEnabled));
        QCOMPARE(redis->checkState(0), Qt::Checked);
        QCOMPARE(shown.chosen().size(), 6);
    }

    void anAgeAsksForAnotherPlan()
    {
        Shown shown;
        const QSignalSpy wanted(&shown.dialog, &CleanUpDialog::planWanted);
        QTRY_COMPARE(wanted.count(), 1); // the first, which comes when the signal can be connected
        QVERIFY(!shown.dialog.options().until.isValid());
        shown.dialog.findChild<QComboBox *>()->setCurrentIndex(1);
        QVERIFY(!shown.button()->isEnabled());
        QTRY_COMPARE(wanted.count(), 2);
        QVERIFY(qAbs(shown.dialog.options().until.secsTo(QDateTime::currentDateTimeUtc()) - 86'400) < 60);
        shown.dialog.setPlan(plan());
        QCOMPARE(shown.label(u"commandLabel"_s), u"berth system prune --filter until=24h"_s);
    }

    void ticksOutliveANewPlan()
    {
        Shown shown;
        shown.tick(u"db"_s, false);
        shown.tick(u"data"_s, true);
        shown.dialog.setPlan(plan());
        QCOMPARE(shown.chosen(), (QStringList{u"web"_s, u"data"_s, QString()}));
    }

    void nothingToDoIsSaid()
    {
        const Shown shown({});
        QVERIFY2(shown.label(u"noticeLabel"_s).contains(u"nothing to clean up"_s), qPrintable(shown.label(u"noticeLabel"_s)));
        QCOMPARE(shown.dialog.findChild<QStackedWidget *>()->currentIndex(), 1);
        QVERIFY(!shown.button()->isEnabled());
    }

    void commandsNameOrPrune_data()
    {
        QTest::addColumn<QSet<qsizetype>>("wanted"); // of two containers (one called "prune"), an image without a name, one with
        QTest::addColumn<QString>("age");
        QTest::addColumn<QStringList>("lines");
        using Places = QSet<qsizetype>;
        QTest::newRow("nothing") << Places{} << QString() << QStringList();
        QTest::newRow("one by name") << Places{0} << QString() << QStringList{u"rm prune"_s};
        QTest::newRow("by name, and a prune") << Places{0, 2} << QString() << QStringList{u"rm prune"_s, u"image prune"_s};
        QTest::newRow("all containers") << Places{0, 1} << QString() << QStringList{u"container prune"_s};
        QTest::newRow("with an age") << Places{0, 1, 2} << u"until=24h"_s << QStringList{u"system prune --filter until=24h"_s};
        QTest::newRow("named image only") << Places{3} << QString() << QStringList{u"rmi redis:8 redis:latest"_s};
    }
    void commandsNameOrPrune()
    {
        QFETCH(QSet<qsizetype>, wanted);
        QFETCH(QString, age);
        QList<CleanUpRow> rows(4);
        rows[0].names = {u"prune"_s};
        rows[1].names = {u"db"_s};
        rows[2].group = CleanUpGroup::DanglingImages;
        rows[2].names = {u"0123456789ab"_s};
        rows[3].group = CleanUpGroup::UnusedImages;
        rows[3].names = {u"redis:8"_s, u"redis:latest"_s};
        QStringList lines;
        for (const QStringList &words : cleanUpCommands(rows, wanted, age))
            lines.append(words.join(u' '));
        QTEST(lines, "lines");
    }

    void aLateAnswerIsIgnored()
    {
        Shown shown;
        CleanUpChoice late;
        late.plan = plan();
        shown.dialog.setChoice({0}, late);
        QCOMPARE(shown.chosen(), (QStringList{u"web"_s, u"db"_s, QString()}));
    }

    void worksByKeyboardAlone()
    {
        Shown shown;
        shown.dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shown.dialog));
        QVERIFY(shown.tree()->hasFocus());
        QTest::keyClick(shown.tree(), Qt::Key_Space); // the first group
        QCoreApplication::processEvents();
        QCOMPARE(shown.chosen(), QStringList{QString()});
        QTest::keyClick(shown.tree(), Qt::Key_Down);
        QTest::keyClick(shown.tree(), Qt::Key_Space);
        QCoreApplication::processEvents();
        QCOMPARE(shown.chosen(), (QStringList{u"web"_s, QString()}));
        // Enter in the tree deletes nothing.
        QTest::keyClick(shown.tree(), Qt::Key_Return);
        QVERIFY(shown.dialog.isVisible());
        QTest::keyClick(&shown.dialog, Qt::Key_Escape);
        QCOMPARE(shown.dialog.result(), int(QDialog::Rejected));
    }

    void aLongCommandIsCopiedWhole()
    {
        CleanUpPlan many;
        for (int number = 0; number < 100; ++number)
            many.items.append(item(Kind::Container, samples::idOf(QString::number(number)), u"container-%1"_s.arg(number), 1));
        const Shown shown(many);
        shown.tick(u"container-7"_s, false);
        const QString text = shown.label(u"commandLabel"_s);
        QVERIFY(text.size() < 450);
        shown.dialog.findChild<QToolButton *>(u"copyButton"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u"container-"_s), 99);
    }
};

QTEST_MAIN(TestCleanUpDialog)
#include "tst_cleanupdialog.moc"
