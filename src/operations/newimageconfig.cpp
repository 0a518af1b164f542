// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/newimageconfig.h"

#include "image/platform.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <ctime>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// Of a container's variables, those that every container gets anew.
QJsonArray committedVariables(const ContainerInfo &container, const QJsonArray &variables)
{
    QJsonArray kept;
    for (const QJsonValue variable : variables) {
        const auto text = variable.toString();
        const bool isOwn = text == "HOSTNAME="_L1 + container.options.hostname
            || (container.options.terminal && text == "TERM=xterm"_L1);
        if (!isOwn)
            kept += text;
    }
    return kept;
}

} // namespace

QString imageTimestamp()
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const auto time = QDateTime::fromSecsSinceEpoch(now.tv_sec).toUTC();
    return time.toString(u"yyyy-MM-ddTHH:mm:ss"_s) + u".%1Z"_s.arg(now.tv_nsec, 9, 10, QChar(u'0'));
}

QByteArray newImageConfig(const QJsonObject &parent, const QJsonObject &settings, const ImageStep &step)
{
    QJsonObject config = parent;
    for (const auto key :
        {"author"_L1, "comment"_L1, "container"_L1, "container_config"_L1, "docker_version"_L1, "id"_L1, "parent"_L1})
        config.remove(key);
    if (!config.contains("architecture"_L1)) {
        config[u"architecture"_s] = thisArchitecture();
        config[u"os"_s] = u"linux"_s;
    }
    if (parent.isEmpty() && !step.comment.isEmpty())
        config[u"comment"_s] = step.comment;
    config[u"config"_s] = settings;
    config[u"created"_s] = step.created;

    QJsonObject entry{{u"created"_s, step.created}};
    if (!step.createdBy.isEmpty())
        entry[u"created_by"_s] = step.createdBy;
    if (!step.comment.isEmpty())
        entry[u"comment"_s] = step.comment;
    if (!step.author.isEmpty())
        config[u"author"_s] = entry[u"author"_s] = step.author;
    if (!step.diffId)
        entry[u"empty_layer"_s] = true;
    auto history = config["history"_L1].toArray();
    history += entry;
    config[u"history"_s] = history;

    auto diffIds = config["rootfs"_L1]["diff_ids"_L1].toArray();
    if (step.diffId)
        diffIds += step.diffId->text();
    config[u"rootfs"_s] = QJsonObject{{u"type"_s, u"layers"_s}, {u"diff_ids"_s, diffIds}};
    return QJsonDocument(config).toJson(QJsonDocument::Compact);
}

QJsonObject emptySettings()
{
    const QJsonValue none(QJsonValue::Null);
    return {{u"Hostname"_s, QString()}, {u"Domainname"_s, QString()}, {u"User"_s, QString()}, {u"AttachStdin"_s, false},
        {u"AttachStdout"_s, false}, {u"AttachStderr"_s, false}, {u"Tty"_s, false}, {u"OpenStdin"_s, false},
        {u"StdinOnce"_s, false}, {u"Env"_s, none}, {u"Cmd"_s, none}, {u"Image"_s, QString()}, {u"Volumes"_s, none},
        {u"WorkingDir"_s, QString()}, {u"Entrypoint"_s, none}, {u"OnBuild"_s, none}, {u"Labels"_s, none}};
}

QJsonObject committedSettings(
    const ContainerInfo &container, const QJsonObject &inspected, const QJsonObject &image, const QStringList &volumes)
{
    QJsonObject settings = inspected;
    settings[u"Env"_s] = committedVariables(container, inspected["Env"_L1].toArray());
    for (const auto &key : {u"ExposedPorts"_s, u"Healthcheck"_s, u"Shell"_s}) {
        if (!settings.contains(key) && image.contains(key))
            settings[key] = image[key];
    }
    auto paths = image["Volumes"_L1].toObject();
    for (const QString &path : volumes)
        paths[path] = QJsonObject();
    if (!paths.isEmpty())
        settings[u"Volumes"_s] = paths;
    // The engine's default is nobody's wish.
    if (!image.contains("StopSignal"_L1) && container.options.stopSignal == "SIGTERM"_L1)
        settings.remove(u"StopSignal"_s);
    return settings;
}

} // namespace berth
