// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/filelock.h"

#include "base/io.h"

#include <fcntl.h>

namespace berth {
namespace {

struct flock wholeFile(LockKind kind)
{
    struct flock lock = {};
    lock.l_type = kind == LockKind::Exclusive ? F_WRLCK : F_RDLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

Result<UniqueFd> lock(int directory, const std::string &name, LockKind kind, int command)
{
    auto file = openFile(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK);
    if (!file)
        return file;
    struct flock request = wholeFile(kind);
    int result = -1;
    do {
        result = ::fcntl(file->get(), command, &request);
    } while (result < 0 && errno == EINTR);
    if (result < 0 && (errno == EAGAIN || errno == EACCES))
        return fail(ErrorCode::WrongState, name + " is locked by another program");
    if (result < 0)
        return failErrno("cannot lock " + name);
    return file;
}

} // namespace

Result<UniqueFd> lockFile(int directory, const std::string &name, LockKind kind)
{
    return lock(directory, name, kind, F_OFD_SETLKW);
}

Result<UniqueFd> tryLockFile(int directory, const std::string &name, LockKind kind)
{
    return lock(directory, name, kind, F_OFD_SETLK);
}

Result<bool> isLocked(int directory, const std::string &name)
{
    const auto file = openFile(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file) {
        if (file.error().code == ErrorCode::NotFound)
            return false;
        return std::unexpected(file.error());
    }
    struct flock request = wholeFile(LockKind::Exclusive);
    if (::fcntl(file->get(), F_OFD_GETLK, &request) < 0)
        return failErrno("cannot ask for the lock of " + name);
    return request.l_type != F_UNLCK;
}

} // namespace berth
