// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/layerermessage.h"

#include <memory>
#include <span>

namespace berth {

// Unpacks one compressed byte stream, piece by piece. Several streams in a row (gzip members, zstd and
// skippable frames, xz and bzip2 streams) are one; zero bytes after the last gzip member are ignored.
class Inflater {
public:
    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
    };

    virtual ~Inflater() = default;
    // Works until input is used up or output is full. Fails with Corrupt on damaged data.
    virtual Result<Step> step(std::span<const char> input, std::span<char> output) = 0;
    // Whether the input may end here.
    [[nodiscard]] virtual bool isComplete() const = 0;
};

// Null for Compression::None.
std::unique_ptr<Inflater> makeInflater(Compression compression);

std::unique_ptr<Inflater> makeGzipInflater();
std::unique_ptr<Inflater> makeZstdInflater();
std::unique_ptr<Inflater> makeXzInflater();
std::unique_ptr<Inflater> makeBzip2Inflater();

} // namespace berth
