// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/collectgarbage.h"

#include "base/io.h"
#include "base/listfolder.h"
#include "image/staging.h"

#include <fcntl.h>

namespace berth {
namespace {

constexpr std::size_t maxNamesAtOnce = 4096; // of one request, far below the size of a message

Result<bool> collectStaging(const Store &store)
{
    const auto staging = store.folder(QStringLiteral("staging"));
    const auto names = staging ? listFolder(staging->get()) : std::unexpected(staging.error());
    if (!names)
        return std::unexpected(names.error());
    bool found = false;
    for (const auto &name : *names) {
        const auto folder = openFile(staging->get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (!folder)
            continue;
        const auto lock = tryLockFile(folder->get(), stagingLockName, LockKind::Exclusive);
        if (!lock)
            continue; // its owner lives
        if (auto moved = moveToTrash(store, staging->get(), name); !moved)
            return std::unexpected(moved.error());
        found = true;
    }
    return found;
}

Result<bool> collectLayers(const Store &store)
{
    const auto layers = store.folder(QStringLiteral("layers"));
    const auto names = layers ? listFolder(layers->get()) : std::unexpected(layers.error());
    if (!names)
        return std::unexpected(names.error());
    const auto known = store.layerNames();
    if (!known)
        return std::unexpected(known.error());
    bool found = false;
    for (const auto &name : *names) {
        if (known->contains(QString::fromStdString(name)))
            continue;
        if (auto moved = moveToTrash(store, layers->get(), name); !moved)
            return std::unexpected(moved.error());
        found = true;
    }
    return found;
}

} // namespace

Result<> collectGarbage(const Store &store, const StartLayerer &start)
{
    if (auto collected = collectStaging(store); !collected)
        return std::unexpected(collected.error());
    {
        // No import is between moving a layer into place and recording it.
        const auto lock = store.lockLayers(LockKind::Exclusive);
        const auto dropped = lock ? store.dropForgottenImages() : std::unexpected(lock.error());
        const auto collected = dropped ? collectLayers(store) : std::unexpected(dropped.error());
        if (!collected)
            return std::unexpected(collected.error());
    }
    return emptyTrash(store, start);
}

Result<> emptyTrash(const Store &store, const StartLayerer &start)
{
    const auto trash = store.folder(QStringLiteral("trash"));
    auto names = trash ? listFolder(trash->get()) : std::unexpected(trash.error());
    if (!names)
        return std::unexpected(names.error());
    if (names->empty())
        return {};
    auto link = start();
    if (!link)
        return std::unexpected(link.error());
    if (names->size() > maxNamesAtOnce)
        names->resize(maxNamesAtOnce);
    const int fds[] = {trash->get()};
    NoProgress progress;
    const auto reply = link->ask(layerer::Remove{std::move(*names), true}, fds, progress, 0);
    return reply ? Result<>() : std::unexpected(reply.error());
}

} // namespace berth
