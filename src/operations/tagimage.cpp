// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

#include "operations/events.h"

namespace berth {

Result<> tagImage(Store &store, const QString &nameOrId, const ImageReference &name)
{
    if (name.digest())
        return fail(ErrorCode::InvalidArgument, "refusing to create a tag with a digest reference");
    const auto image = store.findImage(nameOrId);
    if (!image)
        return std::unexpected(image.error());
    auto added = store.addName(image->id, name);
    if (added)
        recordEvent(store, *image, QStringLiteral("tag"), name.familiarName());
    return added;
}

} // namespace berth
