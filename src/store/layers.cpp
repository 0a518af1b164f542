// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeprivate.h"

using namespace Qt::StringLiterals;

namespace berth {

Result<std::optional<LayerRecord>> Store::layer(const Digest &chainId) const
{
    const auto rows = d->database.run(
        u"SELECT diff_id, size, tar_size, entries FROM layers WHERE chain_id = ?"_s, {chainId.text()});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    const QVariantList &row = rows->first();
    const auto diffId = Digest::parse(row[0].toString());
    if (!diffId)
        return wrap("the record of a layer", diffId.error());
    return LayerRecord{.chainId = chainId,
        .diffId = *diffId,
        .size = row[1].toLongLong(),
        .tarSize = row[2].toLongLong(),
        .entries = row[3].toLongLong()};
}

Result<QSet<QString>> Store::layerNames() const
{
    const auto rows = d->database.run(u"SELECT substr(chain_id, 8) FROM layers"_s); // behind "sha256:"
    if (!rows)
        return std::unexpected(rows.error());
    QSet<QString> names;
    names.reserve(rows->size());
    for (const QVariantList &row : *rows)
        names.insert(row.first().toString());
    return names;
}

} // namespace berth
