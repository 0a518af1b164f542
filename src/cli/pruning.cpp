// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pruning.h"

#include "cli/engineaccess.h"
#include "cli/report.h"
#include "core/humantext.h"

#include <cerrno>
#include <format>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::size_t maxAnswer = 4096; // a line of a terminal is no longer

// Byte by byte: what follows the line is somebody else's input.
std::string readLine()
{
    std::string line;
    char byte = 0;
    while (line.size() < maxAnswer) {
        const auto count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || byte == '\n')
            break;
        line += byte;
    }
    return line;
}

QString section(const QString &title, const QStringList &lines)
{
    return lines.isEmpty() ? QString() : title + u'\n' + lines.join(u'\n') + u"\n\n"_s;
}

QStringList idsOf(const CleanUpResult &result, CleanUpItem::Kind kind)
{
    QStringList ids;
    for (const auto &item : result.removed) {
        if (item.kind == kind)
            ids += item.id;
    }
    return ids;
}

// What is in use by now is kept without a word, as everything that is in use.
int reportKept(const CleanUpResult &result)
{
    int exitCode = 0;
    for (const auto &kept : result.kept) {
        if (kept.why.code != ErrorCode::WrongState && kept.why.code != ErrorCode::NotFound)
            exitCode = reportError(kept.why);
    }
    return exitCode;
}

QStringList knownFilters(const CleanUpOptions &options)
{
    if (options.volumes && !options.containers)
        return {u"all"_s, u"label"_s, u"label!"_s};
    QStringList known{u"until"_s, u"label"_s, u"label!"_s};
    if (options.images && !options.containers)
        known.prepend(u"dangling"_s);
    return known;
}

Result<> applyFilters(const Filters &filters, CleanUpOptions &options)
{
    if (auto allowed = filters.allowOnly(knownFilters(options)); !allowed)
        return allowed;
    for (const auto &value : filters.values(u"until"_s)) {
        const auto moment = parseMoment(value, QDateTime::currentDateTimeUtc());
        if (!moment)
            return std::unexpected(moment.error());
        options.until = *moment;
    }
    options.labels = filters.values(u"label"_s);
    options.withoutLabels = filters.values(u"label!"_s);
    return {};
}

} // namespace

bool isConfirmed(std::string_view warning)
{
    printOut(std::format("{}\nAre you sure you want to continue? [y/N] ", warning));
    return QString::fromStdString(readLine()).trimmed().compare(u"y"_s, Qt::CaseInsensitive) == 0;
}

QString deletedContainers(const CleanUpResult &result)
{
    return section(u"Deleted Containers:"_s, idsOf(result, CleanUpItem::Kind::Container));
}

QString deletedNetworks(const CleanUpResult &result)
{
    QStringList names;
    for (const auto &item : result.removed) {
        if (item.kind == CleanUpItem::Kind::Network)
            names += item.name;
    }
    return section(u"Deleted Networks:"_s, names);
}

QString deletedVolumes(const CleanUpResult &result)
{
    return section(u"Deleted Volumes:"_s, idsOf(result, CleanUpItem::Kind::Volume));
}

QString deletedImages(const CleanUpResult &result)
{
    QStringList lines;
    for (const auto &item : result.removed) {
        if (item.kind == CleanUpItem::Kind::ImageName)
            lines += "untagged: "_L1 + item.name;
        if (item.kind != CleanUpItem::Kind::Image)
            continue;
        lines += "deleted: "_L1 + item.id;
        for (const auto &layer : item.layers)
            lines += "deleted: "_L1 + layer;
    }
    return section(u"Deleted Images:"_s, lines);
}

std::optional<Filters> pruneFilters(const Invocation &call, const Flag &flag)
{
    const auto &words = call.flags.list(flag.name);
    auto filters = Filters::parse(words);
    if (filters)
        return *filters;
    reportUsageError(call, invalidFlagValue(flag, words.back(), filters.error().detail).error().detail);
    return std::nullopt;
}

int runPrune(const Invocation &call, const Filters &filters, CleanUpOptions options, std::string_view warning)
{
    if (const auto applied = applyFilters(filters, options); !applied)
        return reportError(applied.error());
    if (!call.flags.boolean("force") && !isConfirmed(warning))
        return 0;
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    NoProgress progress;
    const auto plan = planCleanUp(*store, options, progress);
    const auto result = plan ? cleanUp(*store, *plan, progress) : std::unexpected(plan.error());
    if (!result)
        return reportError(result.error());
    printOut(deletedContainers(*result) + deletedNetworks(*result) + deletedVolumes(*result) + deletedImages(*result));
    const bool isOnlyNetworks = options.networks && !options.containers; // which take no room
    if (!isOnlyNetworks)
        printOut("Total reclaimed space: "_L1 + humanSize(result->reclaimed, 4) + u'\n');
    return reportKept(*result);
}

} // namespace berth
