// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/events.h"

#include "wire/event.h"

namespace berth {
namespace {

using namespace Qt::StringLiterals;

Event::Attributes plain(const QMap<QString, QString> &attributes)
{
    Event::Attributes result;
    for (const auto &[name, value] : attributes.asKeyValueRange())
        result.emplace(name.toStdString(), value.toStdString());
    return result;
}

// A label called "name" does not hide the container's own, as with Docker.
QMap<QString, QString> attributesOf(const ContainerInfo &container)
{
    QMap<QString, QString> attributes = container.options.labels;
    attributes[u"name"_s] = container.name;
    attributes[u"image"_s] = container.imageName;
    return attributes;
}

} // namespace

void recordEvent(
    const Store &store, const QString &type, const QString &action, const QString &id, const QMap<QString, QString> &attributes)
{
    appendEvent(store.dataFd(),
        {.type = type.toStdString(),
            .action = action.toStdString(),
            .id = id.toStdString(),
            .attributes = plain(attributes),
            .timeNano = 0});
}

void recordEvent(
    const Store &store, const ContainerInfo &container, const QString &action, const QMap<QString, QString> &attributes)
{
    QMap<QString, QString> all = attributesOf(container);
    all.insert(attributes);
    recordEvent(store, u"container"_s, action, container.id, all);
}

void recordEvent(const Store &store, const ImageInfo &image, const QString &action, const QString &name)
{
    QMap<QString, QString> attributes = image.config.labels;
    attributes[u"name"_s] = name;
    recordEvent(store, u"image"_s, action, image.id.text(), attributes);
}

void recordVolumeEvent(const Store &store, const QString &volume, const QString &action)
{
    recordEvent(store, u"volume"_s, action, volume, {{u"driver"_s, u"local"_s}});
}

Result<> keepEventAttributes(int containerFolder, const ContainerInfo &container)
{
    return writeEventAttributes(containerFolder, plain(attributesOf(container)));
}

} // namespace berth
