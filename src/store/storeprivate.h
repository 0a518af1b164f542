// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/reserve.h"
#include "store/store.h"

namespace berth {

struct Store::Private {
    EnginePaths paths;
    UniqueFd data;
    Database database;

    // A transaction that makes room on the disk; a full one has a reserve for it.
    template<typename Change> auto removal(Durability durability, Change change) const -> decltype(change())
    {
        return makingRoom(data.get(), [&] { return database.transaction(durability, change); });
    }
};

// One row of attachments; the address stays open.
Result<> insertAttachment(const Database &database, const NetworkAttachment &attachment);
// One row of networks as networkColumns lists it, and the same for attachments.
extern const QString networkColumns, attachmentColumns;
NetworkInfo readNetwork(const QVariantList &row);
NetworkAttachment readAttachment(const QVariantList &row);
// What labels and options of a driver are kept as.
QByteArray textsToJson(const QMap<QString, QString> &texts);
QMap<QString, QString> textsFromJson(const QByteArray &json);

} // namespace berth
