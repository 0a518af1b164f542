// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/eventtext.h"
#include "cli/report.h"
#include "cli/template.h"

#include <cerrno>
#include <format>

#include <poll.h>
#include <sys/timerfd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"system events", "events"};

constexpr Flag flags[] = {
    {"filter", 'f', FlagKind::List, "filter", "Filter output based on conditions provided"},
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'json': one JSON object a line\n'TEMPLATE': a Go template"},
    {"since", 0, FlagKind::Text, "string", "Show all events created since timestamp"},
    {"until", 0, FlagKind::Text, "string", "Stream events until this timestamp"},
};

struct Request {
    Filters filters;
    QString format;
    QDateTime since, until; // invalid: no bound
};

Result<QDateTime> momentOf(const FlagValues &given, const char *name, const QDateTime &now)
{
    if (!given.isSet(name))
        return QDateTime();
    auto moment = parseMoment(QString::fromStdString(given.text(name)), now);
    if (!moment)
        return fail(ErrorCode::Unsupported, std::format("failed to parse value as time or duration: \"{}\"", given.text(name)));
    return moment;
}

Result<Request> requestOf(const FlagValues &given, Filters filters)
{
    Request request;
    request.format = QString::fromStdString(given.text("format"));
    if (const auto known = checkEventFilters(filters); !known)
        return std::unexpected(known.error());
    request.filters = std::move(filters);
    const auto now = QDateTime::currentDateTimeUtc();
    for (const auto &[name, bound] : {std::pair("since", &request.since), std::pair("until", &request.until)}) {
        auto moment = momentOf(given, name, now);
        if (!moment)
            return std::unexpected(moment.error());
        *bound = *moment;
    }
    if (request.since.isValid() && request.until.isValid() && request.since > request.until)
        return fail(ErrorCode::InvalidArgument,
            std::format("`since` time ({}) cannot be after `until` time ({})", request.since.toSecsSinceEpoch(),
                request.until.toSecsSinceEpoch()));
    return request;
}

// Readable when the moment has come, also when somebody sets the clock meanwhile. No fd without a moment.
Result<UniqueFd> alarmAt(const QDateTime &moment)
{
    if (!moment.isValid())
        return UniqueFd();
    UniqueFd timer(::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC));
    const qint64 milliseconds = std::max<qint64>(moment.toMSecsSinceEpoch(), 1); // zero would switch it off
    itimerspec when{};
    when.it_value.tv_sec = milliseconds / 1000;
    when.it_value.tv_nsec = milliseconds % 1000 * 1'000'000;
    if (!timer || ::timerfd_settime(timer.get(), TFD_TIMER_ABSTIME, &when, nullptr) < 0)
        return failErrno("cannot wait for a moment");
    return timer;
}

Result<> printNew(EventReader &reader, const Request &request)
{
    constexpr qint64 millisecond = 1'000'000;
    for (;;) {
        const auto events = reader.readMore();
        if (!events)
            return std::unexpected(events.error());
        if (events->isEmpty())
            return {};
        QString text;
        for (const auto &event : *events) {
            if ((request.since.isValid() && event.timeNano < request.since.toMSecsSinceEpoch() * millisecond)
                || (request.until.isValid() && event.timeNano > request.until.toMSecsSinceEpoch() * millisecond)
                || !eventMatches(event, request.filters))
                continue;
            const auto line = eventText(event, request.format);
            if (!line)
                return std::unexpected(line.error());
            text += *line;
        }
        printOut(text);
    }
}

int reportFormat(const Error &error)
{
    printError("Error parsing format: " + error.detail + '\n');
    return exitTemplate;
}

int events(const Invocation &call)
{
    // What is wrong with the format is said now, and not at the first event.
    const auto format = QString::fromStdString(call.flags.text("format"));
    if (const auto text = eventText({}, format); !text)
        return reportFormat(text.error());
    const auto &words = call.flags.list("filter");
    auto filters = Filters::parse(words);
    if (!filters)
        return reportUsageError(call, invalidFlagValue(flags[0], words.back(), filters.error().detail).error().detail);
    const auto request = requestOf(call.flags, std::move(*filters));
    if (!request)
        return reportError(request.error());
    const auto store = openStore();
    if (!store)
        return reportError(store.error());
    const bool wantsPast = request->since.isValid() || request->until.isValid();
    auto reader = EventReader::open(*store, wantsPast ? EventReader::From::Beginning : EventReader::From::Now);
    const auto alarm = reader ? alarmAt(request->until) : std::unexpected(reader.error());
    if (!alarm)
        return reportError(alarm.error());
    for (bool isOver = false; !isOver;) {
        pollfd fds[] = {{reader->changeFd(), POLLIN, 0}, {alarm->get(), POLLIN, 0}};
        // What is there already is read before the first wait.
        if (const auto printed = printNew(*reader, *request); !printed)
            return reportFormat(printed.error());
        if (::poll(fds, std::size(fds), -1) < 0 && errno != EINTR)
            return reportError(failErrno("cannot wait for events").error());
        isOver = fds[1].revents != 0;
        if (isOver)
            (void)printNew(*reader, *request);
    }
    return 0;
}

} // namespace

constinit const Command eventsCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Get real time events from the engine",
    .example = "berth events --since 10m --filter type=container",
    .flags = flags,
    .arity = {0, 0},
    .run = events,
};

} // namespace berth
