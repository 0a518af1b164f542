// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/inspect.h"

namespace berth {

using namespace Qt::StringLiterals;

Result<QJsonObject> inspectVolume(Store &store, const QString &name)
{
    const auto volume = store.findVolume(name);
    if (!volume)
        return std::unexpected(volume.error());
    QJsonObject labels;
    for (const auto &[key, value] : volume->labels.asKeyValueRange())
        labels.insert(key, value);
    return QJsonObject{{u"CreatedAt"_s, volume->created.toString(Qt::ISODate)}, {u"Driver"_s, u"local"_s},
        {u"Labels"_s, labels.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(labels)},
        {u"Mountpoint"_s, volume->mountpoint}, {u"Name"_s, volume->name}, {u"Options"_s, QJsonValue::Null},
        {u"Scope"_s, u"local"_s}};
}

} // namespace berth
