// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/imagemodel.h"

#include "core/humantext.h"
#include "core/imagereference.h"

#include <QLocale>

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

void ImageModel::setImages(const QList<ImageInfo> &images, const QDateTime &now)
{
    m_images = images;
    setRows(rowsOf(images), now);
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

QStringList ImageModel::searchTexts(int row) const
{
    const ImageRow &image = rowAt(row);
    return {image.name, image.repository + u':' + image.tag, image.reference(), image.image.id.text()};
}

QVariant ImageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ImageRow &row = rowAt(index.row());
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

QString ImageModel::text(const ImageRow &row, int column) const
{
    switch (column) {
    case Repository: return row.repository;
    case Tag: return row.tag;
    case ImageId: return row.image.id.shortHex();
    case Created: return relativeTime(row.image.created, now());
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
