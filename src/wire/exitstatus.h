// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace berth {

// How a process ended. With signal != 0 the shell convention 128+signal is exitCode.
struct ExitStatus {
    std::int32_t exitCode = 0;
    std::int32_t signal = 0;
    bool outOfMemory = false;

    friend bool operator==(const ExitStatus &, const ExitStatus &) = default;
};

} // namespace berth
