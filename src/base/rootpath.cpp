// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/rootpath.h"

#include "base/io.h"

#include <cstdint>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace berth {
namespace {

constexpr std::size_t maxPathLength = 4096; // PATH_MAX, with its terminator

Result<> checkPath(const std::string &path)
{
    if (path.empty())
        return fail(ErrorCode::InvalidArgument, "an empty path");
    if (path.size() >= maxPathLength)
        return fail(ErrorCode::InvalidArgument, "a path of more than 4095 bytes");
    if (path.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "a path with a NUL byte");
    return {};
}

Result<UniqueFd> resolve(int root, const std::string &path, int flags, mode_t mode)
{
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    how.mode = (flags & O_CREAT) ? mode : 0;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    // EAGAIN: a component was renamed during the walk and the kernel could not prove that it
    // stayed inside. An attacker can cause it for ever, so the number of tries is bounded.
    for (int attempt = 0; attempt < 128; ++attempt) {
        const long fd = ::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how);
        if (fd >= 0)
            return UniqueFd(static_cast<int>(fd));
        if (errno != EAGAIN && errno != EINTR)
            break;
    }
    return failErrno("cannot open " + path + " inside the root file system");
}

// Drops trailing slashes; "/" stays.
std::string withoutTrailingSlashes(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

} // namespace

Result<UniqueFd> openInRoot(int root, const std::string &path, int flags, mode_t mode)
{
    if (auto valid = checkPath(path); !valid)
        return std::unexpected(valid.error());
    return resolve(root, path, flags, mode);
}

Result<UniqueFd> openRegularInRoot(int root, const std::string &path)
{
    // O_PATH first: opening a device or a FIFO for reading can already have effects.
    auto handle = openInRoot(root, path, O_PATH);
    if (!handle)
        return handle;
    struct stat status = {};
    if (::fstat(handle->get(), &status) < 0)
        return failErrno("cannot examine " + path);
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, path + " is not a regular file");
    auto file = openInRoot(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file)
        return file;
    struct stat opened = {};
    if (::fstat(file->get(), &opened) < 0 || opened.st_ino != status.st_ino || opened.st_dev != status.st_dev
        || !S_ISREG(opened.st_mode))
        return fail(ErrorCode::InvalidArgument, path + " changed while it was opened");
    return file;
}

Result<UniqueFd> openParentInRoot(int root, const std::string &path, std::string &name)
{
    if (auto valid = checkPath(path); !valid)
        return std::unexpected(valid.error());
    const std::string trimmed = withoutTrailingSlashes(path);
    const auto slash = trimmed.rfind('/');
    name = slash == std::string::npos ? trimmed : trimmed.substr(slash + 1);
    if (name.empty() || name == "." || name == "..")
        return fail(ErrorCode::InvalidArgument, path + " does not name an entry of a folder");
    const std::string parent = slash == std::string::npos || slash == 0 ? "/" : trimmed.substr(0, slash);
    return resolve(root, parent, O_PATH | O_DIRECTORY, 0);
}

Result<UniqueFd> makeDirectoriesInRoot(int root, const std::string &path, mode_t mode)
{
    if (auto valid = checkPath(path); !valid)
        return std::unexpected(valid.error());
    // The fast path: everything exists.
    if (auto whole = resolve(root, path, O_PATH | O_DIRECTORY, 0); whole || whole.error().code != ErrorCode::NotFound)
        return whole;
    // Each prefix is resolved from the root again, so that links and ".." in it mean what they
    // mean to the kernel; only a missing last component is created, in its resolved parent.
    for (std::size_t end = 0; end != std::string::npos;) {
        end = path.find('/', end + 1);
        const std::string prefix = path.substr(0, end);
        if (prefix.empty() || prefix == "/" || prefix.ends_with("/") || prefix.ends_with("/.."))
            continue;
        if (resolve(root, prefix, O_PATH | O_DIRECTORY, 0))
            continue;
        std::string name;
        auto parent = openParentInRoot(root, prefix, name);
        if (!parent)
            return parent;
        if (::mkdirat(parent->get(), name.c_str(), mode) < 0 && errno != EEXIST)
            return failErrno("cannot create the folder " + prefix);
    }
    return resolve(root, path, O_PATH | O_DIRECTORY, 0);
}

Result<UniqueFd> makeFileInRoot(int root, const std::string &path, mode_t mode)
{
    if (auto existing = openInRoot(root, path, O_PATH); existing || existing.error().code != ErrorCode::NotFound)
        return existing;
    const std::string trimmed = withoutTrailingSlashes(path);
    if (const auto slash = trimmed.rfind('/'); slash != std::string::npos && slash > 0) {
        if (auto parent = makeDirectoriesInRoot(root, trimmed.substr(0, slash)); !parent)
            return parent;
    }
    std::string name;
    auto parent = openParentInRoot(root, trimmed, name);
    if (!parent)
        return parent;
    {
        auto created = openFile(parent->get(), name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
        if (!created && created.error().code != ErrorCode::AlreadyExists)
            return created;
    }
    return openInRoot(root, trimmed, O_PATH | O_NOFOLLOW);
}

} // namespace berth
