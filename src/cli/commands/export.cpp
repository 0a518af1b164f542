// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/outputfile.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "operations/containertree.h"

#include <optional>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container export", "export"};

constexpr Flag flags[] = {
    {"output", 'o', FlagKind::Text, "string", "Write to a file, instead of STDOUT"},
};

int exportFiles(const Invocation &call)
{
    const auto output = call.flags.text("output");
    if (output.empty() && ::isatty(STDOUT_FILENO)) {
        printError("cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
        return exitFailure;
    }
    std::optional<OutputFile> file;
    if (!output.empty()) {
        auto created = OutputFile::create(output, "failed to export container");
        if (!created)
            return reportPlainError(created.error());
        file.emplace(std::move(*created));
    }
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = QString::fromStdString(call.arguments[0]);
    ProgressLine progress(output.empty(), u"Exporting"_s);
    auto exported = exportContainer(*store, container, file ? file->fd() : STDOUT_FILENO, progress);
    if (exported && file)
        exported = file->keep();
    progress.clear();
    return exported ? 0 : progress.failed(exported.error());
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
