// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/inspect.h"

#include "operations/unusedsettings.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

QStringList familiarNames(const QStringList &names)
{
    QStringList familiar;
    for (const QString &name : names) {
        if (const auto reference = ImageReference::parse(name))
            familiar += reference->familiarName();
    }
    return familiar;
}

// An image that was committed says it in its newest step.
QString commentOf(const QJsonObject &config)
{
    const auto own = config["comment"_L1].toString();
    return own.isEmpty() ? config["history"_L1].toArray().last()["comment"_L1].toString() : own;
}

} // namespace

Result<QJsonObject> inspectImage(Store &store, const QString &nameOrId)
{
    const auto image = store.findImage(nameOrId);
    if (!image)
        return std::unexpected(image.error());
    const auto bytes = store.imageConfig(image->id);
    if (!bytes)
        return std::unexpected(bytes.error());
    // The configuration is shown as the image has it, fields that we do not know included.
    const QJsonObject config = QJsonDocument::fromJson(*bytes).object();
    QJsonArray layers;
    QStringList folders;
    for (const Digest &diffId : image->diffIds)
        layers.append(diffId.text());
    for (const Digest &chainId : image->chainIds)
        folders.prepend(store.paths().data + u"/layers/"_s + chainId.hex() + u"/tree"_s);
    return QJsonObject{{u"Id"_s, image->id.text()}, {u"RepoTags"_s, QJsonArray::fromStringList(familiarNames(image->names))},
        {u"RepoDigests"_s, QJsonArray()}, {u"Parent"_s, QString()}, {u"Comment"_s, commentOf(config)},
        {u"Created"_s, config["created"_L1].toString()}, {u"DockerVersion"_s, config["docker_version"_L1].toString()},
        {u"Author"_s, image->author}, {u"Config"_s, wholeImageConfig(config["config"_L1].toObject())},
        {u"Architecture"_s, image->architecture}, {u"Os"_s, image->os}, {u"Size"_s, image->size},
        {u"GraphDriver"_s,
            QJsonObject{{u"Name"_s, u"overlay2"_s}, {u"Data"_s, QJsonObject{{u"LowerDir"_s, folders.join(u':')}}}}},
        {u"RootFS"_s, QJsonObject{{u"Type"_s, u"layers"_s}, {u"Layers"_s, layers}}},
        {u"Metadata"_s, QJsonObject{{u"LastTagTime"_s, u"0001-01-01T00:00:00Z"_s}}}};
}

} // namespace berth
