// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QStringList>

namespace berth {

// Applies instructions of a Dockerfile, as `commit -c` and `import -c` take them, to the "config" object of an
// image: CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME, WORKDIR. Variables
// are those of the image's environment. InvalidArgument, in Docker's words. Source: the Dockerfile reference;
// moby, builder/dockerfile.
Result<QJsonObject> applyImageChanges(QJsonObject config, const QStringList &changes);

// The "Healthcheck" object that the arguments of HEALTHCHECK mean.
Result<QJsonObject> parseHealthCheck(const QString &arguments);

} // namespace berth
