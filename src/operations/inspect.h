// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QJsonObject>

namespace berth {

// The objects that `docker inspect` prints, field by field as Docker names them.
Result<QJsonObject> inspectContainer(Store &store, const QString &nameOrId);
Result<QJsonObject> inspectImage(Store &store, const QString &nameOrId);
Result<QJsonObject> inspectVolume(Store &store, const QString &name);
Result<QJsonObject> inspectNetwork(Store &store, const QString &nameOrId);
// "NetworkSettings" of a container.
Result<QJsonObject> networkSettingsOf(Store &store, const ContainerInfo &container);

} // namespace berth
