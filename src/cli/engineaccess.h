// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "operations/monitorlink.h"
#include "store/store.h"

#include <functional>

namespace berth {

// The caller's store, after what a crash or a reboot left has been put right.
Result<Store> openStore();

// Does the verb for each argument, printing the argument as typed when it worked and the error when
// not; goes on after an error. The exit code is 1 when any failed.
int forEachArgument(const Invocation &call, const std::function<Result<>(Store &store, const QString &argument)> &verb);

// Docker refuses a terminal in the container when our own input is none.
bool isInputUsable(bool attachesStdin, bool isTerminal);

// --detach-keys, or the default.
Result<std::string> detachKeysOf(const QString &text);

} // namespace berth
