// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/confirmdialog.h"
#include "gui/dialogs/newvolumedialog.h"
#include "gui/dialogs/renamedialog.h"
#include "gui/dialogs/shortcutsdialog.h"
#include "gui/dialogs/tagdialog.h"
#include "gui/dialogs/terminaldialog.h"
#include "gui/style/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

template<typename Widget> Widget *field(const QWidget &dialog, const QString &name) { return dialog.findChild<Widget *>(name); }

// As a person: replaces the whole text.
void retype(QLineEdit *edit, const QString &text)
{
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

} // namespace

class TestSmallDialogs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    void renameChecksWhileTyping()
    {
        RenameDialog dialog(u"web"_s, {u"web"_s, u"db"_s});
        dialog.show();
        auto *edit = field<QLineEdit>(dialog, u"nameEdit"_s);
        auto *button = field<QPushButton>(dialog, u"renameButton"_s);
        const auto *problem = field<QLabel>(dialog, u"problemLabel"_s);
        QCOMPARE(edit->selectedText(), u"web"_s); // typing replaces it
        QVERIFY(!button->isEnabled());            // nothing has changed yet
        QCOMPARE(problem->text(), QString());     // and that is no problem
        retype(edit, u"db"_s);
        QVERIFY(!button->isEnabled());
        QVERIFY(problem->text().contains(u"db"_s));
        retype(edit, u"shop-1"_s);
        QVERIFY(button->isEnabled());
        QCOMPARE(problem->text(), QString());
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(), u"berth rename web shop-1"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(dialog.name(), u"shop-1"_s);
    }

    void renameDoesNotJump()
    {
        RenameDialog dialog(u"web"_s, {u"db"_s});
        dialog.show();
        const int height = dialog.height();
        const int buttons = field<QPushButton>(dialog, u"renameButton"_s)->y();
        retype(field<QLineEdit>(dialog, u"nameEdit"_s), u"db"_s);
        QCoreApplication::processEvents();
        QCOMPARE(dialog.height(), height);
        QCOMPARE(field<QPushButton>(dialog, u"renameButton"_s)->y(), buttons);
    }

    // Nothing that Docker would refuse gets past the keyboard, and each refusal says what is wrong.
    void renameNamesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said"); // part of the sentence; empty: it may be called so
        QTest::newRow("taken") << u"db"_s << u"already called"_s;
        QTest::newRow("one character") << u"a"_s << u"two characters"_s;
        QTest::newRow("blank") << u"my web"_s << u"letters, digits"_s;
        QTest::newRow("slash") << u"a/b"_s << u"letters, digits"_s;
        QTest::newRow("dash first") << u"-web"_s << u"starts with"_s;
        QTest::newRow("hangul") << u"웹서버"_s << u"letters, digits"_s;
        QTest::newRow("all allowed") << u"A9_.-b"_s << QString();
    }
    void renameNamesWhatIsWrong()
    {
        QFETCH(QString, typed);
        QFETCH(QString, said);
        RenameDialog dialog(u"web"_s, {u"web"_s, u"db"_s});
        dialog.show();
        auto *edit = field<QLineEdit>(dialog, u"nameEdit"_s);
        edit->selectAll();
        edit->insert(typed);
        const QString problem = field<QLabel>(dialog, u"problemLabel"_s)->text();
        QVERIFY2(said.isEmpty() ? problem.isEmpty() : problem.contains(said), qPrintable(problem));
        QCOMPARE(field<QPushButton>(dialog, u"renameButton"_s)->isEnabled(), said.isEmpty());
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(dialog.isVisible(), !said.isEmpty());
    }

    void aNewVolumeIsCheckedWhileTyping()
    {
        NewVolumeDialog dialog({u"data"_s});
        dialog.show();
        auto *name = field<QLineEdit>(dialog, u"nameEdit"_s);
        auto *labels = field<QPlainTextEdit>(dialog, u"labelsEdit"_s);
        const auto *create = field<QPushButton>(dialog, u"createButton"_s);
        const auto *problem = field<QLabel>(dialog, u"nameProblemLabel"_s);
        const auto *command = field<QLabel>(dialog, u"commandLabel"_s);
        QVERIFY(create->isEnabled()); // a random name will do
        QCOMPARE(command->text(), u"berth volume create"_s);
        for (const auto &[typed, said] :
            {std::pair(u"data"_s, u"already"_s), std::pair(u"x"_s, u"two characters"_s), std::pair(u"a b"_s, u"letters"_s)}) {
            retype(name, typed);
            QVERIFY2(problem->text().contains(said), qPrintable(problem->text()));
            QVERIFY(!create->isEnabled());
        }
        retype(name, u"shop-data"_s);
        QCOMPARE(problem->text(), QString());
        labels->setPlainText(u"team=shop\n\n keep \nnote=a=b c"_s);
        QCOMPARE(dialog.labels(), (QMap<QString, QString>{{u"team"_s, u"shop"_s}, {u"keep"_s, {}}, {u"note"_s, u"a=b c"_s}}));
        QCOMPARE(command->text(), u"berth volume create --label team=shop --label keep --label 'note=a=b c' shop-data"_s);
        labels->setPlainText(u"=shop"_s);
        QVERIFY(!create->isEnabled());
        QVERIFY(field<QLabel>(dialog, u"labelsProblemLabel"_s)->isVisible());
        labels->setPlainText({});
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(dialog.name(), u"shop-data"_s);
    }

    void aTagIsCheckedWhileTyping()
    {
        const QString own = u"docker.io/library/redis:8"_s;
        TagDialog dialog(u"redis:8"_s, {own}, {u"docker.io/library/busybox:latest"_s});
        dialog.show();
        auto *edit = field<QLineEdit>(dialog, u"nameEdit"_s);
        const auto *add = field<QPushButton>(dialog, u"addButton"_s);
        const auto *said = field<QLabel>(dialog, u"nameProblemLabel"_s);
        QVERIFY(!add->isEnabled());
        QCOMPARE(said->text(), QString()); // nothing typed is no mistake
        retype(edit, u"Redis"_s);
        QVERIFY(!add->isEnabled());
        QVERIFY2(said->text().contains(u"lower case"_s), qPrintable(said->text()));
        QCOMPARE(said->property("role").toString(), u"problem"_s);
        retype(edit, u"library/redis:8"_s);
        QVERIFY(!add->isEnabled());
        QVERIFY2(said->text().contains(u"already"_s), qPrintable(said->text()));
        retype(edit, u"busybox:latest"_s);
        QVERIFY(add->isEnabled()); // allowed, as Docker allows it, and said
        QVERIFY2(said->text().contains(u"Another image"_s), qPrintable(said->text()));
        QCOMPARE(said->property("role").toString(), u"secondary"_s);
        retype(edit, u"shop/cache"_s);
        QVERIFY2(said->text().contains(u"shop/cache:latest"_s), qPrintable(said->text()));
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(), u"berth tag redis:8 shop/cache"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(dialog.name()->canonicalName(), u"docker.io/shop/cache:latest"_s);
    }

    void confirmingIsNeverAnAccident()
    {
        ConfirmDialog dialog({u"Remove “web”?"_s, u"What it wrote is lost."_s, u"berth rm web"_s, u"Remove"_s});
        dialog.show();
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto *cancel = field<QPushButton>(dialog, u"cancelButton"_s);
        auto *action = field<QPushButton>(dialog, u"actionButton"_s);
        QCOMPARE(action->text(), u"Remove"_s);
        QVERIFY(cancel->hasFocus());
        QVERIFY(cancel->isDefault());
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Rejected));
        QVERIFY(!dialog.isVisible());

        dialog.show();
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(dialog.result(), int(QDialog::Rejected));

        dialog.show();
        action->setFocus();
        QTest::keyClick(action, Qt::Key_Space);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void confirmWithoutACommandShowsNone()
    {
        const ConfirmDialog dialog({u"Close?"_s, u"redis-cli still runs."_s, {}, u"Close"_s});
        QVERIFY(field<QLabel>(dialog, u"commandLabel"_s)->isHidden());
    }

    // Names come from people: they are text, never markup.
    void namesAreNotMarkup()
    {
        const ConfirmDialog dialog({u"Remove “<img src=x>”?"_s, u"<b>bold</b>"_s, u"berth rm '<i>'"_s, u"Remove"_s});
        for (const QLabel *label : dialog.findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        const RenameDialog rename(u"<b>x</b>"_s, {});
        QCOMPARE(field<QLabel>(rename, u"titleLabel"_s)->textFormat(), Qt::PlainText);
    }

    void terminalOffersWhatTheImageHas()
    {
        TerminalDialog dialog({u"cache"_s, u"web"_s}, {.container = u"web"_s, .command = {}, .user = {}, .folder = {}});
        dialog.show();
        auto *combo = field<QComboBox>(dialog, u"commandCombo"_s);
        QCOMPARE(dialog.choice()->container, u"web"_s);
        QCOMPARE(dialog.choice()->command, QStringList{u"sh"_s}); // until something better is known
        dialog.setOffered(u"cache"_s, {u"wrong"_s});              // too late: another container is chosen
        QCOMPARE(combo->currentText(), u"sh"_s);
        dialog.setOffered(u"web"_s, {u"redis-cli"_s, u"bash"_s, u"sh"_s});
        QCOMPARE(combo->count(), 3);
        QCOMPARE(dialog.choice()->command, QStringList{u"redis-cli"_s});
        dialog.setOffered(u"web"_s, {}); // an image without any of them
        QCOMPARE(combo->count(), 3);
    }

    void terminalLeavesATypedCommandAlone()
    {
        TerminalDialog dialog({u"web"_s}, {.container = u"web"_s, .command = {}, .user = {}, .folder = {}});
        dialog.show();
        auto *combo = field<QComboBox>(dialog, u"commandCombo"_s);
        retype(combo->lineEdit(), u"python3 -i"_s);
        dialog.setOffered(u"web"_s, {u"redis-cli"_s, u"sh"_s});
        QCOMPARE(dialog.choice()->command, (QStringList{u"python3"_s, u"-i"_s}));
        QCOMPARE(combo->count(), 2);
    }

    void terminalRemembersTheLastChoice()
    {
        const TerminalChoice last{u"web"_s, {u"sh"_s, u"-c"_s, u"echo 'a b'; sh"_s}, u"root"_s, u"/tmp"_s};
        TerminalDialog dialog({u"cache"_s, u"web"_s}, last);
        QCOMPARE(dialog.choice(), std::optional(last));
        dialog.setOffered(u"web"_s, {u"bash"_s});
        QCOMPARE(dialog.choice(), std::optional(last));
        QCOMPARE(last.arguments(),
            (QStringList{
                u"exec"_s, u"-it"_s, u"-u"_s, u"root"_s, u"-w"_s, u"/tmp"_s, u"web"_s, u"sh"_s, u"-c"_s, u"echo 'a b'; sh"_s}));
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(),
            uR"(berth exec -it -u root -w /tmp web sh -c 'echo '\''a b'\''; sh')"_s);
    }

    void terminalAsksForTheChosenContainersCommands()
    {
        TerminalDialog dialog({u"cache"_s, u"web"_s}, {.container = u"web"_s, .command = {}, .user = {}, .folder = {}});
        const QSignalSpy chosen(&dialog, &TerminalDialog::containerChosen);
        field<QComboBox>(dialog, u"containerCombo"_s)->setCurrentText(u"cache"_s);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString(), u"cache"_s);
        QCOMPARE(dialog.choice()->container, u"cache"_s);
    }

    void terminalSaysWhatIsWrong()
    {
        TerminalDialog dialog({u"web"_s}, {.container = u"web"_s, .command = {}, .user = {}, .folder = {}});
        dialog.show();
        auto *combo = field<QComboBox>(dialog, u"commandCombo"_s);
        const auto *open = field<QPushButton>(dialog, u"openButton"_s);
        combo->setCurrentText(u"sh -c 'x"_s);
        QVERIFY(field<QLabel>(dialog, u"commandProblemLabel"_s)->isVisible());
        QVERIFY(!open->isEnabled());
        combo->setCurrentText(u"  "_s);
        QVERIFY(!open->isEnabled());
        QVERIFY(!dialog.choice().has_value());
        combo->setCurrentText(u"sh"_s);
        QVERIFY(open->isEnabled());
        QTest::keyClick(combo->lineEdit(), Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));

        const TerminalDialog none({}, {});
        QVERIFY(!field<QPushButton>(none, u"openButton"_s)->isEnabled());
    }

    void shortcutsAreListed()
    {
        ShortcutsDialog dialog({{u"Import"_s, u"Ctrl+O"_s}, {u"Rename"_s, u"F2"_s}});
        dialog.show();
        QStringList texts;
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            texts.append(label->text());
        for (const QString &text : {u"Import"_s, u"Ctrl+O"_s, u"Rename"_s, u"F2"_s})
            QVERIFY(texts.contains(text));
        QTest::keyClick(&dialog, Qt::Key_Return);
        QVERIFY(!dialog.isVisible());
    }
};

QTEST_MAIN(TestSmallDialogs)
#include "tst_smalldialogs.moc"
