// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/imageconfig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue entry : value.toArray()) {
        if (entry.isString())
            list += entry.toString();
    }
    return list;
}

// A NUL would end the text early for the kernel, and so mean something else there than here.
bool isSettableVariable(const QString &variable) { return variable.indexOf(u'=') > 0 && !variable.contains(QChar(u'\0')); }

HealthCheck parseHealthCheck(const QJsonObject &object)
{
    return {.test = texts(object["Test"_L1]),
        .interval = object["Interval"_L1].toInteger(),
        .timeout = object["Timeout"_L1].toInteger(),
        .startPeriod = object["StartPeriod"_L1].toInteger(),
        .startInterval = object["StartInterval"_L1].toInteger(),
        .retries = object["Retries"_L1].toInt()};
}

ImageConfig parseRunSettings(const QJsonObject &object)
{
    ImageConfig config;
    config.entrypoint = texts(object["Entrypoint"_L1]);
    config.command = texts(object["Cmd"_L1]);
    for (const QString &variable : texts(object["Env"_L1])) {
        if (isSettableVariable(variable))
            config.environment += variable;
    }
    config.workingDirectory = object["WorkingDir"_L1].toString();
    config.user = object["User"_L1].toString();
    config.stopSignal = object["StopSignal"_L1].toString();
    config.volumes = object["Volumes"_L1].toObject().keys();
    config.exposedPorts = object["ExposedPorts"_L1].toObject().keys();
    const QJsonObject labels = object["Labels"_L1].toObject();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        config.labels.insert(label.key(), label.value().toString());
    config.health = parseHealthCheck(object["Healthcheck"_L1].toObject());
    return config;
}

} // namespace

Result<ImageInfo> parseImageConfig(const QByteArray &config)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(config, &problem);
    if (!document.isObject())
        return fail(ErrorCode::Corrupt, "the image configuration is not a JSON object: " + problem.errorString().toStdString());
    const QJsonObject object = document.object();
    ImageInfo image;
    image.id = Digest::ofBytes(config);
    image.created = QDateTime::fromString(object["created"_L1].toString(), Qt::ISODateWithMs).toUTC();
    image.architecture = object["architecture"_L1].toString();
    image.os = object["os"_L1].toString();
    image.author = object["author"_L1].toString();
    image.config = parseRunSettings(object["config"_L1].toObject());

    const QJsonObject rootfs = object["rootfs"_L1].toObject();
    if (rootfs["type"_L1].toString() != "layers"_L1)
        return fail(ErrorCode::Corrupt, "the image configuration has no rootfs of type \"layers\"");
    for (const QJsonValue entry : rootfs["diff_ids"_L1].toArray()) {
        const auto diffId = Digest::parse(entry.toString());
        if (!diffId)
            return wrap("the image configuration names a damaged layer", diffId.error());
        image.chainIds += image.chainIds.isEmpty() ? *diffId : Digest::chain(image.chainIds.last(), *diffId);
        image.diffIds += *diffId;
    }
    return image;
}

} // namespace berth
