// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerstate.h"
#include "core/digest.h"
#include "core/runoptions.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace berth {

// One container as lists and details show it.
struct ContainerInfo {
    QString id;                   // 64 hex digits
    QString name;                 // without a leading slash
    QString imageName;            // as the person typed it (familiar form)
    Digest imageId;
    QStringList arguments;        // entry point and command as started
    QDateTime created;            // UTC
    QDateTime started;            // invalid: never
    QDateTime finished;           // invalid: not yet
    ContainerState state = ContainerState::Created;
    int exitCode = 0;
    int exitSignal = 0;
    bool outOfMemory = false;
    QString error;                // why the last start failed
    qint64 pid = 0;               // on the host, 0 when not running
    int restartCount = 0;         // by its policy, since it was started by somebody
    QStringList networks;         // names, sorted; also "host" and "none"
    QList<OpenPort> ports;        // while it runs, as its monitor keeps them
    QString health;               // "starting", "healthy", "unhealthy"; empty: nobody asks
    RunOptions options;           // as created; name, image and command resolved

    friend bool operator==(const ContainerInfo &, const ContainerInfo &) = default;
    [[nodiscard]] QString shortId() const { return id.first(12); }
};

// What is exposed but not open is known of one that runs on a network of bridges only; of any other: nothing.
QStringList visibleExposedPorts(const ContainerInfo &container);
// As `ps` shows them in the column PORTS.
QString portsText(const ContainerInfo &container);

// "Up 3 minutes", "Exited (0) 2 hours ago", "Created", "Up 5 seconds (Paused)", "Up 5 seconds (healthy)",
// "Restarting (1) 2 seconds ago" as Docker prints it.
QString statusText(const ContainerInfo &container, const QDateTime &now);

} // namespace berth
