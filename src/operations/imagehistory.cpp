// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace berth {

Result<QList<HistoryEntry>> imageHistory(const Store &store, const QString &nameOrId)
{
    using namespace Qt::StringLiterals;
    const auto image = store.findImage(nameOrId);
    if (!image)
        return std::unexpected(image.error());
    const auto config = store.imageConfig(image->id);
    if (!config)
        return std::unexpected(config.error());
    QList<HistoryEntry> entries;
    qsizetype layer = 0;
    const auto steps = QJsonDocument::fromJson(*config).object()["history"_L1].toArray();
    for (const QJsonValue value : steps) {
        const QJsonObject step = value.toObject();
        HistoryEntry entry{.image = {},
            .created = QDateTime::fromString(step["created"_L1].toString(), Qt::ISODateWithMs).toUTC(),
            .createdBy = step["created_by"_L1].toString(),
            .comment = step["comment"_L1].toString(),
            .size = 0};
        // A history that names more layers than there are is the image's mistake, and none of ours.
        if (!step["empty_layer"_L1].toBool() && layer < image->chainIds.size()) {
            const auto record = store.layer(image->chainIds[layer++]);
            if (!record)
                return std::unexpected(record.error());
            entry.size = *record ? (*record)->size : 0;
        }
        entries.prepend(entry);
    }
    if (!entries.isEmpty())
        entries.first().image = image->id;
    return entries;
}

} // namespace berth
