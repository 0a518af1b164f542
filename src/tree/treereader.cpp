// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree/treereader.h"

#include "base/io.h"
#include "base/listfolder.h"
#include "base/tarwriter.h"
#include "tree/entryattributes.h"

#include <algorithm>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace berth {
namespace {

constexpr int maxDepth = 900;              // one descriptor each, of the 1024 that are usual
constexpr std::size_t bufferSize = 1024 * 1024;
constexpr std::size_t maxLinkBytes = 256UL << 20; // of remembered names; files beyond them are written twice
constexpr std::size_t maxSkipped = 100;    // names worth telling

Result<std::vector<std::string>> sortedNames(const UniqueFd &folder)
{
    auto names = listFolder(folder.get());
    if (names)
        std::ranges::sort(*names);
    return names;
}

TarEntry memberOf(const struct stat &status, char type, const std::string &name)
{
    TarEntry member;
    member.type = type;
    member.name = name;
    member.mode = status.st_mode & 07777U;
    member.uid = status.st_uid;
    member.gid = status.st_gid;
    member.mtime = status.st_mtim.tv_sec;
    return member;
}

} // namespace

bool isKernelFilesystem(int fd)
{
    struct statfs status = {};
    if (::fstatfs(fd, &status) < 0)
        return false;
    constexpr long mqueue = 0x19800202; // MQUEUE_MAGIC is in no header
    const long type = status.f_type;
    return type == PROC_SUPER_MAGIC || type == SYSFS_MAGIC || type == CGROUP2_SUPER_MAGIC || type == CGROUP_SUPER_MAGIC
        || type == DEVPTS_SUPER_MAGIC || type == mqueue;
}

TreeReader::TreeReader(TarOutput &output, int containerRoot)
    : m_output(output), m_containerRoot(containerRoot), m_buffer(bufferSize)
{
    if (const auto place = containerRoot < 0 ? Place() : placeOf(containerRoot); place)
        m_root = *place;
}

Result<TreeReader::Place> TreeReader::placeOf(int fd)
{
    struct statx status = {};
    if (::statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_MNT_ID, &status) < 0)
        return failErrno("cannot examine a folder");
    return Place{makedev(status.stx_dev_major, status.stx_dev_minor), status.stx_mnt_id, status.stx_ino};
}

// The container's own /dev, /proc and /sys, as Docker leaves them out of every copy.
bool TreeReader::isHidden(const Place &parent, const std::string &name, int entry) const
{
    if (m_containerRoot < 0 || parent.mount != m_root.mount || parent.inode != m_root.inode)
        return false;
    if (name != "dev" && name != "proc" && name != "sys")
        return false;
    const auto place = placeOf(entry);
    return place && place->mount != m_root.mount;
}

Result<> TreeReader::addHeader(const TarEntry &member) { return m_output.write(tarHeaders(member)); }

void TreeReader::skip(const std::string &name)
{
    if (m_skipped.size() < maxSkipped)
        m_skipped.push_back(printableName(name));
}

Result<> TreeReader::add(UniqueFd entry, const std::string &name) { return addEntry(std::move(entry), name, 0); }

Result<> TreeReader::addContents(const UniqueFd &folder)
{
    auto readable = openFile(folder.get(), ".", O_RDONLY | O_DIRECTORY);
    if (!readable)
        return std::unexpected(readable.error());
    return addFolderContents(*readable, {}, 0);
}

Result<> TreeReader::finish() { return m_output.write(std::string(tarEndSize, '\0')); }

Result<> TreeReader::addEntry(UniqueFd entry, const std::string &name, int depth)
{
    struct stat status = {};
    if (::fstat(entry.get(), &status) < 0)
        return failErrno("lstat " + printableName(name));
    switch (status.st_mode & S_IFMT) {
    case S_IFDIR: return addFolder(std::move(entry), status, name, depth);
    case S_IFREG: return addFile(entry, status, name);
    case S_IFLNK: return addLink(entry, status, name);
    case S_IFIFO: return addHeader(memberOf(status, tartype::fifo, name));
    default: skip(name); return {};
    }
}

Result<> TreeReader::addFolder(UniqueFd entry, const struct stat &status, const std::string &name, int depth)
{
    if (depth > maxDepth)
        return fail(ErrorCode::Unsupported, printableName(name) + " lies in more than 900 folders");
    const std::string prefix = name.ends_with('/') ? name : name + '/';
    if (auto added = addHeader(memberOf(status, tartype::directory, prefix)); !added)
        return added;
    if (isKernelFilesystem(entry.get()))
        return {};
    auto folder = openFile(entry.get(), ".", O_RDONLY | O_DIRECTORY);
    if (!folder)
        return fail(folder.error().code, "open " + printableName(name) + ": " + errnoText(errno));
    entry.reset(); // one descriptor a level
    return addFolderContents(*folder, prefix, depth);
}

Result<> TreeReader::addFolderContents(const UniqueFd &folder, const std::string &prefix, int depth)
{
    const auto names = sortedNames(folder);
    if (!names)
        return std::unexpected(names.error());
    const auto place = placeOf(folder.get());
    if (!place)
        return std::unexpected(place.error());
    for (const auto &name : *names) {
        auto entry = openFile(folder.get(), name, O_PATH | O_NOFOLLOW);
        if (!entry && entry.error().code == ErrorCode::NotFound)
            continue; // deleted since it was listed
        if (!entry)
            return fail(entry.error().code, "open " + printableName(prefix + name) + ": " + errnoText(errno));
        if (isHidden(*place, name, entry->get())) {
            struct stat status = {};
            if (::fstat(entry->get(), &status) < 0)
                return failErrno("lstat " + name);
            if (auto added = addHeader(memberOf(status, tartype::directory, prefix + name + '/')); !added)
                return added;
            continue;
        }
        if (auto added = addEntry(std::move(*entry), prefix + name, depth + 1); !added)
            return added;
    }
    return {};
}

Result<> TreeReader::addFile(const UniqueFd &entry, const struct stat &status, const std::string &name)
{
    auto member = memberOf(status, tartype::regular, name);
    if (status.st_nlink > 1 && m_linkBytes < maxLinkBytes) {
        const auto [known, isNew] = m_links.try_emplace({status.st_dev, status.st_ino}, name);
        if (!isNew) {
            member.type = tartype::hardLink;
            member.linkName = known->second;
            return addHeader(member);
        }
        m_linkBytes += name.size() + 64;
    }
    const auto file = reopenFile(entry.get(), O_RDONLY);
    if (!file)
        return fail(file.error().code, "open " + printableName(name) + ": " + errnoText(errno));
    struct stat opened = {};
    if (::fstat(file->get(), &opened) < 0)
        return failErrno("lstat " + printableName(name));
    member.size = static_cast<std::uint64_t>(opened.st_size);
    readCapability(file->get(), member.attributes);
    if (auto added = addHeader(member); !added)
        return added;
    return copyData(file->get(), static_cast<std::uint64_t>(opened.st_size), name);
}

// Exactly size bytes, whatever happens to the file meanwhile: what grew is cut, what shrank is filled with zeros.
Result<> TreeReader::copyData(int file, std::uint64_t size, const std::string &name)
{
    for (std::uint64_t done = 0; done < size;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(m_buffer.size(), size - done));
        ssize_t count = ::read(file, m_buffer.data(), wanted);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("read " + printableName(name));
        if (count == 0) {
            std::fill_n(m_buffer.begin(), wanted, '\0');
            count = static_cast<ssize_t>(wanted);
        }
        if (auto written = m_output.write({m_buffer.data(), static_cast<std::size_t>(count)}); !written)
            return written;
        done += static_cast<std::uint64_t>(count);
    }
    return m_output.write(std::string(tarPadding(size), '\0'));
}

Result<> TreeReader::addLink(const UniqueFd &entry, const struct stat &status, const std::string &name)
{
    auto target = readLink(entry.get());
    if (!target)
        return wrap(printableName(name), target.error());
    auto member = memberOf(status, tartype::symbolicLink, name);
    member.mode = 0777;
    member.linkName = std::move(*target);
    return addHeader(member);
}

} // namespace berth
