// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/layerstream.h"

#include <algorithm>

namespace berth {

Result<std::span<const char>> LayerStream::take(std::uint64_t limit)
{
    if (m_current.empty()) {
        auto buffer = m_ring.next(Ring::Writer);
        if (!buffer)
            return buffer;
        m_current = *buffer;
    }
    const auto part = m_current.first(static_cast<std::size_t>(std::min<std::uint64_t>(limit, m_current.size())));
    m_current = m_current.subspan(part.size());
    m_position += part.size();
    return part;
}

Result<std::size_t> LayerStream::read(std::span<char> buffer)
{
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const auto part = take(buffer.size() - filled);
        if (!part)
            return std::unexpected(part.error());
        if (part->empty())
            break;
        std::ranges::copy(*part, buffer.begin() + static_cast<std::ptrdiff_t>(filled));
        filled += part->size();
    }
    return filled;
}

} // namespace berth
