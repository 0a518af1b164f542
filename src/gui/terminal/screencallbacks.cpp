// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/screencallbacks.h"

#include "gui/terminal/terminalscreen.h"

#include <algorithm>

namespace berth {

namespace {

constexpr qsizetype maxCommandLength = LinkTable::maxTargetLength + 256;

GridRect toGrid(VTermRect rect)
{
    return {.top = rect.start_row, .bottom = rect.end_row, .left = rect.start_col, .right = rect.end_col};
}

CellColor toCell(const VTermColor &color)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
        return {};
    if (VTERM_COLOR_IS_INDEXED(&color))
        return {.kind = CellColor::Kind::Indexed, .red = color.indexed.idx};
    return {.kind = CellColor::Kind::Rgb, .red = color.rgb.red, .green = color.rgb.green, .blue = color.rgb.blue};
}

quint16 withFlag(quint16 flags, quint16 flag, bool on) { return static_cast<quint16>(on ? flags | flag : flags & ~flag); }

} // namespace

// libvterm's C callbacks; every one returns whether it took the event.
struct ScreenCallbacks {
    static TerminalScreen &screen(void *user) { return *static_cast<TerminalScreen *>(user); }

    static int putGlyph(VTermGlyphInfo *glyph, VTermPos at, void *user)
    {
        screen(user).putGlyph(*glyph, at);
        return 1;
    }
    static int scrollRect(VTermRect rect, int downward, int rightward, void *user)
    {
        screen(user).m_grid.scroll(toGrid(rect), downward, rightward, screen(user).m_pen);
        return 1;
    }
    static int erase(VTermRect rect, int selective, void *user)
    {
        screen(user).m_grid.erase(toGrid(rect), screen(user).m_pen, selective != 0);
        return 1;
    }
    static int initPen(void *user)
    {
        screen(user).m_pen = {};
        return 1;
    }
    static int setPen(VTermAttr attribute, VTermValue *value, void *user)
    {
        screen(user).setPen(attribute, *value);
        return 1;
    }
    static int setProperty(VTermProp property, VTermValue *value, void *user)
    {
        return screen(user).setProperty(property, *value) ? 1 : 0;
    }
    static int bell(void *user)
    {
        Q_EMIT screen(user).bell();
        return 1;
    }
    static int resize(int rows, int columns, VTermStateFields *fields, void *user)
    {
        screen(user).resizeGrid(rows, columns, *fields);
        return 1;
    }
    // Lines of double width or height are not supported: refused, so libvterm keeps them single.
    static int setLineInfo(int, const VTermLineInfo *, const VTermLineInfo *, void *) { return 0; }
    static int clearScrollback(void *user)
    {
        screen(user).m_grid.clearScrollback();
        screen(user).m_grid.damageAll();
        return 1;
    }
    static int command(int number, VTermStringFragment fragment, void *user)
    {
        return screen(user).takeCommand(number, fragment) ? 1 : 0;
    }
    static void output(const char *bytes, size_t length, void *user)
    {
        Q_EMIT screen(user).output(QByteArray(bytes, static_cast<qsizetype>(length)));
    }
};

void connectScreen(TerminalScreen &screen, VTerm *vterm, VTermState *state)
{
    static constexpr VTermStateCallbacks callbacks = {
        .putglyph = ScreenCallbacks::putGlyph,
        .movecursor = nullptr,
        .scrollrect = ScreenCallbacks::scrollRect,
        .moverect = nullptr,
        .erase = ScreenCallbacks::erase,
        .initpen = ScreenCallbacks::initPen,
        .setpenattr = ScreenCallbacks::setPen,
        .settermprop = ScreenCallbacks::setProperty,
        .bell = ScreenCallbacks::bell,
        .resize = ScreenCallbacks::resize,
        .setlineinfo = ScreenCallbacks::setLineInfo,
        .sb_clear = ScreenCallbacks::clearScrollback,
    };
    static constexpr VTermStateFallbacks fallbacks = {
        .control = nullptr,
        .csi = nullptr,
        .osc = ScreenCallbacks::command,
        .dcs = nullptr,
        .apc = nullptr,
        .pm = nullptr,
        .sos = nullptr,
    };
    vterm_output_set_callback(vterm, ScreenCallbacks::output, &screen);
    vterm_state_set_callbacks(state, &callbacks, &screen);
    vterm_state_set_unrecognised_fallbacks(state, &fallbacks, &screen);
}

void TerminalScreen::setPen(VTermAttr attribute, const VTermValue &value)
{
    const auto set = [this, &value](CellStyle::Flag flag) { m_pen.flags = withFlag(m_pen.flags, flag, value.boolean != 0); };
    switch (attribute) {
    case VTERM_ATTR_BOLD: return set(CellStyle::Bold);
    case VTERM_ATTR_ITALIC: return set(CellStyle::Italic);
    case VTERM_ATTR_BLINK: return set(CellStyle::Blink);
    case VTERM_ATTR_REVERSE: return set(CellStyle::Reverse);
    case VTERM_ATTR_CONCEAL: return set(CellStyle::Conceal);
    case VTERM_ATTR_STRIKE: return set(CellStyle::Strike);
    case VTERM_ATTR_UNDERLINE: {
        const int style = std::clamp(value.number, 0, 3) * CellStyle::UnderlineSingle;
        m_pen.flags = static_cast<quint16>((m_pen.flags & ~CellStyle::UnderlineMask) | style);
        return;
    }
    case VTERM_ATTR_FOREGROUND: m_pen.foreground = toCell(value.color); return;
    case VTERM_ATTR_BACKGROUND: m_pen.background = toCell(value.color); return;
    case VTERM_ATTR_FONT:
    case VTERM_ATTR_SMALL:
    case VTERM_ATTR_BASELINE:
    case VTERM_N_ATTRS: return;
    }
}

bool TerminalScreen::setProperty(VTermProp property, const VTermValue &value)
{
    switch (property) {
    case VTERM_PROP_CURSORVISIBLE: m_cursor.visible = value.boolean != 0; return true;
    case VTERM_PROP_CURSORBLINK: m_cursor.blinks = value.boolean != 0; return true;
    case VTERM_PROP_CURSORSHAPE:
        m_cursor.shape = value.number == VTERM_PROP_CURSORSHAPE_UNDERLINE ? CursorShape::Underline
            : value.number == VTERM_PROP_CURSORSHAPE_BAR_LEFT             ? CursorShape::Bar
                                                                          : CursorShape::Block;
        return true;
    case VTERM_PROP_ALTSCREEN: m_grid.setAlternate(value.boolean != 0); return true;
    case VTERM_PROP_TITLE: takeTitle(value.string); return true;
    case VTERM_PROP_ICONNAME: return true;
    case VTERM_PROP_REVERSE:
        m_reversed = value.boolean != 0;
        m_grid.damageAll();
        return true;
    case VTERM_PROP_MOUSE: m_mouseMode = static_cast<MouseMode>(std::clamp(value.number, 0, 3)); return true;
    case VTERM_PROP_FOCUSREPORT: return true;
    case VTERM_N_PROPS: return false;
    }
    return false;
}

bool TerminalScreen::takeCommand(int command, const VTermStringFragment &fragment)
{
    if (command != 8 && command != 10 && command != 11)
        return false;
    if (fragment.initial)
        m_commandBytes.clear();
    const auto room = maxCommandLength - m_commandBytes.size();
    m_commandBytes.append(fragment.str, std::min<qsizetype>(static_cast<qsizetype>(fragment.len), room));
    if (!fragment.final)
        return true;
    if (command == 8)
        setLink(m_commandBytes);
    else if (m_commandBytes == "?")
        replyColor(command, command == 10 ? m_foregroundRgb : m_backgroundRgb);
    return true;
}

// "parameters;target", https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda. An
// empty target ends the link.
void TerminalScreen::setLink(const QByteArray &argument)
{
    const auto separator = argument.indexOf(';');
    m_pen.link = separator < 0 ? quint16(0) : m_grid.links().intern(QString::fromUtf8(argument.mid(separator + 1)));
}

void TerminalScreen::replyColor(int command, quint32 rgb)
{
    const QString reply = QStringLiteral("\x1b]%1;rgb:%2/%3/%4\x1b\\");
    const auto channel = [rgb](int shift) {
        return QStringLiteral("%1").arg(((rgb >> shift) & 0xff) * 0x101, 4, 16, QLatin1Char('0'));
    };
    sendText(reply.arg(QString::number(command), channel(16), channel(8), channel(0)));
}

} // namespace berth
