// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/filters.h"
#include "core/containerinfo.h"
#include "core/imageinfo.h"

namespace berth {

// The containers that `ps` lists, in the order given (newest first). limit: at most so many, 0 or
// less: all. The error names a filter, a state or a container that does not exist.
Result<QList<ContainerInfo>> chooseContainers(
    const QList<ContainerInfo> &containers, const QList<ImageInfo> &images, const Filters &filters, bool showsAll, int limit);

// The images that `images` lists, each with the names that match.
Result<QList<ImageInfo>> chooseImages(
    const QList<ImageInfo> &images, const Filters &filters, const QString &pattern, const QDateTime &now);

} // namespace berth
