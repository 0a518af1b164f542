// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figures.h"

namespace berth {
namespace {

using Seconds = std::chrono::duration<double>;

// Interfaces come and go with networks, and their counters with them: a sum that shrinks says nothing about the time between.
std::optional<double> rateOf(qint64 before, qint64 after, Seconds time)
{
    if (after < before)
        return std::nullopt;
    return static_cast<double>(after - before) / time.count();
}

std::optional<double> cpuPercent(const FigureSample &before, const FigureSample &after)
{
    if (!before.cpu || !after.cpu)
        return std::nullopt;
    const Seconds used = *after.cpu - *before.cpu;
    const Seconds offered = after.machine.total - before.machine.total;
    if (used.count() <= 0 || offered.count() <= 0)
        return 0;
    return used / offered * after.machine.processors * 100;
}

} // namespace

Figures figuresOf(const std::optional<FigureSample> &before, const FigureSample &after)
{
    Figures figures;
    if (!after.isRunning)
        return figures;
    if (after.memory && after.memoryLimit > 0)
        figures.memoryPercent = static_cast<double>(*after.memory) / static_cast<double>(after.memoryLimit) * 100;
    if (!before || before->run != after.run || before->at >= after.at)
        return figures;
    const Seconds time = after.at - before->at;
    figures.cpuPercent = cpuPercent(*before, after);
    if (before->network && after.network) {
        figures.receiveRate = rateOf(before->network->in, after.network->in, time);
        figures.sendRate = rateOf(before->network->out, after.network->out, time);
    }
    if (before->disk && after.disk) {
        figures.readRate = rateOf(before->disk->in, after.disk->in, time);
        figures.writeRate = rateOf(before->disk->out, after.disk->out, time);
    }
    return figures;
}

} // namespace berth
