// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/volumemodel.h"

#include "core/humantext.h"

#include <QLocale>

#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

QString labelLine(const QMap<QString, QString> &labels)
{
    QStringList pairs;
    for (const auto &[key, value] : labels.asKeyValueRange())
        pairs.append(value.isEmpty() ? key : key + u'=' + value);
    return pairs.join(u", "_s);
}

std::optional<qint64> VolumeModel::sizeOf(const QString &name) const
{
    const auto found = m_sizes.constFind(name);
    return found == m_sizes.cend() ? std::nullopt : std::optional(*found);
}

void VolumeModel::setContainers(const QList<ContainerInfo> &containers)
{
    QHash<QString, QStringList> users;
    for (const ContainerInfo &container : containers) {
        for (const MountOption &mount : container.options.mounts) {
            if (mount.kind == MountOption::Kind::Volume && !users[mount.source].contains(container.name))
                users[mount.source].append(container.name);
        }
    }
    const auto before = std::exchange(m_users, users);
    for (int row = 0; row < rowCount(); ++row) {
        if (before.value(rowAt(row).name) != m_users.value(rowAt(row).name))
            announce(row);
    }
}

void VolumeModel::setSizes(const QHash<QString, qint64> &bytes)
{
    const auto before = std::exchange(m_sizes, bytes);
    for (int row = 0; row < rowCount(); ++row) {
        const QString &name = rowAt(row).name;
        if (before.contains(name) != m_sizes.contains(name) || before.value(name) != m_sizes.value(name))
            announce(row);
    }
}

QString VolumeModel::totals() const
{
    qint64 bytes = 0;
    qint64 unusedBytes = 0;
    int unused = 0;
    bool known = true;
    for (const VolumeInfo &volume : rows()) {
        const auto size = sizeOf(volume.name);
        known = known && size.has_value();
        bytes += size.value_or(0);
        if (volume.containers == 0) {
            ++unused;
            unusedBytes += size.value_or(0);
        }
    }
    const auto withSize = [known](const QString &text, qint64 size) { return known ? text + u", "_s + humanSize(size) : text; };
    const QString all = withSize(tr("%n volume(s)", nullptr, static_cast<int>(rows().size())), bytes);
    if (unused == 0)
        return all;
    return all + u" · "_s + withSize(tr("%n not used by any container", nullptr, unused), unusedBytes);
}

QStringList VolumeModel::searchTexts(int row) const
{
    const VolumeInfo &volume = rowAt(row);
    return QStringList{volume.name, labelLine(volume.labels)} + usersOf(volume.name);
}

QVariant VolumeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const VolumeInfo &volume = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(volume, index.column());
    case Qt::ToolTipRole: return toolTip(volume, index.column());
    case Qt::TextAlignmentRole: return index.column() == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case SortRole: return sortValue(volume, index.column());
    case IdRole: return volume.name;
    case FadedRole: return index.column() != Name || volume.anonymous; // nobody chose that name
    case ButtonsRole: {
        if (index.column() != Buttons)
            return {};
        const bool used = volume.containers > 0;
        const QString remove = used ? tr("In use; remove its containers first") : tr("Remove");
        return QVariant::fromValue(
            QList<RowButton>{{Remove, u"remove"_s, remove, !used}, {More, u"more"_s, tr("More actions"), true}});
    }
    default: return {};
    }
}

QVariant VolumeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Size ? Qt::AlignRight : Qt::AlignLeft;
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case UsedBy: return tr("Used by");
    case Size: return tr("Size");
    case Created: return tr("Created");
    case Labels: return tr("Labels");
    default: return {};
    }
}

QString VolumeModel::text(const VolumeInfo &volume, int column) const
{
    switch (column) {
    case Name: return volume.name;
    case UsedBy: {
        const QStringList users = usersOf(volume.name);
        if (volume.containers == 0)
            return tr("not used");
        return users.isEmpty() ? tr("%n container(s)", nullptr, volume.containers) : users.join(u", "_s);
    }
    case Size: {
        const auto size = sizeOf(volume.name);
        return size ? humanSize(*size) : u"…"_s;
    }
    case Created: return relativeTime(volume.created, now());
    case Labels: return labelLine(volume.labels);
    default: return {};
    }
}

QVariant VolumeModel::sortValue(const VolumeInfo &volume, int column) const
{
    switch (column) {
    case UsedBy: return volume.containers;
    case Size: return sizeOf(volume.name).value_or(-1);
    case Created: return volume.created;
    // Names that a person chose come before those that are only numbers.
    case Name: return (volume.anonymous ? u"1"_s : u"0"_s) + volume.name.toCaseFolded();
    default: return text(volume, column).toCaseFolded();
    }
}

QString VolumeModel::toolTip(const VolumeInfo &volume, int column) const
{
    switch (column) {
    case Name: return volume.anonymous ? tr("%1\nmade without a name").arg(volume.name) : volume.name;
    case UsedBy: return usersOf(volume.name).join(u'\n');
    case Size: {
        const auto size = sizeOf(volume.name);
        return size ? tr("%1 bytes").arg(QLocale().toString(*size)) : tr("not measured yet");
    }
    case Created: return QLocale().toString(volume.created.toLocalTime(), QLocale::LongFormat);
    case Labels: return labelLine(volume.labels);
    default: return {};
    }
}

} // namespace berth
