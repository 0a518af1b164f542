// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalscreen.h"

#include "gui/terminal/screencallbacks.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace berth {

namespace {

// libvterm relies on zeroed memory.
void *allocateZeroed(size_t size, void *) { return std::calloc(1, size); }

void release(void *memory, void *) { std::free(memory); }

constexpr VTermAllocatorFunctions allocator = {.malloc = allocateZeroed, .free = release};

constexpr qsizetype maxTitleLength = 1024;

} // namespace

TerminalScreen::TerminalScreen(int rows, int columns, QObject *parent)
    : QObject(parent), m_grid(std::clamp(rows, 1, maxRows), std::clamp(columns, 1, maxColumns))
{
    VTermBuilder builder = {};
    builder.rows = m_grid.rows();
    builder.cols = m_grid.columns();
    builder.allocator = &allocator;
    m_vterm = vterm_build(&builder);
    vterm_set_utf8(m_vterm, 1);
    m_state = vterm_obtain_state(m_vterm);
    connectScreen(*this, m_vterm, m_state);
    vterm_state_reset(m_state, 1);
    m_grid.damageAll();
}

TerminalScreen::~TerminalScreen() { vterm_free(m_vterm); }

TerminalScreen::Cursor TerminalScreen::cursor() const
{
    VTermPos at;
    vterm_state_get_cursorpos(m_state, &at);
    Cursor cursor = m_cursor;
    cursor.at = {.row = std::clamp(at.row, 0, m_grid.rows() - 1), .column = std::clamp(at.col, 0, m_grid.columns() - 1)};
    return cursor;
}

void TerminalScreen::feed(QByteArrayView bytes)
{
    if (m_hasShrunk)
        feedClamping(bytes);
    else
        vterm_input_write(m_vterm, bytes.data(), static_cast<size_t>(bytes.size()));
    // libvterm scans all marks of one character again for each piece of input: a flood of marks
    // would take quadratic time. A space, taken back, ends the character.
    if (std::exchange(m_overlongCluster, false))
        vterm_input_write(m_vterm, " \b", 2);
}

// libvterm 0.3.3 restores a saved cursor without looking whether it is still inside. Only the
// sequences that end in these bytes restore one, and the parser is between sequences after them,
// so that is where a cursor outside is brought back.
void TerminalScreen::feedClamping(QByteArrayView bytes)
{
    const auto restores = [](char byte) { return byte == 'l' || byte == 'u' || byte == '8'; };
    while (!bytes.isEmpty()) {
        const auto stop = std::find_if(bytes.begin(), bytes.end(), restores);
        const qsizetype count = std::min<qsizetype>(stop - bytes.begin() + 1, bytes.size());
        vterm_input_write(m_vterm, bytes.data(), static_cast<size_t>(count));
        bytes = bytes.sliced(count);
        VTermPos at;
        vterm_state_get_cursorpos(m_state, &at);
        if (at.row < m_grid.rows() && at.col < m_grid.columns())
            continue;
        moveCursor(at);
    }
}

void TerminalScreen::moveCursor(VTermPos at)
{
    const int row = std::min(at.row, m_grid.rows() - 1) + 1;
    const int column = std::min(at.col, m_grid.columns() - 1) + 1;
    const QByteArray sequence = "\x1b[" + QByteArray::number(row) + ';' + QByteArray::number(column) + 'H';
    vterm_input_write(m_vterm, sequence.constData(), static_cast<size_t>(sequence.size()));
}

void TerminalScreen::resize(int rows, int columns)
{
    rows = std::clamp(rows, 1, maxRows);
    columns = std::clamp(columns, 1, maxColumns);
    if (rows == m_grid.rows() && columns == m_grid.columns())
        return;
    const bool shrinks = rows < m_grid.rows() || columns < m_grid.columns();
    vterm_set_size(m_vterm, rows, columns);
    if (!shrinks)
        return;
    m_hasShrunk = true;
    // libvterm 0.3.3 keeps margins that now end above their start, and would scroll a negative
    // count of rows. So they are reset, as xterm does; CAN first, for a sequence cut by the resize.
    VTermPos at;
    vterm_state_get_cursorpos(m_state, &at);
    static constexpr QByteArrayView resetMargins = "\x18\x1b[r\x1b[s";
    vterm_input_write(m_vterm, resetMargins.data(), static_cast<size_t>(resetMargins.size()));
    moveCursor(at);
}

void TerminalScreen::resizeGrid(int rows, int columns, VTermStateFields &fields)
{
    GridPosition cursor{.row = fields.pos.row, .column = fields.pos.col};
    m_grid.resize(rows, columns, cursor);
    fields.pos = {.row = cursor.row, .col = cursor.column};
    // Sized for the largest screen once and for all: libvterm indexes them by a saved cursor that
    // may be older than this size. The flags in them start anew; ours are in the grid.
    for (VTermLineInfo *&infos : fields.lineinfos) {
        release(infos, nullptr);
        infos = static_cast<VTermLineInfo *>(allocateZeroed((maxRows + 1) * sizeof(VTermLineInfo), nullptr));
    }
}

void TerminalScreen::reset()
{
    vterm_state_reset(m_state, 1);
    m_grid.setAlternate(false);
    m_grid.clearScrollback();
    m_grid.damageAll();
}

void TerminalScreen::putGlyph(const VTermGlyphInfo &glyph, VTermPos at)
{
    char32_t character = glyph.chars[0];
    if (character != 0 && glyph.chars[1] != 0) {
        // As many marks as Unicode's stream-safe format allows; more are an attack on the shaper.
        constexpr int maxMarks = 30;
        int length = 1;
        while (length <= maxMarks && glyph.chars[length] != 0)
            ++length;
        m_overlongCluster = m_overlongCluster || length > maxMarks;
        character = m_grid.clusters().intern(QString::fromUcs4(reinterpret_cast<const char32_t *>(glyph.chars), length));
    }
    CellStyle style = m_pen;
    if (glyph.protected_cell)
        style.flags |= CellStyle::Protected;
    m_grid.put({.row = at.row, .column = at.col}, character, std::clamp(glyph.width, 1, 2), style);
    if (at.col == 0 && at.row < m_grid.rows())
        m_grid.setContinued(at.row, vterm_state_get_lineinfo(m_state, at.row)->continuation);
}

void TerminalScreen::takeTitle(const VTermStringFragment &fragment)
{
    if (fragment.initial)
        m_titleBytes.clear();
    const auto room = maxTitleLength - m_titleBytes.size();
    m_titleBytes.append(fragment.str, std::min<qsizetype>(static_cast<qsizetype>(fragment.len), room));
    if (!fragment.final)
        return;
    QString title = QString::fromUtf8(m_titleBytes);
    title.removeIf([](QChar character) { return !character.isPrint(); });
    if (title == m_title)
        return;
    m_title = title;
    Q_EMIT titleChanged(m_title);
}

} // namespace berth
