// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/volumeinfo.h"
#include "store/store.h"

namespace berth {

// As `docker volume create`: an existing volume is returned as it is, labels included. An empty name makes
// an anonymous volume with a random name of 64 hex digits. The first container that mounts it fills it from
// its image.
Result<VolumeInfo> createVolume(Store &store, const QString &name, const QMap<QString, QString> &labels);

// Only the volume that was made at that moment: a name may be another volume's by now, which is kept
// (WrongState).
Result<> removeVolumeMadeAt(Store &store, const QString &name, const QDateTime &created);

// NotFound unless force; WrongState names a container that uses it, stopped ones included.
Result<> removeVolume(Store &store, const QString &name, bool force);

} // namespace berth
