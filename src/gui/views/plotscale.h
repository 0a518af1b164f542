// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/figuretext.h"

#include <QString>

#include <chrono>

namespace berth {

// An axis of values. It begins at zero, so that a line twice as high is twice as much.
struct PlotScale {
    double top = 1;  // not below the highest value
    double step = 1; // between two lines of the grid: a round number of the unit that it is told in

    friend bool operator==(const PlotScale &, const PlotScale &) = default;
};
// A quiet container is shown on a scale of some size, lest its noise look like work.
PlotScale scaleFor(double highest, FigureUnit unit);

// How much time a plot shows that has seen so much: a minute, two, or five.
std::chrono::seconds timeAxisFor(std::chrono::nanoseconds seen);
// "20 s ago", "2 min ago", "now".
QString agoText(std::chrono::seconds ago);

} // namespace berth
