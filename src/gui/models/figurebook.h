// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/figures.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QStringList>

namespace berth {

// One moment of a container's history.
struct FigurePoint {
    std::chrono::nanoseconds at{}; // as FigureSample::at
    Figures figures;
    std::optional<double> memory; // bytes

    friend bool operator==(const FigurePoint &, const FigurePoint &) = default;
};

// What has been seen of each container: the last sample, and the points of the last five minutes of the run that it
// is in. Grows with nothing else: what is older goes, and so do containers that are gone.
class FigureBook {
public:
    static constexpr std::chrono::minutes span{5};
    static constexpr qsizetype mostPoints = 400; // five minutes at one a second, and some that came early

    void add(const FigureSample &sample);
    void forget(const QString &id) { m_entries.remove(id); }

    // Nothing: never seen, or not running when it was looked at.
    [[nodiscard]] std::optional<FigureSample> last(const QString &id) const;
    [[nodiscard]] Figures figures(const QString &id) const; // of the last point
    [[nodiscard]] QList<FigurePoint> history(const QString &id) const; // oldest first

private:
    struct Entry {
        FigureSample last;
        QList<FigurePoint> points;
    };
    QHash<QString, Entry> m_entries;
};

} // namespace berth
