// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "core/copyrules.h"
#include "core/humantext.h"
#include "operations/containertree.h"

#include <format>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container cp", "cp"};

constexpr Flag flags[] = {
    {"archive", 'a', FlagKind::Boolean, "", "Archive mode (copy all uid/gid information)"},
    {"follow-link", 'L', FlagKind::Boolean, "", "Always follow symbol link in SRC_PATH"},
    {"quiet", 'q', FlagKind::Boolean, "",
        "Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached"},
};

CopyResult copy(Store &store, const CopyRequest &request, const CopyOptions &options, Progress &progress)
{
    const auto container = QString::fromStdString(request.container);
    if (request.hostPath == "-") {
        return request.toContainer
            ? streamToContainer(store, container, STDIN_FILENO, request.containerPath, progress)
            : streamFromContainer(store, container, request.containerPath, STDOUT_FILENO, options, progress);
    }
    return request.toContainer ? copyToContainer(store, container, request.hostPath, request.containerPath, options, progress)
                               : copyFromContainer(store, container, request.containerPath, request.hostPath, options, progress);
}

int cp(const Invocation &call)
{
    const auto request = parseCopyRequest(call.arguments[0], call.arguments[1]);
    if (!request)
        return reportPlainError(request.error());
    // Of standard output, although the progress goes to standard error: that is how Docker decides.
    const bool isQuiet = call.flags.isSet("quiet") ? call.flags.boolean("quiet") : !::isatty(STDOUT_FILENO);
    const bool isStream = request->hostPath == "-";
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    ProgressLine progress(
        isQuiet || isStream, request->toContainer ? u"Copying to container -"_s : u"Copying from container -"_s);
    const CopyOptions options{call.flags.boolean("follow-link"), call.flags.boolean("archive")};
    const auto copied = copy(*store, *request, options, progress);
    progress.clear();
    if (!copied)
        return progress.failed(copied.error().error, copied.error().isOfHost ? reportPlainError : reportError);
    for (const auto &name : copied->skipped)
        printError(std::format("berth: left out {}: sockets and devices cannot be copied\n", name.toStdString()));
    if (!isQuiet && !isStream) {
        const auto size = humanSize(static_cast<qint64>(copied->size)).toStdString();
        printError(std::format("Successfully copied {} to {}\n", size, copied->target));
    }
    return 0;
}

} // namespace

constinit const Command cpCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tberth cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
    .summary = "Copy files/folders between a container and the local filesystem",
    .example = "berth cp web:/etc/nginx/nginx.conf .",
    .flags = flags,
    .arity = {2, 2},
    .run = cp,
};

} // namespace berth
