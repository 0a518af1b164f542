// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/choosecleanup.h"

#include <array>

namespace berth {

// The rows of the Clean up dialog: one for each container, volume and image, an image with its names.
enum class CleanUpGroup { Containers, DanglingImages, UnusedImages, AnonymousVolumes, NamedVolumes };
inline constexpr std::array allCleanUpGroups{CleanUpGroup::Containers, CleanUpGroup::DanglingImages, CleanUpGroup::UnusedImages,
    CleanUpGroup::AnonymousVolumes, CleanUpGroup::NamedVolumes};

struct CleanUpRow {
    CleanUpGroup group = CleanUpGroup::Containers;
    QList<qsizetype> places;  // in the plan: the image and its names, else one
    QString id;               // as CleanUpItem
    QStringList names;        // to show, and for a command; a dangling image has its short id
    qint64 size = 0;
    QDateTime created;
};

// In the order of the groups, inside of them the largest first. anonymousVolumes: names.
QList<CleanUpRow> cleanUpRows(const CleanUpPlan &plan, const QSet<QString> &anonymousVolumes);

} // namespace berth
