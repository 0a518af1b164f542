// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/listing.h"
#include "core/containerinfo.h"
#include "core/imageinfo.h"

#include <QDateTime>
#include <QJsonObject>

namespace berth {

// The fields of one line of `ps`, named as Docker's templates name them. imageName is what the IMAGE
// column shows.
QJsonObject containerRow(const ContainerInfo &container, const QString &imageName, const QDateTime &now, bool truncates);
ListingLayout containerLayout();

// A line of `images` for each name; one with <none> when it has no name.
QList<QJsonObject> imageRows(const ImageInfo &image, const QDateTime &now, bool truncates);
ListingLayout imageLayout(bool showsDigests);

// The process of a container as `ps` shows it: cut to twenty columns unless asked otherwise, quoted.
QString commandColumn(const QStringList &arguments, bool truncates);

} // namespace berth
