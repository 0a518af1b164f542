// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerlogs.h"

#include "base/io.h"
#include "wire/monitormessage.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

constexpr int maxRotated = 100;            // older files than this are not looked for
constexpr qsizetype readSize = 256 * 1024; // bytes at a time

std::optional<LogEntry> entryOf(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.isEmpty()) // cut by a power loss: one line is lost, not the log
        return std::nullopt;
    LogEntry entry;
    entry.stream = object["stream"_L1].toString() == "stderr"_L1 ? LogEntry::Stream::Stderr : LogEntry::Stream::Stdout;
    entry.timeText = object["time"_L1].toString().toUtf8();
    entry.time = QDateTime::fromString(QString::fromUtf8(entry.timeText), Qt::ISODateWithMs);
    entry.text = object["log"_L1].toString().toUtf8();
    return entry;
}

} // namespace

struct LogReader::Private {
    Options options;
    UniqueFd folder;
    UniqueFd watch;
    QList<std::string> files; // older ones still to be read, oldest last
    UniqueFd current;
    bool isNewest = false;
    QByteArray buffer;
    qint64 bytesRead = 0;
    QList<LogEntry> pending;  // what --tail kept of the beginning

    Result<> openNext();
    Result<bool> fill();
    Result<QList<LogEntry>> take(int max);
    bool wasRotated() const;
    bool fits(const LogEntry &entry) const
    {
        return (!options.since.isValid() || entry.time >= options.since)
            && (!options.until.isValid() || entry.time <= options.until);
    }
};

Result<> LogReader::Private::openNext()
{
    const std::string name = files.isEmpty() ? std::string(logName) : files.takeLast();
    isNewest = name == logName;
    auto file = openFile(folder.get(), name, O_RDONLY | O_NOFOLLOW);
    if (file)
        current = std::move(*file);
    else if (file.error().code != ErrorCode::NotFound)
        return std::unexpected(file.error());
    return {};
}

// The monitor renames a full log and begins a new one.
bool LogReader::Private::wasRotated() const
{
    struct stat ours = {}, newest = {};
    return ::fstat(current.get(), &ours) == 0
        && ::fstatat(folder.get(), std::string(logName).c_str(), &newest, AT_SYMLINK_NOFOLLOW) == 0
        && ours.st_ino != newest.st_ino;
}

// Adds bytes to the buffer; false: there are none for now.
Result<bool> LogReader::Private::fill()
{
    for (;;) {
        if (!current) {
            if (const auto opened = openNext(); !opened)
                return std::unexpected(opened.error());
            if (!current)
                return false;
        }
        const qsizetype before = buffer.size();
        const bool rotated = isNewest && wasRotated(); // asked before reading: what follows is complete then
        buffer.resize(before + readSize);
        const ssize_t count = ::read(current.get(), buffer.data() + before, static_cast<std::size_t>(readSize));
        buffer.resize(before + std::max<ssize_t>(count, 0));
        if (count < 0)
            return failErrno("cannot read the log");
        bytesRead += std::max<ssize_t>(count, 0);
        if (count > 0)
            return true;
        if (isNewest && !rotated)
            return false;
        current.reset();
    }
}

Result<QList<LogEntry>> LogReader::Private::take(int max)
{
    QList<LogEntry> entries;
    qsizetype used = 0;
    while (entries.size() < max) {
        const qsizetype end = buffer.indexOf('\n', used);
        if (end < 0) {
            buffer.remove(0, used);
            used = 0;
            const auto filled = fill();
            if (!filled)
                return std::unexpected(filled.error());
            if (!*filled)
                break;
            continue;
        }
        if (auto entry = entryOf(buffer.sliced(used, end - used)); entry && fits(*entry))
            entries += std::move(*entry);
        used = end + 1;
    }
    buffer.remove(0, used);
    return entries;
}

Result<LogReader> LogReader::open(Store &store, const QString &nameOrId, const Options &options)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    auto d = std::make_unique<Private>();
    d->options = options;
    auto folder = store.containerFolder(container->id);
    if (!folder)
        return std::unexpected(folder.error());
    d->folder = std::move(*folder);
    d->watch.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const std::string path = "/proc/self/fd/" + std::to_string(d->folder.get());
    if (!d->watch || ::inotify_add_watch(d->watch.get(), path.c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO) < 0)
        return failErrno("cannot watch the log");
    const auto sizeOf = [&](const std::string &name) -> qint64 {
        struct stat status = {};
        return ::fstatat(d->folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_size : -1;
    };
    qint64 past = std::max<qint64>(sizeOf(std::string(logName)), 0);
    for (int number = 1; number <= maxRotated; ++number) {
        const std::string name = std::string(logName) + '.' + std::to_string(number);
        const qint64 size = sizeOf(name);
        if (size < 0)
            break;
        past += size;
        d->files += name;
    }
    // Only the last lines are kept while the past is read once. What a program writes meanwhile is not the
    // past: one that writes faster than we read would never let us come to an end.
    while (options.tail >= 0 && d->bytesRead - d->buffer.size() < past) {
        auto entries = d->take(1000);
        if (!entries)
            return std::unexpected(entries.error());
        if (entries->isEmpty())
            break;
        d->pending += *entries;
        if (d->pending.size() > options.tail)
            d->pending.remove(0, d->pending.size() - options.tail);
    }
    return LogReader(std::move(d));
}

Result<QList<LogEntry>> LogReader::readMore(int max)
{
    alignas(inotify_event) char events[4096];
    while (::read(d->watch.get(), events, sizeof events) > 0) {}
    if (!d->pending.isEmpty()) {
        QList<LogEntry> entries = d->pending.first(std::min<qsizetype>(max, d->pending.size()));
        d->pending.remove(0, entries.size());
        return entries;
    }
    return d->take(max);
}

int LogReader::changeFd() const { return d->watch.get(); }

LogReader::LogReader(std::unique_ptr<Private> p) : d(std::move(p)) {}
LogReader::LogReader(LogReader &&) noexcept = default;
LogReader &LogReader::operator=(LogReader &&) noexcept = default;
LogReader::~LogReader() = default;

} // namespace berth
