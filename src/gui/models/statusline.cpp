// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/statusline.h"

#include "gui/models/relativetime.h"
#include "gui/style/language.h"

#include <QCoreApplication>

#include <utility>

namespace berth {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(StatusLine)
};

} // namespace

QString statusLine(const ContainerInfo &container, const QDateTime &now)
{
    if (speaksEnglish())
        return statusText(container, now);
    switch (container.state) {
    case ContainerState::Created: return Say::tr("Created");
    case ContainerState::Running: return Say::tr("Running, started %1").arg(relativeTime(container.started, now));
    case ContainerState::Paused: return Say::tr("Paused, started %1").arg(relativeTime(container.started, now));
    case ContainerState::Restarting:
        return Say::tr("Restarting, ended with %1 %2").arg(container.exitCode).arg(relativeTime(container.finished, now));
    case ContainerState::Removing: return Say::tr("Being removed");
    case ContainerState::Exited:
        return Say::tr("Exited (%1) %2").arg(container.exitCode).arg(relativeTime(container.finished, now));
    case ContainerState::Dead: return Say::tr("Dead");
    }
    std::unreachable();
}

} // namespace berth
