// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/mountflags.h"

#include "core/volumeinfo.h"

#include <QDir>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

template<typename... Words> auto invalid(const Words &...words)
{
    return fail(ErrorCode::InvalidArgument, (QString() + ... + words).toStdString());
}

auto unsupported(const QString &what) { return fail(ErrorCode::Unsupported, (what + " is not supported yet"_L1).toStdString()); }

bool isHostPath(const QString &source)
{
    return source.startsWith(u'/') || source == "."_L1 || source == ".."_L1 || source.startsWith("./"_L1)
        || source.startsWith("../"_L1);
}

Result<> setSource(MountOption &mount, const QString &source)
{
    if (isHostPath(source)) {
        mount.kind = MountOption::Kind::Bind;
        mount.source = QDir::cleanPath(QDir::current().absoluteFilePath(source));
        return {};
    }
    mount.kind = MountOption::Kind::Volume;
    mount.source = source;
    return checkVolumeName(source);
}

Result<> checkTarget(const MountOption &mount, const QString &text)
{
    const auto problem = "invalid volume specification: '"_L1 + text + "': invalid mount config for type \"bind\": "_L1;
    if (!mount.target.startsWith(u'/'))
        return invalid(problem, "invalid mount path: '"_L1, mount.target, "' mount path must be absolute"_L1);
    if (QDir::cleanPath(mount.target) == "/"_L1)
        return invalid(problem, "invalid specification: destination can't be '/'"_L1);
    return {};
}

// One word after the second colon of -v.
Result<> setVolumeOption(MountOption &mount, const QString &word)
{
    // Relabelling has no effect without SELinux, consistency none on Linux, and rprivate is what we do.
    static const QStringList ignored{
        u"rw"_s, u"z"_s, u"Z"_s, u"cached"_s, u"delegated"_s, u"consistent"_s, u"default"_s, u"rprivate"_s};
    static const QStringList propagations{u"shared"_s, u"rshared"_s, u"slave"_s, u"rslave"_s, u"private"_s};
    if (word == "ro"_L1 || word == "readonly"_L1)
        mount.readOnly = true;
    else if (word == "nocopy"_L1)
        mount.noCopy = true;
    else if (propagations.contains(word))
        return unsupported("mount propagation \""_L1 + word + u'"');
    else if (!ignored.contains(word))
        return invalid("invalid mode: "_L1, word);
    return {};
}

Result<bool> switchValue(const QString &key, const QString &value)
{
    static const QStringList yes{QString(), u"1"_s, u"t"_s, u"true"_s};
    static const QStringList no{u"0"_s, u"f"_s, u"false"_s};
    if (yes.contains(value.toLower()))
        return true;
    if (no.contains(value.toLower()))
        return false;
    return invalid("invalid value for "_L1, key, ": "_L1, value);
}

Result<int> fileMode(const QString &text)
{
    bool isOctal = false;
    const int mode = text.toInt(&isOctal, 8);
    if (!isOctal || mode < 0 || mode > 07777)
        return invalid("invalid value for tmpfs-mode: "_L1, text);
    return mode;
}

// The fields of a record of comma-separated values (RFC 4180): quotes protect commas.
Result<QStringList> csvFields(const QString &text)
{
    QStringList fields{QString()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isQuote = text[i] == u'"';
        if (isQuote && isQuoted && i + 1 < text.size() && text[i + 1] == u'"')
            fields.last() += text[i++];
        else if (isQuote && (isQuoted || fields.last().isEmpty()))
            isQuoted = !isQuoted;
        else if (text[i] == u',' && !isQuoted)
            fields += QString();
        else
            fields.last() += text[i];
    }
    if (isQuoted)
        return invalid("parse error on line 1: extraneous or missing \" in quoted-field"_L1);
    return fields;
}

Result<> setKind(MountOption &mount, const QString &value)
{
    if (value == "bind"_L1)
        mount.kind = MountOption::Kind::Bind;
    else if (value == "volume"_L1)
        mount.kind = MountOption::Kind::Volume;
    else if (value == "tmpfs"_L1)
        mount.kind = MountOption::Kind::Tmpfs;
    else if (value == "image"_L1 || value == "npipe"_L1 || value == "cluster"_L1)
        return unsupported("mount type \""_L1 + value + u'"');
    else
        return invalid("invalid mount config for type \""_L1, value, "\": mount type unknown"_L1);
    return {};
}

template<typename T, typename V> Result<> assign(T &place, const Result<V> &value)
{
    if (!value)
        return std::unexpected(value.error());
    place = *value;
    return {};
}

Result<> setMountField(MountOption &mount, const QString &field)
{
    const auto key = field.section(u'=', 0, 0).toLower();
    const auto value = field.section(u'=', 1);
    static const QStringList switches{u"readonly"_s, u"ro"_s, u"volume-nocopy"_s};
    if (!field.contains(u'=') && !switches.contains(key))
        return invalid("invalid field '"_L1, field, "' must be a key=value pair"_L1);
    if (key == "type"_L1)
        return setKind(mount, value.toLower());
    if (key == "readonly"_L1 || key == "ro"_L1)
        return assign(mount.readOnly, switchValue(key, value));
    if (key == "volume-nocopy"_L1)
        return assign(mount.noCopy, switchValue(key, value));
    if (key == "tmpfs-size"_L1)
        return assign(mount.tmpfsSize, parseBytes(value));
    if (key == "tmpfs-mode"_L1)
        return assign(mount.tmpfsMode, fileMode(value));
    if (key == "source"_L1 || key == "src"_L1)
        mount.source = value;
    else if (key == "target"_L1 || key == "dst"_L1 || key == "destination"_L1)
        mount.target = value;
    else if (key == "bind-propagation"_L1 && value == "rprivate"_L1)
        return {};
    else if (key == "consistency"_L1)
        return {};
    else if (key.startsWith("bind-"_L1) || key.startsWith("volume-"_L1) || key.startsWith("image-"_L1))
        return unsupported("mount option \""_L1 + key + u'"');
    else
        return invalid("unexpected key '"_L1, key, "' in '"_L1, field, "'"_L1);
    return {};
}

template<typename... Words> auto invalidConfig(const char *type, const Words &...words)
{
    return invalid("invalid mount config for type \""_L1, QString::fromLatin1(type), "\": "_L1, words...);
}

Result<MountOption> finishMount(MountOption mount)
{
    if (mount.target.isEmpty())
        return invalid("target is required"_L1);
    if (!mount.target.startsWith(u'/'))
        return invalid("invalid mount path: '"_L1, mount.target, "' mount path must be absolute"_L1);
    if (QDir::cleanPath(mount.target) == "/"_L1)
        return invalid("invalid specification: destination can't be '/'"_L1);
    switch (mount.kind) {
    case MountOption::Kind::Tmpfs:
        if (!mount.source.isEmpty())
            return invalidConfig("tmpfs", "field Source must not be specified"_L1);
        return mount;
    case MountOption::Kind::Volume:
        if (const auto named = mount.source.isEmpty() ? Result<>() : checkVolumeName(mount.source); !named)
            return std::unexpected(named.error());
        return mount;
    case MountOption::Kind::Bind:
        if (mount.source.isEmpty())
            return invalidConfig("bind", "field Source must not be empty"_L1);
        if (!isHostPath(mount.source))
            return invalidConfig("bind", "invalid mount path: '"_L1, mount.source, "' mount path must be absolute"_L1);
        mount.source = QDir::cleanPath(QDir::current().absoluteFilePath(mount.source));
        return mount;
    }
    std::unreachable();
}

} // namespace

Result<MountOption> parseVolume(const QString &text)
{
    MountOption mount;
    mount.createSource = true;
    const auto parts = text.split(u':');
    // Two of the words that Docker's client says, not its daemon.
    if (text.isEmpty())
        return fail(ErrorCode::Unsupported, "invalid empty volume spec");
    if (parts.size() > 3)
        return fail(ErrorCode::Unsupported, "invalid spec: " + text.toStdString() + ": too many colons");
    if (parts.size() > 3 || parts.contains(QString()))
        return invalid("invalid volume specification: '"_L1, text, "'"_L1);
    mount.kind = MountOption::Kind::Volume;
    mount.target = parts.size() == 1 ? parts[0] : parts[1];
    if (parts.size() > 1) {
        if (const auto set = setSource(mount, parts[0]); !set)
            return std::unexpected(set.error());
    }
    if (parts.size() == 3) {
        for (const auto &word : parts[2].split(u',')) {
            if (const auto set = setVolumeOption(mount, word); !set)
                return std::unexpected(set.error());
        }
    }
    if (const auto checked = checkTarget(mount, text); !checked)
        return std::unexpected(checked.error());
    return mount;
}

Result<MountOption> parseMount(const QString &text)
{
    const auto fields = csvFields(text);
    if (!fields)
        return std::unexpected(fields.error());
    MountOption mount;
    mount.kind = MountOption::Kind::Volume;
    for (const auto &field : *fields) {
        if (const auto set = setMountField(mount, field); !set)
            return std::unexpected(set.error());
    }
    return finishMount(mount);
}

Result<MountOption> parseTmpfs(const QString &text)
{
    // The first three are what every tmpfs of ours is.
    static const QStringList ignored{u"rw"_s, u"nosuid"_s, u"nodev"_s, u"noexec"_s};
    static const QStringList later{u"uid"_s, u"gid"_s, u"nr_inodes"_s, u"nr_blocks"_s, u"mpol"_s, u"suid"_s, u"dev"_s};
    MountOption mount;
    mount.kind = MountOption::Kind::Tmpfs;
    mount.target = text.section(u':', 0, 0);
    if (!mount.target.startsWith(u'/'))
        return invalid("invalid mount path: '"_L1, mount.target, "' mount path must be absolute"_L1);
    for (const auto &word : text.section(u':', 1).split(u',', Qt::SkipEmptyParts)) {
        const auto value = word.section(u'=', 1);
        Result<> set;
        if (word == "ro"_L1)
            mount.readOnly = true;
        else if (word == "exec"_L1)
            mount.tmpfsExecutable = true;
        else if (word.startsWith("size="_L1))
            set = assign(mount.tmpfsSize, parseBytes(value));
        else if (word.startsWith("mode="_L1))
            set = assign(mount.tmpfsMode, fileMode(value));
        else if (later.contains(word.section(u'=', 0, 0)))
            set = unsupported("tmpfs option \""_L1 + word + u'"');
        else if (!ignored.contains(word))
            set = invalid("invalid tmpfs option \""_L1, word, "\""_L1);
        if (!set)
            return std::unexpected(set.error());
    }
    return mount;
}

} // namespace berth
