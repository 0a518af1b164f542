// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree/treewriter.h"

#include "base/io.h"
#include "base/rootpath.h"

#include <algorithm>
#include <cstring>
#include <format>
#include <ranges>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace berth {
namespace {

constexpr std::size_t bufferSize = 1024 * 1024;
constexpr std::size_t holeSize = 64 * 1024;            // zeros that are worth a hole
constexpr std::size_t maxRememberedBytes = 512UL << 20; // of folders whose times are set at the end
constexpr mode_t setIdBits = S_ISUID | S_ISGID;

std::unexpected<Error> failPath(const char *action, const std::string &path, int error = errno)
{
    auto failed = failErrno("", error);
    return fail(failed.error().code, std::string(action) + ' ' + path + ": " + errnoText(error));
}

Result<UniqueFd> openBeneath(int folder, const std::string &path)
{
    open_how how{};
    how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long fd = ::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
    if (fd < 0)
        return failErrno("open");
    return UniqueFd(static_cast<int>(fd));
}

// Nobody can have made a file of this name on purpose.
std::string temporaryName()
{
    std::uint64_t number = 0;
    (void)::getrandom(&number, sizeof number, 0);
    return std::format(".berth-{:016x}", number);
}

bool isZero(const char *bytes, std::size_t size) { return bytes[0] == 0 && std::memcmp(bytes, bytes + 1, size - 1) == 0; }

} // namespace

TreeWriter::TreeWriter(int root, std::string folder, TreeWriteOptions options)
    : m_root(root), m_folder(std::move(folder)), m_options(std::move(options)), m_buffer(bufferSize)
{
}

std::string TreeWriter::shown(const std::string &path) const
{
    const bool endsInSlash = m_options.shownFolder.ends_with('/');
    return m_options.shownFolder + (endsInSlash ? "" : "/") + printableName(path);
}

EntryAttributes TreeWriter::attributesOf(TarEntry &entry) const
{
    EntryAttributes attributes;
    attributes.mode = entry.mode;
    if (!m_options.keepsSetId && entry.type != tartype::directory)
        attributes.mode &= ~setIdBits;
    attributes.mtime = {static_cast<time_t>(entry.mtime), static_cast<long>(entry.mtimeNanoseconds)};
    if (m_options.owners == TreeWriteOptions::Owners::Leave)
        return attributes; // attributes beyond the mode are for those who own their ids
    attributes.extended = std::move(entry.attributes);
    attributes.setsOwner = true;
    if (m_options.owners == TreeWriteOptions::Owners::Keep) {
        constexpr std::int64_t limit = UINT32_MAX;
        constexpr uid_t unmapped = static_cast<uid_t>(-2); // in nobody's map; -1 would mean "leave it"
        attributes.uid = entry.uid >= 0 && entry.uid < limit ? static_cast<uid_t>(entry.uid) : unmapped;
        attributes.gid = entry.gid >= 0 && entry.gid < limit ? static_cast<gid_t>(entry.gid) : unmapped;
    }
    return attributes;
}

// Resolved anew from root each time: a link or a rename in between ends up inside root, or in an error.
Result<UniqueFd> TreeWriter::openFolder(const std::string &path)
{
    if (m_options.followsLinks)
        return openInRoot(m_root, path.empty() ? m_folder : m_folder + '/' + path, O_PATH | O_DIRECTORY);
    const std::string below = m_folder == "/" ? path : m_folder.substr(1) + '/' + path;
    return openBeneath(m_root, below.empty() ? "." : below);
}

Result<int> TreeWriter::parentOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    const std::string parent = slash == std::string::npos ? std::string() : path.substr(0, slash);
    if (m_parent && parent == m_parentPath)
        return m_parent.get();
    auto folder = openFolder(parent);
    if (!folder && folder.error().code == ErrorCode::NotFound && !parent.empty()) {
        // Folders without an entry of their own: root's and open to all, as Docker makes them.
        const auto above = parentOf(parent);
        if (!above)
            return above;
        const std::string name = parent.substr(parent.rfind('/') + 1);
        if (::mkdirat(*above, name.c_str(), 0755) < 0 && errno != EEXIST)
            return failPath("mkdir", shown(parent));
        folder = openFolder(parent);
    }
    if (!folder)
        return wrap(shown(parent), folder.error());
    m_parentPath = parent;
    m_parent = std::move(*folder);
    return m_parent.get();
}

// Takes away what is there, unless both are folders, or a file comes that will be renamed over it. A mount point
// is busy: unlinking it from here would silently take the mount off in the container.
Result<> TreeWriter::makeWay(int parent, const std::string &name, const std::string &path, char type, bool &exists)
{
    const bool isFolder = type == tartype::directory;
    struct statx status = {};
    exists = ::statx(parent, name.c_str(), AT_SYMLINK_NOFOLLOW, STATX_TYPE, &status) == 0;
    if (!exists)
        return errno == ENOENT ? Result<>() : failPath("lstat", shown(path));
    const bool wasFolder = S_ISDIR(status.stx_mode);
    if (wasFolder && !isFolder)
        return fail(ErrorCode::InvalidArgument,
            "cannot overwrite directory \"" + shown(path) + "\" with non-directory \"" + m_options.shownFolder + '"');
    if (!wasFolder && isFolder)
        return fail(ErrorCode::InvalidArgument,
            "cannot overwrite non-directory \"" + shown(path) + "\" with directory \"" + m_options.shownFolder + '"');
    if (isFolder)
        return {};
    if (status.stx_attributes & STATX_ATTR_MOUNT_ROOT)
        return fail(ErrorCode::InvalidArgument, "unlinkat " + shown(path) + ": " + errnoText(EBUSY));
    if (type != tartype::regular && ::unlinkat(parent, name.c_str(), 0) < 0 && errno != ENOENT)
        return failPath("unlinkat", shown(path));
    return {};
}

Result<> TreeWriter::addFolder(int parent, const std::string &name, const std::string &path, TarEntry &entry, bool exists)
{
    if (!exists && ::mkdirat(parent, name.c_str(), 0700) < 0 && errno != EEXIST)
        return failPath("mkdir", shown(path));
    m_rememberedBytes += path.size() + sizeof(EntryAttributes) + 64;
    if (m_rememberedBytes > maxRememberedBytes)
        return fail(ErrorCode::Corrupt, "the archive has more folders than can be remembered");
    m_folders[path] = attributesOf(entry);
    return {};
}

Result<> TreeWriter::skip(std::uint64_t size, TarInput &input)
{
    while (size > 0) {
        const auto part = std::span(m_buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(size, m_buffer.size())));
        const auto count = input.read(part);
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            return fail(ErrorCode::Corrupt, "unexpected EOF");
        size -= *count;
    }
    return {};
}

// Pieces of zeros become holes, so that a sparse file stays one.
Result<> TreeWriter::copySegment(int file, const TarSegment &segment, const TarEntry &entry, TarInput &input)
{
    for (std::uint64_t done = 0; done < segment.size;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(m_buffer.size(), segment.size - done));
        const auto count = input.read(std::span(m_buffer).first(wanted));
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            return fail(ErrorCode::Corrupt, "unexpected EOF");
        for (std::size_t at = 0; at < *count;) {
            const auto piece = std::min(holeSize, *count - at);
            const char *bytes = m_buffer.data() + at;
            const auto offset = static_cast<off_t>(segment.offset + done + at);
            const ssize_t written = isZero(bytes, piece) ? static_cast<ssize_t>(piece) : ::pwrite(file, bytes, piece, offset);
            if (written < 0 && errno != EINTR)
                return failPath("write", shown(entry.name));
            at += written < 0 ? 0 : static_cast<std::size_t>(written);
        }
        done += *count;
    }
    return {};
}

Result<> TreeWriter::copyData(int file, const TarEntry &entry, TarInput &input)
{
    const std::vector<TarSegment> whole{{0, entry.size}};
    for (const auto &segment : entry.isSparse ? entry.segments : whole) {
        if (auto copied = copySegment(file, segment, entry, input); !copied)
            return copied;
    }
    if (entry.fileSize > 0 && ::ftruncate(file, static_cast<off_t>(entry.fileSize)) < 0)
        return failPath("truncate", shown(entry.name));
    return {};
}

// A file is there whole or not at all, and what it replaces stays until then.
Result<> TreeWriter::addFile(int parent, const std::string &name, TarEntry &entry, TarInput &input, bool exists)
{
    const std::string made = exists ? temporaryName() : name;
    const UniqueFd file(::openat(parent, made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file)
        return failPath("open", shown(entry.name));
    auto done = copyData(file.get(), entry, input);
    if (done)
        done = skip(entry.padding, input);
    if (done)
        done = applyEntryAttributes(file.get(), attributesOf(entry));
    if (done && exists && ::renameat(parent, made.c_str(), parent, name.c_str()) < 0)
        done = failPath("rename", shown(entry.name));
    if (!done)
        ::unlinkat(parent, made.c_str(), 0);
    return done;
}

// The first name has an entry before this one; a link of that name is linked, not followed.
Result<> TreeWriter::addHardLink(int parent, const std::string &name, const TarEntry &entry)
{
    const auto target = cleanTarName(entry.linkName);
    if (!target || target->empty())
        return fail(ErrorCode::Corrupt, "invalid hardlink \"" + printableName(entry.linkName) + "\"");
    const auto slash = target->rfind('/');
    const auto folder = openFolder(slash == std::string::npos ? std::string() : target->substr(0, slash));
    const std::string last = target->substr(slash == std::string::npos ? 0 : slash + 1);
    if (!folder || ::linkat(folder->get(), last.c_str(), parent, name.c_str(), 0) < 0)
        return failPath("link", shown(*target));
    return {};
}

Result<> TreeWriter::addSymbolicLink(int parent, const std::string &name, TarEntry &entry)
{
    if (::symlinkat(entry.linkName.c_str(), parent, name.c_str()) < 0)
        return failPath("symlink", shown(entry.name));
    return applyLinkAttributes(parent, name, attributesOf(entry));
}

Result<> TreeWriter::addFifo(int parent, const std::string &name, TarEntry &entry)
{
    if (::mkfifoat(parent, name.c_str(), 0600) < 0)
        return failPath("mkfifo", shown(entry.name));
    const UniqueFd fifo(::openat(parent, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!fifo || ::fstat(fifo.get(), &status) < 0 || !S_ISFIFO(status.st_mode))
        return fail(ErrorCode::Internal, shown(entry.name) + " was replaced while it was made");
    return applyEntryAttributes(fifo.get(), attributesOf(entry));
}

Result<> TreeWriter::addEntry(TarEntry &entry, TarInput &input)
{
    auto path = cleanTarName(entry.name);
    if (!path)
        return wrap('"' + printableName(entry.name) + '"', path.error());
    const bool isFile = entry.type == tartype::regular;
    const bool isDevice = entry.type == tartype::characterDevice || entry.type == tartype::blockDevice;
    m_skippedDevices += isDevice ? 1 : 0;
    const bool isKnown = isFile || entry.type == tartype::directory || entry.type == tartype::hardLink
        || entry.type == tartype::symbolicLink || entry.type == tartype::fifo;
    if (!isKnown || path->empty()) // the folder itself stays as it is
        return skip(entry.size + entry.padding, input);
    const auto parent = parentOf(*path);
    if (!parent)
        return std::unexpected(parent.error());
    const std::string name = path->substr(path->rfind('/') + 1);
    bool exists = false;
    if (auto cleared = makeWay(*parent, name, *path, entry.type, exists); !cleared)
        return cleared;
    switch (entry.type) {
    case tartype::directory: return addFolder(*parent, name, *path, entry, exists);
    case tartype::hardLink: return addHardLink(*parent, name, entry);
    case tartype::symbolicLink: return addSymbolicLink(*parent, name, entry);
    case tartype::fifo: return addFifo(*parent, name, entry);
    default: return addFile(*parent, name, entry, input, exists);
    }
}

// From the deepest up, because a folder may lose the right to be entered.
Result<> TreeWriter::finishFolders()
{
    m_parent.reset();
    for (const auto &[path, attributes] : std::views::reverse(m_folders)) {
        const auto parent = parentOf(path);
        if (!parent)
            return std::unexpected(parent.error());
        const std::string name = path.substr(path.rfind('/') + 1);
        const UniqueFd folder(::openat(*parent, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!folder)
            return failPath("open", shown(path));
        if (auto applied = applyEntryAttributes(folder.get(), attributes); !applied)
            return wrap(shown(path), applied.error());
    }
    m_folders.clear();
    return {};
}

Result<> TreeWriter::write(TarReader &reader, TarInput &input)
{
    TarEntry entry;
    for (;;) {
        const auto more = reader.next(entry);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return finishFolders();
        if (auto added = addEntry(entry, input); !added)
            return added;
    }
}

} // namespace berth
