// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/pipepool.h"

#include <fcntl.h>

namespace berth::forwarder {
namespace {

constexpr std::size_t maxFree = 32;

} // namespace

Pipe PipePool::take()
{
    if (!m_free.empty()) {
        Pipe pipe = std::move(m_free.back());
        m_free.pop_back();
        return pipe;
    }
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return {};
    return {.out = UniqueFd(ends[0]), .in = UniqueFd(ends[1])};
}

void PipePool::giveBack(Pipe pipe)
{
    if (pipe && m_free.size() < maxFree)
        m_free.push_back(std::move(pipe));
}

} // namespace berth::forwarder
