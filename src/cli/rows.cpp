// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rows.h"

#include "cli/template.h"
#include "cli/templatefunctions.h"
#include "core/humantext.h"
#include "core/imagereference.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qsizetype commandWidth = 20;
constexpr qsizetype mountWidth = 15;

bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

// At most so many columns of a terminal, where an ideograph and a syllable of Hangul take two.
QString ellipsis(const QString &text, qsizetype width)
{
    qsizetype columns = 0, fitting = 0, units = 0;
    for (const char32_t c : text.toUcs4()) {
        columns += isWide(c) ? 2 : 1;
        units += c > 0xffff ? 2 : 1;
        if (columns <= width - 1)
            fitting = units;
    }
    return columns > width ? text.first(fitting) + u'…' : text;
}

// Go's time.Time.String without the fraction: "2023-11-14 22:13:20 +0000 UTC", in local time.
QString goTime(const QDateTime &time)
{
    const auto local = time.toLocalTime();
    const int offset = local.offsetFromUtc();
    const auto zone = offset == 0 ? u"UTC"_s : local.timeZoneAbbreviation();
    return local.toString(u"yyyy-MM-dd HH:mm:ss "_s)
        + u"%1%2%3 %4"_s.arg(QChar(offset < 0 ? u'-' : u'+'))
              .arg(std::abs(offset) / 3600, 2, 10, QChar(u'0'))
              .arg(std::abs(offset) / 60 % 60, 2, 10, QChar(u'0'))
              .arg(zone);
}

QString age(const QDateTime &then, const QDateTime &now)
{
    const auto seconds = std::max<qint64>(0, then.secsTo(now));
    return humanDuration(std::chrono::seconds(seconds)) + " ago"_L1;
}

QString labelText(const QMap<QString, QString> &labels)
{
    QStringList pairs;
    for (auto label = labels.begin(); label != labels.end(); ++label)
        pairs += label.key() + u'=' + label.value();
    return pairs.join(u',');
}

QJsonObject labelObject(const QMap<QString, QString> &labels)
{
    QJsonObject object;
    for (auto label = labels.begin(); label != labels.end(); ++label)
        object[label.key()] = label.value();
    return object;
}

// As Docker shows it: without the registry that is meant when none is said.
QString imageColumn(QString name)
{
    for (const auto prefix : {"docker.io/"_L1, "library/"_L1}) {
        if (name.startsWith(prefix))
            name.remove(0, prefix.size());
        else
            break;
    }
    return name;
}

QString mountText(const QList<MountOption> &mounts, bool truncates)
{
    QStringList names;
    for (const auto &mount : mounts) {
        if (mount.kind != MountOption::Kind::Tmpfs)
            names += truncates ? ellipsis(mount.source, mountWidth) : mount.source;
    }
    return names.join(u',');
}

} // namespace

QString commandColumn(const QStringList &arguments, bool truncates)
{
    QStringList words;
    for (const auto &argument : arguments) {
        const bool isProgram = words.isEmpty();
        words += !isProgram && argument.contains(u' ') ? u'\'' + argument + u'\'' : argument;
    }
    const auto command = words.join(u' ');
    return gotemplate::goQuoted(truncates ? ellipsis(command, commandWidth) : command);
}

QJsonObject containerRow(const ContainerInfo &container, const QString &imageName, const QDateTime &now, bool truncates)
{
    const auto &options = container.options;
    const auto volumes = std::ranges::count(options.mounts, MountOption::Kind::Volume, &MountOption::kind);
    return {
        {u"ID"_s, truncates ? container.shortId() : container.id},
        {u"Names"_s, container.name},
        {u"Image"_s, imageColumn(imageName)},
        {u"Command"_s, commandColumn(container.arguments, truncates)},
        {u"CreatedAt"_s, goTime(container.created)},
        {u"RunningFor"_s, age(container.created, now)},
        {u"Ports"_s, portsText(container)},
        {u"State"_s, dockerName(container.state)},
        {u"Status"_s, statusText(container, now)},
        {u"Size"_s, u"0B"_s},
        {u"Labels"_s, labelText(options.labels)},
        {u"Mounts"_s, mountText(options.mounts, truncates)},
        {u"LocalVolumes"_s, QString::number(volumes)},
        {u"Networks"_s, container.networks.join(u',')},
        {u"Platform"_s, QJsonValue::Null},
        {Template::labelsKey(), labelObject(options.labels)},
    };
}

QString imageColumn(const ContainerInfo &container, const QList<ImageInfo> &images)
{
    const auto image = std::ranges::find(images, container.imageId, &ImageInfo::id);
    const auto reference = ImageReference::parse(container.imageName);
    if (image != images.end() && (!reference || image->names.contains(reference->canonicalName())))
        return container.imageName;
    return container.imageName.startsWith(container.imageId.shortHex()) ? container.imageName : container.imageId.shortHex();
}

ListingLayout containerLayout(bool showsSize)
{
    const auto columns = u"{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}"_s;
    return {showsSize ? columns + u"\t{{.Size}}"_s : columns,
        {{u"ID"_s, u"CONTAINER ID"_s}, {u"Names"_s, u"NAMES"_s}, {u"Image"_s, u"IMAGE"_s}, {u"Command"_s, u"COMMAND"_s},
            {u"CreatedAt"_s, u"CREATED AT"_s}, {u"RunningFor"_s, u"CREATED"_s}, {u"Ports"_s, u"PORTS"_s},
            {u"State"_s, u"STATE"_s}, {u"Status"_s, u"STATUS"_s}, {u"Size"_s, u"SIZE"_s}, {u"Labels"_s, u"LABELS"_s},
            {u"Mounts"_s, u"MOUNTS"_s}, {u"LocalVolumes"_s, u"LOCAL VOLUMES"_s}, {u"Networks"_s, u"NETWORKS"_s},
            {u"Platform"_s, u"PLATFORM"_s}},
        {}, u"*formatter.ContainerContext"_s};
}

QList<QJsonObject> imageRows(const ImageInfo &image, const QDateTime &now, bool truncates)
{
    const auto none = u"<none>"_s;
    const auto size = humanSize(image.size);
    QJsonObject row{
        {u"ID"_s, truncates ? image.id.shortHex() : image.id.text()},
        {u"Repository"_s, none},
        {u"Tag"_s, none},
        {u"Digest"_s, none},
        {u"CreatedSince"_s, image.created.isValid() ? age(image.created, now) : u"N/A"_s},
        {u"CreatedAt"_s, image.created.isValid() ? goTime(image.created) : u"N/A"_s},
        {u"Size"_s, size},
        {u"VirtualSize"_s, humanSize(image.size, 4)},
        {u"SharedSize"_s, u"N/A"_s},
        {u"UniqueSize"_s, u"N/A"_s},
        {u"Containers"_s, u"N/A"_s},
        {Template::labelsKey(), labelObject(image.config.labels)},
    };
    QList<QJsonObject> rows;
    for (const auto &name : image.names) {
        const auto reference = ImageReference::parse(name);
        if (!reference)
            continue;
        row[u"Repository"_s] = reference->familiarRepository();
        row[u"Tag"_s] = reference->tag().isEmpty() ? none : reference->tag();
        rows += row;
    }
    return rows.isEmpty() ? QList{row} : rows;
}

QJsonObject volumeRow(const VolumeInfo &volume, qint64 size)
{
    const auto unknown = u"N/A"_s;
    const bool isMeasured = size >= 0;
    return {
        {u"Availability"_s, unknown},
        {u"Driver"_s, u"local"_s},
        {u"Group"_s, unknown},
        {u"Labels"_s, labelText(volume.labels)},
        {u"Links"_s, isMeasured ? QString::number(volume.containers) : unknown},
        {u"Mountpoint"_s, volume.mountpoint},
        {u"Name"_s, volume.name},
        {u"Scope"_s, u"local"_s},
        {u"Size"_s, isMeasured ? humanSize(size, 4) : unknown},
        {u"Status"_s, unknown},
        {Template::labelsKey(), labelObject(volume.labels)},
    };
}

ListingLayout volumeLayout()
{
    return {u"{{.Driver}}\t{{.Name}}"_s,
        {{u"Availability"_s, u"AVAILABILITY"_s}, {u"Driver"_s, u"DRIVER"_s}, {u"Group"_s, u"GROUP"_s}, {u"Labels"_s, u"LABELS"_s},
            {u"Links"_s, u"LINKS"_s}, {u"Mountpoint"_s, u"MOUNTPOINT"_s}, {u"Name"_s, u"VOLUME NAME"_s}, {u"Scope"_s, u"SCOPE"_s},
            {u"Size"_s, u"SIZE"_s}, {u"Status"_s, u"STATUS"_s}},
        u"name: {{.Name}}\ndriver: {{.Driver}}\n"_s, u"*formatter.volumeContext"_s};
}

QJsonObject networkRow(const NetworkInfo &network, bool truncates)
{
    return {
        {u"CreatedAt"_s, goTime(network.created)},
        {u"Driver"_s, network.driver},
        {u"ID"_s, truncates ? network.shortId() : network.id},
        {u"IPv4"_s, u"true"_s},
        {u"IPv6"_s, u"false"_s},
        {u"Internal"_s, network.internal ? u"true"_s : u"false"_s},
        {u"Labels"_s, labelText(network.labels)},
        {u"Name"_s, network.name},
        {u"Scope"_s, u"local"_s},
        {Template::labelsKey(), labelObject(network.labels)},
    };
}

ListingLayout networkLayout()
{
    return {u"{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}"_s,
        {{u"CreatedAt"_s, u"CREATED AT"_s}, {u"Driver"_s, u"DRIVER"_s}, {u"ID"_s, u"NETWORK ID"_s}, {u"IPv4"_s, u"IPV4"_s},
            {u"IPv6"_s, u"IPV6"_s}, {u"Internal"_s, u"INTERNAL"_s}, {u"Labels"_s, u"LABELS"_s}, {u"Name"_s, u"NAME"_s},
            {u"Scope"_s, u"SCOPE"_s}},
        u"network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n"_s};
}

ListingLayout imageLayout(bool showsDigests)
{
    const auto start = showsDigests ? u"{{.Repository}}\t{{.Tag}}\t{{.Digest}}"_s : u"{{.Repository}}\t{{.Tag}}"_s;
    return {start + "\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}"_L1,
        {{u"ID"_s, u"IMAGE ID"_s}, {u"Repository"_s, u"REPOSITORY"_s}, {u"Tag"_s, u"TAG"_s}, {u"Digest"_s, u"DIGEST"_s},
            {u"CreatedSince"_s, u"CREATED"_s}, {u"CreatedAt"_s, u"CREATED AT"_s}, {u"Size"_s, u"SIZE"_s},
            {u"VirtualSize"_s, u"SIZE"_s}, {u"SharedSize"_s, u"SHARED SIZE"_s}, {u"UniqueSize"_s, u"UNIQUE SIZE"_s},
            {u"Containers"_s, u"CONTAINERS"_s}},
        {}, u"*formatter.imageContext"_s};
}

} // namespace berth
