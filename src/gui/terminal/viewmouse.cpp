// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/keymapping.h"
#include "gui/terminal/terminalview.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QStyleHints>
#include <QToolTip>

#include <algorithm>
#include <chrono>

// How TerminalView takes the mouse: reports for programs that asked, else marking and links.
namespace berth {

namespace {

constexpr auto dragScrollTime = std::chrono::milliseconds(40);
constexpr int wheelStep = 120;
constexpr int linesPerStep = 3;

int buttonNumber(Qt::MouseButton button)
{
    switch (button) {
    case Qt::LeftButton: return 1;
    case Qt::MiddleButton: return 2;
    case Qt::RightButton: return 3;
    default: return 0;
    }
}

} // namespace

TextPosition TerminalView::positionAt(QPoint point) const
{
    const TerminalGrid &grid = m_screen.grid();
    const int row = (point.y() - margin) / m_font->cellHeight();
    const int column = (point.x() - margin) / m_font->cellWidth();
    return {.line = topLine() + std::clamp(row, 0, grid.rows() - 1), .column = std::clamp(column, 0, grid.columns() - 1)};
}

// The boundary between two cells that is nearest to a point: where a mark begins or ends.
TextPosition TerminalView::boundaryAt(QPoint point) const
{
    TextPosition at = positionAt(point);
    const int column = (point.x() - margin + m_font->cellWidth() / 2) / m_font->cellWidth();
    at.column = std::clamp(column, 0, m_screen.grid().columns());
    return at;
}

bool TerminalView::reportsMouse(Qt::KeyboardModifiers modifiers) const
{
    return m_screen.mouseMode() != TerminalScreen::MouseMode::None && !m_readOnly && (modifiers & Qt::ShiftModifier) == 0;
}

void TerminalView::reportMouse(const QMouseEvent &event, bool pressed)
{
    const TextPosition at = positionAt(event.position().toPoint());
    const VTermModifier modifiers = toVTerm(event.modifiers());
    const auto row = static_cast<int>(at.line - m_screen.grid().screenTop());
    if (row < 0)
        return;
    m_screen.moveMouse({.row = row, .column = at.column}, modifiers);
    if (event.type() != QEvent::MouseMove && buttonNumber(event.button()) != 0)
        m_screen.pressMouse(buttonNumber(event.button()), pressed, modifiers);
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    m_pointer = event->position().toPoint();
    if ((event->modifiers() & Qt::ControlModifier) != 0 && event->button() == Qt::LeftButton) {
        if (const auto link = linkAt(m_screen.grid(), positionAt(m_pointer))) {
            openLink(*link);
            return;
        }
    }
    if (reportsMouse(event->modifiers())) {
        reportMouse(*event, true);
        return;
    }
    if (event->button() == Qt::MiddleButton)
        pasteFrom(true);
    if (event->button() == Qt::LeftButton)
        startSelection(*event);
}

void TerminalView::startSelection(const QMouseEvent &event)
{
    const TerminalGrid &grid = m_screen.grid();
    const bool third = m_sinceDoubleClick.isValid()
        && m_sinceDoubleClick.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval();
    m_sinceDoubleClick.invalidate();
    if (third) {
        m_selection.start(grid, positionAt(m_pointer), TextSelection::Unit::Line, TextSelection::Form::Flow);
        publishSelection();
    } else if ((event.modifiers() & Qt::ShiftModifier) != 0 && !m_selection.isEmpty()) {
        m_selection.extendTo(grid, boundaryAt(m_pointer));
    } else {
        const bool block = (event.modifiers() & Qt::AltModifier) != 0;
        m_selection.start(grid, boundaryAt(m_pointer), TextSelection::Unit::Character,
            block ? TextSelection::Form::Block : TextSelection::Form::Flow);
    }
    updateAll();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_pointer = event->position().toPoint();
    if (reportsMouse(event->modifiers())) {
        reportMouse(*event, true);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    m_sinceDoubleClick.start();
    m_selection.start(m_screen.grid(), positionAt(m_pointer), TextSelection::Unit::Word, TextSelection::Form::Flow);
    publishSelection();
    updateAll();
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position().toPoint();
    updateHoveredLink(m_pointer, event->modifiers());
    if (reportsMouse(event->modifiers())) {
        reportMouse(*event, true);
        return;
    }
    if ((event->buttons() & Qt::LeftButton) != 0 && m_selection.isStarted())
        extendSelection(m_pointer);
}

// Called by mouse moves and, while the pointer is above or below the view, by the drag timer.
void TerminalView::extendSelection(QPoint point)
{
    const int below = std::max(point.y() - viewport()->height(), 0);
    const int above = std::max(-point.y(), 0);
    if (above + below > 0) {
        const int speed = 1 + (above + below) / (2 * m_font->cellHeight());
        scrollToLine(topLine() + (below > 0 ? speed : -speed));
        if (!m_dragTimer.isActive())
            m_dragTimer.start(dragScrollTime, this);
    } else {
        m_dragTimer.stop();
    }
    const TextPosition at = m_selection.unit() == TextSelection::Unit::Character ? boundaryAt(point) : positionAt(point);
    m_selection.extendTo(m_screen.grid(), at);
    m_markedText = selectedText();
    updateAll();
}

void TerminalView::mouseReleaseEvent(QMouseEvent *event)
{
    m_dragTimer.stop();
    if (reportsMouse(event->modifiers())) {
        reportMouse(*event, false);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (m_selection.isEmpty())
        m_selection.clear();
    else
        publishSelection();
    updateAll();
}

void TerminalView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if ((event->modifiers() & Qt::ControlModifier) != 0) {
        zoomBy(event->angleDelta().y() > 0 ? 1 : -1);
        return;
    }
    m_wheelRest += event->angleDelta().y();
    const int steps = m_wheelRest / wheelStep;
    m_wheelRest -= steps * wheelStep;
    if (steps == 0)
        return;
    const VTermModifier modifiers = toVTerm(event->modifiers());
    if (reportsMouse(event->modifiers())) {
        const TextPosition at = positionAt(event->position().toPoint());
        m_screen.moveMouse({.row = static_cast<int>(at.line - topLine()), .column = at.column}, modifiers);
        for (int step = 0; step < std::abs(steps); ++step)
            m_screen.pressMouse(steps > 0 ? 4 : 5, true, modifiers);
        return;
    }
    // Programs on the alternate screen (less, vim) have no history to scroll; they know the arrows.
    if (m_screen.grid().isAlternate() && !m_readOnly) {
        for (int step = 0; step < std::abs(steps) * linesPerStep; ++step)
            m_screen.sendKey(steps > 0 ? VTERM_KEY_UP : VTERM_KEY_DOWN, VTERM_MOD_NONE);
        return;
    }
    scrollToLine(topLine() - steps * linesPerStep);
}

void TerminalView::updateHoveredLink(QPoint point, Qt::KeyboardModifiers modifiers)
{
    auto link = viewport()->rect().contains(point) ? linkAt(m_screen.grid(), positionAt(point)) : std::nullopt;
    const bool opens = link && (modifiers & Qt::ControlModifier) != 0;
    const bool programMouse = reportsMouse(modifiers);
    viewport()->setCursor(opens ? Qt::PointingHandCursor : programMouse ? Qt::ArrowCursor : Qt::IBeamCursor);
    const bool same = link.has_value() == m_hoveredLink.has_value()
        && (!link || (link->begin == m_hoveredLink->begin && link->end == m_hoveredLink->end));
    m_hoveredLink = std::move(link);
    if (!same)
        updateAll();
}

bool TerminalView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        // The text of a marked link may say anything; the person sees where it goes.
        if (m_hoveredLink)
            QToolTip::showText(
                help->globalPos(), tr("%1\nCtrl+click to open").arg(m_hoveredLink->url.toDisplayString()), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave && m_hoveredLink) {
        m_hoveredLink.reset();
        updateAll();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TerminalView::openLink(const TerminalLink &link) { QDesktopServices::openUrl(link.url); }

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    if (reportsMouse(event->modifiers()) && event->reason() == QContextMenuEvent::Mouse)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    if (const auto link = byMouse ? linkAt(m_screen.grid(), positionAt(event->pos())) : std::nullopt) {
        menu->addAction(tr("&Open Link"), this, [this, link] { openLink(*link); });
        menu->addAction(tr("Copy &Link"), this, [link] { QGuiApplication::clipboard()->setText(link->url.toString()); });
        menu->addSeparator();
    }
    QAction *copyAction = menu->addAction(tr("&Copy\tCtrl+Shift+C"), this, &TerminalView::copy);
    copyAction->setEnabled(!m_selection.isEmpty());
    QAction *pasteAction = menu->addAction(tr("&Paste\tCtrl+Shift+V"), this, &TerminalView::paste);
    pasteAction->setEnabled(!m_readOnly && !QGuiApplication::clipboard()->text().isEmpty());
    menu->addAction(tr("Select &All\tCtrl+Shift+A"), this, &TerminalView::selectAll);
    menu->addSeparator();
    menu->addAction(tr("&Find…\tCtrl+Shift+F"), this, &TerminalView::searchRequested);
    menu->addAction(tr("Clear &Scroll-back\tCtrl+Shift+K"), this, &TerminalView::clearScrollback);
    menu->addSeparator();
    menu->addAction(tr("Zoom &In\tCtrl++"), this, [this] { zoomBy(1); });
    menu->addAction(tr("Zoom O&ut\tCtrl+-"), this, [this] { zoomBy(-1); });
    menu->addAction(tr("&Normal Size\tCtrl+0"), this, &TerminalView::resetZoom);
    menu->popup(event->globalPos());
}

} // namespace berth
