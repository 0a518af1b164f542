// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "holder/holderlinks.h"
#include "image/layererlink.h"
#include "store/store.h"

namespace berth {

// The root file system of one container, as a descriptor: of the running one, or mounted for as long as this lives
// in a namespace of its own. While one lives, a container that did not run cannot be started, and one that
// runs cannot be started again (wire/monitormessage.h, rootLockName); whoever waits is told after ten seconds.
// Paths below it are resolved by a layerer, never here.
class ContainerRoot {
public:
    // Bare: only its layers, without volumes and the kernel's file systems, as it is exported.
    enum class View { Whole, Bare };
    static Result<ContainerRoot> open(Store &store, const QString &nameOrId, View view);
    ContainerRoot(ContainerRoot &&) noexcept = default;
    ContainerRoot &operator=(ContainerRoot &&) = delete;
    ~ContainerRoot();

    [[nodiscard]] int fd() const { return m_root.get(); }
    [[nodiscard]] const ContainerInfo &container() const { return m_container; }
    // End the link before this. A layerer that outlives us by a moment holds the lock as well.
    [[nodiscard]] Result<LayererLink> startLayerer() const;

private:
    ContainerRoot() = default;
    Result<> enterRunning(const Store &store, View view);
    Result<> mountStopped(const Store &store, View view);
    Result<> request(const std::string &bytes, std::span<const int> fds);

    ContainerInfo m_container;
    HolderLinks m_holder;
    UniqueFd m_lock;
    UniqueFd m_channel;
    UniqueFd m_process;
    UniqueFd m_root;
};

} // namespace berth
