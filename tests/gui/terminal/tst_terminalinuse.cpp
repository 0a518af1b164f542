// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What people do at a terminal, with real programs on the other side.
#include "gui/style/theme.h"
#include "gui/terminal/terminaltab.h"
#include "gui/terminal/terminalview.h"

#include <QApplication>
#include <QDesktopServices>
#include <QElapsedTimer>
#include <QInputMethodEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QPoint pointAt(const TerminalView &view, int row, int column)
{
    const TerminalGrid &grid = view.screen().grid();
    const int width = (view.viewport()->width() - 8) / grid.columns();
    const int height = (view.viewport()->height() - 8) / grid.rows();
    return {4 + column * width + width / 2, 4 + row * height + height / 2};
}

// An input method composes a syllable and then commits it.
void compose(TerminalView *view, const QStringList &steps, const QString &committed)
{
    for (const QString &step : steps) {
        QInputMethodEvent composing(step, {});
        QGuiApplication::sendEvent(view, &composing);
    }
    QInputMethodEvent done;
    done.setCommitString(committed);
    QGuiApplication::sendEvent(view, &done);
}

} // namespace

class TerminalInUseTest : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void remember(const QUrl &url) { m_opened.append(url); }

private:
    QList<QUrl> m_opened;

private Q_SLOTS:
    // 안녕 is typed as a Korean keyboard makes it; the program gets the syllables, never the parts.
    void hangulIsTypedIntoAProgram()
    {
        TerminalTab tab(u"t"_s, {u"/bin/cat"_s});
        tab.resize(600, 300);
        tab.show();
        QVERIFY(tab.start());
        auto *view = tab.findChild<TerminalView *>();
        compose(view, {u"ㅇ"_s, u"아"_s, u"안"_s}, u"안"_s);
        compose(view, {u"ㄴ"_s, u"녀"_s, u"녕"_s}, u"녕"_s);
        QTRY_COMPARE(tab.screenText().trimmed(), u"안녕"_s); // the echo of the terminal
        compose(view, {u"ㅎ"_s, u"하"_s}, {});     // taken back with Escape
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(tab.screenText(), u"안녕\n안녕\n"_s);
        // Backspace takes a syllable away, not one of its three bytes.
        compose(view, {u"가"_s}, u"가나"_s);
        QTest::keyClick(view, Qt::Key_Backspace);
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(tab.screenText().remove(u' '), u"안녕\n안녕\n가\n가\n"_s);
    }

    void composingIsDrawnAtTheCursor()
    {
        TerminalView view;
        view.resize(400, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.feed("> ");
        QTest::qWait(40);
        const QImage before = view.viewport()->grab().toImage();
        QInputMethodEvent composing(u"한"_s, {});
        QGuiApplication::sendEvent(&view, &composing);
        const QImage during = view.viewport()->grab().toImage();
        QVERIFY(before != during);
        // Only there: the line's beginning and the next line are as they were.
        const QRect prompt(0, 0, pointAt(view, 0, 1).x(), before.height());
        QCOMPARE(before.copy(prompt), during.copy(prompt));
        const int nextLine = (pointAt(view, 1, 0).y() + pointAt(view, 0, 0).y()) / 2 + 2;
        QCOMPARE(
            before.copy(0, nextLine, before.width(), before.height()), during.copy(0, nextLine, before.width(), before.height()));
    }

    void interruptEndsAFloodAtOnce()
    {
        TerminalTab tab(u"t"_s, {u"/bin/sh"_s, u"-c"_s, u"exec yes flooding"_s});
        tab.resize(900, 600);
        tab.show();
        QVERIFY(tab.start());
        QTRY_VERIFY(tab.screenText().size() > 50'000);
        QSignalSpy finished(&tab, &TerminalTab::finished);
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(tab.findChild<TerminalView *>(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(finished.count() > 0 || finished.wait(5000));
        QCOMPARE(finished.first().first().toInt(), 130);
        QVERIFY2(timer.elapsed() < 1500, QByteArray::number(timer.elapsed()));
        // Nothing is still coming afterwards.
        const qsizetype size = tab.screenText().size();
        QTest::qWait(100);
        QCOMPARE(tab.screenText().size(), size);
    }

    void linksOfProgramsOpenWithCtrl()
    {
        TerminalView view;
        view.resize(600, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.feed("see \x1b]8;;https://example.org/docs\x1b\\the docs\x1b]8;;\x1b\\ or http://example.org/plain\r\n"
                  "\x1b]8;;file:///etc/passwd\x1b\\a trap\x1b]8;;\x1b\\");
        QDesktopServices::setUrlHandler(u"https"_s, this, "remember");
        QDesktopServices::setUrlHandler(u"http"_s, this, "remember");
        QDesktopServices::setUrlHandler(u"file"_s, this, "remember");
        const auto click = [&](int row, int column, Qt::KeyboardModifiers modifiers) {
            QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, pointAt(view, row, column));
        };
        click(0, 6, Qt::NoModifier);
        QVERIFY(m_opened.isEmpty());
        click(0, 6, Qt::ControlModifier);
        QCOMPARE(m_opened, QList<QUrl>{QUrl(u"https://example.org/docs"_s)});
        click(0, 25, Qt::ControlModifier);
        QCOMPARE(m_opened.last(), QUrl(u"http://example.org/plain"_s));
        // A container must not make the desktop open files of the host.
        click(1, 2, Qt::ControlModifier);
        QCOMPARE(m_opened.size(), 2);
        for (const QString &scheme : {u"https"_s, u"http"_s, u"file"_s})
            QDesktopServices::unsetUrlHandler(scheme);
    }

    void cursorHasTheShapeThatIsAskedFor_data()
    {
        QTest::addColumn<QByteArray>("sequence");
        QTest::addColumn<int>("shape");
        QTest::addColumn<bool>("blinks");
        using Shape = TerminalScreen::CursorShape;
        QTest::newRow("blinking block") << QByteArray("\x1b[1 q") << int(Shape::Block) << true;
        QTest::newRow("block") << QByteArray("\x1b[2 q") << int(Shape::Block) << false;
        QTest::newRow("blinking underline") << QByteArray("\x1b[3 q") << int(Shape::Underline) << true;
        QTest::newRow("underline") << QByteArray("\x1b[4 q") << int(Shape::Underline) << false;
        QTest::newRow("blinking bar") << QByteArray("\x1b[5 q") << int(Shape::Bar) << true;
        QTest::newRow("bar") << QByteArray("\x1b[6 q") << int(Shape::Bar) << false;
    }
    void cursorHasTheShapeThatIsAskedFor()
    {
        QFETCH(QByteArray, sequence);
        QFETCH(int, shape);
        QFETCH(bool, blinks);
        TerminalView view;
        view.feed(sequence);
        QCOMPARE(int(view.screen().cursor().shape), shape);
        QCOMPARE(view.screen().cursor().blinks, blinks);
        view.feed("\x1b[?25l");
        QVERIFY(!view.screen().cursor().visible);
        view.feed("\x1b[?25h");
        QVERIFY(view.screen().cursor().visible);
    }

    void cursorShapesLookDifferent()
    {
        TerminalView view;
        view.resize(300, 150);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setFocus();
        QList<QImage> looks;
        for (const char *sequence : {"\x1b[2 q", "\x1b[4 q", "\x1b[6 q", "\x1b[?25l"}) {
            view.feed(sequence);
            QTest::qWait(40);
            looks.append(view.viewport()->grab().toImage());
            for (const QImage &earlier : looks.first(looks.size() - 1))
                QVERIFY(earlier != looks.last());
        }
    }

    void tenThousandLinesAreKept()
    {
        TerminalTab tab(u"t"_s, {u"/bin/sh"_s, u"-c"_s, u"seq 1 20000"_s});
        tab.resize(600, 300);
        tab.show();
        QSignalSpy finished(&tab, &TerminalTab::finished);
        QVERIFY(tab.start());
        QVERIFY(finished.count() > 0 || finished.wait(30'000));
        auto *view = tab.findChild<TerminalView *>();
        QTRY_COMPARE(view->verticalScrollBar()->maximum(), 10'000);
        const QStringList lines = tab.screenText().trimmed().split(u'\n');
        QVERIFY(lines.size() >= 10'000);
        QCOMPARE(lines.last(), u"20000"_s);
        QCOMPARE(lines.first().toInt(), 20'000 - static_cast<int>(lines.size()) + 1);
    }

    // While a program prints without end, other things happen in time. A busy machine delays a turn now
    // and then; it does not delay every tenth.
    void floodLeavesTimeForTheWindow()
    {
        TerminalTab tab(u"t"_s, {u"/bin/sh"_s, u"-c"_s, u"exec yes 'a line of ordinary length, as a build prints it'"_s});
        tab.resize(900, 600);
        tab.show();
        QVERIFY(tab.start());
        QList<qint64> pauses;
        QElapsedTimer since;
        QTimer heart;
        connect(&heart, &QTimer::timeout, &heart, [&] { pauses.append(since.restart()); });
        since.start();
        heart.start(5);
        QTRY_VERIFY_WITH_TIMEOUT(pauses.size() >= 100, 30'000);
        std::ranges::sort(pauses);
        QVERIFY2(pauses.at(pauses.size() * 9 / 10) <= 100, QByteArray::number(pauses.at(pauses.size() * 9 / 10)));
        QVERIFY(tab.screenText().contains(u"ordinary"_s));
    }

    void followsTheDesktopsScheme()
    {
        TerminalView view;
        view.resize(300, 150);
        applyTheme(*qApp, Appearance::Light);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.feed("text");
        QTest::qWait(40);
        const auto ground = [&] { return view.viewport()->grab().toImage().pixelColor(250, 120).lightness(); };
        QVERIFY(ground() > 200);
        QSignalSpy input(&view, &TerminalView::input);
        view.feed("\x1b]11;?\x1b\\");
        const QByteArray light = input.last().first().toByteArray();
        applyTheme(*qApp, Appearance::Dark);
        QTRY_VERIFY(ground() < 80);
        view.feed("\x1b]11;?\x1b\\");
        QVERIFY(input.last().first().toByteArray() != light); // programs that ask choose other colours
        applyTheme(*qApp, Appearance::Light);
        QTRY_VERIFY(ground() > 200);
    }
};

QTEST_MAIN(TerminalInUseTest)
#include "tst_terminalinuse.moc"
