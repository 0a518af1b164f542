// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/figurebook.h"

#include <algorithm>

namespace berth {

namespace {

// A rate over a long time that nobody looked is no rate of now; the next sample gives one.
constexpr std::chrono::seconds longestStep(10);

} // namespace

void FigureBook::add(const FigureSample &sample)
{
    if (!sample.isRunning) {
        m_entries.remove(sample.id);
        return;
    }
    Entry &entry = m_entries[sample.id];
    const bool known = !entry.last.id.isEmpty();
    if (known && entry.last.run != sample.run)
        entry.points.clear();
    const bool follows = known && entry.last.run == sample.run && sample.at - entry.last.at <= longestStep;
    FigurePoint point{.at = sample.at,
        .figures = figuresOf(follows ? std::optional(entry.last) : std::nullopt, sample),
        .memory = sample.memory ? std::optional(static_cast<double>(*sample.memory)) : std::nullopt};
    entry.last = sample;
    entry.points.append(std::move(point));
    const auto kept = std::ranges::find_if(entry.points, [&](const FigurePoint &old) { return sample.at - old.at <= span; });
    entry.points.erase(entry.points.cbegin(), kept);
    if (entry.points.size() > mostPoints)
        entry.points.remove(0, entry.points.size() - mostPoints);
}

std::optional<FigureSample> FigureBook::last(const QString &id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() ? std::nullopt : std::optional(found->last);
}

Figures FigureBook::figures(const QString &id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend() || found->points.isEmpty() ? Figures() : found->points.last().figures;
}

QList<FigurePoint> FigureBook::history(const QString &id) const { return m_entries.value(id).points; }

} // namespace berth
