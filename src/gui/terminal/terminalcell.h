// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <array>
#include <bit>
#include <type_traits>
#include <vector>

namespace berth {

// A colour as a program asked for it; the colour scheme turns it into light at painting time, so a
// change of scheme also recolours what was printed before.
struct CellColor {
    enum class Kind : quint8 { Default, Indexed, Rgb };

    Kind kind = Kind::Default;
    // Indexed: the number is in red.
    quint8 red = 0;
    quint8 green = 0;
    quint8 blue = 0;

    friend bool operator==(const CellColor &, const CellColor &) = default;
};

struct CellStyle {
    enum Flag : quint16 {
        Bold = 1 << 0,
        Italic = 1 << 1,
        Strike = 1 << 2,
        Reverse = 1 << 3,
        Conceal = 1 << 4,
        Blink = 1 << 5,
        Protected = 1 << 6, // DECSCA: selective erase leaves the cell alone
        UnderlineSingle = 1 << 7,
        UnderlineDouble = 2 << 7,
        UnderlineCurly = 3 << 7,
        UnderlineMask = 3 << 7,
    };

    CellColor foreground;
    CellColor background;
    quint16 flags = 0;
    quint16 link = 0; // key in the grid's LinkTable, 0 is none

    bool has(Flag flag) const { return (flags & flag) != 0; }
    // In words, not member by member: a flood compares every cell with the one before it.
    friend bool operator==(const CellStyle &a, const CellStyle &b)
    {
        using Words = std::array<quint32, 3>;
        return std::bit_cast<Words>(a) == std::bit_cast<Words>(b);
    }
};

struct Cell {
    // Nothing was ever printed here: trailing blanks are not part of the text.
    static constexpr char32_t blank = 0;
    // The right half of the wide character before it. Control characters are never put on the
    // grid, so 1 is free for this.
    static constexpr char32_t wideTail = 1;
    // From here on a key in the grid's ClusterTable, beyond what Unicode can ever assign.
    static constexpr char32_t firstCluster = 0x110000;

    char32_t character = blank;
    CellStyle style;

    friend bool operator==(const Cell &, const Cell &) = default;
};
static_assert(std::has_unique_object_representations_v<Cell>);

struct TerminalLine {
    std::vector<Cell> cells;
    // Soft-wrapped: this line goes on from the one above, no newline was printed between them.
    bool continued = false;

    friend bool operator==(const TerminalLine &, const TerminalLine &) = default;
};

// Columns up to the last cell that was printed or coloured.
inline qsizetype usedColumns(const TerminalLine &line)
{
    auto count = line.cells.size();
    while (count > 0 && line.cells[count - 1] == Cell{})
        --count;
    return static_cast<qsizetype>(count);
}

inline bool isWideAt(const TerminalLine &line, qsizetype column)
{
    const auto next = static_cast<size_t>(column) + 1;
    return next < line.cells.size() && line.cells[next].character == Cell::wideTail;
}

} // namespace berth
