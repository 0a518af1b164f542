// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/inflater.h"

namespace berth {

std::unique_ptr<Inflater> makeInflater(Compression compression)
{
    switch (compression) {
    case Compression::None: return nullptr;
    case Compression::Gzip: return makeGzipInflater();
    case Compression::Zstd: return makeZstdInflater();
    case Compression::Xz: return makeXzInflater();
    case Compression::Bzip2: return makeBzip2Inflater();
    }
    return nullptr;
}

} // namespace berth
