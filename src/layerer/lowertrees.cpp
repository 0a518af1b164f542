// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/lowertrees.h"

#include "base/io.h"
#include "base/rootpath.h"
#include "layerer/attributes.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace berth {
namespace {

// Holes stay holes: a sparse file may claim more bytes than any disk has.
Result<> copyContents(int source, int target, off_t size)
{
    for (off_t end = 0;;) {
        off_t begin = ::lseek(source, end, SEEK_DATA);
        if (begin < 0 && errno == ENXIO)
            break;
        end = begin < 0 ? -1 : ::lseek(source, begin, SEEK_HOLE);
        if (end < 0)
            return failErrno("cannot find the contents of a file of a lower layer");
        off_t position = begin;
        while (begin < end) {
            const ssize_t count = ::copy_file_range(source, &begin, target, &position, static_cast<std::size_t>(end - begin), 0);
            if (count < 0)
                return failErrno("cannot copy a file of a lower layer");
            if (count == 0)
                return fail(ErrorCode::Corrupt, "a file of a lower layer is shorter than it was");
        }
    }
    if (::ftruncate(target, size) < 0)
        return failErrno("cannot set the size of a file");
    return {};
}

} // namespace

Result<std::vector<TarAttribute>> readExtended(int fd)
{
    std::string names(65536, '\0'); // XATTR_LIST_MAX
    const ssize_t size = ::flistxattr(fd, names.data(), names.size());
    if (size < 0 && errno != ENOTSUP)
        return failErrno("cannot list its attributes");
    names.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    std::vector<TarAttribute> attributes;
    for (std::size_t begin = 0; begin < names.size();) {
        const std::string name(names.c_str() + begin);
        begin += name.size() + 1;
        if (!isImageAttribute(name))
            continue;
        std::string value(65536, '\0'); // XATTR_SIZE_MAX
        const ssize_t length = ::fgetxattr(fd, name.c_str(), value.data(), value.size());
        if (length < 0)
            continue;
        value.resize(static_cast<std::size_t>(length));
        value.shrink_to_fit();
        attributes.push_back({name, std::move(value)});
    }
    return attributes;
}

Result<> copyRegularFile(int source, int folder, const std::string &name)
{
    struct stat status = {};
    if (::fstat(source, &status) < 0)
        return failErrno("cannot examine a file of a lower layer");
    auto target = openFile(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, status.st_mode & 0777);
    if (!target)
        return std::unexpected(target.error());
    if (auto copied = copyContents(source, target->get(), status.st_size); !copied)
        return copied;
    Attributes attributes;
    attributes.uid = status.st_uid;
    attributes.gid = status.st_gid;
    attributes.mode = status.st_mode & 07777;
    attributes.mtime = status.st_mtim;
    auto extended = readExtended(source);
    if (!extended)
        return std::unexpected(extended.error());
    attributes.extended = std::move(*extended);
    std::uint32_t changedOwners = 0;
    return applyAttributes(target->get(), attributes, changedOwners);
}

Result<> copyFromLowerTrees(const LowerTrees &lower, const std::string &path, int folder, const std::string &name)
{
    const auto absent = [] { return fail(ErrorCode::NotFound, "no lower layer has its target"); };
    for (const auto &tree : lower) {
        auto entry = openInRoot(tree.get(), path, O_PATH | O_NOFOLLOW);
        if (!entry)
            continue;
        struct stat status = {};
        if (::fstat(entry->get(), &status) < 0)
            return failErrno("cannot examine a file of a lower layer");
        if (S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0))
            return absent(); // a whiteout
        if (S_ISLNK(status.st_mode)) {
            std::string target(4096, '\0');
            const ssize_t size = ::readlinkat(entry->get(), "", target.data(), target.size());
            if (size < 0 || size == static_cast<ssize_t>(target.size()))
                return failErrno("cannot read a link of a lower layer");
            target.resize(static_cast<std::size_t>(size));
            if (::symlinkat(target.c_str(), folder, name.c_str()) < 0)
                return failErrno("cannot create the link");
            return {};
        }
        auto source = openRegularInRoot(tree.get(), path);
        if (!source)
            return std::unexpected(source.error());
        return copyRegularFile(source->get(), folder, name);
    }
    return absent();
}

} // namespace berth
