// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/listing.h"
#include "core/figures.h"

namespace berth {

// One line of `stats`.
struct StatsLine {
    QString container; // as it was asked for, or the short id
    QString id;
    QString name;
    bool isGone = false; // removed while it was shown
    std::optional<FigureSample> before{}, last{};
};

// Named as Docker's templates name them. What has no value is "--", which is what Docker prints for one that it did
// not get; a container that does not run uses nothing, and has zeros.
QJsonObject statsRow(const StatsLine &line, bool truncates);
ListingLayout statsLayout();

// What a terminal is sent for the next picture of a list that is shown again and again: over the last one, from the top
// left corner, without the rest of lines that were longer and without lines that are gone.
QString nextFrame(const QString &listing);

} // namespace berth
