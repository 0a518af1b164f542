// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "operations/imageoperations.h"

#include <cstring>
#include <format>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"image import", "import"};

constexpr Flag flags[] = {
    {"change", 'c', FlagKind::List, "list", "Apply Dockerfile instruction to the created image"},
    {"message", 'm', FlagKind::Text, "string", "Set commit message for imported image"},
    {"platform", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
};

int import(const Invocation &call)
{
    const auto &source = call.arguments[0];
    if (source.starts_with("http://") || source.starts_with("https://")) {
        return reportPlainError({ErrorCode::Unsupported,
            std::format("cannot fetch {}: download it first, then import the file (or pipe it: … | berth import -)", source)});
    }
    if (source != "-" && ::access(source.c_str(), R_OK) != 0) {
        std::string reason = std::strerror(errno);
        reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
        return reportPlainError({ErrorCode::NotFound, std::format("open {}: {}", source, reason)});
    }
    TarballOptions options{.changes = {}, .message = QString::fromStdString(call.flags.text("message")), .name = {}};
    for (const auto &change : call.flags.list("change"))
        options.changes += QString::fromStdString(change);
    if (call.arguments.size() > 1 && !call.arguments[1].empty()) {
        const auto name = ImageReference::parse(QString::fromStdString(call.arguments[1]));
        if (!name)
            return reportPlainError(name.error());
        if (name->digest())
            return reportError({ErrorCode::InvalidArgument, "cannot import digest reference"});
        options.name = *name;
    }
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    ProgressLine progress(false, u"Importing"_s);
    const auto image = importTarball(*store, QString::fromStdString(source), options, progress);
    progress.clear();
    if (!image)
        return progress.failed(image.error());
    printOut(image->id.text() + u'\n');
    return 0;
}

} // namespace

constinit const Command importCommand{
    .paths = paths,
    .usage = "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
    .summary = "Import the contents from a tarball to create a filesystem image",
    .example = "berth import -c 'CMD [\"sh\"]' root.tar mine/base:1",
    .flags = flags,
    .arity = {1, 2},
    .run = import,
};

} // namespace berth
