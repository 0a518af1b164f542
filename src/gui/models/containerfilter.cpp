// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/containerfilter.h"

#include "gui/models/containermodel.h"

#include <algorithm>

namespace berth {

ContainerFilter::ContainerFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

void ContainerFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateRowsFilter();
}

void ContainerFilter::setStates(States states)
{
    m_states = states;
    invalidateRowsFilter();
}

bool ContainerFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const auto *model = qobject_cast<const ContainerModel *>(sourceModel());
    if (model == nullptr || sourceParent.isValid())
        return false;
    const ContainerInfo &container = model->containerAt(sourceRow);
    if (m_states != States::All && isUp(container.state) != (m_states == States::Running))
        return false;
    const QStringList words = m_text.split(u' ', Qt::SkipEmptyParts);
    const QString all = QStringList{container.name, container.imageName, container.id, container.arguments.join(u' ')}.join(
        u'\n');
    return std::ranges::all_of(words, [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace berth
