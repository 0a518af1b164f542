// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string_view>

namespace berth {

// Where the bytes of a tar stream go.
class TarOutput {
public:
    virtual ~TarOutput() = default;
    virtual Result<> write(std::string_view bytes) = 0;
};

} // namespace berth
