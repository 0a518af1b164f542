// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "wire/helpermessage.h"

#include <span>
#include <vector>

namespace berth {

struct HelperAnswer {
    helper::Reply reply;
    std::vector<UniqueFd> fds;
};

// Starts the helper as a child of this process, sends one request and waits for its one reply. A reply
// other than Ok, no reply, or a helper that cannot be started is the sentence of helperproblem.h. What
// a moment may mend (isRetryable) is asked again for up to two seconds. fds go beside the request.
Result<HelperAnswer> askHelper(
    helper::Operation operation, helper::MapProfile profile = helper::MapProfile::None, std::span<const int> fds = {});

} // namespace berth
