// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/containerlog.h"

#include "base/io.h"
#include "base/jsonescape.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxLine = 16 * 1024; // Docker's copier splits there
constexpr std::size_t writeSize = 64 * 1024;

// The longest beginning of text that does not cut a character, at most maxLine.
std::size_t splitPoint(std::string_view text)
{
    std::size_t at = maxLine;
    while (at > maxLine - 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        --at;
    return at;
}

} // namespace

std::string timeNow()
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    tm parts{};
    ::gmtime_r(&now.tv_sec, &parts);
    char date[32];
    const std::size_t length = std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%09ldZ", now.tv_nsec);
    return std::string(date, length) + fraction;
}

Result<ContainerLog> ContainerLog::open(int folder, std::uint64_t maxSize, std::uint32_t maxFiles)
{
    ContainerLog log;
    log.m_folder.reset(::fcntl(folder, F_DUPFD_CLOEXEC, 3));
    auto file = openFile(folder, std::string(logName), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    struct stat status = {};
    if (::fstat(file->get(), &status) < 0)
        return failErrno("cannot examine the log");
    log.m_file = std::move(*file);
    log.m_size = static_cast<std::uint64_t>(status.st_size);
    log.m_maxSize = maxSize;
    log.m_maxFiles = std::max(maxFiles, 1U);
    return log;
}

void ContainerLog::append(monitor::Stream stream, std::string_view bytes)
{
    m_time = timeNow();
    std::string &partial = m_partial[stream == monitor::Stream::Stderr ? 1 : 0];
    while (!bytes.empty()) {
        const auto newline = bytes.find('\n');
        const auto size = newline == std::string_view::npos ? bytes.size() : newline + 1;
        appendPart(stream, partial, bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    write();
}

void ContainerLog::appendPart(monitor::Stream stream, std::string &partial, std::string_view bytes)
{
    if (partial.empty() && bytes.ends_with('\n') && bytes.size() <= maxLine) {
        appendLine(stream, bytes); // the usual case, without a copy
        return;
    }
    partial.append(bytes);
    while (partial.size() > maxLine) {
        const std::size_t size = splitPoint(partial);
        appendLine(stream, std::string_view(partial).substr(0, size));
        partial.erase(0, size);
    }
    if (partial.ends_with('\n')) {
        appendLine(stream, partial);
        partial = std::string(); // gives the memory back too
    }
}

void ContainerLog::appendLine(monitor::Stream stream, std::string_view line)
{
    m_pending += "{\"log\":\"";
    appendJsonEscaped(m_pending, line);
    m_pending += stream == monitor::Stream::Stderr ? "\",\"stream\":\"stderr\",\"time\":\""
                                                   : "\",\"stream\":\"stdout\",\"time\":\"";
    m_pending += m_time;
    m_pending += "\"}\n";
    if (m_pending.size() >= writeSize)
        write();
}

void ContainerLog::write()
{
    if (m_pending.empty())
        return;
    if (m_size > 0 && m_size + m_pending.size() > m_maxSize)
        rotate();
    if (m_file && writeAll(m_file.get(), m_pending)) {
        m_size += m_pending.size();
    } else if (struct stat status = {};
        m_file && ::fstat(m_file.get(), &status) == 0 && static_cast<std::uint64_t>(status.st_size) > m_size) {
        // Half a line would make the file unreadable from there on.
        if (::ftruncate(m_file.get(), static_cast<off_t>(m_size)) < 0)
            m_size = static_cast<std::uint64_t>(status.st_size);
    }
    m_pending.clear();
    if (m_pending.capacity() > 4 * writeSize)
        m_pending.shrink_to_fit();
}

void ContainerLog::rotate()
{
    const std::string name(logName);
    const auto numbered = [&name](std::uint32_t number) { return name + '.' + std::to_string(number); };
    for (std::uint32_t number = m_maxFiles - 1; number > 1; --number)
        ::renameat(m_folder.get(), numbered(number - 1).c_str(), m_folder.get(), numbered(number).c_str());
    if (m_maxFiles > 1)
        ::renameat(m_folder.get(), name.c_str(), m_folder.get(), numbered(1).c_str());
    else
        ::unlinkat(m_folder.get(), name.c_str(), 0);
    auto file = openFile(m_folder.get(), name, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW);
    if (file) // else the old file simply grows on
        m_file = std::move(*file);
    m_size = 0;
}

void ContainerLog::finish()
{
    m_time = timeNow();
    for (const auto stream : {monitor::Stream::Stdout, monitor::Stream::Stderr}) {
        std::string &partial = m_partial[stream == monitor::Stream::Stderr ? 1 : 0];
        if (!partial.empty())
            appendLine(stream, partial);
        partial.clear();
    }
    write();
}

} // namespace berth
