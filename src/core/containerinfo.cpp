// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/containerinfo.h"

#include "core/humantext.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QString since(const QDateTime &then, const QDateTime &now)
{
    // A clock that was set back must not print a negative time.
    const qint64 milliseconds = std::max<qint64>(0, then.msecsTo(now));
    return humanDuration(std::chrono::seconds(milliseconds / 1000));
}

QString healthText(const QString &health)
{
    if (health.isEmpty())
        return {};
    return health == "starting"_L1 ? u" (health: starting)"_s : " ("_L1 + health + u')';
}

} // namespace

QStringList visibleExposedPorts(const ContainerInfo &container)
{
    const bool runs = container.state == ContainerState::Running || container.state == ContainerState::Paused;
    const bool hasBridge = std::ranges::any_of(
        container.networks, [](const QString &network) { return network != "host"_L1 && network != "none"_L1; });
    return runs && hasBridge ? container.options.exposedPorts : QStringList();
}

QString portsText(const ContainerInfo &container) { return portsText(visibleExposedPorts(container), container.ports); }

QString statusText(const ContainerInfo &container, const QDateTime &now)
{
    const auto ended = [&](QLatin1StringView word) {
        return word + " ("_L1 + QString::number(container.exitCode) + ") "_L1 + since(container.finished, now) + " ago"_L1;
    };
    switch (container.state) {
    case ContainerState::Created: return u"Created"_s;
    case ContainerState::Running: return u"Up "_s + since(container.started, now) + healthText(container.health);
    case ContainerState::Paused: return u"Up "_s + since(container.started, now) + " (Paused)"_L1;
    case ContainerState::Restarting: return ended("Restarting"_L1);
    case ContainerState::Removing: return u"Removal In Progress"_s;
    case ContainerState::Exited: return ended("Exited"_L1);
    case ContainerState::Dead: return u"Dead"_s;
    }
    std::unreachable();
}

} // namespace berth
