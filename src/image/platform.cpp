// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/platform.h"

#include <QMap>
#include <QStringList>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QString platformName(const QJsonObject &descriptor)
{
    const auto platform = descriptor["platform"_L1].toObject();
    const QString variant = platform["variant"_L1].toString();
    const QString name = platform["os"_L1].toString() + u'/' + platform["architecture"_L1].toString();
    return variant.isEmpty() ? name : name + u'/' + variant;
}

bool isPlain(const QString &variant)
{
    return variant.isEmpty() || variant == "v1"_L1 || (variant == "v8"_L1 && thisArchitecture() == "arm64"_L1);
}

} // namespace

QString thisArchitecture()
{
    static const QMap<QString, QString> names{{u"x86_64"_s, u"amd64"_s}, {u"i386"_s, u"386"_s}, {u"power64"_s, u"ppc64le"_s}};
    const QString machine = QSysInfo::currentCpuArchitecture();
    return names.value(machine, machine);
}

QString thisPlatform() { return u"linux/"_s + thisArchitecture(); }

qsizetype platformIndex(const QList<QJsonObject> &descriptors)
{
    qsizetype withVariant = -1;
    for (qsizetype i = 0; i < descriptors.size(); ++i) {
        const auto platform = descriptors[i]["platform"_L1].toObject();
        if (platform["os"_L1].toString() != "linux"_L1 || platform["architecture"_L1].toString() != thisArchitecture())
            continue;
        if (isPlain(platform["variant"_L1].toString()))
            return i;
        if (withVariant < 0)
            withVariant = i;
    }
    return withVariant;
}

QString platformNames(const QList<QJsonObject> &descriptors)
{
    QStringList names;
    for (const QJsonObject &descriptor : descriptors)
        names += platformName(descriptor);
    names.removeDuplicates();
    return names.join(u", "_s);
}

bool isAttestation(const QJsonObject &descriptor)
{
    const auto platform = descriptor["platform"_L1].toObject();
    return platform["os"_L1].toString() == "unknown"_L1
        || descriptor["annotations"_L1].toObject().contains("vnd.docker.reference.type"_L1);
}

} // namespace berth
