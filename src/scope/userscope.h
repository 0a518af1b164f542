// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/scopemessage.h"

namespace berth::scope {

// Has the user's instance of systemd make the scope with the process in it, and waits until it is there.
// Unavailable, with one sentence that says what is missing, when nobody answers or the answer is no.
// org.freedesktop.systemd1(5), StartTransientUnit; systemd's CONTROL_GROUP_INTERFACE.md.
Result<> makeUserScope(const Request &request);

} // namespace berth::scope
