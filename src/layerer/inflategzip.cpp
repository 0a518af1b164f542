// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/inflater.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>

namespace berth {
namespace {

class GzipInflater final : public Inflater {
public:
    GzipInflater() { begin(); }

    Result<Step> step(std::span<const char> input, std::span<char> output) override
    {
        Step total;
        while (total.consumed < input.size() && total.produced < output.size()) {
            const auto rest = input.subspan(total.consumed);
            if (m_betweenMembers && !enterMember(rest, total.consumed))
                continue;
            auto done = inflate(rest, output.subspan(total.produced));
            if (!done)
                return done;
            total.consumed += done->consumed;
            total.produced += done->produced;
            if (done->consumed == 0 && done->produced == 0)
                break;
        }
        // Output may remain inside the library after all input was taken.
        if (!m_betweenMembers && total.produced < output.size()) {
            auto done = inflate({}, output.subspan(total.produced));
            if (!done)
                return done;
            total.produced += done->produced;
        }
        return total;
    }

    bool isComplete() const override { return m_betweenMembers && m_hadMember; }

private:
    void begin()
    {
        isal_inflate_init(&m_state);
        m_state.crc_flag = ISAL_GZIP; // header, checksum and length are the library's to check
    }

    // Padding after a member is zeros, a new member begins with anything else.
    bool enterMember(std::span<const char> rest, std::size_t &consumed)
    {
        if (!m_hadMember || rest.front() != '\0') {
            begin();
            m_betweenMembers = false;
            return true;
        }
        const auto end = std::ranges::find_if(rest, [](char byte) { return byte != '\0'; });
        consumed += static_cast<std::size_t>(end - rest.begin());
        return false;
    }

    Result<Step> inflate(std::span<const char> input, std::span<char> output)
    {
        m_state.next_in = reinterpret_cast<std::uint8_t *>(const_cast<char *>(input.data()));
        m_state.avail_in = static_cast<std::uint32_t>(input.size());
        m_state.next_out = reinterpret_cast<std::uint8_t *>(output.data());
        m_state.avail_out = static_cast<std::uint32_t>(output.size());
        const int result = isal_inflate(&m_state);
        if (result != ISAL_DECOMP_OK && result != ISAL_END_INPUT && result != ISAL_OUT_OVERFLOW && result != ISAL_NAME_OVERFLOW
            && result != ISAL_COMMENT_OVERFLOW && result != ISAL_EXTRA_OVERFLOW)
            return fail(ErrorCode::Corrupt, "the gzip data is damaged");
        if (m_state.block_state == ISAL_BLOCK_FINISH) {
            m_betweenMembers = true;
            m_hadMember = true;
        }
        return Step{input.size() - m_state.avail_in, output.size() - m_state.avail_out};
    }

    inflate_state m_state{};
    bool m_betweenMembers = true;
    bool m_hadMember = false;
};

} // namespace

std::unique_ptr<Inflater> makeGzipInflater() { return std::make_unique<GzipInflater>(); }

} // namespace berth
