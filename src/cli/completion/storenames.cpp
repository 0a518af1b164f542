// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/storenames.h"

#include "core/humantext.h"

#include <utility>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace berth {

Store *StoreNames::store()
{
    if (std::exchange(m_isOpened, true))
        return m_store.get();
    const auto paths = EnginePaths::fromEnvironment();
    auto store = paths ? Store::open(*paths) : std::unexpected(paths.error());
    if (store)
        m_store = std::make_unique<Store>(std::move(*store));
    return m_store.get();
}

void StoreNames::refresh()
{
    auto *const open = store();
    struct stat status{};
    if (!open || ::fstatat(open->dataFd(), "changed", &status, 0) != 0)
        status.st_mtim = {};
    const auto now = std::chrono::steady_clock::now();
    const bool isSame = status.st_mtim.tv_sec == m_seen.tv_sec && status.st_mtim.tv_nsec == m_seen.tv_nsec;
    if (isSame && now - m_readAt < std::chrono::seconds(1))
        return;
    m_readAt = now;
    m_seen = status.st_mtim;
    m_containers.reset();
    m_images.reset();
}

std::vector<KnownContainer> StoreNames::containers()
{
    refresh();
    if (m_containers)
        return *m_containers;
    m_containers = std::make_unique<std::vector<KnownContainer>>();
    const auto list = store() ? store()->containers() : Result<QList<ContainerInfo>>();
    const auto now = QDateTime::currentDateTimeUtc();
    for (const auto &container : list.value_or(QList<ContainerInfo>())) {
        m_containers->push_back({container.name.toStdString(), container.id.toStdString(), container.state,
            (container.imageName + ", "_L1 + statusText(container, now)).toStdString()});
    }
    return *m_containers;
}

std::vector<KnownImage> StoreNames::images()
{
    refresh();
    if (m_images)
        return *m_images;
    m_images = std::make_unique<std::vector<KnownImage>>();
    const auto list = store() ? store()->images() : Result<QList<ImageInfo>>();
    for (const auto &image : list.value_or(QList<ImageInfo>())) {
        const auto id = image.id.hex().toStdString();
        const auto size = humanSize(image.size).toStdString();
        for (const auto &name : image.names)
            m_images->push_back({familiarName(name).toStdString(), id, size});
        if (image.names.isEmpty())
            m_images->push_back({{}, id, size});
    }
    return *m_images;
}

std::vector<std::string> StoreNames::volumes()
{
    std::vector<std::string> names;
    const auto list = store() ? store()->volumes() : Result<QList<VolumeInfo>>();
    for (const auto &volume : list.value_or(QList<VolumeInfo>()))
        names.push_back(volume.name.toStdString());
    return names;
}

std::vector<std::string> StoreNames::networks()
{
    std::vector<std::string> names;
    const auto list = store() ? store()->networks() : Result<QList<NetworkInfo>>();
    for (const auto &network : list.value_or(QList<NetworkInfo>()))
        names.push_back(network.name.toStdString());
    return names;
}

} // namespace berth
