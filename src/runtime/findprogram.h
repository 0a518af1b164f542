// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace berth {

// The file to execute for a program name, looked up in the caller's root with its own rights: a name
// with a slash is taken as it is, others are sought in the folders of searchPath. CommandNotFound and
// NotExecutable come with the sentences that Docker's users know.
Result<std::string> findProgram(const std::string &name, const std::string &searchPath);

// Docker's words for an execve of name that failed with this errno.
[[nodiscard]] std::unexpected<Error> executionFailed(const std::string &name, int error);

} // namespace berth
