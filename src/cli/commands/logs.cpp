// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/filters.h"
#include "cli/report.h"
#include "operations/containerlogs.h"

#include <cerrno>
#include <format>
#include <optional>

#include <poll.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container logs", "logs"};

constexpr Flag flags[] = {
    {"details", 0, FlagKind::Boolean, "", "Show extra details provided to logs"},
    {"follow", 'f', FlagKind::Boolean, "", "Follow log output"},
    {"since", 0, FlagKind::Text, "string",
        "Show logs since timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 "
        "minutes)"},
    {"tail", 'n', FlagKind::Text, "string", "Number of lines to show from the end of the logs", "all"},
    {"timestamps", 't', FlagKind::Boolean, "", "Show timestamps"},
    {"until", 0, FlagKind::Text, "string",
        "Show logs before a timestamp (e.g. \"2013-01-02T13:23:37Z\") or relative (e.g. \"42m\" for 42 "
        "minutes)"},
};

Result<LogReader::Options> optionsOf(const FlagValues &given)
{
    LogReader::Options options;
    bool isNumber = false;
    const auto tail = QString::fromStdString(given.text("tail")).toLongLong(&isNumber);
    if (isNumber && tail >= 0)
        options.tail = tail;
    const auto now = QDateTime::currentDateTimeUtc();
    for (const auto &[name, bound] : {std::pair("since", &options.since), std::pair("until", &options.until)}) {
        if (!given.isSet(name))
            continue;
        const auto moment = parseMoment(QString::fromStdString(given.text(name)), now);
        if (!moment) {
            return fail(ErrorCode::Unsupported,
                std::format(
                    "invalid value for \"{}\": failed to parse value as time or duration: \"{}\"", name, given.text(name)));
        }
        *bound = *moment;
    }
    return options;
}

struct LineStyle {
    bool showsTime = false;
    bool showsDetails = false; // what a log driver adds to lines: ours adds nothing, so that a space is all
};

// Prints runs of one stream with one write each.
void print(const QList<LogEntry> &entries, LineStyle style)
{
    std::string run;
    auto stream = LogEntry::Stream::Stdout;
    const auto flush = [&run, &stream] {
        stream == LogEntry::Stream::Stdout ? printOut(run) : printError(run);
        run.clear();
    };
    for (const auto &entry : entries) {
        if (entry.stream != stream) {
            flush();
            stream = entry.stream;
        }
        if (style.showsTime)
            run.append(entry.timeText.toStdString()).append(" ");
        if (style.showsDetails)
            run.append(" ");
        run.append(entry.text.constData(), static_cast<std::size_t>(entry.text.size())); // NULs included
    }
    flush();
}

Result<> printAll(LogReader &reader, LineStyle style)
{
    while (true) {
        const auto entries = reader.readMore();
        if (!entries)
            return std::unexpected(entries.error());
        if (entries->isEmpty())
            return {};
        print(*entries, style);
    }
}

// Blocks until the log or the container's life changed. False: the container has ended.
bool waitForChange(const LogReader &reader, MonitorLink &link)
{
    pollfd fds[] = {{reader.changeFd(), POLLIN, 0}, {link.fd(), POLLIN, 0}};
    if (::poll(fds, std::size(fds), -1) < 0 && errno != EINTR)
        return false;
    if (fds[1].revents == 0)
        return true;
    const auto received = link.receive();
    return received && !std::holds_alternative<monitor::Exited>(received->message);
}

int logs(const Invocation &call)
{
    const auto options = optionsOf(call.flags);
    if (!options)
        return reportError(options.error());
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = store->findContainer(QString::fromStdString(call.arguments[0]));
    if (!container)
        return reportError(container.error());
    // Before the first read, so that an end between reading and waiting is not missed.
    std::optional<MonitorLink> link;
    if (call.flags.boolean("follow")) {
        if (auto connected = MonitorLink::connect(store->paths(), container->id); connected && connected->send(monitor::Hello{}))
            link.emplace(std::move(*connected));
    }
    auto reader = LogReader::open(*store, container->id, *options);
    if (!reader)
        return reportError(reader.error());
    const LineStyle style{call.flags.boolean("timestamps"), call.flags.boolean("details")};
    auto printed = printAll(*reader, style);
    for (bool isAlive = link.has_value(); printed && isAlive;) {
        isAlive = waitForChange(*reader, *link);
        printed = printAll(*reader, style);
    }
    return printed ? 0 : reportError(printed.error());
}

} // namespace

constinit const Command logsCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Fetch the logs of a container",
    .example = "berth logs -f --tail 20 web",
    .flags = flags,
    .arity = {1, 1},
    .run = logs,
};

} // namespace berth
