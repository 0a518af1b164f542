// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/event.h"

#include "base/io.h"
#include "base/jsonescape.h"
#include "wire/encoding.h"

#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxAttributesFile = 256 * 1024; // as much as one message to a monitor may hold
constexpr int lockTries = 20;                         // of a millisecond: a rotation is two renames
// A log that cannot be rotated, because somebody holds its lock for ever, takes no more than this.
constexpr std::uint64_t maxStuckLog = 4 * maxEventLog;

std::int64_t nanosecondsNow()
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void addMember(std::string &line, std::string_view name, std::string_view value)
{
    line += '"';
    appendJsonEscaped(line, name);
    line += "\":\"";
    appendJsonEscaped(line, value);
    line += '"';
}

Result<UniqueFd> openLog(int folder)
{
    return openFile(folder, std::string(eventLogName), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW);
}

bool tryLock(int file, int kind)
{
    for (int i = 0; i < lockTries; ++i) {
        if (::flock(file, kind | LOCK_NB) == 0)
            return true;
        ::poll(nullptr, 0, 1);
    }
    return false;
}

// Whether file is what the log's name stands for.
bool isCurrent(int folder, int file)
{
    struct stat opened = {}, named = {};
    return ::fstat(file, &opened) == 0 && ::fstatat(folder, std::string(eventLogName).c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0
        && opened.st_ino == named.st_ino;
}

std::uint64_t sizeOf(int file)
{
    struct stat status = {};
    return ::fstat(file, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

// Nobody writes to the old file once it has its new name: writers hold the lock shared.
void rotate(int folder, int file)
{
    // Waiting gives up the shared lock, so several who want to rotate make way for one of them. Leaving it to
    // the next writer instead lets a log that several fill at once grow without end.
    if (!tryLock(file, LOCK_EX))
        return;
    if (isCurrent(folder, file)
        && ::renameat(folder, std::string(eventLogName).c_str(), folder, std::string(oldEventLogName).c_str()) == 0)
        (void)openLog(folder);
}

void appendLine(int folder, std::string_view line)
{
    auto file = openLog(folder);
    if (!file)
        return;
    // Without the lock it still is written, at worst to a file that is old already.
    if (tryLock(file->get(), LOCK_SH) && !isCurrent(folder, file->get())) {
        file = openLog(folder);
        if (!file || !tryLock(file->get(), LOCK_SH))
            return;
    }
    const auto size = sizeOf(file->get());
    // One write: lines of others come before or after it, never into it (O_APPEND).
    if (size < maxStuckLog && ::write(file->get(), line.data(), line.size()) < 0)
        return;
    if (size + line.size() >= maxEventLog)
        rotate(folder, file->get());
}

} // namespace

std::string encode(const Event &event)
{
    std::string line = "{\"time\":" + std::to_string(event.timeNano) + ',';
    addMember(line, "type", std::string_view(event.type).substr(0, 64));
    line += ',';
    addMember(line, "action", std::string_view(event.action).substr(0, 1024)); // an exec's whole command
    line += ',';
    addMember(line, "id", std::string_view(event.id).substr(0, 256));
    line += ",\"attributes\":{";
    const std::string_view end = "}}\n";
    auto add = [&line, end, isFirst = true](std::string_view name, std::string_view value) mutable {
        const std::size_t before = line.size();
        if (!isFirst)
            line += ',';
        addMember(line, name, value);
        if (line.size() + end.size() > maxEventLine)
            line.resize(before);
        else
            isFirst = false;
    };
    // What tells containers apart comes before labels that an image may have made as long as it liked.
    constexpr std::string_view first[] = {"name", "image", "execID", "exitCode", "execDuration", "signal", "oldName"};
    for (const auto name : first) {
        if (const auto found = event.attributes.find(std::string(name)); found != event.attributes.end())
            add(name, found->second);
    }
    for (const auto &[name, value] : event.attributes) {
        bool isThere = false;
        for (const auto known : first)
            isThere = isThere || known == name;
        if (!isThere)
            add(name, value);
    }
    line += end;
    return line;
}

void appendEvent(int dataFolder, Event event)
{
    event.timeNano = nanosecondsNow();
    appendLine(dataFolder, encode(event));
}

Result<> writeEventAttributes(int containerFolder, const Event::Attributes &attributes)
{
    Encoder out;
    for (const auto &[name, value] : attributes) {
        out.text(name);
        out.text(value);
    }
    // Renamed into place without waiting for the disk: after a power loss no container runs.
    const std::string name(eventAttributesName);
    const std::string temporary = '.' + name + ".new";
    auto file = openFile(containerFolder, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    if (auto written = writeAll(file->get(), out.bytes()); !written)
        return written;
    if (::renameat(containerFolder, temporary.c_str(), containerFolder, name.c_str()) < 0)
        return failErrno("cannot rename " + name);
    return {};
}

Event::Attributes readEventAttributes(int containerFolder)
{
    const auto bytes = readSmallFile(containerFolder, std::string(eventAttributesName), maxAttributesFile);
    Event::Attributes attributes;
    if (!bytes)
        return attributes;
    // A list of unknown length: the decoder fails at its end, which is where the bytes end.
    std::string_view rest(*bytes);
    while (!rest.empty()) {
        Decoder in(rest);
        const std::string name = in.text();
        const std::string value = in.text();
        if (in.failed())
            return {};
        attributes[name] = value;
        rest.remove_prefix(2 * sizeof(std::uint32_t) + name.size() + value.size());
    }
    return attributes;
}

} // namespace berth
