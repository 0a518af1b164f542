// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/listfilter.h"

#include "gui/models/listmodel.h"

#include <algorithm>

namespace berth {

ListFilter::ListFilter(ListModel *model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSortRole(SortRole);
    setDynamicSortFilter(true);
    setSourceModel(model);
}

void ListFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateRowsFilter();
}

void ListFilter::setKind(Kind kind)
{
    m_kind = kind;
    invalidateRowsFilter();
}

bool ListFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    if (m_kind != Kind::All && m_model->isActive(sourceRow) != (m_kind == Kind::Active))
        return false;
    const QStringList words = m_text.split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return true;
    const QString all = m_model->searchTexts(sourceRow).join(u'\n');
    return std::ranges::all_of(words, [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace berth
