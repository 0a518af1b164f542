// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/resources.h"

#include <QString>
#include <QStringList>

namespace berth {

// The processors that this process may use, and the numbers that the kernel knows.
KnownProcessors knownProcessors();

// Which limits the caller's containers can be held to on this machine: the controllers that reach the control groups
// of theirs, with systemd those of its user manager, without it those that the helper hands on.
struct LimitSupport {
    bool memory = false;
    bool swap = false;
    bool cpu = false;
    bool cpuset = false;
    bool processes = false;
};
LimitSupport limitSupport();

// From cgroup.controllers of a control group's folder.
LimitSupport limitSupportOf(const QString &folder);

// The words of `docker info` for those that are missing.
QStringList limitWarnings(const LimitSupport &support);

} // namespace berth
