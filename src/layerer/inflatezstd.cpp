// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/inflater.h"

#include <zstd.h>

namespace berth {
namespace {

constexpr int maxWindowLog = 27; // 128 MiB of memory, what `zstd -d` allows when nobody asks for more

class ZstdInflater final : public Inflater {
public:
    ZstdInflater() : m_stream(ZSTD_createDStream(), &ZSTD_freeDStream)
    {
        ZSTD_DCtx_setParameter(m_stream.get(), ZSTD_d_windowLogMax, maxWindowLog);
    }

    Result<Step> step(std::span<const char> input, std::span<char> output) override
    {
        ZSTD_inBuffer in{input.data(), input.size(), 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        while (in.pos < in.size && out.pos < out.size) {
            if (auto done = inflate(in, out); !done)
                return std::unexpected(done.error());
        }
        if (!m_complete && out.pos < out.size) {
            if (auto done = inflate(in, out); !done)
                return std::unexpected(done.error());
        }
        return Step{in.pos, out.pos};
    }

    bool isComplete() const override { return m_complete; }

private:
    Result<> inflate(ZSTD_inBuffer &in, ZSTD_outBuffer &out)
    {
        const auto before = in.pos;
        const auto producedBefore = out.pos;
        const std::size_t result = ZSTD_decompressStream(m_stream.get(), &out, &in);
        if (ZSTD_isError(result))
            return fail(ErrorCode::Corrupt, std::string("the zstd data is damaged: ") + ZSTD_getErrorName(result));
        // Zero says that a frame ended; a call that moved nothing says nothing new.
        if (in.pos != before || out.pos != producedBefore)
            m_complete = result == 0;
        return {};
    }

    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> m_stream;
    bool m_complete = false;
};

} // namespace

std::unique_ptr<Inflater> makeZstdInflater() { return std::make_unique<ZstdInflater>(); }

} // namespace berth
