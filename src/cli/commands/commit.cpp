// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "operations/containerchanges.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container commit", "commit"};

constexpr Flag flags[] = {
    {"author", 'a', FlagKind::Text, "string", "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")"},
    {"change", 'c', FlagKind::List, "list", "Apply Dockerfile instruction to the created image"},
    {"message", 'm', FlagKind::Text, "string", "Commit message"},
    {"pause", 'p', FlagKind::Boolean, "", "Pause container during commit", "true"},
};

int commit(const Invocation &call)
{
    const auto &given = call.flags;
    CommitOptions options{.author = QString::fromStdString(given.text("author")),
        .message = QString::fromStdString(given.text("message")),
        .changes = {},
        .pauses = given.boolean("pause"),
        .name = {}};
    for (const auto &change : given.list("change"))
        options.changes += QString::fromStdString(change);
    if (call.arguments.size() > 1 && !call.arguments[1].empty()) {
        const auto name = ImageReference::parse(QString::fromStdString(call.arguments[1]));
        if (!name)
            return reportPlainError(name.error());
        if (name->digest())
            return reportPlainError({ErrorCode::InvalidArgument, "refusing to create a tag with a digest reference"});
        options.name = *name;
    }
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    ProgressLine progress(false, u"Reading"_s);
    const auto image = commitContainer(*store, QString::fromStdString(call.arguments[0]), options, progress);
    progress.clear();
    if (!image)
        return progress.failed(image.error());
    printOut(image->id.text() + u'\n');
    return 0;
}

} // namespace

constinit const Command commitCommand{
    .paths = paths,
    .usage = "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
    .summary = "Create a new image from a container's changes",
    .example = "berth commit -m \"with my settings\" web mine/web:2",
    .flags = flags,
    .arity = {1, 2},
    .run = commit,
};

} // namespace berth
