// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/outputfile.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "operations/imageoperations.h"

#include <format>
#include <optional>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image save", "save"};

constexpr Flag flags[] = {
    {"output", 'o', FlagKind::Text, "string", "Write to a file, instead of STDOUT"},
    {"platform", 0, FlagKind::List, "strings",
        "Save only the given platform(s). Formatted as a comma-separated list of \"os[/arch[/variant]]\" (e.g., "
        "\"linux/amd64,linux/arm64/v8\")"},
};

// An image here is of one platform; it is the wanted one or the wish cannot be met.
Result<> checkPlatforms(const Store &store, const QStringList &names, const std::vector<std::string> &platforms)
{
    QStringList wanted;
    for (const auto &list : platforms)
        wanted += QString::fromStdString(list).split(u',', Qt::SkipEmptyParts);
    if (wanted.isEmpty())
        return {};
    for (const auto &name : names) {
        const auto image = store.findImage(name);
        if (!image)
            return std::unexpected(image.error());
        for (const auto &platform : std::as_const(wanted)) {
            const auto parts = platform.split(u'/');
            if (parts[0] != image->os || (parts.size() > 1 && parts[1] != image->architecture))
                return fail(ErrorCode::NotFound,
                    std::format("image with reference {} was found but does not provide the specified platform ({})",
                        name.toStdString(), platform.toStdString()));
        }
    }
    return {};
}

int save(const Invocation &call)
{
    const auto path = call.flags.text("output");
    if (path.empty() && ::isatty(STDOUT_FILENO)) {
        printError("cowardly refusing to save to a terminal. Use the -o flag or redirect\n");
        return exitFailure;
    }
    QStringList names;
    for (const auto &argument : call.arguments)
        names += QString::fromStdString(argument);
    std::optional<OutputFile> file;
    if (!path.empty()) {
        auto created = OutputFile::create(path, "failed to save image");
        if (!created)
            return reportPlainError(created.error());
        file.emplace(std::move(*created));
    }
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    if (const auto checked = checkPlatforms(*store, names, call.flags.list("platform")); !checked)
        return reportError(checked.error());
    // To a pipe the other end tells how far it is.
    ProgressLine progress(path.empty(), u"Saving"_s);
    auto saved = saveImages(*store, names, file ? file->fd() : STDOUT_FILENO, progress);
    if (saved && file)
        saved = file->keep();
    progress.clear();
    return saved ? 0 : progress.failed(saved.error());
}

} // namespace

constinit const Command saveCommand{
    .paths = paths,
    .usage = "[OPTIONS] IMAGE [IMAGE...]",
    .summary = "Save one or more images to a tar archive (streamed to STDOUT by default)",
    .example = "berth save -o redis.tar redis",
    .flags = flags,
    .arity = {1, -1},
    .run = save,
};

} // namespace berth
