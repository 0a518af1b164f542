// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/layererlink.h"

namespace berth {

inline constexpr const char *stagingLockName = "lock";

// Finds what killed programs left: staging folders without a living owner, and layer folders that the
// store does not know. They go to trash/, and a layerer that outlives this program empties it. Cheap
// when there is nothing.
Result<> collectGarbage(const Store &store, const StartLayerer &start);

// Starts deleting what is in trash/ and does not wait. What cannot be deleted now stays for next time.
Result<> emptyTrash(const Store &store, const StartLayerer &start);

} // namespace berth
