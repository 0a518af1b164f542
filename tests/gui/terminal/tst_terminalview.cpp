// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(const QSignalSpy &spy)
{
    QByteArray bytes;
    for (const QList<QVariant> &call : spy)
        bytes += call.first().toByteArray();
    return bytes;
}

} // namespace

class TerminalViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sendsKeys_data();
    void sendsKeys();
    void applicationCursorKeys();
    void keysForTheWindowPass_data();
    void keysForTheWindowPass();
    void readOnlySendsNothing();
    void composedTextIsShownAndCommitted();
    void inputMethodKnowsTheCursor();
    void dragMarksText();
    void doubleAndTripleClick();
    void keyboardMarksText();
    void changedTextIsNoLongerMarked();
    void copyAndPaste();
    void wheelScrollsTheHistory();
    void wheelIsArrowsOnTheAlternateScreen();
    void mouseGoesToTheProgram();
    void outputDoesNotMoveAReader();
    void typingReturnsToTheBottom();
    void searchScrollsToTheMatch();
    void zoomChangesTheGrid();
    void paintsColorsAndWideCharacters();
    void paintsOnlyWhatChanged();
    void hiddenViewHasNoTimers();

private:
    QPoint pointAt(int row, int column) const;
    void wheel(int steps);

    std::unique_ptr<TerminalView> m_view;
};

void TerminalViewTest::init()
{
    m_view = std::make_unique<TerminalView>();
    m_view->resize(640, 400);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TerminalViewTest::cleanup() { m_view.reset(); }

QPoint TerminalViewTest::pointAt(int row, int column) const
{
    const TerminalGrid &grid = m_view->screen().grid();
    const int width = (m_view->viewport()->width() - 8) / grid.columns();
    const int height = (m_view->viewport()->height() - 8) / grid.rows();
    return {4 + column * width + 1, 4 + row * height + height / 2};
}

void TerminalViewTest::wheel(int steps)
{
    const QPointF at = pointAt(1, 1);
    QWheelEvent event(
        at, m_view->viewport()->mapToGlobal(at), {}, {0, steps * 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QGuiApplication::sendEvent(m_view->viewport(), &event);
}

void TerminalViewTest::sendsKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, int key, Qt::KeyboardModifiers modifiers, const QByteArray &bytes) {
        QTest::newRow(name) << key << int(modifiers.toInt()) << bytes;
    };
    row("a", Qt::Key_A, Qt::NoModifier, "a");
    row("Ctrl+C", Qt::Key_C, Qt::ControlModifier, "\x03");
    row("Ctrl+I is Tab", Qt::Key_I, Qt::ControlModifier, "\t");
    row("Ctrl+M is Enter", Qt::Key_M, Qt::ControlModifier, "\r");
    row("Ctrl+[", Qt::Key_BracketLeft, Qt::ControlModifier, "\x1b");
    row("Ctrl+\\", Qt::Key_Backslash, Qt::ControlModifier, "\x1c");
    row("Ctrl+Space", Qt::Key_Space, Qt::ControlModifier, QByteArray(1, '\0'));
    row("Alt+B", Qt::Key_B, Qt::AltModifier,
        "\x1b"
        "b");
    row("Ctrl+Alt+A", Qt::Key_A, Qt::ControlModifier | Qt::AltModifier, "\x1b\x01");
    row("Enter", Qt::Key_Return, Qt::NoModifier, "\r");
    row("Shift+Enter", Qt::Key_Return, Qt::ShiftModifier, "\r");
    row("Tab", Qt::Key_Tab, Qt::NoModifier, "\t");
    row("Shift+Tab", Qt::Key_Backtab, Qt::ShiftModifier, "\x1b[Z");
    row("Backspace", Qt::Key_Backspace, Qt::NoModifier, "\x7f");
    row("Ctrl+Backspace", Qt::Key_Backspace, Qt::ControlModifier, "\b");
    row("Escape", Qt::Key_Escape, Qt::NoModifier, "\x1b");
    row("Up", Qt::Key_Up, Qt::NoModifier, "\x1b[A");
    row("Ctrl+Right", Qt::Key_Right, Qt::ControlModifier, "\x1b[1;5C");
    row("Shift+Alt+Left", Qt::Key_Left, Qt::ShiftModifier | Qt::AltModifier, "\x1b[1;4D");
    row("Home", Qt::Key_Home, Qt::NoModifier, "\x1b[H");
    row("Delete", Qt::Key_Delete, Qt::NoModifier, "\x1b[3~");
    row("PageUp", Qt::Key_PageUp, Qt::NoModifier, "\x1b[5~");
    row("F1", Qt::Key_F1, Qt::NoModifier, "\x1bOP");
    row("F5", Qt::Key_F5, Qt::NoModifier, "\x1b[15~");
    row("Shift+F5", Qt::Key_F5, Qt::ShiftModifier, "\x1b[15;2~");
    row("F12", Qt::Key_F12, Qt::NoModifier, "\x1b[24~");
}

void TerminalViewTest::sendsKeys()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QByteArray, bytes);
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key), Qt::KeyboardModifiers::fromInt(static_cast<uint>(modifiers)));
    QCOMPARE(bytesOf(spy), bytes);
}

void TerminalViewTest::applicationCursorKeys()
{
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    m_view->feed("\x1b[?1h");
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(bytesOf(spy), QByteArray("\x1bOA"));
}

void TerminalViewTest::keysForTheWindowPass_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("Ctrl+1") << int(Qt::Key_1) << int(Qt::KeyboardModifiers(Qt::ControlModifier).toInt());
    QTest::newRow("Ctrl+Tab") << int(Qt::Key_Tab) << int(Qt::KeyboardModifiers(Qt::ControlModifier).toInt());
    QTest::newRow("Ctrl+PageDown") << int(Qt::Key_PageDown) << int(Qt::KeyboardModifiers(Qt::ControlModifier).toInt());
    QTest::newRow("Ctrl+Shift+T") << int(Qt::Key_T) << int((Qt::ControlModifier | Qt::ShiftModifier).toInt());
}

void TerminalViewTest::keysForTheWindowPass()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key), Qt::KeyboardModifiers::fromInt(static_cast<uint>(modifiers)));
    QCOMPARE(bytesOf(spy), QByteArray());
}

void TerminalViewTest::readOnlySendsNothing()
{
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    m_view->setReadOnly(true);
    QTest::keyClicks(m_view.get(), u"rm"_s);
    QInputMethodEvent event;
    event.setCommitString(u"가"_s);
    QGuiApplication::sendEvent(m_view.get(), &event);
    m_view->paste();
    QCOMPARE(bytesOf(spy), QByteArray());
    QCOMPARE(m_view->inputMethodQuery(Qt::ImEnabled).toBool(), false);
}

void TerminalViewTest::composedTextIsShownAndCommitted()
{
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    QTest::qWait(30);
    const QImage before = m_view->grab().toImage();
    QInputMethodEvent composing(u"하"_s, {});
    QGuiApplication::sendEvent(m_view.get(), &composing);
    QCOMPARE(bytesOf(spy), QByteArray());
    QVERIFY(m_view->grab().toImage() != before);
    QInputMethodEvent next(u"ㄱ"_s, {});
    next.setCommitString(u"한"_s);
    QGuiApplication::sendEvent(m_view.get(), &next);
    QCOMPARE(bytesOf(spy), u"한"_s.toUtf8());
    QInputMethodEvent cancelled;
    QGuiApplication::sendEvent(m_view.get(), &cancelled);
    QCOMPARE(bytesOf(spy), u"한"_s.toUtf8());
}

void TerminalViewTest::inputMethodKnowsTheCursor()
{
    const QRect home = m_view->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    m_view->feed("\x1b[3;5H");
    const QRect moved = m_view->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    QCOMPARE(moved.left() - home.left(), 4 * home.width());
    QCOMPARE(moved.top() - home.top(), 2 * home.height());
    QInputMethodEvent composing(u"하"_s, {});
    QGuiApplication::sendEvent(m_view.get(), &composing);
    const QRect composed = m_view->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    QCOMPARE(composed.left() - moved.left(), 2 * home.width());
    QVERIFY(m_view->inputMethodQuery(Qt::ImEnabled).toBool());
}

void TerminalViewTest::dragMarksText()
{
    m_view->feed("hello world\r\nsecond line");
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 6));
    QTest::mouseMove(m_view->viewport(), pointAt(1, 6));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, pointAt(1, 6));
    QCOMPARE(m_view->selectedText(), u"world\nsecond"_s);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 0));
    QCOMPARE(m_view->selectedText(), QString());
}

void TerminalViewTest::doubleAndTripleClick()
{
    m_view->feed("one /usr/bin/two three");
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 8));
    QCOMPARE(m_view->selectedText(), u"/usr/bin/two"_s);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 8));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 8));
    QCOMPARE(m_view->selectedText(), u"one /usr/bin/two three"_s);
}

void TerminalViewTest::keyboardMarksText()
{
    m_view->feed("hello\r\nworld");
    const auto keys = Qt::ControlModifier | Qt::ShiftModifier;
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    QTest::keyClick(m_view.get(), Qt::Key_Left, keys);
    QTest::keyClick(m_view.get(), Qt::Key_Left, keys);
    QCOMPARE(m_view->selectedText(), u"ld"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Up, keys);
    QCOMPARE(m_view->selectedText(), u"lo\nworld"_s);
    QTest::keyClick(m_view.get(), Qt::Key_A, keys);
    QCOMPARE(m_view->selectedText().trimmed(), u"hello\nworld"_s);
    QCOMPARE(bytesOf(spy), QByteArray());
}

void TerminalViewTest::changedTextIsNoLongerMarked()
{
    m_view->feed("mark me\r\n\r\n");
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 1));
    QCOMPARE(m_view->selectedText(), u"mark"_s);
    m_view->feed("other output");
    QTest::qWait(40);
    QCOMPARE(m_view->selectedText(), u"mark"_s);
    m_view->feed("\x1b[1;1Hpark");
    QTRY_COMPARE(m_view->selectedText(), QString());
}

void TerminalViewTest::copyAndPaste()
{
    m_view->feed("복사할 text");
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 1));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"복사할"_s);
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    m_view->feed("\x1b[?2004h");
    QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bytesOf(spy), "\x1b[200~" + u"복사할"_s.toUtf8() + "\x1b[201~");
}

void TerminalViewTest::wheelScrollsTheHistory()
{
    for (int line = 0; line < 100; ++line)
        m_view->feed(QByteArray::number(line) + "\r\n");
    QTest::qWait(40);
    QScrollBar *bar = m_view->verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    wheel(2);
    QCOMPARE(bar->value(), bar->maximum() - 6);
    wheel(-5);
    QCOMPARE(bar->value(), bar->maximum());
}

void TerminalViewTest::wheelIsArrowsOnTheAlternateScreen()
{
    m_view->feed("\x1b[?1049h");
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    wheel(1);
    QCOMPARE(bytesOf(spy), QByteArray("\x1b[A\x1b[A\x1b[A"));
}

void TerminalViewTest::mouseGoesToTheProgram()
{
    m_view->feed("some text\x1b[?1002;1006h");
    QSignalSpy spy(m_view.get(), &TerminalView::input);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, pointAt(0, 2));
    QTest::mouseMove(m_view->viewport(), pointAt(1, 4));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, pointAt(1, 4));
    wheel(1);
    QCOMPARE(bytesOf(spy), QByteArray("\x1b[<0;3;1M\x1b[<32;5;2M\x1b[<0;5;2m\x1b[<64;2;2M"));
    spy.clear();
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, pointAt(0, 0));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, pointAt(0, 0));
    QCOMPARE(bytesOf(spy), QByteArray());
}

void TerminalViewTest::outputDoesNotMoveAReader()
{
    for (int line = 0; line < 100; ++line)
        m_view->feed(QByteArray::number(line) + "\r\n");
    QTest::qWait(40);
    QScrollBar *bar = m_view->verticalScrollBar();
    bar->setValue(20);
    m_view->feed("more\r\nand more\r\n");
    QTest::qWait(40);
    QCOMPARE(bar->value(), 20);
}

void TerminalViewTest::typingReturnsToTheBottom()
{
    for (int line = 0; line < 100; ++line)
        m_view->feed(QByteArray::number(line) + "\r\n");
    QTest::qWait(40);
    QScrollBar *bar = m_view->verticalScrollBar();
    bar->setValue(20);
    QTest::keyClick(m_view.get(), Qt::Key_X);
    QCOMPARE(bar->value(), bar->maximum());
}

void TerminalViewTest::searchScrollsToTheMatch()
{
    for (int line = 0; line < 300; ++line)
        m_view->feed("row " + QByteArray::number(line) + "\r\n");
    QSignalSpy changed(m_view.get(), &TerminalView::searchChanged);
    m_view->setSearch(u"row 12"_s, Qt::CaseInsensitive);
    QCOMPARE(m_view->search().count(), 11);
    QCOMPARE(m_view->search().current(), 10);
    QVERIFY(changed.size() > 0);
    m_view->searchDown();
    QCOMPARE(m_view->search().current(), 0);
    const int top = m_view->verticalScrollBar()->value();
    QVERIFY(top <= 12 && top + m_view->screen().grid().rows() > 12);
    // Output while the bar is open is searched too.
    m_view->feed("row 12 again\r\n");
    QTRY_COMPARE(m_view->search().count(), 12);
    QCOMPARE(m_view->search().current(), 0);
}

void TerminalViewTest::zoomChangesTheGrid()
{
    QSignalSpy resized(m_view.get(), &TerminalView::resized);
    const int columns = m_view->screen().grid().columns();
    QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(m_view->screen().grid().columns() < columns);
    QVERIFY(resized.size() > 0);
    QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->screen().grid().columns(), columns);
}

void TerminalViewTest::paintsColorsAndWideCharacters()
{
    m_view->feed("\x1b[48;2;1;200;3m  \x1b[0m\r\n\x1b[38;2;250;2;3m한");
    QTest::qWait(40);
    const QImage image = m_view->viewport()->grab().toImage();
    QCOMPARE(image.pixelColor(pointAt(0, 1)), QColor(1, 200, 3));
    const QPoint start = pointAt(1, 0);
    const int cell = pointAt(1, 1).x() - start.x();
    int inked = 0;
    for (int x = start.x() + cell; x < start.x() + 2 * cell; ++x) {
        for (int y = start.y() - 5; y < start.y() + 5; ++y) {
            const QColor pixel = image.pixelColor(x, y);
            inked += pixel.red() > pixel.green() + 60 ? 1 : 0;
        }
    }
    QVERIFY2(inked > 3, "the right cell of a wide character is empty");
}

void TerminalViewTest::paintsOnlyWhatChanged()
{
    class PaintWatch : public QObject {
    public:
        QRegion painted;
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::Paint)
                painted += static_cast<QPaintEvent *>(event)->region();
            return false;
        }
    };
    m_view->feed("\x1b[?25l\x1b[H");
    QTest::qWait(60);
    PaintWatch watch;
    m_view->viewport()->installEventFilter(&watch);
    m_view->feed("\x1b[5;1Hx");
    QTRY_VERIFY(!watch.painted.isEmpty());
    QTest::qWait(40);
    QVERIFY(watch.painted.contains(pointAt(4, 0)));
    QVERIFY(!watch.painted.contains(pointAt(8, 0)));
    QVERIFY(!watch.painted.contains(pointAt(2, 0)));
}

void TerminalViewTest::hiddenViewHasNoTimers()
{
    class TimerWatch : public QObject {
    public:
        int count = 0;
        bool eventFilter(QObject *, QEvent *event) override
        {
            count += event->type() == QEvent::Timer ? 1 : 0;
            return false;
        }
    };
    m_view->hide();
    m_view->feed("output while nobody looks");
    TimerWatch watch;
    m_view->installEventFilter(&watch);
    QTest::qWait(700);
    QCOMPARE(watch.count, 0);
    // Shown but without the focus: nothing blinks.
    m_view->show();
    m_view->clearFocus();
    QTest::qWait(100);
    watch.count = 0;
    QTest::qWait(1200);
    QCOMPARE(watch.count, 0);
}

QTEST_MAIN(TerminalViewTest)
#include "tst_terminalview.moc"
