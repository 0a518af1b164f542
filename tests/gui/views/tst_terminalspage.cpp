// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/terminalspage.h"

#include "gui/terminal/terminaltab.h"
#include "gui/terminal/terminalview.h"
#include "gui/views/emptypage.h"
#include "ownsettings.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

#include <csignal>
#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;

class TestTerminalsPage : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void initTestCase() { m_settings.emplace(); }

    void emptyPageAsks()
    {
        TerminalsPage page;
        page.show();
        const QSignalSpy asked(&page, &TerminalsPage::openRequested);
        QVERIFY(page.findChild<EmptyPage *>()->isVisible());
        page.findChild<EmptyPage *>()->findChild<QPushButton *>()->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(page.count(), 0);
        QVERIFY(page.current() == nullptr);
        page.closeCurrent(); // nothing there; nothing happens
    }

    void sessionsGoOnBehindOtherPages()
    {
        QStackedWidget stack;
        auto *page = new TerminalsPage;
        stack.addWidget(page);
        stack.addWidget(new QWidget);
        stack.resize(700, 400);
        stack.show();
        stack.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&stack));
        TerminalTab *tab = page->open(u"shell"_s, {u"/bin/sh"_s});
        QVERIFY(tab->isRunning());
        auto *view = tab->findChild<TerminalView *>();
        QVERIFY(view->hasFocus()); // can be typed into at once
        QTest::keyClicks(view, u"x=kept; (sleep 0.2; echo from-behind)\r"_s);
        stack.setCurrentIndex(1);
        QTRY_COMPARE(tab->screenText().count(u"from-behind"_s), 2); // typed, and printed
        stack.setCurrentIndex(0);
        QVERIFY(view->hasFocus());
        QTest::keyClicks(view, u"echo \"[$x]\"\r"_s);
        QTRY_VERIFY(tab->screenText().contains(u"[kept]"_s));
        QVERIFY(tab->isRunning());
        QTest::keyClicks(view, u"exit 3\r"_s);
        QTRY_VERIFY(!tab->isRunning());
        QCOMPARE(page->count(), 1); // its text stays
        QVERIFY(tab->screenText().contains(u"[kept]"_s));
    }

    void manyTabs()
    {
        TerminalsPage page;
        page.show();
        const QSignalSpy counted(&page, &TerminalsPage::countChanged);
        auto *a = page.open(u"a"_s, {u"/bin/sh"_s});
        auto *b = page.open(u"b"_s, {u"/bin/cat"_s});
        QCOMPARE(page.count(), 2);
        QCOMPARE(page.runningCount(), 2);
        QCOMPARE(page.current(), b);
        QCOMPARE(counted.last().first().toInt(), 2);
        const auto *tabs = page.findChild<QTabWidget *>();
        QCOMPARE(tabs->tabText(0), u"a"_s);
        QCOMPARE(tabs->tabToolTip(1), u"/bin/cat"_s);

        // One whose program runs is not closed by a slip.
        QList<TerminalTab *> questions;
        connect(&page, &TerminalsPage::closeQuestion, &page, [&](TerminalTab *tab) { questions.append(tab); });
        page.closeCurrent();
        QCOMPARE(questions, QList<TerminalTab *>{b});
        QCOMPARE(page.count(), 2);
        page.close(b);
        QCOMPARE(page.count(), 1);
        QCOMPARE(page.current(), a);
        auto *view = a->findChild<TerminalView *>();
        QTest::keyClick(view, Qt::Key_D, Qt::ControlModifier); // end of input
        QTRY_COMPARE(page.runningCount(), 0);
        page.closeCurrent(); // ended: no question
        QCOMPARE(questions.size(), 1);
        QCOMPARE(page.count(), 0);
        QVERIFY(page.findChild<EmptyPage *>()->isVisible());
    }

    void aTabIsCalledAsItsProgramWants()
    {
        TerminalsPage page;
        page.show();
        page.open(u"web"_s, {u"/bin/sh"_s, u"-c"_s, u"printf '\\033]0;vim notes.txt\\007'; sleep 100"_s});
        const auto *tabs = page.findChild<QTabWidget *>();
        QTRY_VERIFY2(tabs->tabText(0).contains(u"vim notes.txt"_s), qPrintable(tabs->tabText(0)));
        QVERIFY2(tabs->tabText(0).contains(u"web"_s), qPrintable(tabs->tabText(0))); // and in which container
    }

    void namesHaveNoMnemonics()
    {
        TerminalsPage page;
        page.show();
        page.open(u"web"_s, {u"/bin/sh"_s, u"-c"_s, u"printf '\\033]0;a & b\\007'; sleep 100"_s});
        const auto *tabs = page.findChild<QTabWidget *>();
        QTRY_VERIFY(tabs->tabText(0).contains(u"a && b"_s)); // shown as "a & b"
    }

    void refusalIsShownInTheTab()
    {
        TerminalsPage page;
        page.show();
        TerminalTab *tab = page.open(u"x"_s, {u"/no/such/program"_s});
        QCOMPARE(page.count(), 1);
        QVERIFY(!tab->isRunning());
        page.closeCurrent();
        QCOMPARE(page.count(), 0);
    }

    void closingThePageEndsThePrograms()
    {
        auto page = std::make_unique<TerminalsPage>();
        page->show();
        TerminalTab *tab = page->open(u"shell"_s, {u"/bin/sh"_s, u"-c"_s, u"echo pid=$$; exec sleep 1000"_s});
        QTRY_VERIFY(tab->screenText().contains(u"pid="_s));
        const QString text = tab->screenText();
        const auto pid = static_cast<pid_t>(text.mid(text.indexOf(u"pid="_s) + 4).section(u'\n', 0, 0).trimmed().toInt());
        QVERIFY(pid > 1);
        QCOMPARE(::kill(pid, 0), 0);
        page.reset();
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) < 0, 10'000);
    }
};

QTEST_MAIN(TestTerminalsPage)
#include "tst_terminalspage.moc"
