// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/scopemessage.h"

namespace berth {

// Whether systemd is what started this machine, as sd_booted(3) finds out.
bool isSystemdHost();

// Has berth-scope put a process of this user into a scope of the user's instance of systemd. Unavailable,
// with one sentence that says what is missing, when there is none.
Result<> askScope(const scope::Request &request);

} // namespace berth
