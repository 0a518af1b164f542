// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/hosttree.h"

#include "base/io.h"
#include "tree/treereader.h"
#include "tree/treewriter.h"

#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int maxTargetLinks = 10;
constexpr std::size_t bufferSize = 256 * 1024;

std::unexpected<Error> failCall(const char *call, const std::string &path)
{
    const int error = errno;
    return fail(failErrno("", error).error().code, std::string(call) + ' ' + path + ": " + errnoText(error));
}

std::string withoutEnding(const std::string &path)
{
    return path == "/"
        ? path
        : absolutePath("/", entryName(path) == "." ? entryFolder(path) : path.substr(0, path.find_last_not_of('/') + 1));
}

void blockBrokenPipe()
{
    sigset_t broken;
    ::sigemptyset(&broken);
    ::sigaddset(&broken, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken, nullptr);
}

class PipeOutput final : public TarOutput {
public:
    PipeOutput(int fd, HostCopied &copied) : m_fd(fd), m_copied(copied) { m_buffer.reserve(bufferSize); }

    Result<> write(std::string_view bytes) override
    {
        m_copied.size += bytes.size();
        if (m_buffer.size() + bytes.size() > bufferSize) {
            if (auto flushed = flush(); !flushed)
                return flushed;
        }
        if (bytes.size() >= bufferSize)
            return put(bytes);
        m_buffer.append(bytes);
        return {};
    }
    Result<> flush()
    {
        auto written = put(m_buffer);
        m_buffer.clear();
        return written;
    }

private:
    Result<> put(std::string_view bytes)
    {
        auto written = writeAll(m_fd, bytes);
        m_copied.isPeerGone = !written;
        return written;
    }

    int m_fd;
    HostCopied &m_copied;
    std::string m_buffer;
};

class PipeInput final : public TarInput {
public:
    PipeInput(int fd, HostCopied &copied) : m_fd(fd), m_copied(copied) {}

    Result<std::size_t> read(std::span<char> buffer) override
    {
        std::size_t filled = 0;
        while (filled < buffer.size()) {
            const ssize_t count = ::read(m_fd, buffer.data() + filled, buffer.size() - filled);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failErrno("cannot read from the container");
            if (count == 0)
                break;
            filled += static_cast<std::size_t>(count);
        }
        m_copied.size += filled;
        m_copied.isPeerGone = filled < buffer.size();
        return filled;
    }

private:
    int m_fd;
    HostCopied &m_copied;
};

} // namespace

Result<HostSource> openHostSource(const std::string &path, bool followsLink)
{
    HostSource source{
        UniqueFd(::open(path.c_str(), O_PATH | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW))), entryName(path), false};
    if (!source.entry && errno == ENOTDIR)
        return fail(ErrorCode::InvalidArgument, "not a directory");
    if (!source.entry)
        return failCall("lstat", withoutEnding(path));
    struct stat status = {};
    if (::fstat(source.entry.get(), &status) < 0)
        return failCall("lstat", withoutEnding(path));
    source.isFolder = S_ISDIR(status.st_mode);
    return source;
}

Result<> checkOutputPath(const std::string &path)
{
    const auto folder = entryFolder(path);
    struct stat status = {};
    if (::stat(folder.c_str(), &status) < 0 && errno == ENOENT)
        return fail(ErrorCode::NotFound, "invalid output path: directory \"" + folder + "\" does not exist");
    if (::stat(path.c_str(), &status) < 0) {
        if (errno == ENOENT)
            return {};
        return failCall("stat", path);
    }
    if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
        return fail(ErrorCode::InvalidArgument,
            "invalid output path: \"" + path + "\" must be a directory or a regular file: got a device");
    return {};
}

Result<CopyEnd> findHostTarget(const std::string &absolute)
{
    std::string path = absolute;
    struct stat status = {};
    for (int links = 0;; ++links) {
        if (::lstat(path.c_str(), &status) < 0)
            break;
        if (!S_ISLNK(status.st_mode))
            return CopyEnd{path, true, S_ISDIR(status.st_mode)};
        if (links > maxTargetLinks)
            return fail(ErrorCode::InvalidArgument, "too many symlinks in " + absolute);
        const UniqueFd link(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
        const auto target = link ? readLink(link.get()) : Result<std::string>(failCall("readlink", path));
        if (!target)
            return std::unexpected(target.error());
        path = absolutePath(entryFolder(path), *target);
    }
    if (errno != ENOENT)
        return failCall("lstat", path);
    const auto folder = entryFolder(path);
    if (::stat(folder.c_str(), &status) < 0)
        return failCall("stat", folder);
    if (!S_ISDIR(status.st_mode))
        return fail(ErrorCode::InvalidArgument, "not a directory");
    return CopyEnd{path, false, false};
}

Result<> sendHostTree(HostSource source, const std::string &name, UniqueFd output, HostCopied &copied)
{
    blockBrokenPipe();
    PipeOutput stream(output.get(), copied);
    TreeReader reader(stream);
    auto sent = reader.add(std::move(source.entry), name);
    if (sent)
        sent = reader.finish();
    if (sent)
        sent = stream.flush();
    copied.skipped = reader.skipped();
    return sent;
}

Result<> receiveHostTree(const std::string &folder, UniqueFd input, HostCopied &copied)
{
    blockBrokenPipe();
    const UniqueFd target(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!target)
        return failCall("open", folder);
    PipeInput stream(input.get(), copied);
    TarReader reader(stream);
    TreeWriter writer(target.get(), "/", {.shownFolder = folder});
    if (auto written = writer.write(reader, stream); !written)
        return written;
    // The stream ends with a second zero block, and then the layerer closes its end.
    std::array<char, tarBlockSize> rest;
    for (;;) {
        const auto count = stream.read(rest);
        if (!count || *count < rest.size())
            return count ? Result<>() : std::unexpected(count.error());
    }
}

} // namespace berth
