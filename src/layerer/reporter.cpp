// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "layerer/work.h"

namespace berth {

Result<> Reporter::report(std::uint64_t bytes)
{
    const auto now = std::chrono::steady_clock::now();
    if (now < m_next)
        return {};
    m_next = now + std::chrono::milliseconds(50);
    if (!sendMessage(m_channel, layerer::encode(layerer::Progress{bytes})))
        return fail(ErrorCode::Cancelled, "the engine has left");
    return {};
}

} // namespace berth
