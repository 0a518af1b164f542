// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "operations/events.h"
#include "wire/event.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype readSize = 64 * 1024;

std::optional<EngineEvent> eventOf(QByteArrayView line)
{
    // A full disk may have cut the line before it, which then has no end of its own. Inside of texts the quotes
    // are escaped, so this is always where an event begins.
    line = line.sliced(std::max<qsizetype>(line.lastIndexOf("{\"time\":"), 0));
    const QJsonObject object = QJsonDocument::fromJson(line.toByteArray()).object();
    if (object.isEmpty())
        return std::nullopt;
    EngineEvent event{.type = object["type"_L1].toString(),
        .action = object["action"_L1].toString(),
        .id = object["id"_L1].toString(),
        .attributes = {},
        .timeNano = object["time"_L1].toInteger()};
    const QJsonObject attributes = object["attributes"_L1].toObject();
    for (auto attribute = attributes.begin(); attribute != attributes.end(); ++attribute)
        event.attributes.insert(attribute.key(), attribute.value().toString());
    return event;
}

} // namespace

struct EventReader::Private {
    UniqueFd folder;
    UniqueFd watch;
    UniqueFd current;
    bool isOld = false; // current is events.1, from before we began
    QByteArray buffer;

    Result<UniqueFd> openLog(std::string_view name, int flags) const
    {
        return openFile(folder.get(), std::string(name), O_RDONLY | O_NOFOLLOW | flags);
    }
    Result<> openNewest();
    [[nodiscard]] bool wasRotated() const;
    Result<bool> fill();
};

// Its own file is watched, not the folder: the database there changes all the time.
Result<> EventReader::Private::openNewest()
{
    auto file = openLog(eventLogName, O_CREAT);
    if (!file)
        return std::unexpected(file.error());
    const std::string path = "/proc/self/fd/" + std::to_string(file->get());
    if (::inotify_add_watch(watch.get(), path.c_str(), IN_MODIFY | IN_MOVE_SELF) < 0)
        return failErrno("cannot watch the events");
    current = std::move(*file);
    isOld = false;
    return {};
}

bool EventReader::Private::wasRotated() const
{
    struct stat ours = {}, newest = {};
    if (::fstat(current.get(), &ours) != 0)
        return false;
    const int found = ::fstatat(folder.get(), std::string(eventLogName).c_str(), &newest, AT_SYMLINK_NOFOLLOW);
    return found != 0 ? errno == ENOENT : ours.st_ino != newest.st_ino;
}

// Adds bytes to the buffer; false: there are none for now.
Result<bool> EventReader::Private::fill()
{
    for (;;) {
        const bool isComplete = isOld || wasRotated(); // asked before reading
        const qsizetype before = buffer.size();
        buffer.resize(before + readSize);
        const ssize_t count = ::read(current.get(), buffer.data() + before, static_cast<std::size_t>(readSize));
        buffer.resize(before + std::max<ssize_t>(count, 0));
        if (count < 0)
            return failErrno("cannot read the events");
        if (count > 0)
            return true;
        if (!isComplete)
            return false;
        if (auto opened = openNewest(); !opened)
            return std::unexpected(opened.error());
    }
}

Result<EventReader> EventReader::open(const Store &store, From from)
{
    auto d = std::make_unique<Private>();
    d->folder.reset(::fcntl(store.dataFd(), F_DUPFD_CLOEXEC, 3));
    d->watch.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!d->folder || !d->watch)
        return failErrno("cannot watch the events");
    auto old = from == From::Beginning ? d->openLog(oldEventLogName, 0) : Result<UniqueFd>();
    if (old && *old) {
        d->current = std::move(*old);
        d->isOld = true;
        return EventReader(std::move(d));
    }
    if (auto opened = d->openNewest(); !opened)
        return std::unexpected(opened.error());
    if (from == From::Now && ::lseek(d->current.get(), 0, SEEK_END) < 0)
        return failErrno("cannot read the events");
    return EventReader(std::move(d));
}

Result<QList<EngineEvent>> EventReader::readMore(int max)
{
    alignas(inotify_event) char changes[4096];
    while (::read(d->watch.get(), changes, sizeof changes) > 0) {}
    QList<EngineEvent> events;
    qsizetype used = 0;
    while (events.size() < max) {
        const qsizetype end = d->buffer.indexOf('\n', used);
        if (end < 0) {
            d->buffer.remove(0, std::exchange(used, 0));
            const auto filled = d->fill();
            if (!filled)
                return std::unexpected(filled.error());
            if (!*filled)
                break;
            continue;
        }
        if (auto event = eventOf(QByteArrayView(d->buffer).sliced(used, end - used)))
            events += std::move(*event);
        used = end + 1;
    }
    d->buffer.remove(0, used);
    return events;
}

int EventReader::changeFd() const { return d->watch.get(); }

EventReader::EventReader(std::unique_ptr<Private> p) : d(std::move(p)) {}
EventReader::EventReader(EventReader &&) noexcept = default;
EventReader &EventReader::operator=(EventReader &&) noexcept = default;
EventReader::~EventReader() = default;

} // namespace berth
