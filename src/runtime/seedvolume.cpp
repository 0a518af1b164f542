// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/seedvolume.h"

#include "base/io.h"
#include "base/listfolder.h"
#include "base/rootpath.h"

#include <array>
#include <map>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/xattr.h>

namespace berth {
namespace {

constexpr const char *fillingMark = "filling"; // beside the data: the last copy did not come to its end
constexpr int maxDepth = 200;            // one descriptor each; 4096 bytes of path allow no more that matter
constexpr std::size_t maxAttributes = 64 * 1024; // the kernel's own limit of a list

class TreeCopy {
public:
    explicit TreeCopy(int destination) : m_destination(destination) {}

    // Copies what source holds into target, then source's own owner, mode and times.
    Result<> copyFolder(int source, int target, const std::string &path, int depth)
    {
        if (depth > maxDepth)
            return fail(ErrorCode::Unsupported, path + " lies too deep");
        auto names = listFolder(source);
        if (!names)
            return std::unexpected(names.error());
        for (const auto &name : *names) {
            const std::string inner = path.empty() ? name : path + '/' + name;
            if (auto copied = copyEntry(source, target, name, inner, depth); !copied)
                return wrap(inner, copied.error());
        }
        struct stat status = {};
        if (::fstat(source, &status) < 0)
            return failErrno("cannot examine a folder");
        return copyAttributes(source, target, status);
    }

private:
    Result<> copyEntry(int source, int target, const std::string &name, const std::string &path, int depth)
    {
        struct stat status = {};
        if (::fstatat(source, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0)
            return failErrno("cannot examine");
        if (S_ISDIR(status.st_mode))
            return copySubfolder(source, target, name, path, depth);
        // What a start that crashed left half done.
        if (::unlinkat(target, name.c_str(), 0) < 0 && errno != ENOENT)
            return failErrno("cannot replace");
        if (S_ISLNK(status.st_mode))
            return copyLink(source, target, name, status);
        if (S_ISFIFO(status.st_mode)) {
            if (::mkfifoat(target, name.c_str(), 0600) < 0)
                return failErrno("cannot make a FIFO");
            return chownAndTime(target, name, status);
        }
        if (!S_ISREG(status.st_mode))
            return {}; // devices cannot be made here, and a socket without its server is of no use
        if (status.st_nlink > 1) {
            const auto [known, isNew] = m_links.try_emplace({status.st_dev, status.st_ino}, path);
            if (!isNew) {
                if (::linkat(m_destination, known->second.c_str(), target, name.c_str(), 0) < 0)
                    return failErrno("cannot make a hard link");
                return {};
            }
        }
        return copyFile(source, target, name, status);
    }

    Result<> copySubfolder(int source, int target, const std::string &name, const std::string &path, int depth)
    {
        auto from = openFile(source, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (!from)
            return std::unexpected(from.error());
        if (::mkdirat(target, name.c_str(), 0700) < 0 && errno != EEXIST)
            return failErrno("cannot make a folder");
        auto to = openFile(target, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (!to)
            return std::unexpected(to.error());
        return copyFolder(from->get(), to->get(), path, depth + 1);
    }

    static Result<> copyFile(int source, int target, const std::string &name, const struct stat &status)
    {
        auto from = openFile(source, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        if (!from)
            return std::unexpected(from.error());
        auto to = openFile(target, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        if (!to)
            return std::unexpected(to.error());
        for (;;) {
            const ssize_t count = ::sendfile(to->get(), from->get(), nullptr, 1 << 30);
            if (count < 0)
                return failErrno("cannot copy");
            if (count == 0)
                return copyAttributes(from->get(), to->get(), status);
        }
    }

    static Result<> copyLink(int source, int target, const std::string &name, const struct stat &status)
    {
        std::array<char, 4096> text;
        const ssize_t size = ::readlinkat(source, name.c_str(), text.data(), text.size());
        if (size < 0)
            return failErrno("cannot read a link");
        const std::string to(text.data(), static_cast<std::size_t>(size));
        if (::symlinkat(to.c_str(), target, name.c_str()) < 0)
            return failErrno("cannot make a link");
        return chownAndTime(target, name, status);
    }

    static Result<> chownAndTime(int target, const std::string &name, const struct stat &status)
    {
        const timespec times[] = {status.st_atim, status.st_mtim};
        if (::fchownat(target, name.c_str(), status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW) < 0
            || (!S_ISLNK(status.st_mode) && ::fchmodat(target, name.c_str(), status.st_mode & 07777, 0) < 0)
            || ::utimensat(target, name.c_str(), times, AT_SYMLINK_NOFOLLOW) < 0)
            return failErrno("cannot set the owner or the time");
        return {};
    }

    // Owner before mode and capabilities: changing the owner clears set-uid bits and capabilities.
    static Result<> copyAttributes(int source, int target, const struct stat &status)
    {
        const timespec times[] = {status.st_atim, status.st_mtim};
        if (::fchown(target, status.st_uid, status.st_gid) < 0 || ::fchmod(target, status.st_mode & 07777) < 0)
            return failErrno("cannot set the owner or the mode");
        copyExtended(source, target);
        if (::futimens(target, times) < 0)
            return failErrno("cannot set the time");
        return {};
    }

    // Best effort: the volume's file system may know fewer of them than the image's.
    static void copyExtended(int source, int target)
    {
        std::vector<char> names(maxAttributes);
        const ssize_t size = ::flistxattr(source, names.data(), names.size());
        if (size <= 0)
            return;
        std::vector<char> value(maxAttributes);
        const std::string_view all(names.data(), static_cast<std::size_t>(size));
        for (std::size_t at = 0; at < all.size(); at = all.find('\0', at) + 1) {
            const char *name = all.data() + at;
            if (std::string_view(name).starts_with("user.overlay."))
                continue;
            const ssize_t length = ::fgetxattr(source, name, value.data(), value.size());
            if (length >= 0)
                ::fsetxattr(target, name, value.data(), static_cast<std::size_t>(length), 0);
        }
    }

    int m_destination;
    std::map<std::pair<dev_t, ino_t>, std::string> m_links; // first name below m_destination
};

} // namespace

Result<> seedVolume(int root, const std::string &target, int volume, int data)
{
    auto source = openInRoot(root, target, O_RDONLY | O_DIRECTORY);
    if (!source)
        return {}; // the image has no such folder
    if (::flock(data, LOCK_EX) < 0)
        return failErrno("cannot lock the volume");
    const bool wasFilling = ::faccessat(volume, fillingMark, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    auto present = listFolder(data);
    if (!present)
        return std::unexpected(present.error());
    if (present->empty() || wasFilling) {
        if (auto marked = openFile(volume, fillingMark, O_WRONLY | O_CREAT | O_NOFOLLOW); !marked)
            return std::unexpected(marked.error());
        if (auto copied = TreeCopy(data).copyFolder(source->get(), data, {}, 0); !copied)
            return copied;
        ::unlinkat(volume, fillingMark, 0);
    }
    ::flock(data, LOCK_UN);
    return {};
}

} // namespace berth
