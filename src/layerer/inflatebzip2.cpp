// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/inflater.h"

#include <bzlib.h>

namespace berth {
namespace {

class Bzip2Inflater final : public Inflater {
public:
    ~Bzip2Inflater() override { end(); }
    Bzip2Inflater() = default;
    Bzip2Inflater(const Bzip2Inflater &) = delete;
    Bzip2Inflater &operator=(const Bzip2Inflater &) = delete;

    Result<Step> step(std::span<const char> input, std::span<char> output) override
    {
        m_stream.next_in = const_cast<char *>(input.data());
        m_stream.avail_in = static_cast<unsigned>(input.size());
        m_stream.next_out = output.data();
        m_stream.avail_out = static_cast<unsigned>(output.size());
        for (;;) {
            if (!m_active && (m_stream.avail_in == 0 || !begin()))
                break;
            const unsigned inBefore = m_stream.avail_in;
            const unsigned outBefore = m_stream.avail_out;
            const int result = BZ2_bzDecompress(&m_stream);
            if (result == BZ_STREAM_END)
                end();
            else if (result != BZ_OK)
                return fail(ErrorCode::Corrupt, "the bzip2 data is damaged");
            if (m_stream.avail_out == 0 || (inBefore == m_stream.avail_in && outBefore == m_stream.avail_out))
                break;
        }
        return Step{input.size() - m_stream.avail_in, output.size() - m_stream.avail_out};
    }

    bool isComplete() const override { return !m_active; }

private:
    bool begin()
    {
        m_active = BZ2_bzDecompressInit(&m_stream, 0, 0) == BZ_OK;
        return m_active;
    }
    // Leaves the buffers of m_stream as they are: the next stream begins in them.
    void end()
    {
        if (m_active)
            BZ2_bzDecompressEnd(&m_stream);
        m_active = false;
    }

    bz_stream m_stream{};
    bool m_active = false;
};

} // namespace

std::unique_ptr<Inflater> makeBzip2Inflater() { return std::make_unique<Bzip2Inflater>(); }

} // namespace berth
