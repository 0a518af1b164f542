// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QMap>
#include <QString>

namespace berth {

// One volume as lists show it.
struct VolumeInfo {
    QString name;
    bool anonymous = false;       // made for one container, or by `volume create` without a name
    QDateTime created;            // UTC
    QMap<QString, QString> labels;
    QString mountpoint;           // where its files are on the host
    int containers = 0;           // how many containers use it, stopped ones included

    friend bool operator==(const VolumeInfo &, const VolumeInfo &) = default;
};

// A letter or digit, then letters, digits, "_", "." or "-"; at least two characters. InvalidArgument
// has Docker's sentence, which begins with "create <name>: ".
Result<> checkVolumeName(const QString &name);

} // namespace berth
