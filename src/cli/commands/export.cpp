// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/uniquefd.h"
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "operations/containertree.h"
#include "operations/hosttree.h"

#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container export", "export"};

constexpr Flag flags[] = {
    {"output", 'o', FlagKind::Text, "string", "Write to a file, instead of STDOUT"},
};

// The file gets its name when it is complete.
Result<> exportToFile(Store &store, const QString &container, const std::string &path, Progress &progress)
{
    std::string part = path + ".part-XXXXXX";
    const UniqueFd file(::mkostemp(part.data(), O_CLOEXEC));
    if (!file)
        return failErrno("open " + path);
    auto exported = exportContainer(store, container, file.get(), progress);
    if (exported && ::rename(part.c_str(), path.c_str()) < 0)
        exported = failErrno("rename " + path);
    if (!exported)
        ::unlink(part.c_str());
    return exported;
}

int exportFiles(const Invocation &call)
{
    const auto output = call.flags.text("output");
    if (output.empty() && ::isatty(STDOUT_FILENO)) {
        printError("cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
        return exitFailure;
    }
    if (const auto valid = output.empty() ? Result<>() : checkOutputPath(output); !valid)
        return reportPlainError(wrap("failed to export container", valid.error()).error());
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = QString::fromStdString(call.arguments[0]);
    ProgressLine progress(output.empty(), u"Exporting"_s);
    const auto exported = output.empty() ? exportContainer(*store, container, STDOUT_FILENO, progress)
                                         : exportToFile(*store, container, output, progress);
    progress.clear();
    if (!exported && exported.error().code == ErrorCode::Cancelled)
        return exitSignalBase + progress.signal();
    return exported ? 0 : reportError(exported.error());
}

} // namespace

constinit const Command exportCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER",
    .summary = "Export a container's filesystem as a tar archive",
    .example = "berth export -o web.tar web",
    .flags = flags,
    .arity = {1, 1},
    .run = exportFiles,
};

} // namespace berth
