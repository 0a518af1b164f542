// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/terminalgrid.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>

#include <vterm.h>

namespace berth {

// A terminal without a face: bytes of a program in, cells and modes out; keys, pastes and mouse
// events in, bytes for the program out (`output`). libvterm parses the escape sequences and keeps
// the modes; the cells are ours, because reflow, links and a compact scroll-back need them to be.
class TerminalScreen final : public QObject {
    Q_OBJECT
public:
    enum class CursorShape { Block, Underline, Bar };
    enum class MouseMode { None, Click, Drag, Move };

    struct Cursor {
        GridPosition at;
        CursorShape shape = CursorShape::Block;
        bool visible = true;
        bool blinks = true;
    };

    static constexpr int maxRows = 1000;
    static constexpr int maxColumns = 2000;

    TerminalScreen(int rows, int columns, QObject *parent = nullptr);
    ~TerminalScreen() override;

    const TerminalGrid &grid() const { return m_grid; }
    void clearDamage() { m_grid.clearDamage(); }
    void clearScrollback() { m_grid.clearScrollback(); }

    Cursor cursor() const;
    MouseMode mouseMode() const { return m_mouseMode; }
    bool isReversed() const { return m_reversed; }
    const QString &title() const { return m_title; }

    void feed(QByteArrayView bytes);
    // Sizes are clamped to [1, maxRows] and [1, maxColumns].
    void resize(int rows, int columns);
    // Forgets modes, colours and the scroll-back, as `reset` does.
    void reset();

    void sendKey(VTermKey key, VTermModifier modifiers);
    // Text as typed: nothing is added or changed.
    void sendText(const QString &text);
    void sendBytes(QByteArrayView bytes);
    // Control characters other than tab and newline are removed, so that a paste cannot leave its
    // brackets and type commands; newlines become carriage returns.
    void paste(const QString &text);
    void moveMouse(GridPosition at, VTermModifier modifiers);
    // Buttons as X11 counts them: 1–3, wheel 4–7.
    void pressMouse(int button, bool pressed, VTermModifier modifiers);
    void reportFocus(bool focused);

    // Answers to the colour queries OSC 10 and 11; programs choose light or dark by them.
    void setReportedColors(quint32 foregroundRgb, quint32 backgroundRgb);

Q_SIGNALS:
    void output(const QByteArray &bytes);
    void titleChanged(const QString &title);
    void bell();

private:
    friend struct ScreenCallbacks;

    void putGlyph(const VTermGlyphInfo &glyph, VTermPos at);
    void setPen(VTermAttr attribute, const VTermValue &value);
    bool setProperty(VTermProp property, const VTermValue &value);
    void resizeGrid(int rows, int columns, VTermStateFields &fields);
    void takeTitle(const VTermStringFragment &fragment);
    bool takeCommand(int command, const VTermStringFragment &fragment);
    void setLink(const QByteArray &argument);
    void replyColor(int command, quint32 rgb);
    void feedClamping(QByteArrayView bytes);
    void moveCursor(VTermPos at);

    TerminalGrid m_grid;
    VTerm *m_vterm = nullptr;
    VTermState *m_state = nullptr;
    CellStyle m_pen;
    Cursor m_cursor;
    MouseMode m_mouseMode = MouseMode::None;
    bool m_reversed = false;
    // The screen got smaller once: a saved cursor may lie outside of it from now on.
    bool m_hasShrunk = false;
    bool m_overlongCluster = false;
    QString m_title;
    QByteArray m_titleBytes;
    QByteArray m_commandBytes;
    quint32 m_foregroundRgb = 0;
    quint32 m_backgroundRgb = 0;
};

} // namespace berth
