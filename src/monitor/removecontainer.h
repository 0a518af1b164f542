// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace berth {

// Runs `enginePath rm -f -v id` on its own, with the few environment variables that tell the engine
// where its folders are.
void spawnRemoval(const std::string &enginePath, const std::string &id);

} // namespace berth
