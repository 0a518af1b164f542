// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/keymapping.h"
#include "gui/terminal/terminalview.h"

#include <QInputMethodEvent>
#include <QKeyEvent>

// How TerminalView takes keys and composed text.
namespace berth {

namespace {

constexpr Qt::KeyboardModifiers relevant = Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier;

} // namespace

bool TerminalView::event(QEvent *event)
{
    // Shortcuts of the window must not take Ctrl+C, F5 or Delete from the program.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (!m_readOnly && belongsToProgram(*key)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    if (runCommand(*event) || runSelectionKey(*event) || runScrollKey(*event)) {
        event->accept();
        return;
    }
    if (m_readOnly || !belongsToProgram(*event) || !sendKey(m_screen, *event)) {
        event->ignore();
        return;
    }
    event->accept();
    afterTyping();
}

void TerminalView::afterTyping()
{
    m_selection.clear();
    scrollToBottom();
    restartBlinking();
    updateAll();
}

bool TerminalView::runCommand(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & relevant;
    const int key = event.key();
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        switch (key) {
        case Qt::Key_C: copy(); return true;
        case Qt::Key_V: paste(); return true;
        case Qt::Key_A: selectAll(); return true;
        case Qt::Key_F: Q_EMIT searchRequested(); return true;
        case Qt::Key_K: clearScrollback(); return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomBy(1); return true;
        default: return false;
        }
    }
    if (modifiers == Qt::ControlModifier) {
        switch (key) {
        case Qt::Key_Insert: copy(); return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomBy(1); return true;
        case Qt::Key_Minus: zoomBy(-1); return true;
        case Qt::Key_0: resetZoom(); return true;
        default: return false;
        }
    }
    if (modifiers == Qt::ShiftModifier && key == Qt::Key_Insert) {
        paste();
        return true;
    }
    return false;
}

// Ctrl+Shift with the arrows, Home, End and the page keys marks text from the cursor on.
bool TerminalView::runSelectionKey(const QKeyEvent &event)
{
    if ((event.modifiers() & relevant) != (Qt::ControlModifier | Qt::ShiftModifier))
        return false;
    const TerminalGrid &grid = m_screen.grid();
    const GridPosition cursor = m_screen.cursor().at;
    TextPosition at = m_selection.isStarted() ? m_selection.head() : TextPosition{grid.screenTop() + cursor.row, cursor.column};
    const TextPosition start = at;
    switch (event.key()) {
    case Qt::Key_Left: --at.column; break;
    case Qt::Key_Right: ++at.column; break;
    case Qt::Key_Up: --at.line; break;
    case Qt::Key_Down: ++at.line; break;
    case Qt::Key_Home: at.column = 0; break;
    case Qt::Key_End: at.column = grid.columns(); break;
    case Qt::Key_PageUp: at.line -= grid.rows(); break;
    case Qt::Key_PageDown: at.line += grid.rows(); break;
    default: return false;
    }
    if (at.column < 0)
        at = {.line = at.line - 1, .column = grid.columns()};
    if (at.column > grid.columns())
        at = {.line = at.line + 1, .column = 0};
    if (!m_selection.isStarted())
        m_selection.start(grid, start, TextSelection::Unit::Character, TextSelection::Form::Flow);
    m_selection.extendTo(grid, at);
    publishSelection();
    const qint64 line = m_selection.head().line;
    if (line < topLine())
        scrollToLine(line);
    else if (line >= topLine() + grid.rows())
        scrollToLine(line - grid.rows() + 1);
    updateAll();
    return true;
}

bool TerminalView::runScrollKey(const QKeyEvent &event)
{
    const bool plainAfterEnd = m_readOnly && (event.modifiers() & relevant) == Qt::NoModifier;
    if ((event.modifiers() & relevant) != Qt::ShiftModifier && !plainAfterEnd)
        return false;
    if (m_screen.grid().isAlternate() && !m_readOnly)
        return false;
    const int page = std::max(1, m_screen.grid().rows() - 1);
    switch (event.key()) {
    case Qt::Key_PageUp: scrollToLine(topLine() - page); return true;
    case Qt::Key_PageDown: scrollToLine(topLine() + page); return true;
    case Qt::Key_Home: scrollToLine(firstLine()); return true;
    case Qt::Key_End: scrollToBottom(); return true;
    default: return false;
    }
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    if (m_readOnly) {
        event->ignore();
        return;
    }
    m_preedit = event->preeditString();
    if (!event->commitString().isEmpty())
        m_screen.sendText(event->commitString());
    event->accept();
    afterTyping();
    updateMicroFocus();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled: return !m_readOnly;
    case Qt::ImCursorRectangle: {
        const GridPosition at = m_screen.cursor().at;
        const int offset = m_preedit.isEmpty() ? 0 : preeditColumns();
        const QRect cell = cellRect(m_screen.grid().screenTop() + at.row, at.column + offset);
        return cell.translated(viewport()->pos());
    }
    case Qt::ImFont: return m_font->font();
    case Qt::ImHints: return int(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    // A terminal has no text an input method could look at or change.
    case Qt::ImCursorPosition:
    case Qt::ImAnchorPosition: return 0;
    case Qt::ImSurroundingText:
    case Qt::ImCurrentSelection: return QString();
    default: return QAbstractScrollArea::inputMethodQuery(query);
    }
}

} // namespace berth
