// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/cellpainter.h"
#include "gui/terminal/linkfinder.h"
#include "gui/terminal/terminalscreen.h"
#include "gui/terminal/textsearch.h"
#include "gui/terminal/textselection.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace berth {

// The face of a TerminalScreen: paints it, scrolls through its history, marks and searches text,
// and turns keys, input methods and the mouse into bytes for the program (`input`).
// Output is painted at most 60 times a second, and more seldom where painting is slow. No timer runs while nothing
// changes, except for the cursor's blinking, which stops after some seconds without a key.
class TerminalView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TerminalView(QWidget *parent = nullptr);
    ~TerminalView() override;

    TerminalScreen &screen() { return m_screen; }
    const TerminalScreen &screen() const { return m_screen; }

    // Output of the program; safe to call with any amount, but it is parsed before it returns.
    void feed(QByteArrayView bytes);
    // After the end: no cursor, and keys are no longer sent.
    void setReadOnly(bool readOnly);

    QString selectedText() const { return m_selection.text(m_screen.grid()); }
    const TextSearch &search() const { return m_search; }
    void setSearch(const QString &needle, Qt::CaseSensitivity sensitivity);
    void searchUp();
    void searchDown();

    int zoom() const { return m_zoom; }
    QSize sizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

public Q_SLOTS:
    void copy();
    void paste();
    void selectAll();
    void clearScrollback();
    void zoomBy(int points);
    void resetZoom();

Q_SIGNALS:
    void input(const QByteArray &bytes);
    void resized(int rows, int columns);
    void searchChanged();
    void searchRequested();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool) override { return false; }

private:
    // Pixels between the edge and the text.
    static constexpr int margin = 4;

    void applyFont();
    void applyScheme();
    void fitToViewport();
    // Lines shown: the alternate screen has no history.
    qint64 firstLine() const;
    qint64 topLine() const;
    void scrollToLine(qint64 line);
    void scrollToBottom();
    void updateScrollBar();
    void scheduleFrame();
    void showFrame();
    void updateLines(qint64 first, qint64 last);
    void updateAll() { viewport()->update(); }
    void dropStaleSelection();
    void showMatch();

    QList<Highlight> highlightsOf(qint64 line) const;
    QRect cellRect(qint64 line, int column, int columns = 1) const;
    void paintCursor(QPainter &painter, CellPainter &cells);
    void paintPreedit(QPainter &painter);
    int preeditColumns() const;
    void restartBlinking();
    void stopBlinking();
    void blink();
    void updateCursor();

    bool runCommand(const QKeyEvent &event);
    bool runSelectionKey(const QKeyEvent &event);
    bool runScrollKey(const QKeyEvent &event);
    void afterTyping();

    TextPosition positionAt(QPoint point) const;
    TextPosition boundaryAt(QPoint point) const;
    bool reportsMouse(Qt::KeyboardModifiers modifiers) const;
    void reportMouse(const QMouseEvent &event, bool pressed);
    void startSelection(const QMouseEvent &event);
    void extendSelection(QPoint point);
    void publishSelection();
    void updateHoveredLink(QPoint point, Qt::KeyboardModifiers modifiers);
    void openLink(const TerminalLink &link);
    void pasteFrom(bool primary);

    TerminalScreen m_screen;
    std::unique_ptr<TerminalFont> m_font;
    ColorScheme m_scheme;
    int m_zoom = 0;
    bool m_readOnly = false;

    bool m_follows = true;
    qint64 m_topLine = 0;
    QBasicTimer m_frameTimer;
    QElapsedTimer m_sinceFrame;
    std::chrono::nanoseconds m_paintingTime{0}; // of the last paint event
    QBasicTimer m_blinkTimer;
    QElapsedTimer m_sinceKey;
    bool m_blinkedOff = false;
    GridPosition m_paintedCursor;

    TextSelection m_selection;
    QString m_markedText;
    TextSearch m_search;
    QBasicTimer m_searchTimer;

    QString m_preedit;
    QPoint m_pointer;
    QBasicTimer m_dragTimer;
    QElapsedTimer m_sinceDoubleClick;
    int m_wheelRest = 0;
    std::optional<TerminalLink> m_hoveredLink;
};

} // namespace berth
