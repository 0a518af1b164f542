// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/findimages.h"
#include "image/unpacklayers.h"

namespace berth {

struct AddedImage {
    Digest id;
    QStringList movedNames;       // that another image had before
    bool alreadyPresent = false;
    int skippedDevices = 0;
    int changedOwners = 0;
    QList<Digest> movedFrom{};    // what each of movedNames named
};

// Brings images into the store: unpacks the layers that are missing, moves them into place, records.
// All or nothing: on an error or a cancel the store is as before. total: bytes of the archive, for
// progress; base of them are already done.
Result<QList<AddedImage>> importImages(
    Store &store, const FoundImages &found, const StartLayerer &start, Progress &progress, qint64 base, qint64 total);

} // namespace berth
