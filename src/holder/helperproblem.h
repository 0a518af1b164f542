// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/helpermessage.h"

#include <string>

namespace berth {

// What is wrong with the installed helper program, found by looking at it: absent, not set-uid, closed
// to this user, on a nosuid mount, or started where no_new_privs forbids it. Ok when nothing is.
Result<> examineHelper(const std::string &path);

// One sentence for a refusal: what it means and how to mend it.
Error helperProblem(const helper::Reply &reply);

} // namespace berth
