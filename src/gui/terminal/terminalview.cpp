// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>
#include <chrono>

namespace berth {

namespace {

constexpr auto frameTime = std::chrono::milliseconds(16);
constexpr auto longestFrameTime = std::chrono::milliseconds(100);
constexpr int leastRest = 9; // times of a painting between two, so that a flood is mostly read
constexpr auto searchDelay = std::chrono::milliseconds(200);
constexpr int defaultRows = 24;
constexpr int defaultColumns = 80;
constexpr int smallestPointSize = 5;
constexpr int largestPointSize = 48;

} // namespace

TerminalView::TerminalView(QWidget *parent) : QAbstractScrollArea(parent), m_screen(defaultRows, defaultColumns)
{
    setFrameStyle(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setAttribute(Qt::WA_KeyCompression, false);
    setAccessibleName(tr("Terminal"));
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    m_sinceFrame.start();
    m_sinceKey.start();
    applyScheme();
    applyFont();
    connect(&m_screen, &TerminalScreen::output, this, &TerminalView::input);
}

TerminalView::~TerminalView() = default;

QSize TerminalView::sizeHint() const
{
    return {defaultColumns * m_font->cellWidth() + 2 * margin + verticalScrollBar()->sizeHint().width(),
        defaultRows * m_font->cellHeight() + 2 * margin};
}

void TerminalView::applyFont()
{
    QFont font = TerminalFont::systemFont();
    const int size = font.pointSize() > 0 ? font.pointSize() : 10;
    font.setPointSize(std::clamp(size + m_zoom, smallestPointSize, largestPointSize));
    m_font = std::make_unique<TerminalFont>(font);
    fitToViewport();
    updateAll();
}

void TerminalView::applyScheme()
{
    m_scheme = ColorScheme::forPalette(palette());
    m_screen.setReportedColors(m_scheme.foreground & 0xffffff, m_scheme.background & 0xffffff);
    updateAll();
}

void TerminalView::zoomBy(int points)
{
    const int size = m_font->font().pointSize() + points;
    if (size < smallestPointSize || size > largestPointSize)
        return;
    m_zoom += points;
    applyFont();
}

void TerminalView::resetZoom()
{
    m_zoom = 0;
    applyFont();
}

void TerminalView::fitToViewport()
{
    const QSize area = viewport()->size() - QSize(2 * margin, 2 * margin);
    const int rows = std::clamp(area.height() / m_font->cellHeight(), 1, TerminalScreen::maxRows);
    const int columns = std::clamp(area.width() / m_font->cellWidth(), 1, TerminalScreen::maxColumns);
    const TerminalGrid &grid = m_screen.grid();
    if (rows == grid.rows() && columns == grid.columns())
        return;
    const bool rewraps = columns != grid.columns();
    m_screen.resize(rows, columns);
    if (rewraps) {
        m_selection.clear();
        m_search.refresh(grid);
        Q_EMIT searchChanged();
    }
    Q_EMIT resized(rows, columns);
    showFrame();
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    // A widget that was never laid out has a meaningless size; programs would wrap to it.
    if (isVisible() || testAttribute(Qt::WA_Resized))
        fitToViewport();
}

void TerminalView::feed(QByteArrayView bytes)
{
    m_screen.feed(bytes);
    scheduleFrame();
    if (m_search.isActive() && !m_searchTimer.isActive())
        m_searchTimer.start(searchDelay, this);
}

void TerminalView::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    restartBlinking();
    updateAll();
}

void TerminalView::scheduleFrame()
{
    if (m_frameTimer.isActive() || !isVisible())
        return;
    const auto sinceLast = std::chrono::milliseconds(m_sinceFrame.elapsed());
    const auto interval = std::clamp(
        std::chrono::ceil<std::chrono::milliseconds>(leastRest * m_paintingTime), frameTime, longestFrameTime);
    m_frameTimer.start(std::max(interval - sinceLast, std::chrono::milliseconds(0)), this);
}

void TerminalView::showFrame()
{
    m_frameTimer.stop();
    m_sinceFrame.restart();
    dropStaleSelection();
    const qint64 before = m_topLine;
    updateScrollBar();
    const TerminalGrid &grid = m_screen.grid();
    if (topLine() != before) {
        updateAll();
    } else if (grid.isDamaged()) {
        for (int row = 0; row < grid.rows(); ++row) {
            if (grid.damage()[static_cast<size_t>(row)])
                updateLines(grid.screenTop() + row, grid.screenTop() + row);
        }
    }
    m_screen.clearDamage();
    const GridPosition cursor = m_screen.cursor().at;
    updateLines(grid.screenTop() + m_paintedCursor.row, grid.screenTop() + m_paintedCursor.row);
    updateLines(grid.screenTop() + cursor.row, grid.screenTop() + cursor.row);
    if (cursor.row != m_paintedCursor.row || cursor.column != m_paintedCursor.column)
        updateMicroFocus();
    m_paintedCursor = cursor;
}

void TerminalView::dropStaleSelection()
{
    if (m_selection.isEmpty() || !m_screen.grid().isDamaged() || m_dragTimer.isActive())
        return;
    const TerminalGrid &grid = m_screen.grid();
    if (m_selection.lastLine() < grid.screenTop() && m_selection.firstLine() >= grid.oldestLine())
        return;
    if (selectedText() != m_markedText) {
        m_selection.clear();
        updateAll();
    }
}

qint64 TerminalView::firstLine() const
{
    const TerminalGrid &grid = m_screen.grid();
    return grid.isAlternate() ? grid.screenTop() : grid.oldestLine();
}

qint64 TerminalView::topLine() const
{
    const qint64 bottom = m_screen.grid().screenTop();
    return m_follows ? bottom : std::clamp(m_topLine, firstLine(), bottom);
}

void TerminalView::updateScrollBar()
{
    m_topLine = topLine();
    const auto range = static_cast<int>(m_screen.grid().screenTop() - firstLine());
    QScrollBar *bar = verticalScrollBar();
    const QSignalBlocker blocker(bar);
    bar->setRange(0, range);
    bar->setPageStep(m_screen.grid().rows());
    bar->setValue(static_cast<int>(m_topLine - firstLine()));
    bar->update();
}

// Only a person moves the bar: updateScrollBar() blocks its signals.
void TerminalView::scrollContentsBy(int, int) { scrollToLine(firstLine() + verticalScrollBar()->value()); }

void TerminalView::scrollToLine(qint64 line)
{
    const qint64 bottom = m_screen.grid().screenTop();
    const qint64 before = topLine();
    m_topLine = std::clamp(line, firstLine(), bottom);
    m_follows = m_topLine == bottom;
    updateScrollBar();
    if (before != m_topLine)
        updateAll();
}

void TerminalView::scrollToBottom() { scrollToLine(m_screen.grid().screenTop()); }

void TerminalView::updateLines(qint64 first, qint64 last)
{
    const int height = m_font->cellHeight();
    const auto top = static_cast<int>(first - topLine()) * height + margin;
    viewport()->update(0, top, viewport()->width(), static_cast<int>(last - first + 1) * height);
}

void TerminalView::setSearch(const QString &needle, Qt::CaseSensitivity sensitivity)
{
    m_searchTimer.stop();
    m_search.setNeedle(m_screen.grid(), needle, sensitivity);
    showMatch();
}

void TerminalView::searchUp()
{
    m_search.goUp();
    showMatch();
}

void TerminalView::searchDown()
{
    m_search.goDown();
    showMatch();
}

void TerminalView::showMatch()
{
    const TextSearch::Match *match = m_search.currentMatch();
    const TerminalGrid &grid = m_screen.grid();
    if (match && (match->begin.line < topLine() || match->end.line >= topLine() + grid.rows()))
        scrollToLine(match->begin.line - grid.rows() / 2);
    updateAll();
    Q_EMIT searchChanged();
}

void TerminalView::copy()
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TerminalView::paste() { pasteFrom(false); }

void TerminalView::pasteFrom(bool primary)
{
    if (m_readOnly)
        return;
    const auto mode = primary ? QClipboard::Selection : QClipboard::Clipboard;
    m_screen.paste(QGuiApplication::clipboard()->text(mode));
    afterTyping();
}

void TerminalView::selectAll()
{
    m_selection.selectAll(m_screen.grid());
    publishSelection();
    updateAll();
}

void TerminalView::publishSelection()
{
    m_markedText = selectedText();
    if (!m_markedText.isEmpty() && QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setText(m_markedText, QClipboard::Selection);
}

void TerminalView::clearScrollback()
{
    m_selection.clear();
    m_screen.clearScrollback();
    m_search.refresh(m_screen.grid());
    Q_EMIT searchChanged();
    scrollToBottom();
    updateAll();
}

void TerminalView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_frameTimer.timerId()) {
        showFrame();
    } else if (event->timerId() == m_blinkTimer.timerId()) {
        blink();
    } else if (event->timerId() == m_dragTimer.timerId()) {
        extendSelection(m_pointer);
    } else if (event->timerId() == m_searchTimer.timerId()) {
        m_searchTimer.stop();
        m_search.refresh(m_screen.grid());
        updateAll();
        Q_EMIT searchChanged();
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

} // namespace berth
