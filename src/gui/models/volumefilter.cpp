// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/volumefilter.h"

#include "gui/models/volumemodel.h"

#include <algorithm>

namespace berth {

VolumeFilter::VolumeFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

void VolumeFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateRowsFilter();
}

void VolumeFilter::setUse(Use use)
{
    m_use = use;
    invalidateRowsFilter();
}

bool VolumeFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const auto *model = qobject_cast<const VolumeModel *>(sourceModel());
    if (model == nullptr || sourceParent.isValid())
        return false;
    const VolumeInfo &volume = model->volumeAt(sourceRow);
    if (m_use != Use::All && (volume.containers > 0) != (m_use == Use::Used))
        return false;
    const QStringList texts = QStringList{volume.name, labelLine(volume.labels)} + model->usersOf(volume.name);
    const QString all = texts.join(u'\n');
    const QStringList words = m_text.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace berth
