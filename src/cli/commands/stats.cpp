// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "cli/statsrows.h"
#include "operations/containerfigures.h"
#include "operations/containeroperations.h"
#include "operations/events.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include <poll.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container stats", "stats"};

constexpr Flag flags[] = {
    {"all", 'a', FlagKind::Boolean, "", "Show all containers (default shows just running)"},
    {"format", 0, FlagKind::Text, "string",
        "Format output using a custom template:\n'table': table with column headers (default)\n"
        "'table TEMPLATE': table of the given columns\n'json': one JSON object a line\n"
        "'TEMPLATE': a Go template"},
    {"no-stream", 0, FlagKind::Boolean, "", "Disable streaming stats and only pull the first result"},
    {"no-trunc", 0, FlagKind::Boolean, "", "Do not truncate output"},
};

constexpr std::chrono::seconds interval(1); // that docker's percentages are taken over

// The lines that are shown, which follow what comes and goes.
class Lines {
public:
    Lines(Store &store, const Invocation &call) : m_store(store), m_all(call.flags.boolean("all"))
    {
        for (const auto &argument : call.arguments) {
            if (const auto name = QString::fromStdString(argument); !m_names.contains(name))
                m_names += name;
        }
    }

    // The first look. Prints an error for each name that nothing has.
    bool open()
    {
        if (m_names.isEmpty())
            return list();
        bool isFound = true;
        for (const auto &name : std::as_const(m_names)) {
            if (const auto container = m_store.findContainer(name))
                m_lines += StatsLine{.container = name, .id = container->id, .name = container->name};
            else
                isFound = reportError(container.error()) == 0;
        }
        return isFound;
    }

    // Something has come, gone or got another name.
    bool follow()
    {
        if (m_names.isEmpty())
            return list();
        for (auto &line : m_lines) {
            if (const auto container = m_store.findContainer(line.id))
                line.name = container->name;
            else
                line.isGone = true;
        }
        return true;
    }

    // False: one that ran does not any more, and nobody has said why.
    bool sample()
    {
        QStringList ids;
        for (const auto &line : std::as_const(m_lines))
            ids += line.id;
        const auto samples = sampleContainers(m_store, ids);
        bool isAsExpected = true;
        for (qsizetype place = 0; place < m_lines.size(); ++place) {
            auto &line = m_lines[place];
            line.before = std::exchange(line.last, samples[place]);
            isAsExpected = isAsExpected && (line.last->isRunning || !line.before || !line.before->isRunning);
        }
        return isAsExpected;
    }

    [[nodiscard]] bool anyRuns() const
    {
        return std::ranges::any_of(m_lines, [](const StatsLine &line) { return line.last && line.last->isRunning; });
    }

    [[nodiscard]] QList<QJsonObject> rows(bool truncates) const
    {
        QList<QJsonObject> rows;
        for (const auto &line : m_lines)
            rows += statsRow(line, truncates);
        return rows;
    }

private:
    // Those that are there keep their places; a new one comes last.
    bool list()
    {
        const auto containers = m_store.containers();
        if (!containers)
            return reportError(containers.error()) == 0;
        QList<StatsLine> fresh;
        QHash<QString, QString> names;
        for (const auto &container : *containers) {
            if (!m_all && !isUp(container.state))
                continue;
            names.insert(container.id, container.name);
            if (std::ranges::none_of(m_lines, [&](const StatsLine &line) { return line.id == container.id; }))
                fresh += StatsLine{.container = container.shortId(), .id = container.id, .name = container.name};
        }
        m_lines.removeIf([&](const StatsLine &line) { return !names.contains(line.id); });
        for (auto &line : m_lines)
            line.name = names.value(line.id);
        m_lines += fresh;
        return true;
    }

    Store &m_store;
    QStringList m_names;
    bool m_all;
    QList<StatsLine> m_lines;
};

// Whether one of them changes who is shown. Health checks tell much that does not.
Result<bool> hasNews(EventReader &reader)
{
    static const std::array actions{u"create"_s, u"start"_s, u"die"_s, u"destroy"_s, u"rename"_s};
    bool found = false;
    for (;;) {
        const auto events = reader.readMore();
        if (!events)
            return std::unexpected(events.error());
        if (events->isEmpty())
            return found;
        found = found || std::ranges::any_of(*events, [](const EngineEvent &event) {
            return event.type == "container"_L1 && std::ranges::contains(actions, event.action);
        });
    }
}

// Waits until the next sample is due, or until there is something to read before.
void waitUntil(std::chrono::steady_clock::time_point due, int changes)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - std::chrono::steady_clock::now());
    pollfd watched{changes, POLLIN, 0};
    if (left.count() > 0)
        (void)::poll(&watched, 1, static_cast<int>(left.count()));
}

int stream(Store &store, EventReader &reader, Lines &lines, const Invocation &call)
{
    const auto format = QString::fromStdString(call.flags.text("format"));
    for (auto due = std::chrono::steady_clock::now() + interval;; due += interval) {
        while (std::chrono::steady_clock::now() < due) {
            waitUntil(due, reader.changeFd());
            const auto news = hasNews(reader);
            if (!news)
                return reportError(news.error());
            if (*news && !lines.follow())
                return exitFailure;
        }
        if (!lines.sample() && (!reconcile(store) || !lines.follow()))
            return exitFailure;
        const auto text = formatListing(format, statsLayout(), lines.rows(!call.flags.boolean("no-trunc")));
        if (!text)
            return reportPlainError(text.error());
        printOut(nextFrame(*text));
    }
}

int stats(const Invocation &call)
{
    const auto format = QString::fromStdString(call.flags.text("format"));
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    auto reader = EventReader::open(*store, EventReader::From::Now); // first, so that no start is missed
    if (!reader)
        return reportError(reader.error());
    Lines lines(*store, call);
    if (!lines.open())
        return exitFailure;
    if (const auto valid = formatListing(format, statsLayout(), {}); !valid)
        return reportPlainError(valid.error()); // and not after a second
    lines.sample();
    if (!call.flags.boolean("no-stream"))
        return stream(*store, *reader, lines, call);
    if (lines.anyRuns()) { // a percentage needs a time between two looks
        ::poll(nullptr, 0, static_cast<int>(std::chrono::milliseconds(interval).count()));
        lines.sample();
    }
    const auto text = formatListing(format, statsLayout(), lines.rows(!call.flags.boolean("no-trunc")));
    if (!text)
        return reportPlainError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command statsCommand{
    .paths = paths,
    .usage = "[OPTIONS] [CONTAINER...]",
    .summary = "Display a live stream of container(s) resource usage statistics",
    .example = "berth stats --no-stream web cache",
    .flags = flags,
    .arity = {0, -1},
    .run = stats,
};

} // namespace berth
