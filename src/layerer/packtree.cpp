// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/tarwriter.h"
#include "layerer/changewalk.h"
#include "layerer/work.h"

#include <algorithm>
#include <map>

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t bufferSize = 1UL << 20;
constexpr std::size_t maxLinksSize = 256UL << 20;     // remembered names of files with several
constexpr std::uint64_t maxFileSize = 1ULL << 40;     // holes are zeros in the stream: more would take hours
constexpr std::size_t maxLinkTarget = 4096;
constexpr std::string_view whiteoutPrefix = ".wh.";
constexpr std::string_view opaqueName = ".wh..wh..opq";
constexpr mode_t plainRoot = S_IFDIR | 0755;          // as every container's upper folder begins

std::unexpected<Error> unfit(const std::string &path, const std::string &why)
{
    return fail(ErrorCode::Unsupported, printableName(path) + " cannot be in an image: " + why);
}

bool isSameTime(const timespec &a, const timespec &b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

// Writes what a container changed as the tar stream of a layer. A folder that is only there because
// something in it changed comes just before the first such entry.
class TreePacker final : public ChangeVisitor {
public:
    TreePacker(int output, Reporter &reporter) : m_output(output), m_reporter(reporter) { m_buffer.reserve(2 * bufferSize); }

    Result<> visit(const ChangedEntry &entry) override;
    Result<> leave(const std::string &path) override;
    Result<std::uint64_t> finish();

private:
    Result<> addFolder(const ChangedEntry &entry);
    Result<> addWhiteout(const ChangedEntry &entry);
    Result<> addFile(const ChangedEntry &entry);
    Result<> addLink(const ChangedEntry &entry);
    Result<bool> addHardLink(const ChangedEntry &entry);
    Result<> addContents(int file, std::uint64_t size, const std::string &path);
    Result<> copyData(int file, std::uint64_t begin, std::uint64_t end, const std::string &path, bool &ended);
    Result<> addZeros(std::uint64_t count);
    Result<> put(std::string_view bytes);
    Result<> putEntry(const TarEntry &entry);
    Result<> flush();

    int m_output;
    Reporter &m_reporter;
    std::string m_buffer;
    std::uint64_t m_size = 0;                                     // of the stream so far
    std::vector<std::string> m_waiting;                           // headers of the folders above; "" is written
    std::map<std::pair<dev_t, ino_t>, std::string> m_links;       // first name of files with several
    std::size_t m_linksSize = 0;
};

TarEntry entryOf(const ChangedEntry &changed, char type)
{
    TarEntry entry;
    entry.name = changed.path;
    entry.type = type;
    entry.mode = changed.status.st_mode & 07777;
    entry.uid = changed.status.st_uid;
    entry.gid = changed.status.st_gid;
    entry.mtime = changed.status.st_mtim.tv_sec;
    entry.mtimeNanoseconds = static_cast<std::uint32_t>(changed.status.st_mtim.tv_nsec);
    return entry;
}

Result<> TreePacker::flush()
{
    auto written = writeAll(m_output, m_buffer);
    m_buffer.clear();
    return written ? m_reporter.report(m_size) : written;
}

Result<> TreePacker::put(std::string_view bytes)
{
    m_buffer += bytes;
    m_size += bytes.size();
    return m_buffer.size() < bufferSize ? Result<>() : flush();
}

Result<> TreePacker::putEntry(const TarEntry &entry)
{
    for (auto &header : m_waiting) {
        if (auto written = put(header); !written)
            return written;
        header.clear();
    }
    return put(tarHeaders(entry));
}

Result<> TreePacker::addZeros(std::uint64_t count)
{
    static const std::string zeros(bufferSize / 4, '\0');
    while (count > 0) {
        const auto part = std::min<std::uint64_t>(count, zeros.size());
        if (auto written = put(std::string_view(zeros).substr(0, static_cast<std::size_t>(part))); !written)
            return written;
        count -= part;
    }
    return {};
}

Result<> TreePacker::copyData(int file, std::uint64_t begin, std::uint64_t end, const std::string &path, bool &ended)
{
    while (begin < end) {
        const auto used = m_buffer.size();
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, bufferSize));
        m_buffer.resize(used + wanted);
        const ssize_t count = ::pread(file, m_buffer.data() + used, wanted, static_cast<off_t>(begin));
        m_buffer.resize(used + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("cannot read " + printableName(path));
        if (count == 0) {
            ended = true;
            return addZeros(end - begin);
        }
        begin += static_cast<std::uint64_t>(count);
        m_size += static_cast<std::uint64_t>(count);
        if (m_buffer.size() >= bufferSize) {
            if (auto flushed = flush(); !flushed)
                return flushed;
        }
    }
    return {};
}

// Exactly size bytes, whatever the file becomes meanwhile: the header has been written.
Result<> TreePacker::addContents(int file, std::uint64_t size, const std::string &path)
{
    bool ended = false;
    for (std::uint64_t position = 0; position < size && !ended;) {
        off_t begin = ::lseek(file, static_cast<off_t>(position), SEEK_DATA);
        if (begin < 0 && errno == ENXIO) // nothing but a hole up to the end
            return addZeros(size - position);
        if (begin < 0)
            begin = static_cast<off_t>(position); // the file system knows no holes
        off_t end = ::lseek(file, begin, SEEK_HOLE);
        const auto data = std::min(static_cast<std::uint64_t>(begin), size);
        const auto hole = end <= begin ? size : std::min(static_cast<std::uint64_t>(end), size);
        if (auto added = addZeros(data - position); !added)
            return added;
        if (auto copied = copyData(file, data, std::max(data, hole), path, ended); !copied)
            return copied;
        position = std::max(data, hole);
    }
    return {};
}

Result<bool> TreePacker::addHardLink(const ChangedEntry &entry)
{
    if (entry.status.st_nlink < 2)
        return false;
    const auto [first, isNew] = m_links.try_emplace({entry.status.st_dev, entry.status.st_ino}, entry.path);
    if (isNew) {
        m_linksSize += entry.path.size() + sizeof(*first);
        if (m_linksSize > maxLinksSize)
            return fail(ErrorCode::Unsupported, "too many files have several names");
        return false;
    }
    auto link = entryOf(entry, tartype::hardLink);
    link.linkName = first->second;
    if (auto written = putEntry(link); !written)
        return std::unexpected(written.error());
    return true;
}

Result<> TreePacker::addFile(const ChangedEntry &entry)
{
    const UniqueFd file(::openat(entry.parent, entry.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file)
        return errno == ENOENT || errno == ELOOP ? Result<>() : failErrno("cannot open " + printableName(entry.path));
    auto now = entry;
    if (::fstat(file.get(), &now.status) < 0)
        return failErrno("cannot examine " + printableName(entry.path));
    if (!S_ISREG(now.status.st_mode)) // replaced this very moment
        return {};
    const auto linked = addHardLink(now);
    if (!linked || *linked)
        return linked ? Result<>() : std::unexpected(linked.error());
    const auto size = static_cast<std::uint64_t>(now.status.st_size);
    if (size > maxFileSize)
        return unfit(entry.path, "its size is " + std::to_string(size) + " bytes");
    auto header = entryOf(now, tartype::regular);
    header.size = size;
    auto attributes = readExtended(file.get());
    if (!attributes)
        return wrap(printableName(entry.path), attributes.error());
    header.attributes = std::move(*attributes);
    auto written = putEntry(header);
    if (written)
        written = addContents(file.get(), size, entry.path);
    return written ? addZeros(tarPadding(size)) : written;
}

Result<> TreePacker::addLink(const ChangedEntry &entry)
{
    std::string target(maxLinkTarget, '\0');
    const ssize_t size = ::readlinkat(entry.parent, entry.name.c_str(), target.data(), target.size());
    if (size < 0)
        return errno == ENOENT || errno == EINVAL ? Result<>() : failErrno("cannot read the link " + printableName(entry.path));
    target.resize(static_cast<std::size_t>(size));
    const auto linked = addHardLink(entry);
    if (!linked || *linked)
        return linked ? Result<>() : std::unexpected(linked.error());
    auto header = entryOf(entry, tartype::symbolicLink);
    header.linkName = std::move(target);
    return putEntry(header);
}

// The mark of a deleted entry, and of a folder that begins anew. Source: OCI image-spec layer.md.
Result<> TreePacker::addWhiteout(const ChangedEntry &entry)
{
    if (!entry.lower.exists)
        return {};
    auto mark = entryOf(entry, tartype::regular);
    mark.mode = 0600;
    mark.mtimeNanoseconds = 0;
    mark.name.insert(mark.name.size() - entry.name.size(), whiteoutPrefix);
    return putEntry(mark);
}

Result<> TreePacker::addFolder(const ChangedEntry &entry)
{
    auto header = entryOf(entry, tartype::directory);
    header.name += '/';
    auto attributes = readExtended(entry.folder);
    if (!attributes)
        return wrap(printableName(entry.path), attributes.error());
    header.attributes = std::move(*attributes);
    const struct stat &now = entry.status;
    const struct stat &before = entry.lower.status;
    const bool isRoot = entry.path.empty();
    // Making the places of the engine's own mounts changes the time of a folder; that is nobody's change.
    const bool isSame = isRoot ? now.st_mode == plainRoot && now.st_uid == 0 && now.st_gid == 0
        : !entry.lower.exists  ? entry.hasHidden
                               : now.st_mode == before.st_mode && now.st_uid == before.st_uid && now.st_gid == before.st_gid
            && (entry.hasHidden || isSameTime(now.st_mtim, before.st_mtim));
    if (isRoot)
        header.name = "./";
    const bool replaces = entry.isOpaque && entry.lower.exists && S_ISDIR(entry.lower.status.st_mode) && !isRoot;
    if (isSame && !replaces) {
        m_waiting.push_back(isRoot ? std::string() : tarHeaders(header));
        return {};
    }
    if (auto written = putEntry(header); !written)
        return written;
    m_waiting.emplace_back();
    if (!replaces)
        return {};
    TarEntry mark;
    mark.name = entry.path + '/' + std::string(opaqueName);
    mark.mode = 0600;
    return putEntry(mark);
}

Result<> TreePacker::visit(const ChangedEntry &entry)
{
    if (entry.name.starts_with(whiteoutPrefix) && !entry.isWhiteout)
        return unfit(entry.path, "there, names that begin with .wh. stand for deleted files");
    if (entry.folder >= 0)
        return addFolder(entry);
    if (entry.isWhiteout)
        return addWhiteout(entry);
    switch (entry.status.st_mode & S_IFMT) {
    case S_IFREG: return addFile(entry);
    case S_IFLNK: return addLink(entry);
    case S_IFIFO: {
        const auto linked = addHardLink(entry);
        if (!linked || *linked)
            return linked ? Result<>() : std::unexpected(linked.error());
        return putEntry(entryOf(entry, tartype::fifo));
    }
    default: return {}; // a socket has no meaning without its program, and no container can make a device
    }
}

Result<> TreePacker::leave(const std::string &)
{
    m_waiting.pop_back();
    return {};
}

Result<std::uint64_t> TreePacker::finish()
{
    auto written = addZeros(tarEndSize);
    if (written)
        written = flush();
    if (!written)
        return std::unexpected(written.error());
    return m_size;
}

} // namespace

Result<layerer::Packed> packTree(
    const layerer::PackTree &request, int upper, int output, const LowerTrees &lower, Reporter &reporter)
{
    TreePacker packer(output, reporter);
    if (auto walked = walkChanges(upper, lower, {request.hidden.begin(), request.hidden.end()}, packer); !walked)
        return std::unexpected(walked.error());
    const auto size = packer.finish();
    if (!size)
        return std::unexpected(size.error());
    return layerer::Packed{*size};
}

} // namespace berth
