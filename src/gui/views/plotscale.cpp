// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/plotscale.h"

#include <QCoreApplication>

namespace berth {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(PlotScale)
};

// The least that an axis reaches to.
double smallestTop(FigureUnit unit)
{
    switch (unit) {
    case FigureUnit::Percent: return 10;
    case FigureUnit::Bytes: return 1024.0 * 1024;
    case FigureUnit::BytesPerSecond: return 1000;
    }
    return 1;
}

} // namespace

PlotScale scaleFor(double highest, FigureUnit unit)
{
    double top = smallestTop(unit);
    if (unit == FigureUnit::Bytes) { // a quarter of a power of two is one, too, and round in its unit
        while (top < highest)
            top *= 2;
        return {top, top / 4};
    }
    struct Choice {
        double top, step;
    };
    for (double power = top;; power *= 10) {
        for (const Choice choice : {Choice{1, 0.2}, {2, 0.5}, {4, 1}, {5, 1}, {8, 2}}) {
            if (highest <= choice.top * power)
                return {choice.top * power, choice.step * power};
        }
    }
}

std::chrono::seconds timeAxisFor(std::chrono::nanoseconds seen)
{
    using namespace std::chrono_literals;
    for (const std::chrono::seconds axis : {60s, 120s}) {
        if (seen <= axis)
            return axis;
    }
    return 300s;
}

QString agoText(std::chrono::seconds ago)
{
    const int seconds = static_cast<int>(ago.count());
    if (seconds <= 0)
        return Say::tr("now");
    if (seconds % 60 == 0)
        return Say::tr("%1 min ago").arg(seconds / 60);
    if (seconds > 60)
        return Say::tr("%1 min %2 s ago").arg(seconds / 60).arg(seconds % 60);
    return Say::tr("%1 s ago").arg(seconds);
}

} // namespace berth
