// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imageoperations.h"

namespace berth {

Result<> tagImage(Store &store, const QString &nameOrId, const ImageReference &name)
{
    if (name.digest())
        return fail(ErrorCode::InvalidArgument, "refusing to create a tag with a digest reference");
    const auto image = store.findImage(nameOrId);
    if (!image)
        return std::unexpected(image.error());
    return store.addName(image->id, name);
}

} // namespace berth
