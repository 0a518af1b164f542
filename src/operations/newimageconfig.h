// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "core/imageinfo.h"

#include <QJsonObject>

#include <optional>

namespace berth {

// What is known about a new image beside its settings.
struct ImageStep {
    std::optional<Digest> diffId;  // of its layer; none: it has the same files as its parent
    QString created;               // RFC 3339, with nanoseconds
    QString createdBy;
    QString author;
    QString comment;
};

// Now, as images tell the time.
QString imageTimestamp();

// The exact bytes of an image configuration with Docker's fields. parent: the configuration of the image it
// is made from, an empty object for none. Source: OCI image-spec config.md; moby, image/image.go.
QByteArray newImageConfig(const QJsonObject &parent, const QJsonObject &settings, const ImageStep &step);

// "config" of an image that was made from nothing.
QJsonObject emptySettings();

// "config" of an image that is made of a container: its own settings, with what only its image says.
// inspected: "Config" of the container's inspection; volumes: where its anonymous ones are.
QJsonObject committedSettings(
    const ContainerInfo &container, const QJsonObject &inspected, const QJsonObject &image, const QStringList &volumes);

} // namespace berth
