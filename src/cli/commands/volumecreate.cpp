// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/volumeoperations.h"

#include <format>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"volume create"};

constexpr Flag flags[] = {
    {"driver", 'd', FlagKind::Text, "string", "Specify volume driver name", "local"},
    {"label", 0, FlagKind::List, "list", "Set metadata for a volume"},
    {"opt", 'o', FlagKind::List, "map", "", "", FlagUse::Hidden},
};

QMap<QString, QString> labelsOf(const std::vector<std::string> &words)
{
    QMap<QString, QString> labels;
    for (const auto &word : words) {
        const auto text = QString::fromStdString(word);
        labels.insert(text.section(u'=', 0, 0), text.section(u'=', 1));
    }
    return labels;
}

int create(const Invocation &call)
{
    for (const auto &word : call.flags.list("label")) {
        if (word.empty() || word.starts_with('='))
            return reportUsageError(
                call, invalidFlagValue(flags[1], word, std::format("invalid label '{}': empty name", word)).error().detail);
    }
    const auto name = call.arguments.empty() ? std::string() : call.arguments[0];
    const auto driver = call.flags.text("driver");
    if (driver != "local" && !driver.empty())
        return reportError({ErrorCode::NotFound,
            std::format("create {0}: error looking up volume plugin {1}: plugin \"{1}\" not found", name, driver)});
    if (call.flags.isSet("opt"))
        return reportError({ErrorCode::Unsupported,
            "the options of the local driver (type, device, o) mount file systems of this machine, which only its "
            "administrator may do; use a folder of yours instead, with -v /FOLDER:/TARGET"});
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto volume = createVolume(*store, QString::fromStdString(name), labelsOf(call.flags.list("label")));
    if (!volume)
        return reportError(volume.error());
    printOut(volume->name + u'\n');
    return 0;
}

} // namespace

constinit const Command volumeCreateCommand{
    .paths = paths,
    .usage = "[OPTIONS] [VOLUME]",
    .summary = "Create a volume",
    .example = "berth volume create --label project=shop pages",
    .flags = flags,
    .arity = {0, 1},
    .run = create,
};

} // namespace berth
