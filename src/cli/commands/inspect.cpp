// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/inspect.h"
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/fieldorder.h"
#include "cli/jsontext.h"
#include "cli/listing.h"
#include "cli/report.h"
#include "cli/template.h"
#include "operations/diskusage.h"

#include <QJsonArray>

#include <format>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view anyPaths[] = {"inspect"};
constexpr std::string_view containerPaths[] = {"container inspect"};
constexpr std::string_view imagePaths[] = {"image inspect"};
constexpr std::string_view networkPaths[] = {"network inspect"};
constexpr std::string_view volumePaths[] = {"volume inspect"};

constexpr Flag formatFlag{"format", 'f', FlagKind::Text, "string",
    "Format output using a custom template:\n'json': JSON in one line\n'TEMPLATE': a Go template"};
constexpr Flag sizeFlag{"size", 's', FlagKind::Boolean, "", "Display total file sizes if the type is container"};
constexpr Flag platformFlag{"platform", 0, FlagKind::Text, "string", "", "", FlagUse::Later};

constexpr Flag anyFlags[] = {
    formatFlag, sizeFlag, {"type", 0, FlagKind::Text, "string", "Only inspect objects of the given type"}};
constexpr Flag containerFlags[] = {formatFlag, sizeFlag};
constexpr Flag imageFlags[] = {formatFlag, platformFlag};
constexpr Flag networkFlags[] = {formatFlag, {"verbose", 'v', FlagKind::Boolean, "", "Verbose output for diagnostics"}};
constexpr Flag volumeFlags[] = {formatFlag};

using Inspector = Result<QJsonObject> (*)(Store &store, const QString &name);

Result<QJsonObject> inspectOneImage(Store &store, const QString &name)
{
    return inspectImage(store, name).transform(withImageOrder);
}

Result<QJsonObject> inspectOneContainer(Store &store, const QString &name)
{
    return inspectContainer(store, name).transform(withContainerOrder);
}

Result<QJsonObject> inspectContainerWithSizes(Store &store, const QString &name)
{
    auto object = inspectContainer(store, name);
    if (!object)
        return object;
    const auto id = (*object)["Id"_L1].toString();
    NoProgress progress;
    const auto sizes = writableSizes(store, {id}, progress);
    if (!sizes)
        return std::unexpected(sizes.error());
    const auto image = store.findImage((*object)["Image"_L1].toString());
    object->insert("SizeRw"_L1, sizes->value(id));
    object->insert("SizeRootFs"_L1, sizes->value(id) + (image ? image->size : 0));
    return withContainerOrder(*object);
}

// A container first, then an image, a network, a volume, as Docker looks for a name whose type was not given.
template<Inspector inspectOne> Result<QJsonObject> inspectAny(Store &store, const QString &name)
{
    auto container = inspectOne(store, name);
    if (container || container.error().code != ErrorCode::NotFound)
        return container;
    auto image = inspectOneImage(store, name);
    if (image || image.error().code != ErrorCode::NotFound)
        return image;
    auto network = inspectNetwork(store, name);
    if (network || network.error().code != ErrorCode::NotFound)
        return network;
    auto volume = inspectVolume(store, name);
    if (volume || volume.error().code != ErrorCode::NotFound)
        return volume;
    return fail(ErrorCode::Unsupported, "Error: No such object: " + name.toStdString());
}

// One that fails over an object is told as one that cannot be read, but for the code.
int reportInspectError(const Error &error)
{
    const bool isRead = !isTemplateSyntaxError(error);
    if (isRead)
        printOut("\n");
    printError("template parsing error: " + error.detail + '\n');
    return isRead ? exitFailure : exitTemplate;
}

int inspectAll(const Invocation &call, Inspector inspect)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto format = QString::fromStdString(call.flags.text("format"));
    int exitCode = 0;
    bool isAnyPrinted = false;
    QJsonArray found;
    std::string problems;
    for (const auto &argument : call.arguments) {
        const auto object = inspect(*store, QString::fromStdString(argument));
        if (!object) {
            problems += errorText(object.error()) + "\n";
            exitCode = exitFailure;
            continue;
        }
        if (format.isEmpty()) {
            found += *object;
            continue;
        }
        const auto text = formatValue(format, *object);
        if (!text)
            return reportInspectError(text.error());
        printOut(*text);
        isAnyPrinted = true;
    }
    if (format.isEmpty())
        printOut(jsonText(found, {.indent = 4}) + u'\n');
    else if (!isAnyPrinted)
        printOut("\n"); // as Docker: the empty result of a template over nothing
    printError(problems);
    return exitCode;
}

int inspectContainers(const Invocation &call)
{
    return inspectAll(call, call.flags.boolean("size") ? inspectContainerWithSizes : inspectOneContainer);
}

int inspectByType(const Invocation &call)
{
    const auto type = call.flags.text("type");
    const bool measures = call.flags.boolean("size");
    if (type.empty() && !call.flags.isSet("type"))
        return inspectAll(call, measures ? inspectAny<inspectContainerWithSizes> : inspectAny<inspectOneContainer>);
    if (type == "container")
        return inspectContainers(call);
    if (type == "image")
        return inspectAll(call, inspectOneImage);
    if (type == "network")
        return inspectAll(call, inspectNetwork);
    if (type == "volume")
        return inspectAll(call, inspectVolume);
    printError(std::format("\"{}\" is not a valid value for --type\n", type));
    return exitFailure;
}

int inspectImages(const Invocation &call) { return inspectAll(call, inspectOneImage); }

int inspectNetworks(const Invocation &call) { return inspectAll(call, inspectNetwork); }

int inspectVolumes(const Invocation &call) { return inspectAll(call, inspectVolume); }

} // namespace

constinit const Command inspectCommand{
    .paths = anyPaths,
    .usage = "[OPTIONS] NAME|ID [NAME|ID...]",
    .summary = "Return low-level information on Berth objects",
    .example = "berth inspect -f '{{.State.Status}}' web",
    .flags = anyFlags,
    .arity = {1, -1},
    .run = inspectByType,
};

constinit const Command inspectContainerCommand{
    .paths = containerPaths,
    .usage = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Display detailed information on one or more containers",
    .example = "berth container inspect web",
    .flags = containerFlags,
    .arity = {1, -1},
    .run = inspectContainers,
};

constinit const Command inspectImageCommand{
    .paths = imagePaths,
    .usage = "[OPTIONS] IMAGE [IMAGE...]",
    .summary = "Display detailed information on one or more images",
    .example = "berth image inspect redis",
    .flags = imageFlags,
    .arity = {1, -1},
    .run = inspectImages,
};

constinit const Command inspectNetworkCommand{
    .paths = networkPaths,
    .usage = "[OPTIONS] NETWORK [NETWORK...]",
    .summary = "Display detailed information on one or more networks",
    .example = "berth network inspect -f '{{json .IPAM.Config}}' front",
    .flags = networkFlags,
    .arity = {1, -1},
    .run = inspectNetworks,
};

constinit const Command inspectVolumeCommand{
    .paths = volumePaths,
    .usage = "[OPTIONS] VOLUME [VOLUME...]",
    .summary = "Display detailed information on one or more volumes",
    .example = "berth volume inspect -f '{{.Mountpoint}}' pages",
    .flags = volumeFlags,
    .arity = {1, -1},
    .run = inspectVolumes,
};

} // namespace berth
