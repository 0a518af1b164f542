// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/commitdialog.h"
#include "gui/dialogs/copydialog.h"
#include "gui/dialogs/renamedialog.h"
#include "gui/dialogs/restartdialog.h"
#include "gui/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

template<typename Widget> Widget *field(const QWidget &dialog, const QString &name) { return dialog.findChild<Widget *>(name); }

} // namespace

// What asks about a container before something is made of it or changed.
class TestContainerDialogs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    void anImageNeedsNoName()
    {
        CommitDialog dialog(u"web"_s, true);
        dialog.show();
        const auto *make = field<QPushButton>(dialog, u"makeButton"_s);
        QVERIFY(make->isEnabled());
        QVERIFY(!dialog.name().has_value());
        QVERIFY(dialog.pauses());
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(), u"berth commit web"_s);
    }

    void anImageIsNamedAndDescribed()
    {
        CommitDialog dialog(u"web"_s, true);
        dialog.show();
        auto *name = field<QLineEdit>(dialog, u"nameEdit"_s);
        const auto *problem = field<QLabel>(dialog, u"nameProblemLabel"_s);
        const auto *make = field<QPushButton>(dialog, u"makeButton"_s);
        QTest::keyClicks(name, u"Shop"_s);
        QVERIFY(!make->isEnabled());
        QVERIFY2(problem->text().contains(u"lower case"_s), qPrintable(problem->text()));
        name->clear();
        QTest::keyClicks(name, u"shop/web:1"_s);
        QCOMPARE(problem->text(), QString());
        field<QLineEdit>(dialog, u"messageEdit"_s)->setText(u"a fix"_s);
        field<QLineEdit>(dialog, u"authorEdit"_s)->setText(u"민지"_s);
        QTest::mouseClick(field<QCheckBox>(dialog, u"pauseCheck"_s), Qt::LeftButton);
        QCOMPARE(dialog.arguments(),
            (QStringList{u"commit"_s, u"-a"_s, u"민지"_s, u"-m"_s, u"a fix"_s, u"--pause=false"_s, u"web"_s, u"shop/web:1"_s}));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(dialog.name()->canonicalName(), u"docker.io/shop/web:1"_s);
    }

    // What does not run needs no pause, and the command does not mention one.
    void nothingToPause()
    {
        CommitDialog dialog(u"web"_s, false);
        dialog.show();
        QVERIFY(!field<QCheckBox>(dialog, u"pauseCheck"_s)->isVisible());
        QCOMPARE(dialog.arguments(), (QStringList{u"commit"_s, u"web"_s}));
    }

    void copiesOut()
    {
        CopyDialog dialog(u"web"_s, u"/home/minji"_s);
        dialog.show();
        auto *from = field<QLineEdit>(dialog, u"fromEdit"_s);
        const auto *copy = field<QPushButton>(dialog, u"copyFilesButton"_s);
        QVERIFY(!copy->isEnabled()); // of what?
        QTest::keyClicks(from, u"etc"_s);
        QVERIFY(!copy->isEnabled()); // a path in a container begins at its root
        from->setText(u"/etc/a file"_s);
        QVERIFY(copy->isEnabled());
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(), u"berth cp 'web:/etc/a file' /home/minji"_s);
        QCOMPARE(dialog.inside(), u"/etc/a file"_s);
        QCOMPARE(dialog.folder(), u"/home/minji"_s);
        field<QLineEdit>(dialog, u"toEdit"_s)->clear();
        QVERIFY(!copy->isEnabled());
    }

    void copiesIn()
    {
        CopyDialog dialog(u"web"_s, QStringList{u"/home/minji/a"_s, u"/home/minji/b"_s}, u"/srv"_s);
        dialog.show();
        QVERIFY(field<QLineEdit>(dialog, u"fromEdit"_s)->isReadOnly());
        QCOMPARE(dialog.inside(), u"/srv/"_s);
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(),
            u"berth cp /home/minji/a web:/srv/\nberth cp /home/minji/b web:/srv/"_s);
        field<QLineEdit>(dialog, u"toEdit"_s)->setText(u"/new"_s); // of two files none may become "/new"
        QCOMPARE(dialog.inside(), u"/new/"_s);

        CopyDialog one(u"web"_s, QStringList{u"/home/minji/a"_s}, u"/srv"_s);
        QCOMPARE(one.inside(), u"/srv/"_s); // if it is missing that is an error, and not a file
        field<QLineEdit>(one, u"toEdit"_s)->setText(u"/srv/b"_s);
        QCOMPARE(one.inside(), u"/srv/b"_s);
    }

    // Long commands need several lines; the room for them was that of a narrower dialog.
    void noDialogOpensHigherThanItIsFull()
    {
        const QString name = u"long-name-"_s.repeated(6);
        CopyDialog copy(name, QStringList{u"/home/minji/a"_s, u"/home/minji/b"_s}, u"/usr/share/nginx/html"_s);
        CommitDialog commit(name, true);
        RestartDialog restart(name, {});
        RenameDialog rename(name, {});
        for (QDialog *dialog : {static_cast<QDialog *>(&copy), static_cast<QDialog *>(&commit), static_cast<QDialog *>(&restart),
                 static_cast<QDialog *>(&rename)}) {
            dialog->show();
            QVERIFY(QTest::qWaitForWindowExposed(dialog));
            QCOMPARE(dialog->height(), dialog->layout()->totalHeightForWidth(dialog->width()));
        }
    }

    void aPolicyIsChosenInWords()
    {
        RestartDialog dialog(u"web"_s, {});
        dialog.show();
        auto *combo = field<QComboBox>(dialog, u"policyCombo"_s);
        auto *retries = field<QSpinBox>(dialog, u"retriesSpin"_s);
        QCOMPARE(dialog.policy().name, u"no"_s);
        QVERIFY(!retries->isEnabled());
        combo->setCurrentIndex(combo->findData(u"on-failure"_s));
        QVERIFY(retries->isEnabled());
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(), u"berth update --restart on-failure web"_s);
        retries->setValue(3);
        QCOMPARE(field<QLabel>(dialog, u"commandLabel"_s)->text(), u"berth update --restart on-failure:3 web"_s);
        combo->setCurrentIndex(combo->findData(u"always"_s));
        QCOMPARE(dialog.policy(), (RestartPolicy{.name = u"always"_s, .maxRetries = 0})); // it does not count
        QVERIFY(field<QPushButton>(dialog, u"applyButton"_s)->isDefault());
    }

    void thePresentPolicyIsShown()
    {
        const RestartPolicy now{.name = u"on-failure"_s, .maxRetries = 5};
        const RestartDialog dialog(u"web"_s, now);
        QCOMPARE(dialog.policy(), now);
    }
};

QTEST_MAIN(TestContainerDialogs)
#include "tst_containerdialogs.moc"
