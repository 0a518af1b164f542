// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

namespace berth {

// The lock of wire/monitormessage.h, rootLockName, in the folder of one container: whoever holds it exclusively may
// mount the writable layer. Waits a while for copies to end; WrongState when they do not.
Result<UniqueFd> lockRoot(int containerFolder);

} // namespace berth
