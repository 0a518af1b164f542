// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/volumeinfo.h"
#include "gui/models/imagemodel.h"
#include "gui/views/factlist.h"

#include <optional>

namespace berth {

struct VolumeDetails {
    VolumeInfo volume;
    QStringList users;          // names of the containers that use it
    std::optional<qint64> size; // bytes; nothing: not measured yet

    friend bool operator==(const VolumeDetails &, const VolumeDetails &) = default;
};

// What the summary of a container, an image and a volume tells.
QList<Fact> containerFacts(const ContainerInfo &container, const QDateTime &now);
QList<Fact> imageFacts(const ImageRow &row, const QDateTime &now);
QList<Fact> volumeFacts(const VolumeDetails &details, const QDateTime &now);

} // namespace berth
