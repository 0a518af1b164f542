// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/imagefilter.h"

#include "gui/models/imagemodel.h"

#include <algorithm>

namespace berth {

ImageFilter::ImageFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

void ImageFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateRowsFilter();
}

void ImageFilter::setUse(Use use)
{
    m_use = use;
    invalidateRowsFilter();
}

bool ImageFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const auto *model = qobject_cast<const ImageModel *>(sourceModel());
    if (model == nullptr || sourceParent.isValid())
        return false;
    const ImageRow &row = model->rowAt(sourceRow);
    if (m_use != Use::All && (row.image.containers > 0) != (m_use == Use::Used))
        return false;
    const QString all = QStringList{row.name, row.repository + u':' + row.tag, row.reference(), row.image.id.text()}.join(u'\n');
    const QStringList words = m_text.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace berth
