// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"

namespace berth {

// Reads an image configuration: everything of ImageInfo except names, size and containers, which the
// store knows. Unknown fields are ignored, wrong types are treated as missing, as Docker's own reader
// does for optional fields. Environment entries without "=" are dropped here, so that no later step can
// take their value from the host. Corrupt: not JSON, rootfs is not of type "layers", or a damaged diff id.
// Source: OCI image-spec config.md.
Result<ImageInfo> parseImageConfig(const QByteArray &config);

} // namespace berth
