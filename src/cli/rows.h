// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/listing.h"
#include "core/containerinfo.h"
#include "core/imageinfo.h"
#include "core/networkinfo.h"
#include "core/volumeinfo.h"

#include <QDateTime>
#include <QJsonObject>

namespace berth {

// The fields of one line of `ps`, named as Docker's templates name them. imageName is what the IMAGE
// column shows.
QJsonObject containerRow(const ContainerInfo &container, const QString &imageName, const QDateTime &now, bool truncates);
ListingLayout containerLayout(bool showsSize = false);
// The name the person typed, unless it means another image by now: then the image's short id.
QString imageColumn(const ContainerInfo &container, const QList<ImageInfo> &images);

// A line of `images` for each name; one with <none> when it has no name.
QList<QJsonObject> imageRows(const ImageInfo &image, const QDateTime &now, bool truncates);
ListingLayout imageLayout(bool showsDigests);

// A line of `volume ls`. size < 0: not measured.
QJsonObject volumeRow(const VolumeInfo &volume, qint64 size = -1);
ListingLayout volumeLayout();

// A line of `network ls`.
QJsonObject networkRow(const NetworkInfo &network, bool truncates);
ListingLayout networkLayout();

// The process of a container as `ps` shows it: cut to twenty columns unless asked otherwise, quoted.
QString commandColumn(const QStringList &arguments, bool truncates);

} // namespace berth
