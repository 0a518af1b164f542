// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"
#include "operations/imageoperations.h"

#include <format>
#include <string_view>

namespace berth {
namespace {

// The reference is named before the reason, and not once more in it.
int reportReference(const std::string &reference, Error error)
{
    constexpr std::string_view reason = "invalid reference format";
    if (error.detail.starts_with(std::string(reason) + ": \""))
        error.detail.resize(reason.size());
    return reportPlainError(
        wrap(std::format("Error parsing reference: \"{}\" is not a valid repository/tag", reference), error).error());
}

constexpr std::string_view paths[] = {"image tag", "tag"};

int tag(const Invocation &call)
{
    const auto &source = call.arguments[0];
    const auto &target = call.arguments[1];
    const auto name = ImageReference::parse(QString::fromStdString(target));
    if (!name)
        return reportReference(target, name.error());
    if (name->digest())
        return reportPlainError({ErrorCode::InvalidArgument, "refusing to create a tag with a digest reference"});
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto tagged = tagImage(*store, QString::fromStdString(source), *name);
    if (!tagged && tagged.error().code == ErrorCode::InvalidArgument && !ImageReference::parse(QString::fromStdString(source)))
        return reportReference(source, tagged.error());
    return tagged ? 0 : reportError(tagged.error());
}

} // namespace

constinit const Command tagCommand{
    .paths = paths,
    .usage = "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
    .summary = "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
    .example = "berth tag redis:latest mine/redis:7",
    .flags = {},
    .arity = {2, 2},
    .run = tag,
};

} // namespace berth
