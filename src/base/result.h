// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <expected>
#include <string>
#include <string_view>

namespace berth {

// A closed set: callers branch on the code, people read the detail. Docker's exit codes
// (125, 126, 127) and the window's translated sentences are both derived from it.
enum class ErrorCode {
    Cancelled,        // the person (or a signal) asked to stop
    InvalidArgument,  // input breaks a grammar or a rule
    NotFound,         // no such image, container, file, user
    AlreadyExists,    // a name is taken
    WrongState,       // the container is running / is not running / is in use
    PermissionDenied, // the kernel or the policy said no
    Unavailable,      // helper, holder, monitor or registry cannot be reached
    Corrupt,          // bytes do not match their digest or their format
    NoSpace,          // disk or quota is full
    Unsupported,      // understood, and not done here
    NotExecutable,    // the program exists in the container and cannot be executed: exit code 126
    CommandNotFound,  // the program does not exist in the container: exit code 127
    Internal,         // a bug or an unexpected kernel answer
};

// detail is one plain English sentence without a full stop at its end. It says what was tried,
// on what, and why it failed: "cannot open layer sha256:ab12…: No such file or directory".
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;

    friend bool operator==(const Error &, const Error &) = default;
};

template<typename T = void> using Result = std::expected<T, Error>;

[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, std::string detail);

// "<action>: <text of errno>"; the code is chosen from errno (ENOSPC and EDQUOT are NoSpace,
// EACCES and EPERM PermissionDenied, ENOENT NotFound, EEXIST AlreadyExists, else Internal).
[[nodiscard]] std::unexpected<Error> failErrno(std::string_view action, int error = errno);

// Puts "<context>: " before the detail, keeping the code.
[[nodiscard]] std::unexpected<Error> wrap(std::string_view context, Error error);

} // namespace berth
