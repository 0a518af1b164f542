// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

#include <cstring>

namespace berth {
namespace {

ErrorCode codeOf(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT: return ErrorCode::NoSpace;
    case EACCES:
    case EPERM:
    case EROFS: return ErrorCode::PermissionDenied;
    case ENOENT: return ErrorCode::NotFound;
    case EEXIST: return ErrorCode::AlreadyExists;
    default: return ErrorCode::Internal;
    }
}

} // namespace

std::unexpected<Error> fail(ErrorCode code, std::string detail) { return std::unexpected(Error{code, std::move(detail)}); }

std::unexpected<Error> failErrno(std::string_view action, int error)
{
    char buffer[128];
    const char *text = ::strerror_r(error, buffer, sizeof buffer);
    return fail(codeOf(error), std::string(action) + ": " + text);
}

std::unexpected<Error> wrap(std::string_view context, Error error)
{
    error.detail.insert(0, std::string(context) + ": ");
    return std::unexpected(std::move(error));
}

} // namespace berth
