// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/celltables.h"

namespace berth {

char32_t ClusterTable::intern(const QString &cluster)
{
    const QList<uint> composed = cluster.normalized(QString::NormalizationForm_C).toUcs4();
    if (composed.isEmpty())
        return Cell::blank;
    if (composed.size() == 1)
        return composed.first();
    if (const auto known = m_keys.constFind(cluster); known != m_keys.constEnd())
        return known.value();
    if (m_texts.size() >= limit)
        return composed.first();
    const auto key = Cell::firstCluster + static_cast<char32_t>(m_texts.size());
    m_texts.append(cluster);
    m_keys.insert(cluster, key);
    return key;
}

QString ClusterTable::text(char32_t character) const
{
    if (character == Cell::blank)
        return QStringLiteral(" ");
    if (character == Cell::wideTail)
        return {};
    if (character < Cell::firstCluster)
        return QString::fromUcs4(&character, 1);
    return m_texts.value(static_cast<qsizetype>(character - Cell::firstCluster));
}

quint16 LinkTable::intern(const QString &target)
{
    if (target.isEmpty() || target.size() > maxTargetLength)
        return 0;
    if (const auto known = m_keys.constFind(target); known != m_keys.constEnd())
        return known.value();
    if (m_targets.size() >= limit || m_totalLength + target.size() > maxTotalLength)
        return 0;
    m_totalLength += target.size();
    m_targets.append(target);
    const auto link = static_cast<quint16>(m_targets.size());
    m_keys.insert(target, link);
    return link;
}

QString LinkTable::target(quint16 link) const { return link == 0 ? QString() : m_targets.value(link - 1); }

} // namespace berth
