// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/scrollback.h"

#include <algorithm>
#include <cstring>

namespace berth {

namespace {

// Seven bits a byte, lowest first, the top bit says that more follow. ASCII takes one byte.
quint8 *putNumber(quint8 *at, quint32 number)
{
    while (number >= 0x80) {
        *at++ = static_cast<quint8>(number | 0x80);
        number >>= 7;
    }
    *at++ = static_cast<quint8>(number);
    return at;
}

quint32 takeNumber(const quint8 *&at)
{
    quint32 number = 0;
    for (int shift = 0;; shift += 7) {
        const quint8 byte = *at++;
        number |= static_cast<quint32>(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
}

// A run is its length times two, plus one when a style follows; without one it is the default.
quint8 *putRun(quint8 *at, quint32 length, const CellStyle &style)
{
    const bool plain = style == CellStyle{};
    at = putNumber(at, length * 2 + (plain ? 0 : 1));
    if (plain)
        return at;
    std::memcpy(at, &style, sizeof style);
    return at + sizeof style;
}

quint8 *putStyles(quint8 *at, const TerminalLine &line, size_t count)
{
    size_t start = 0;
    for (size_t column = 1; column <= count; ++column) {
        if (column < count && line.cells[column].style == line.cells[start].style)
            continue;
        at = putRun(at, static_cast<quint32>(column - start), line.cells[start].style);
        start = column;
    }
    return at;
}

// What one number, and what one cell that is a run of its own, takes at the most.
constexpr size_t longestNumber = 5;
constexpr size_t longestCell = 2 * longestNumber + sizeof(CellStyle);

// A recycled slot keeps its capacity; one that once held a monster line gives it back.
constexpr size_t keptCapacity = 1024;

} // namespace

Scrollback::Scrollback(qsizetype limit) : m_slots(static_cast<size_t>(limit)) {}

const Scrollback::Packed &Scrollback::slot(qsizetype index) const
{
    return m_slots[static_cast<size_t>((m_first + index) % limit())];
}

void Scrollback::push(const TerminalLine &line)
{
    auto &out = m_slots[static_cast<size_t>((m_first + m_size) % limit())];
    if (m_size == limit()) {
        m_first = (m_first + 1) % limit();
        ++m_dropped;
    } else {
        ++m_size;
    }
    out.clear();
    if (out.capacity() > keptCapacity)
        out.shrink_to_fit();
    const auto count = static_cast<size_t>(usedColumns(line));
    // Packed where there is room for the worst, so that no byte has to ask for room.
    m_packing.resize(std::max(m_packing.size(), longestNumber + count * longestCell));
    quint8 *at = putNumber(m_packing.data(), static_cast<quint32>(count * 2 + (line.continued ? 1 : 0)));
    for (size_t column = 0; column < count; ++column)
        at = putNumber(at, line.cells[column].character);
    if (count > 0)
        at = putStyles(at, line, count);
    out.assign(m_packing.data(), at);
}

void Scrollback::read(qsizetype index, qsizetype columns, TerminalLine &line) const
{
    const quint8 *at = slot(index).data();
    const quint32 head = takeNumber(at);
    const size_t count = head / 2;
    line.continued = (head & 1) != 0;
    line.cells.assign(std::max(count, static_cast<size_t>(columns)), Cell{});
    for (size_t column = 0; column < count; ++column)
        line.cells[column].character = takeNumber(at);
    for (size_t column = 0; column < count;) {
        const quint32 run = takeNumber(at);
        CellStyle style;
        if (run & 1) {
            std::memcpy(&style, at, sizeof style);
            at += sizeof style;
        }
        for (const size_t end = column + run / 2; column < end; ++column)
            line.cells[column].style = style;
    }
    line.cells.resize(static_cast<size_t>(columns));
}

void Scrollback::pop(qsizetype columns, TerminalLine &line)
{
    read(m_size - 1, columns, line);
    --m_size;
}

void Scrollback::clear()
{
    m_dropped += m_size;
    m_first = 0;
    m_size = 0;
    for (auto &packed : m_slots)
        Packed().swap(packed);
}

void Scrollback::takeLines(Scrollback &other)
{
    m_first = 0;
    m_size = std::min(limit(), other.m_size);
    const qsizetype skipped = other.m_size - m_size;
    for (qsizetype index = 0; index < m_size; ++index) {
        const auto from = static_cast<size_t>((other.m_first + skipped + index) % other.limit());
        m_slots[static_cast<size_t>(index)].swap(other.m_slots[from]);
    }
    other.m_size = 0;
}

qsizetype Scrollback::memory() const
{
    qsizetype bytes = limit() * static_cast<qsizetype>(sizeof(Packed));
    for (const auto &packed : m_slots)
        bytes += static_cast<qsizetype>(packed.capacity());
    return bytes;
}

} // namespace berth
