// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree/entryattributes.h"

#include "base/io.h"

#include <array>
#include <cctype>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>

namespace berth {
namespace {

constexpr const char *capabilityName = "security.capability";

std::string linkOf(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

// EINVAL: an id without a place in the user's range, which becomes nobody as in an image that is loaded.
bool changeOwner(int folder, const char *name, uid_t uid, gid_t gid, int flags)
{
    constexpr uid_t nobody = 65534;
    constexpr auto keep = static_cast<uid_t>(-1);
    if (::fchownat(folder, name, uid, gid, flags) == 0)
        return true;
    if (errno != EINVAL)
        return false;
    if (::fchownat(folder, name, uid, keep, flags) < 0 && ::fchownat(folder, name, nobody, keep, flags) < 0 && errno != EINVAL)
        return false;
    return ::fchownat(folder, name, keep, gid, flags) == 0 || ::fchownat(folder, name, keep, nobody, flags) == 0
        || errno == EINVAL;
}

// What an archive may not bring: labels of another machine's policy, and marks that overlay obeys.
bool isWanted(const std::string &name)
{
    if (name == "security.selinux" || name.empty() || name.size() > 255 || name.contains('\0'))
        return false;
    const auto dot = name.find('.');
    return dot == std::string::npos || !std::string_view(name).substr(dot + 1).starts_with("overlay.");
}

Result<> setExtended(const std::string &path, const std::vector<TarAttribute> &attributes)
{
    for (const auto &[name, value] : attributes) {
        if (!isWanted(name) || ::setxattr(path.c_str(), name.c_str(), value.data(), value.size(), 0) == 0)
            continue;
        if (errno != ENOTSUP && errno != EPERM && errno != EACCES && errno != EINVAL)
            return failErrno("cannot set the attribute " + printableName(name));
    }
    return {};
}

} // namespace

Result<UniqueFd> reopenFile(int fd, int flags) { return openFile(AT_FDCWD, linkOf(fd), flags | O_NONBLOCK | O_NOCTTY); }

Result<std::string> readLink(int fd)
{
    std::array<char, 4096> text;
    const ssize_t size = ::readlinkat(fd, "", text.data(), text.size());
    if (size < 0)
        return failErrno("cannot read a link");
    if (static_cast<std::size_t>(size) == text.size())
        return fail(ErrorCode::Unsupported, "a link is too long");
    return std::string(text.data(), static_cast<std::size_t>(size));
}

void readCapability(int file, std::vector<TarAttribute> &attributes)
{
    std::array<char, 64> value; // version 3, the longest, has 24 bytes
    const ssize_t size = ::fgetxattr(file, capabilityName, value.data(), value.size());
    if (size > 0)
        attributes.push_back({capabilityName, std::string(value.data(), static_cast<std::size_t>(size))});
}

Result<> applyEntryAttributes(int fd, const EntryAttributes &attributes)
{
    const std::string path = linkOf(fd);
    if (attributes.setsOwner && !changeOwner(fd, "", attributes.uid, attributes.gid, AT_EMPTY_PATH))
        return failErrno("cannot set the owner");
    if (::chmod(path.c_str(), attributes.mode & 07777U) < 0)
        return failErrno("cannot set the mode");
    if (auto set = setExtended(path, attributes.extended); !set)
        return set;
    const timespec times[] = {{0, UTIME_OMIT}, attributes.mtime};
    if (::utimensat(AT_FDCWD, path.c_str(), times, 0) < 0)
        return failErrno("cannot set the time");
    return {};
}

Result<> applyLinkAttributes(int folder, const std::string &name, const EntryAttributes &attributes)
{
    if (attributes.setsOwner && !changeOwner(folder, name.c_str(), attributes.uid, attributes.gid, AT_SYMLINK_NOFOLLOW))
        return failErrno("cannot set the owner");
    const timespec times[] = {{0, UTIME_OMIT}, attributes.mtime};
    if (::utimensat(folder, name.c_str(), times, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno("cannot set the time");
    return {};
}

std::string errnoText(int error)
{
    char buffer[128];
    std::string text = ::strerror_r(error, buffer, sizeof buffer);
    if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])))
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

} // namespace berth
