// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace berth {

// The prompt that `berth` alone is on a terminal. Each line runs the same program as a shell would; see
// ForegroundJob. The exit code of the program: 0 when the person left.
int runConsole();

} // namespace berth
