// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/inflater.h"

#include <lzma.h>

namespace berth {
namespace {

constexpr std::uint64_t maxMemory = 256ULL << 20; // xz -9 needs 65 MiB; hostile headers ask for 4 GiB

class XzInflater final : public Inflater {
public:
    XzInflater() { m_usable = lzma_stream_decoder(&m_stream, maxMemory, LZMA_CONCATENATED) == LZMA_OK; }
    ~XzInflater() override { lzma_end(&m_stream); }
    XzInflater(const XzInflater &) = delete;
    XzInflater &operator=(const XzInflater &) = delete;

    Result<Step> step(std::span<const char> input, std::span<char> output) override
    {
        if (!m_usable)
            return fail(ErrorCode::Internal, "cannot start the xz decoder");
        m_stream.next_in = reinterpret_cast<const std::uint8_t *>(input.data());
        m_stream.avail_in = input.size();
        m_stream.next_out = reinterpret_cast<std::uint8_t *>(output.data());
        m_stream.avail_out = output.size();
        // An empty step means that the input has ended: only then can concatenated streams end.
        const auto action = input.empty() ? LZMA_FINISH : LZMA_RUN;
        lzma_ret result = LZMA_OK;
        while (result == LZMA_OK && m_stream.avail_out > 0 && (m_stream.avail_in > 0 || input.empty()))
            result = lzma_code(&m_stream, action);
        m_complete = result == LZMA_STREAM_END;
        if (result == LZMA_MEMLIMIT_ERROR)
            return fail(ErrorCode::Unsupported, "the xz data needs more than 256 MiB of memory");
        if (result != LZMA_OK && result != LZMA_STREAM_END && result != LZMA_BUF_ERROR)
            return fail(ErrorCode::Corrupt, "the xz data is damaged");
        return Step{input.size() - m_stream.avail_in, output.size() - m_stream.avail_out};
    }

    bool isComplete() const override { return m_complete; }

private:
    lzma_stream m_stream = LZMA_STREAM_INIT;
    bool m_usable = false;
    bool m_complete = false;
};

} // namespace

std::unique_ptr<Inflater> makeXzInflater() { return std::make_unique<XzInflater>(); }

} // namespace berth
