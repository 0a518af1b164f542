// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerchanges.h"

#include "base/io.h"
#include "operations/openchanges.h"

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxListSize = 256UL << 20; // a million changed files with long names

// Where the engine mounts its own files and file systems: their places may have been made in the container.
const std::vector<std::string> ownPlaces{"dev", "etc/hostname", "etc/hosts", "etc/mtab", "etc/resolv.conf", "proc", "sys"};

Result<QList<PathChange>> parseChanges(const std::string &bytes)
{
    QList<PathChange> changes;
    for (std::size_t begin = 0; begin < bytes.size();) {
        const auto end = bytes.find('\0', begin);
        if (end == std::string::npos || end == begin)
            return fail(ErrorCode::Internal, "the list of changed files is cut");
        changes += {static_cast<PathChange::Kind>(bytes[begin]),
            '/' + QByteArray(bytes.data() + begin + 1, static_cast<qsizetype>(end - begin - 1))};
        begin = end + 1;
    }
    std::ranges::sort(changes, {}, &PathChange::path);
    return changes;
}

Result<> sendLower(const LayererLink &link, const std::vector<UniqueFd> &lower)
{
    std::vector<int> fds;
    for (const auto &tree : lower) {
        fds.push_back(tree.get());
        if (fds.size() < maxMessageFds && &tree != &lower.back())
            continue;
        if (auto sent = link.send(layerer::LowerTrees{}, fds); !sent)
            return sent;
        fds.clear();
    }
    return {};
}

} // namespace

Result<std::optional<ContainerChanges>> openChanges(const Store &store, const ContainerInfo &container, const ImageInfo &image)
{
    const auto folder = store.containerFolder(container.id);
    if (!folder)
        return std::unexpected(folder.error());
    auto upper = openFile(folder->get(), "upper", O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (!upper)
        return upper.error().code == ErrorCode::NotFound ? Result<std::optional<ContainerChanges>>(std::nullopt)
                                                         : std::unexpected(upper.error());
    ContainerChanges changes{.upper = std::move(*upper), .lower = {}, .hidden = ownPlaces};
    for (auto chainId = image.chainIds.rbegin(); chainId != image.chainIds.rend(); ++chainId) {
        const auto path = "layers/" + chainId->hex().toStdString() + "/tree";
        auto tree = openFile(store.dataFd(), path, O_PATH | O_DIRECTORY | O_NOFOLLOW);
        if (!tree)
            return wrap("layer " + chainId->shortHex().toStdString(), tree.error());
        changes.lower.push_back(std::move(*tree));
    }
    return changes;
}

Result<QList<PathChange>> changedPaths(Store &store, const QString &nameOrId)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    const auto image = store.findImage(container->imageId.text());
    const auto changes = image ? openChanges(store, *container, *image) : std::unexpected(image.error());
    if (!changes)
        return std::unexpected(changes.error());
    if (!*changes)
        return QList<PathChange>();
    const auto staging = store.folder(QStringLiteral("staging"));
    if (!staging)
        return std::unexpected(staging.error());
    const auto list = openFile(staging->get(), ".", O_RDWR | O_TMPFILE, 0600);
    if (!list)
        return wrap("cannot make room for the list of changed files", list.error());
    auto link = layererInHolder(store)();
    if (!link)
        return std::unexpected(link.error());
    if (auto sent = sendLower(*link, (*changes)->lower); !sent)
        return std::unexpected(sent.error());
    NoProgress progress;
    const int fds[] = {(*changes)->upper.get(), list->get()};
    if (const auto compared = link->ask(layerer::CompareTree{(*changes)->hidden}, fds, progress, 0); !compared)
        return std::unexpected(compared.error());
    if (::lseek(list->get(), 0, SEEK_SET) < 0)
        return failErrno("cannot read the list of changed files");
    const auto bytes = readAll(list->get(), maxListSize);
    return bytes ? parseChanges(*bytes) : std::unexpected(bytes.error());
}

} // namespace berth
