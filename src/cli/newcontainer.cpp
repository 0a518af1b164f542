// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/newcontainer.h"

#include "base/io.h"
#include "cli/report.h"
#include "core/imagereference.h"
#include "operations/containeroperations.h"

#include <format>

#include <fcntl.h>
#include <sys/stat.h>

namespace berth {
namespace {

Result<> checkCidFile(const std::string &path)
{
    struct stat status{};
    if (path.empty() || ::stat(path.c_str(), &status) != 0)
        return {};
    return fail(ErrorCode::Unsupported,
        std::format("container ID file found, make sure the other container isn't running "
                    "or delete {}",
            path));
}

Result<> writeCidFile(const std::string &path, const QString &id)
{
    if (path.empty())
        return {};
    const auto file = openFile(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    const auto written = file ? writeAll(file->get(), id.toStdString()) : std::unexpected(file.error());
    return written ? Result<>() : wrap("failed to create the container ID file", written.error());
}

std::unexpected<Error> missingImage(const RunRequest &request, const Error &error)
{
    const auto reference = ImageReference::parse(request.options.image);
    const auto name = (reference ? reference->familiarName() : request.options.image).toStdString();
    if (request.pull == PullPolicy::Never)
        return fail(ErrorCode::NotFound, "No such image: " + name);
    if (!reference)
        return std::unexpected(error);
    printError(std::format("Unable to find image '{}' locally\n", name));
    return fail(ErrorCode::Unsupported,
        std::format("images cannot be pulled from a registry yet: load {} from an archive "
                    "first, with 'berth load -i ARCHIVE'",
            name));
}

} // namespace

Result<ContainerInfo> makeContainer(Store &store, const RunRequest &request, UniqueFd *reservation, const QString &id)
{
    if (request.pull == PullPolicy::Always)
        return fail(ErrorCode::Unsupported, "the flag --pull always is not supported yet: there is no registry to ask");
    const auto cidFile = request.cidFile.toStdString();
    if (const auto checked = checkCidFile(cidFile); !checked)
        return std::unexpected(checked.error());
    if (request.disablesOomKiller && request.options.resources.memory == 0)
        printError("WARNING: Disabling the OOM killer on containers without setting a '-m/--memory' limit may be dangerous.\n");
    auto container = createContainer(store, request.options, reservation, id);
    if (!container && container.error().code == ErrorCode::NotFound && !store.findImage(request.options.image))
        return missingImage(request, container.error());
    if (!container && container.error().detail.starts_with("invalid reference format"))
        return fail(ErrorCode::Unsupported, container.error().detail); // Docker's client says this, not its daemon
    if (!container)
        return container;
    for (const QString &warning : request.warnings)
        printError("WARNING: " + warning.toStdString() + '\n');
    if (container->options.networkMode == QLatin1StringView("host") && !container->options.publishedPorts.isEmpty())
        printError("WARNING: Published ports are discarded when using host network mode\n");
    if (const auto written = writeCidFile(cidFile, container->id); !written) {
        (void)removeContainer(store, container->id, {.force = true, .volumes = true});
        return std::unexpected(written.error());
    }
    return container;
}

} // namespace berth
