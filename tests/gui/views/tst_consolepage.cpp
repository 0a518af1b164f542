// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/consolepage.h"

#include "gui/terminal/terminaltab.h"
#include "gui/terminal/terminalview.h"
#include "ownsettings.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QTest>

#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;

class TestConsolePage : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

    // The page as one of two, as in the window.
    struct Shown {
        explicit Shown(const QStringList &program) : page(new ConsolePage(program))
        {
            stack.addWidget(new QWidget);
            stack.addWidget(page);
            stack.resize(700, 400);
            stack.show();
            stack.activateWindow();
        }
        [[nodiscard]] TerminalView *view() const { return page->findChild<TerminalView *>(); }
        [[nodiscard]] QPushButton *button(const QString &name) const { return page->findChild<QPushButton *>(name); }
        [[nodiscard]] QString text() const { return page->terminal()->screenText(); }

        QStackedWidget stack;
        ConsolePage *page;
    };

private Q_SLOTS:
    void initTestCase() { m_settings.emplace(); }

    void startsWhenItIsFirstSeen()
    {
        Shown shown({u"/bin/cat"_s});
        QVERIFY(QTest::qWaitForWindowActive(&shown.stack));
        QVERIFY(!shown.page->terminal()->isRunning());
        shown.stack.setCurrentIndex(1);
        QVERIFY(shown.page->terminal()->isRunning());
        QVERIFY(shown.view()->hasFocus()); // can be typed into at once
        QTest::keyClicks(shown.view(), u"ps -a\r"_s);
        QTRY_COMPARE(shown.text(), u"ps -a\nps -a\n"_s);
        shown.stack.setCurrentIndex(0);
        QVERIFY(shown.page->terminal()->isRunning());
        shown.stack.setCurrentIndex(1);
        QCOMPARE(shown.text(), u"ps -a\nps -a\n"_s);
        QVERIFY(shown.view()->hasFocus());
    }

    void leftByCtrlDItCanBeOpenedAgain()
    {
        Shown shown({u"/bin/cat"_s});
        QVERIFY(QTest::qWaitForWindowActive(&shown.stack));
        shown.stack.setCurrentIndex(1);
        QTest::keyClick(shown.view(), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(!shown.page->terminal()->isRunning());
        QPushButton *again = shown.button(u"again"_s);
        QTRY_VERIFY(again->isVisible());
        QVERIFY(!shown.button(u"close"_s)->isVisible()); // a page is not closed
        QVERIFY(again->hasFocus());
        shown.stack.setCurrentIndex(0);
        shown.stack.setCurrentIndex(1);
        QVERIFY(!shown.page->terminal()->isRunning()); // only when it is asked for
        QVERIFY(again->hasFocus());
        QTest::keyClick(again, Qt::Key_Return);
        QTRY_VERIFY(shown.page->terminal()->isRunning());
        QVERIFY(shown.view()->hasFocus());
        QVERIFY(!again->isVisible());
    }

    // Closing the window asks only when something would be cut off.
    void knowsWhetherACommandRuns()
    {
        Shown shown({u"/bin/sh"_s, u"-i"_s}); // a prompt with jobs of its own, as the console is one
        QVERIFY(QTest::qWaitForWindowActive(&shown.stack));
        QVERIFY(!shown.page->terminal()->isBusy()); // not even started
        shown.stack.setCurrentIndex(1);
        QTRY_VERIFY(!shown.text().isEmpty());
        QTRY_VERIFY(!shown.page->terminal()->isBusy());
        QTest::keyClicks(shown.view(), u"sleep 100\r"_s);
        QTRY_VERIFY(shown.page->terminal()->isBusy());
        QTest::keyClick(shown.view(), Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(!shown.page->terminal()->isBusy());
        QTest::keyClicks(shown.view(), u"exit\r"_s);
        QTRY_VERIFY(!shown.page->terminal()->isRunning());
        QVERIFY(!shown.page->terminal()->isBusy());
    }

    // The host's shell is never what takes the commands.
    void aMissingCommandIsSaid()
    {
        Shown shown({u"/no/such/berth"_s});
        shown.stack.setCurrentIndex(1);
        QVERIFY(!shown.page->terminal()->isRunning());
        QVERIFY(shown.button(u"again"_s)->isVisible());
    }
};

QTEST_MAIN(TestConsolePage)
#include "tst_consolepage.moc"
