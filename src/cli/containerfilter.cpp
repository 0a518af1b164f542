// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/containerfilter.h"

#include "core/imagereference.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

std::unexpected<Error> invalidFilter(const QString &key, const QString &value)
{
    return fail(ErrorCode::InvalidArgument, u"invalid filter '%1=%2'"_s.arg(key, value).toStdString());
}

const ContainerInfo *findByName(const QList<ContainerInfo> &containers, const QString &name)
{
    for (const auto &container : containers) {
        if (container.id == name || container.name == name)
            return &container;
    }
    for (const auto &container : containers) {
        if (!name.isEmpty() && container.id.startsWith(name))
            return &container;
    }
    return nullptr;
}

// "80", "80/udp", "80-90".
Result<> checkPorts(const Filters &filters)
{
    for (const auto &key : {u"publish"_s, u"expose"_s}) {
        for (const auto &value : filters.values(key)) {
            if (value.contains(u':'))
                return fail(
                    ErrorCode::InvalidArgument, u"filter for '%1' should not contain ':': %2"_s.arg(key, value).toStdString());
            const auto ports = parseExpose(value);
            if (!ports)
                return fail(ErrorCode::InvalidArgument,
                    "error while looking up for " + key.toStdString() + ' ' + value.toStdString() + ": "
                        + ports.error().detail.substr(ports.error().detail.find("error: ") + 7));
        }
    }
    return {};
}

Result<> checkStates(const Filters &filters)
{
    for (const auto &wanted : filters.values(u"status"_s)) {
        const bool isKnown = std::ranges::any_of(
            allContainerStates, [&wanted](ContainerState state) { return dockerName(state) == wanted; });
        if (!isKnown)
            return invalidFilter(u"status"_s, wanted);
    }
    for (const auto &wanted : filters.values(u"health"_s)) {
        if (!QStringList{u"none"_s, u"starting"_s, u"healthy"_s, u"unhealthy"_s}.contains(wanted))
            return fail(ErrorCode::InvalidArgument, "unrecognised filter value for health: " + wanted.toStdString());
    }
    for (const auto &wanted : filters.values(u"exited"_s)) {
        bool isNumber = false;
        (void)wanted.toInt(&isNumber);
        if (!isNumber)
            return fail(ErrorCode::InvalidArgument,
                u"invalid filter 'exited=%1': strconv.Atoi: parsing \"%1\": invalid syntax"_s.arg(wanted).toStdString());
    }
    return {};
}

// The moments that "before" and "since" name by a container.
struct Window {
    QDateTime before;
    QDateTime since;
};

Result<Window> windowOf(const QList<ContainerInfo> &containers, const Filters &filters)
{
    Window window;
    for (const auto &[key, moment] : {std::pair(u"before"_s, &window.before), std::pair(u"since"_s, &window.since)}) {
        for (const auto &name : filters.values(key)) {
            const auto *container = findByName(containers, name);
            if (!container) {
                return fail(ErrorCode::NotFound, "No such container: " + name.toStdString());
            }
            *moment = container->created;
        }
    }
    return window;
}

bool isDescendant(const ImageInfo &image, const ImageInfo &ancestor)
{
    return image.id == ancestor.id || (!ancestor.chainIds.isEmpty() && image.chainIds.contains(ancestor.chainIds.last()));
}

bool isNamed(const ImageInfo &image, const QString &text)
{
    const auto reference = ImageReference::parse(text);
    return (reference && image.names.contains(reference->canonicalName())) || image.id.text().startsWith(text)
        || image.id.hex().startsWith(text);
}

bool descendsFrom(const ContainerInfo &container, const QList<ImageInfo> &images, const QString &text)
{
    const auto own = std::ranges::find(images, container.imageId, &ImageInfo::id);
    return std::ranges::any_of(images, [&](const ImageInfo &ancestor) {
        return isNamed(ancestor, text)
            && (ancestor.id == container.imageId || (own != images.end() && isDescendant(*own, ancestor)));
    });
}

bool usesVolume(const ContainerInfo &container, const QString &text)
{
    return std::ranges::any_of(
        container.options.mounts, [&text](const MountOption &mount) { return mount.source == text || mount.target == text; });
}

bool matchesName(const ContainerInfo &container, const QString &pattern)
{
    const QRegularExpression expression(pattern);
    return expression.match(container.name).hasMatch() || expression.match(u'/' + container.name).hasMatch();
}

// One of either: of the machine, or of the container.
bool matchesPorts(const ContainerInfo &container, const Filters &filters)
{
    const auto publish = filters.values(u"publish"_s), expose = filters.values(u"expose"_s);
    if (publish.isEmpty() && expose.isEmpty())
        return true;
    QStringList outside, inside = visibleExposedPorts(container);
    for (const OpenPort &port : container.ports) {
        outside += QString::number(port.hostPort) + u'/' + portProtocol(port.port);
        inside += port.port;
    }
    const auto names = [](const QStringList &ports) {
        return [&ports](const QString &value) {
            return std::ranges::any_of(
                parseExpose(value).value_or(QStringList()), [&](const QString &port) { return ports.contains(port); });
        };
    };
    return std::ranges::any_of(publish, names(outside)) || std::ranges::any_of(expose, names(inside));
}

QString healthOf(const ContainerInfo &container) { return container.health.isEmpty() ? u"none"_s : container.health; }

bool matches(const ContainerInfo &container, const QList<ImageInfo> &images, const Filters &filters, const Window &window)
{
    const auto exitCode = QString::number(container.exitCode);
    const bool hasEnded = container.state == ContainerState::Exited || container.state == ContainerState::Dead;
    return (!window.before.isValid() || container.created < window.before)
        && (!window.since.isValid() || container.created > window.since) && filters.labelsMatch(container.options.labels)
        && filters.anyOf(u"id"_s, [&](const QString &v) { return container.id.startsWith(v); })
        && filters.anyOf(u"name"_s, [&](const QString &v) { return matchesName(container, v); })
        && filters.anyOf(u"status"_s, [&](const QString &v) { return dockerName(container.state) == v; })
        && filters.anyOf(u"exited"_s, [&](const QString &v) { return hasEnded && exitCode == v; })
        && filters.anyOf(u"ancestor"_s, [&](const QString &v) { return descendsFrom(container, images, v); })
        && filters.anyOf(u"volume"_s, [&](const QString &v) { return usesVolume(container, v); })
        && filters.anyOf(u"health"_s, [&](const QString &v) { return v == healthOf(container); })
        && filters.anyOf(u"network"_s, [&](const QString &v) { return container.networks.contains(v); })
        && matchesPorts(container, filters);
}

} // namespace

Result<QList<ContainerInfo>> chooseContainers(
    const QList<ContainerInfo> &containers, const QList<ImageInfo> &images, const Filters &filters, bool showsAll, int limit)
{
    const auto known = filters.allowOnly({u"id"_s, u"name"_s, u"status"_s, u"exited"_s, u"label"_s, u"ancestor"_s, u"before"_s,
        u"since"_s, u"volume"_s, u"network"_s, u"health"_s, u"publish"_s, u"expose"_s});
    if (!known)
        return std::unexpected(known.error());
    if (const auto checked = checkPorts(filters); !checked)
        return std::unexpected(checked.error());
    if (const auto checked = checkStates(filters); !checked)
        return std::unexpected(checked.error());
    const auto window = windowOf(containers, filters);
    if (!window)
        return std::unexpected(window.error());
    QList<ContainerInfo> chosen;
    for (const auto &container : containers) {
        if ((showsAll || isUp(container.state)) && matches(container, images, filters, *window))
            chosen += container;
        if (limit > 0 && chosen.size() == limit)
            break;
    }
    return chosen;
}

} // namespace berth
