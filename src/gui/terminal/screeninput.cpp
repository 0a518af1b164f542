// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalscreen.h"

namespace berth {

void TerminalScreen::sendKey(VTermKey key, VTermModifier modifiers) { vterm_keyboard_key(m_vterm, key, modifiers); }

void TerminalScreen::sendText(const QString &text) { sendBytes(text.toUtf8()); }

void TerminalScreen::sendBytes(QByteArrayView bytes)
{
    if (!bytes.isEmpty())
        Q_EMIT output(bytes.toByteArray());
}

void TerminalScreen::paste(const QString &text)
{
    QString clean = text;
    clean.replace(QStringLiteral("\r\n"), QStringLiteral("\r"));
    clean.replace(QLatin1Char('\n'), QLatin1Char('\r'));
    clean.removeIf([](QChar character) {
        return character.category() == QChar::Other_Control && character != QLatin1Char('\r') && character != QLatin1Char('\t');
    });
    if (clean.isEmpty())
        return;
    vterm_keyboard_start_paste(m_vterm);
    sendText(clean);
    vterm_keyboard_end_paste(m_vterm);
}

void TerminalScreen::moveMouse(GridPosition at, VTermModifier modifiers)
{
    vterm_mouse_move(m_vterm, at.row, at.column, modifiers);
}

void TerminalScreen::pressMouse(int button, bool pressed, VTermModifier modifiers)
{
    vterm_mouse_button(m_vterm, button, pressed, modifiers);
}

void TerminalScreen::reportFocus(bool focused)
{
    if (focused)
        vterm_state_focus_in(m_state);
    else
        vterm_state_focus_out(m_state);
}

void TerminalScreen::setReportedColors(quint32 foregroundRgb, quint32 backgroundRgb)
{
    m_foregroundRgb = foregroundRgb;
    m_backgroundRgb = backgroundRgb;
}

} // namespace berth
