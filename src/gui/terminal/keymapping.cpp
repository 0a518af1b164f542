// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/keymapping.h"

#include "gui/terminal/terminalscreen.h"

#include <QKeyEvent>

#include <optional>

namespace berth {

namespace {

struct KeyName {
    int qt;
    VTermKey vterm;
};

constexpr KeyName keyNames[] = {
    {Qt::Key_Return, VTERM_KEY_ENTER},
    {Qt::Key_Enter, VTERM_KEY_ENTER},
    {Qt::Key_Tab, VTERM_KEY_TAB},
    {Qt::Key_Backtab, VTERM_KEY_TAB},
    {Qt::Key_Backspace, VTERM_KEY_BACKSPACE},
    {Qt::Key_Escape, VTERM_KEY_ESCAPE},
    {Qt::Key_Up, VTERM_KEY_UP},
    {Qt::Key_Down, VTERM_KEY_DOWN},
    {Qt::Key_Left, VTERM_KEY_LEFT},
    {Qt::Key_Right, VTERM_KEY_RIGHT},
    {Qt::Key_Insert, VTERM_KEY_INS},
    {Qt::Key_Delete, VTERM_KEY_DEL},
    {Qt::Key_Home, VTERM_KEY_HOME},
    {Qt::Key_End, VTERM_KEY_END},
    {Qt::Key_PageUp, VTERM_KEY_PAGEUP},
    {Qt::Key_PageDown, VTERM_KEY_PAGEDOWN},
};

constexpr KeyName keypadNames[] = {
    {Qt::Key_Asterisk, VTERM_KEY_KP_MULT},
    {Qt::Key_Plus, VTERM_KEY_KP_PLUS},
    {Qt::Key_Comma, VTERM_KEY_KP_COMMA},
    {Qt::Key_Minus, VTERM_KEY_KP_MINUS},
    {Qt::Key_Period, VTERM_KEY_KP_PERIOD},
    {Qt::Key_Slash, VTERM_KEY_KP_DIVIDE},
    {Qt::Key_Equal, VTERM_KEY_KP_EQUAL},
};

VTermKey numbered(int first, int offset) { return static_cast<VTermKey>(first + offset); }

VTermKey keypadKey(int key)
{
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        return numbered(VTERM_KEY_KP_0, key - Qt::Key_0);
    for (const KeyName &name : keypadNames) {
        if (name.qt == key)
            return name.vterm;
    }
    return VTERM_KEY_NONE;
}

VTermKey namedKey(int key)
{
    for (const KeyName &name : keyNames) {
        if (name.qt == key)
            return name.vterm;
    }
    if (key >= Qt::Key_F1 && key <= Qt::Key_F12)
        return numbered(VTERM_KEY_FUNCTION_0, key - Qt::Key_F1 + 1);
    return VTERM_KEY_NONE;
}

// Programs expect these to be the same byte with and without modifiers, except Alt.
bool ignoresModifiers(VTermKey key) { return key == VTERM_KEY_ENTER || key == VTERM_KEY_BACKSPACE || key == VTERM_KEY_ESCAPE; }

// The byte a key gives together with Ctrl, as xterm has it.
std::optional<char> controlByte(const QKeyEvent &event)
{
    const int key = event.key();
    if (key >= Qt::Key_A && key <= Qt::Key_Z)
        return static_cast<char>(key - Qt::Key_A + 1);
    switch (key) {
    case Qt::Key_Space:
    case Qt::Key_At:
    case Qt::Key_2: return '\0';
    case Qt::Key_BracketLeft:
    case Qt::Key_3: return '\x1b';
    case Qt::Key_Backslash:
    case Qt::Key_4: return '\x1c';
    case Qt::Key_BracketRight:
    case Qt::Key_5: return '\x1d';
    case Qt::Key_AsciiCircum:
    case Qt::Key_6: return '\x1e';
    case Qt::Key_Underscore:
    case Qt::Key_Slash:
    case Qt::Key_7: return '\x1f';
    case Qt::Key_Question:
    case Qt::Key_8: return '\x7f';
    default: break;
    }
    // Another alphabet than Latin: Qt has worked out the byte from the keyboard's Latin layout.
    const QString text = event.text();
    if (text.size() == 1 && text.front().unicode() < 0x20)
        return text.front().toLatin1();
    return {};
}

bool sendNamedKey(TerminalScreen &screen, const QKeyEvent &event)
{
    Qt::KeyboardModifiers modifiers = event.modifiers();
    VTermKey key = (modifiers & Qt::KeypadModifier) != 0 ? keypadKey(event.key()) : VTERM_KEY_NONE;
    const bool keypad = key != VTERM_KEY_NONE;
    if (!keypad)
        key = namedKey(event.key());
    if (key == VTERM_KEY_NONE)
        return false;
    if (event.key() == Qt::Key_Backtab)
        modifiers |= Qt::ShiftModifier;
    if (keypad || ignoresModifiers(key) || (key == VTERM_KEY_TAB && (modifiers & Qt::ControlModifier) != 0))
        modifiers &= Qt::AltModifier;
    // Ctrl+Backspace is the other of the two erase bytes.
    if (key == VTERM_KEY_BACKSPACE && (event.modifiers() & Qt::ControlModifier) != 0) {
        screen.sendBytes("\b");
        return true;
    }
    screen.sendKey(key, toVTerm(modifiers));
    return true;
}

} // namespace

VTermModifier toVTerm(Qt::KeyboardModifiers modifiers)
{
    int result = VTERM_MOD_NONE;
    if ((modifiers & Qt::ShiftModifier) != 0)
        result |= VTERM_MOD_SHIFT;
    if ((modifiers & Qt::AltModifier) != 0)
        result |= VTERM_MOD_ALT;
    if ((modifiers & Qt::ControlModifier) != 0)
        result |= VTERM_MOD_CTRL;
    return static_cast<VTermModifier>(result);
}

bool sendKey(TerminalScreen &screen, const QKeyEvent &event)
{
    if (sendNamedKey(screen, event))
        return true;
    const bool alt = (event.modifiers() & Qt::AltModifier) != 0;
    if ((event.modifiers() & Qt::ControlModifier) != 0) {
        const auto byte = controlByte(event);
        if (!byte)
            return false;
        screen.sendBytes((alt ? QByteArrayLiteral("\x1b") : QByteArray()) + QByteArray(1, *byte));
        return true;
    }
    if (event.text().isEmpty())
        return false;
    if (alt)
        screen.sendBytes("\x1b");
    screen.sendText(event.text());
    return true;
}

bool belongsToProgram(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const int key = event.key();
    const bool letter = key >= Qt::Key_A && key <= Qt::Key_Z;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && (letter || key == Qt::Key_Backtab))
        return false;
    if (modifiers != Qt::ControlModifier)
        return true;
    const bool digit = key >= Qt::Key_1 && key <= Qt::Key_9;
    return !digit && key != Qt::Key_Tab && key != Qt::Key_PageUp && key != Qt::Key_PageDown;
}

} // namespace berth
