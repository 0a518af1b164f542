// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "layerer/source.h"
#include "layerer/work.h"

#include <unistd.h>

namespace berth {

Result<layerer::Inflated> inflateStream(int input, int output, Reporter &reporter)
{
    Source source(input, 0, 0, [&](std::uint64_t bytes) { return reporter.report(bytes); });
    std::vector<char> buffer(1024 * 1024);
    layerer::Inflated result;
    for (;;) {
        const auto count = source.read(buffer);
        if (!count)
            return std::unexpected(count.error());
        if (auto written = writeAll(output, {buffer.data(), *count}); !written)
            return wrap("cannot keep the unpacked archive", written.error());
        result.size += *count;
        if (*count < buffer.size())
            break;
    }
    result.compression = source.compression();
    return result;
}

} // namespace berth
