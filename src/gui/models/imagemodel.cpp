// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/imagemodel.h"

#include "core/humantext.h"
#include "core/imagereference.h"
#include "gui/models/relativetime.h"

#include <QLocale>
#include <QSet>

#include <algorithm>
#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

QList<ImageRow> rowsOf(const QList<ImageInfo> &images)
{
    QList<ImageRow> rows;
    for (const ImageInfo &image : images) {
        if (image.names.isEmpty())
            rows.append({image, {}, u"<none>"_s, u"<none>"_s});
        for (const QString &name : image.names) {
            const auto reference = ImageReference::parse(name);
            if (reference)
                rows.append({image, name, reference->familiarRepository(), reference->tag()});
            else
                rows.append({image, name, name, {}});
        }
    }
    return rows;
}

} // namespace

QString ImageRow::reference() const
{
    if (name.isEmpty())
        return image.id.shortHex();
    return tag.isEmpty() ? repository : repository + u':' + tag;
}

const ImageRow *ImageModel::find(const QString &key) const
{
    const int row = rowOf(key);
    return row < 0 ? nullptr : &m_rows.at(row);
}

void ImageModel::setImages(const QList<ImageInfo> &images, const QDateTime &now)
{
    m_now = now;
    m_images = images;
    const QList<ImageRow> rows = rowsOf(images);
    QSet<QString> wanted;
    for (const ImageRow &row : rows)
        wanted.insert(row.key());
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_rows.at(row).key()))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (const ImageRow &fresh : rows) {
        const int row = rowOf(fresh.key());
        if (row < 0) {
            const int end = static_cast<int>(m_rows.size());
            beginInsertRows({}, end, end);
            m_rows.append(fresh);
            endInsertRows();
        } else if (m_rows.at(row) != fresh) {
            m_rows[row] = fresh;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

QString ImageModel::totals() const
{
    qint64 bytes = 0;
    qint64 unusedBytes = 0;
    int unused = 0;
    for (const ImageInfo &image : m_images) {
        bytes += image.size;
        if (image.containers == 0) {
            ++unused;
            unusedBytes += image.size;
        }
    }
    QString all = tr("%n image(s), %1", nullptr, static_cast<int>(m_images.size())).arg(humanSize(bytes));
    if (unused == 0)
        return all;
    return all + u" · "_s + tr("%n not used by any container, %1", nullptr, unused).arg(humanSize(unusedBytes));
}

std::optional<std::chrono::milliseconds> ImageModel::refreshTimes(const QDateTime &now)
{
    std::optional<std::chrono::milliseconds> soonest;
    const QDateTime before = std::exchange(m_now, now);
    for (int row = 0; row < m_rows.size(); ++row) {
        const QDateTime created = m_rows.at(row).image.created;
        if (!created.isValid())
            continue;
        if (relativeTime(created, before) != relativeTime(created, now))
            Q_EMIT dataChanged(index(row, Created), index(row, Created), {Qt::DisplayRole});
        const auto wait = untilTextChanges(created, now);
        soonest = soonest ? std::min(*soonest, wait) : wait;
    }
    return soonest;
}

int ImageModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ImageModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ImageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ImageRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(row, index.column());
    case Qt::ToolTipRole: return toolTip(row, index.column());
    case Qt::TextAlignmentRole: return index.column() == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case SortRole: return sortValue(row, index.column());
    case IdRole: return row.key();
    case FadedRole: return index.column() != Repository;
    case ButtonsRole:
        if (index.column() != Buttons)
            return {};
        return QVariant::fromValue(QList<RowButton>{{Run, u"start"_s, tr("Run…"), true},
            {Remove, u"remove"_s, tr("Remove"), true}, {More, u"more"_s, tr("More actions"), true}});
    default: return {};
    }
}

QVariant ImageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Size ? Qt::AlignRight : Qt::AlignLeft;
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Repository: return tr("Repository");
    case Tag: return tr("Tag");
    case ImageId: return tr("Image ID");
    case Created: return tr("Created");
    case Size: return tr("Size");
    case UsedBy: return tr("Used by");
    default: return {};
    }
}

int ImageModel::rowOf(const QString &key) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const ImageRow &row) { return row.key() == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString ImageModel::text(const ImageRow &row, int column) const
{
    switch (column) {
    case Repository: return row.repository;
    case Tag: return row.tag;
    case ImageId: return row.image.id.shortHex();
    case Created: return relativeTime(row.image.created, m_now);
    case Size: return humanSize(row.image.size);
    case UsedBy: return row.image.containers == 0 ? tr("not used") : tr("%n container(s)", nullptr, row.image.containers);
    default: return {};
    }
}

QVariant ImageModel::sortValue(const ImageRow &row, int column) const
{
    switch (column) {
    case Created: return row.image.created;
    case Size: return row.image.size;
    case UsedBy: return row.image.containers;
    default: return text(row, column).toCaseFolded();
    }
}

QString ImageModel::toolTip(const ImageRow &row, int column) const
{
    switch (column) {
    case Repository: return row.name.isEmpty() ? row.image.id.text() : row.name;
    case ImageId: return row.image.id.text();
    case Created: return QLocale().toString(row.image.created.toLocalTime(), QLocale::LongFormat);
    case Size: return tr("%1 bytes").arg(QLocale().toString(row.image.size));
    default: return {};
    }
}

} // namespace berth
