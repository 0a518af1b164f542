// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarreader.h"
#include "layerer/ring.h"

namespace berth {

// The writer's end of the ring as a tar stream.
class LayerStream final : public TarInput {
public:
    explicit LayerStream(Ring &ring) : m_ring(ring) {}

    Result<std::size_t> read(std::span<char> buffer) override;
    // Up to limit bytes without a copy; empty at the end. Good until the next call.
    Result<std::span<const char>> take(std::uint64_t limit);
    [[nodiscard]] std::uint64_t position() const { return m_position; }

private:
    Ring &m_ring;
    std::span<const char> m_current;
    std::uint64_t m_position = 0;
};

} // namespace berth
