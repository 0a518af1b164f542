// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "core/imagereference.h"
#include "operations/imageoperations.h"

#include <csignal>
#include <cstring>
#include <format>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image load", "load"};

constexpr Flag flags[] = {
    {"input", 'i', FlagKind::Text, "string", "Read from tar archive file, instead of STDIN"},
    {"platform", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"quiet", 'q', FlagKind::Boolean, "", "Suppress the load output"},
};

void printImported(const ImportedImage &imported)
{
    for (qsizetype i = 0; i < imported.movedNames.size(); ++i) {
        printOut(u"The image %1 already exists, renaming the old one with ID %2 to empty string\n"_s.arg(
            familiarName(imported.movedNames[i]), imported.movedFrom.value(i).text()));
    }
    for (const auto &name : imported.names)
        printOut("Loaded image: "_L1 + familiarName(name) + u'\n');
    if (imported.names.isEmpty())
        printOut("Loaded image ID: "_L1 + imported.image.id.text() + u'\n');
    if (imported.skippedDevices > 0) {
        printError(std::format("berth: left out {} device nodes, which an ordinary user cannot make\n", imported.skippedDevices));
    }
}

int load(const Invocation &call)
{
    const auto input = call.flags.text("input");
    if (input.empty() && ::isatty(STDIN_FILENO)) {
        printError("requested load from stdin, but stdin is empty\n");
        return exitFailure;
    }
    if (!input.empty() && ::access(input.c_str(), R_OK) != 0)
        return reportPlainError({ErrorCode::NotFound,
            "open " + input + ": " + (errno == ENOENT ? "no such file or directory" : std::strerror(errno))});
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    ProgressLine progress(call.flags.boolean("quiet"));
    const auto imported = importArchive(*store, input.empty() ? u"-"_s : QString::fromStdString(input), progress);
    progress.clear();
    if (!imported)
        return progress.failed(imported.error(), reportPlainError);
    for (const auto &image : *imported)
        printImported(image);
    return 0;
}

} // namespace

constinit const Command loadCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Load an image from a tar archive or STDIN",
    .example = "berth load -i redis.tar",
    .flags = flags,
    .arity = {0, 0},
    .run = load,
};

} // namespace berth
