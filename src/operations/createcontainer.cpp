// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "base/io.h"
#include "core/containername.h"
#include "operations/containernetworks.h"
#include "operations/events.h"
#include "operations/hostfiles.h"
#include "operations/machinelimits.h"
#include "operations/removetree.h"
#include "operations/resolveoptions.h"

#include <algorithm>
#include <cstdlib>
#include <format>

#include <fcntl.h>
#include <sys/file.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

// A generated name that is taken gets a digit, as Docker's does; then the id itself must do.
constexpr int generatedNameTries = 6;

QString imageNameToShow(const QString &asked, const ImageInfo &image)
{
    const bool isId = image.id.hex().startsWith(asked) || image.id.text().startsWith(asked);
    return isId ? image.id.shortHex() : asked;
}

Result<> addWithName(Store &store, ContainerInfo &container, const QList<NetworkAttachment> &attachments)
{
    if (!container.options.name.isEmpty()) {
        container.name = container.options.name;
        return store.addContainer(container, attachments);
    }
    for (int attempt = 0; attempt <= generatedNameTries; ++attempt) {
        container.name = attempt < generatedNameTries ? randomContainerName() : container.shortId();
        if (attempt > 0 && attempt < generatedNameTries)
            container.name += QString::number(attempt);
        container.options.name = container.name;
        auto added = store.addContainer(container, attachments);
        if (added || added.error().code != ErrorCode::AlreadyExists)
            return added;
    }
    return fail(ErrorCode::Internal, "cannot find a free name");
}

Result<> makeFolder(const Store &store, const ContainerInfo &container, UniqueFd *reservation)
{
    const auto containers = store.folder(u"containers"_s);
    if (!containers)
        return std::unexpected(containers.error());
    auto folder = makeDirectory(containers->get(), container.id.toStdString());
    if (!folder)
        return std::unexpected(folder.error());
    if (reservation && ::flock(folder->get(), LOCK_SH) < 0)
        return failErrno("cannot reserve the container");
    for (const char *name : {"upper", "work"}) {
        const auto made = makeDirectory(folder->get(), name, std::string_view(name) == "upper" ? 0755 : 0700);
        if (!made)
            return std::unexpected(made.error());
    }
    auto made = makeHostFiles(folder->get(), container.options);
    if (made && reservation)
        *reservation = std::move(*folder);
    return made;
}

bool isNamed(const MountOption &volume, const RunOptions &asked)
{
    return std::ranges::any_of(
        asked.mounts, [&](const MountOption &other) { return other.kind == volume.kind && other.source == volume.source; });
}

// What was made for a container that cannot be recorded, mostly because its name is taken. Best effort: the
// folder would be collected later anyway.
void abandon(Store &store, const ContainerInfo &container, const RunOptions &asked)
{
    if (const auto containers = store.folder(u"containers"_s))
        (void)removeTree(containers->get(), container.id.toStdString());
    const auto volumes = store.folder(u"volumes"_s);
    for (const MountOption &mount : container.options.mounts) {
        if (mount.kind == MountOption::Kind::Volume && !isNamed(mount, asked) && store.removeVolume(mount.source) && volumes)
            (void)removeTree(volumes->get(), mount.source.toStdString());
    }
}

Result<> makeVolumes(Store &store, const ContainerInfo &container, const RunOptions &asked)
{
    for (const MountOption &mount : container.options.mounts) {
        if (mount.kind != MountOption::Kind::Volume)
            continue;
        const bool isAnonymous = !isNamed(mount, asked);
        if (const auto added = store.addVolume(mount.source, isAnonymous); !added)
            return added;
        if (isAnonymous)
            recordVolumeEvent(store, mount.source, u"create"_s);
    }
    return {};
}

} // namespace

Result<ContainerInfo> createContainer(Store &store, const RunOptions &asked, UniqueFd *reservation, const QString &id)
{
    const auto inherited = withInheritedMounts(store, asked);
    if (!inherited)
        return std::unexpected(inherited.error());
    RunOptions options = *inherited;
    if (!options.name.isEmpty()) {
        if (const auto valid = checkContainerName(options.name); !valid)
            return std::unexpected(valid.error());
    }
    if (const auto valid = checkRestartPolicy(options.restart); !valid)
        return std::unexpected(valid.error());
    if (const auto valid = checkResources(options.resources, knownProcessors()); !valid)
        return std::unexpected(valid.error());
    if (std::abs(options.oomScoreAdjust) > 1000)
        return fail(ErrorCode::InvalidArgument,
            std::format("Invalid value {}, range for oom score adj is [-1000, 1000]", options.oomScoreAdjust));
    options.resources = completed(options.resources);
    const auto image = store.findImage(options.image);
    if (!image)
        return std::unexpected(image.error());
    if (const auto valid = resolveNetworks(store, options); !valid)
        return std::unexpected(valid.error());
    const auto attachments = newAttachments(store, id, options);
    if (!attachments)
        return std::unexpected(attachments.error());
    auto resolved = resolveOptions(options, image->config, id);
    if (!resolved)
        return std::unexpected(resolved.error());
    ContainerInfo container;
    container.id = id;
    container.imageName = imageNameToShow(options.image, *image);
    container.imageId = image->id;
    container.arguments = *resolved->entrypoint + resolved->command;
    container.created = QDateTime::currentDateTimeUtc();
    container.options = *resolved;
    // Data first, record last: until the record is there, reconcile may take the folder for garbage.
    // The reader's lock of the containers folder says that it is not.
    const auto containers = store.folder(u"containers"_s);
    if (!containers)
        return std::unexpected(containers.error());
    if (::flock(containers->get(), LOCK_SH) < 0)
        return failErrno("cannot lock the containers");
    // Nobody may remove a volume between our making sure of it and the record that we use it.
    const auto hasVolumes = std::ranges::contains(container.options.mounts, MountOption::Kind::Volume, &MountOption::kind);
    const auto volumesLock = hasVolumes ? store.lockVolumes(LockKind::Shared) : Result<UniqueFd>();
    if (!volumesLock)
        return std::unexpected(volumesLock.error());
    auto done = makeFolder(store, container, reservation);
    if (done)
        done = makeVolumes(store, container, options);
    if (done)
        done = addWithName(store, container, *attachments);
    if (!done) {
        abandon(store, container, options);
        return std::unexpected(done.error());
    }
    recordEvent(store, container, u"create"_s);
    return container;
}

} // namespace berth
