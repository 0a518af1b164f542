// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/rootlock.h"

#include "base/io.h"
#include "wire/monitormessage.h"

#include <fcntl.h>
#include <poll.h>

namespace berth {
namespace {

constexpr int pollInterval = 5; // milliseconds
constexpr int maxTries = 2000;  // ten seconds

} // namespace

Result<UniqueFd> lockRoot(int containerFolder)
{
    auto file = openFile(containerFolder, std::string(rootLockName), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK);
    if (!file)
        return file;
    struct flock request = {};
    request.l_type = F_WRLCK;
    request.l_whence = SEEK_SET;
    // The kernel's own wait has no end.
    for (int attempt = 0; ::fcntl(file->get(), F_OFD_SETLK, &request) < 0; ++attempt) {
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return failErrno("cannot lock the root file system");
        if (attempt == maxTries)
            return fail(ErrorCode::WrongState, "files of the container are being copied; try again when that has ended");
        ::poll(nullptr, 0, pollInterval);
    }
    return file;
}

} // namespace berth
