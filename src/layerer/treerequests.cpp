// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/rootpath.h"
#include "layerer/source.h"
#include "layerer/work.h"
#include "tree/treereader.h"
#include "tree/treewriter.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int maxLinks = 255; // followed on the way to one target, as Docker
constexpr std::size_t outputBufferSize = 256 * 1024;

// Docker's sentence for what it cannot examine; the code NotFound is left to the caller's own.
std::unexpected<Error> failToExamine(const std::string &path)
{
    const int error = errno;
    return fail(error == ENOENT ? ErrorCode::NotFound : ErrorCode::InvalidArgument, "lstat " + path + ": " + errnoText(error));
}

// The files of the kernel's own file systems are not the container's.
Result<UniqueFd> openPath(int root, const std::string &path, bool followsLink)
{
    errno = 0;
    auto entry = openInRoot(root, path, O_PATH | (followsLink ? 0 : O_NOFOLLOW));
    if (!entry)
        return errno == 0 ? std::move(entry) : Result<UniqueFd>(failToExamine(path));
    struct statx status = {};
    if (::statx(entry->get(), "", AT_EMPTY_PATH, STATX_TYPE, &status) < 0)
        return failToExamine(path);
    if (isKernelFilesystem(entry->get()) && !(status.stx_attributes & STATX_ATTR_MOUNT_ROOT))
        return fail(ErrorCode::NotFound, path + " is a file of the kernel");
    return entry;
}

// Where path leads when each of its links is followed; parts that do not exist stay as they are. Only a
// name to think with: whoever uses it resolves it again.
std::string followLinks(int root, const std::string &path)
{
    std::string pending = path;
    std::string done;
    for (int links = 0; !pending.empty();) {
        const auto slash = pending.find('/');
        const std::string part = pending.substr(0, slash);
        pending.erase(0, slash == std::string::npos ? slash : slash + 1);
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            done.erase(std::min(done.size(), done.rfind('/')));
            continue;
        }
        const std::string next = done + '/' + part;
        const auto entry = openInRoot(root, next, O_PATH | O_NOFOLLOW);
        struct stat status = {};
        if (!entry || ::fstat(entry->get(), &status) < 0 || !S_ISLNK(status.st_mode) || ++links > maxLinks) {
            done = next;
            continue;
        }
        const auto target = readLink(entry->get());
        if (!target) {
            done = next;
            continue;
        }
        if (target->starts_with('/'))
            done.clear();
        pending = *target + '/' + pending;
    }
    return done.empty() ? "/" : done;
}

// Small pieces are put together; large ones pass through.
class StreamOutput final : public TarOutput {
public:
    StreamOutput(int fd, Reporter &reporter) : m_fd(fd), m_reporter(reporter) { m_buffer.reserve(outputBufferSize); }

    Result<> write(std::string_view bytes) override
    {
        m_size += bytes.size();
        if (m_buffer.size() + bytes.size() > outputBufferSize) {
            if (auto flushed = flush(); !flushed)
                return flushed;
        }
        if (bytes.size() < outputBufferSize) {
            m_buffer.append(bytes);
            return {};
        }
        return writeAll(m_fd, bytes);
    }
    Result<> flush()
    {
        auto written = writeAll(m_fd, m_buffer);
        m_buffer.clear();
        return written ? m_reporter.report(m_size) : written;
    }
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    int m_fd;
    Reporter &m_reporter;
    std::string m_buffer;
    std::uint64_t m_size = 0;
};

// A file as standard input may have been read from before.
std::uint64_t startOf(int fd)
{
    const off_t position = ::lseek(fd, 0, SEEK_CUR);
    return position < 0 ? 0 : static_cast<std::uint64_t>(position);
}

class StreamInput final : public TarInput {
public:
    StreamInput(int fd, Reporter &reporter)
        : m_source(fd, startOf(fd), 0, [&reporter](std::uint64_t bytes) { return reporter.report(bytes); })
    {
    }

    Result<std::size_t> read(std::span<char> buffer) override { return m_source.read(buffer); }
    // Whoever writes the stream shall not find its end closed: GNU tar pads to ten kilobytes.
    Result<> drain()
    {
        std::vector<char> rest(outputBufferSize);
        for (;;) {
            const auto count = m_source.read(rest);
            if (!count)
                return std::unexpected(count.error());
            if (*count == 0)
                return {};
        }
    }

private:
    Source m_source;
};

// The kernel says the same with EROFS, but only once something is written, and not which of the two it is.
Result<> checkWritable(int root, int folder)
{
    struct statvfs system = {};
    if (::fstatvfs(folder, &system) < 0)
        return failErrno("cannot examine the destination");
    if (!(system.f_flag & ST_RDONLY))
        return {};
    struct statx ofRoot = {};
    struct statx ofFolder = {};
    if (::statx(root, "", AT_EMPTY_PATH, STATX_MNT_ID, &ofRoot) < 0
        || ::statx(folder, "", AT_EMPTY_PATH, STATX_MNT_ID, &ofFolder) < 0)
        return failErrno("cannot examine the destination");
    return fail(ErrorCode::InvalidArgument,
        ofRoot.stx_mnt_id == ofFolder.stx_mnt_id ? "container rootfs is marked read-only" : "mounted volume is marked read-only");
}

} // namespace

Result<layerer::PathExamined> examinePath(const layerer::ExaminePath &request, int root)
{
    const auto entry = openPath(root, request.path, false);
    if (!entry)
        return std::unexpected(entry.error());
    struct stat status = {};
    if (::fstat(entry->get(), &status) < 0)
        return failToExamine(request.path);
    layerer::PathExamined examined{status.st_mode, {}};
    if (S_ISLNK(status.st_mode))
        examined.linkTarget = followLinks(root, request.path);
    return examined;
}

Result<layerer::TreeRead> readTree(const layerer::ReadTree &request, int root, int output, Reporter &reporter)
{
    auto entry = openPath(root, request.path, request.followsLink);
    if (!entry)
        return std::unexpected(entry.error());
    StreamOutput stream(output, reporter);
    TreeReader reader(stream, root);
    auto read = request.contents ? reader.addContents(*entry) : reader.add(std::move(*entry), request.name);
    if (read)
        read = reader.finish();
    if (read)
        read = stream.flush();
    if (!read)
        return std::unexpected(read.error());
    return layerer::TreeRead{stream.size(), reader.skipped()};
}

Result<layerer::TreeWritten> writeTree(const layerer::WriteTree &request, int root, int input, Reporter &reporter)
{
    errno = 0;
    const auto folder = openInRoot(root, request.path, O_PATH | O_DIRECTORY);
    if (!folder && errno == ENOTDIR)
        return fail(ErrorCode::InvalidArgument, "extraction point is not a directory");
    if (!folder)
        return std::unexpected(folder.error());
    if (auto writable = checkWritable(root, folder->get()); !writable)
        return std::unexpected(writable.error());
    StreamInput stream(input, reporter);
    TarReader reader(stream);
    TreeWriter writer(root, request.path,
        {.owners = request.keepsOwners ? TreeWriteOptions::Owners::Keep : TreeWriteOptions::Owners::Root,
            .followsLinks = true,
            .keepsSetId = true,
            .shownFolder = request.path});
    auto written = writer.write(reader, stream);
    if (written)
        written = stream.drain();
    if (!written)
        return std::unexpected(written.error());
    return layerer::TreeWritten{writer.skippedDevices()};
}

} // namespace berth
