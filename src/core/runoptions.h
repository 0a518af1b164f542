// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/healthcheck.h"
#include "core/portmapping.h"
#include "core/resources.h"
#include "core/restartpolicy.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace berth {

// One -v, --mount or --tmpfs, after parsing and before anything was looked up.
struct MountOption {
    enum class Kind { Bind, Volume, Tmpfs };
    Kind kind = Kind::Bind;
    QString source;               // Bind: absolute host path; Volume: name, empty = anonymous
    QString target;               // absolute, inside the container
    bool readOnly = false;
    bool createSource = false;    // -v makes a missing host folder, --mount refuses
    qint64 tmpfsSize = 0;
    int tmpfsMode = 01777;
    bool tmpfsExecutable = false;
    bool noCopy = false;

    friend bool operator==(const MountOption &, const MountOption &) = default;
};

// One --ulimit; -1 is "unlimited".
struct ResourceLimit {
    QString name; // "nofile"
    qint64 soft = 0;
    qint64 hard = 0;

    friend bool operator==(const ResourceLimit &, const ResourceLimit &) = default;
};

// One --device, as Docker's API has it.
struct DeviceOption {
    QString source;               // a device node of the machine, or a folder of them
    QString target;               // absolute, inside the container
    QString permissions;          // letters of "rwm"

    friend bool operator==(const DeviceOption &, const DeviceOption &) = default;
};

// One --network, with what belongs to it.
struct NetworkRequest {
    QString name;                 // or id; empty: the default bridge
    QStringList aliases;          // --network-alias
    QString address;              // --ip
    QString macAddress;           // --mac-address

    friend bool operator==(const NetworkRequest &, const NetworkRequest &) = default;
};

// What `run` and `create` can be asked for; the same value the Run dialog returns and shows as a
// command line. Empty optionals mean "as the image says".
struct RunOptions {
    QString image;                             // as typed; looked up by operations
    QStringList command;                       // replaces the image's command when not empty
    std::optional<QStringList> entrypoint;     // one element from --entrypoint; empty list: cleared
    QString name;                              // empty: generated
    QStringList environment;                   // "NAME=value"; "NAME" alone was resolved by the caller
    QString workingDirectory;
    QString user;
    QStringList extraGroups;
    QString hostname;                          // empty: short id
    QString domainname;
    QList<MountOption> mounts;
    QStringList volumesFrom;                   // "NAME[:ro|rw]"; their mounts are added when it is created
    QString networkMode;                       // empty: the default bridge; see core/networkinfo.h
    QList<NetworkRequest> networks;            // empty: what networkMode says, nothing more
    QStringList links;                         // "NAME:ALIAS"; "NAME" alone is its own alias
    QStringList extraHosts;                    // "HOST:ADDRESS"
    QStringList dns, dnsOptions, dnsSearch;
    QStringList exposedPorts;                  // "80/tcp"
    QList<PortMapping> publishedPorts;         // -p
    bool publishAll = false;                   // -P: exposed ports, too, each at any port of the machine
    QMap<QString, QString> labels;
    QString stopSignal;
    std::optional<int> stopTimeout;            // seconds
    bool interactive = false;                  // -i
    bool terminal = false;                     // -t
    bool detached = false;                     // -d
    bool autoRemove = false;                   // --rm
    bool readOnlyRoot = false;
    bool init = false;
    RestartPolicy restart;
    HealthCheck health;
    qint64 shmSize = 0;                        // bytes; 0: 64 MiB
    QStringList addedCapabilities, droppedCapabilities; // "NET_ADMIN", "ALL"
    QList<ResourceLimit> limits;
    bool noNewPrivileges = false;
    Resources resources;
    int oomScoreAdjust = 0;                    // -1000 … 1000; 0: not said
    QList<DeviceOption> devices;
    int columns = 0, rows = 0;                 // terminal size of the caller, 0: unknown

    friend bool operator==(const RunOptions &, const RunOptions &) = default;
};

// The words of the `berth run` that means the same: "run" and what follows it.
QStringList commandWords(const RunOptions &options);

// The `berth run …` line that means the same, quoted for a POSIX shell. Shown under the Run dialog.
QString commandLine(const RunOptions &options);

} // namespace berth
