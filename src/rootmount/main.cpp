// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Gives the engine the root file system of one container as a descriptor, for copies (cp, export). Root of the
// holder only. What it mounts, it mounts in a namespace of its own, so nothing is left when it ends, however
// that happens. It neither reads nor writes files: that is the layerer's, which may not mount.
#include "base/io.h"
#include "runtime/mountcalls.h"
#include "runtime/overlayroot.h"
#include "runtime/procfiles.h"
#include "runtime/usermounts.h"
#include "wire/rootmessage.h"

#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>

namespace {

using namespace berth;

constexpr int channel = 3;

// Syncing at the end would keep the caller waiting for the disk; the files are as safe as any that was just written.
constexpr bool withoutSync = true;

Result<UniqueFd> mountRoot(const rootmount::Mount &request, int store)
{
    if (::unshare(CLONE_NEWNS) < 0)
        return failErrno("cannot make a mount namespace");
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return failErrno("cannot make the mounts private");
    const auto proc = openHostProc();
    if (!proc)
        return std::unexpected(proc.error());
    const auto folder = openStoreFolder(request.storePath, store, request.spec.containerId);
    if (!folder)
        return std::unexpected(folder.error());
    auto root = mountOverlayRoot(*folder, request.spec.layers, withoutSync, proc->get());
    if (!root || request.bare)
        return root;
    std::vector<MountSpec> mounts;
    for (const auto &mount : request.spec.mounts) {
        if (mount.kind != MountKind::Tmpfs) // empty, and what was copied there would be lost unseen
            mounts.push_back(mount);
    }
    if (auto mounted = mountForUser(root->get(), *folder, std::move(mounts)); !mounted)
        return std::unexpected(mounted.error());
    if (request.spec.readOnlyRoot) {
        if (auto set = setMountAttributes(root->get(), MOUNT_ATTR_RDONLY, false); !set)
            return std::unexpected(set.error());
    }
    return root;
}

Result<UniqueFd> joinRoot(const rootmount::Join &request, int users, int mounts)
{
    if (::setns(users, CLONE_NEWUSER) < 0 || ::setns(mounts, CLONE_NEWNS) < 0)
        return failErrno("cannot enter the container");
    // From here on "/" is the container's. Nothing is opened in it but itself.
    auto root = openFile(AT_FDCWD, "/", O_PATH | O_DIRECTORY);
    return root && request.bare ? cloneTree(root->get(), false) : std::move(root);
}

Result<UniqueFd> answer(const rootmount::Message &request, const std::vector<UniqueFd> &fds)
{
    if (const auto *mount = std::get_if<rootmount::Mount>(&request); mount && fds.size() == 1)
        return mountRoot(*mount, fds[0].get());
    if (const auto *join = std::get_if<rootmount::Join>(&request); join && fds.size() == 2)
        return joinRoot(*join, fds[0].get(), fds[1].get());
    return fail(ErrorCode::InvalidArgument, "a request that is none");
}

bool serve()
{
    const auto received = receiveMessage(channel);
    if (!received || received->bytes.empty())
        return false;
    const auto request = rootmount::decode(received->bytes);
    const auto root = request ? answer(*request, received->fds) : std::unexpected(request.error());
    if (!root)
        return sendMessage(channel, rootmount::encode(rootmount::Failed{root.error()})).has_value();
    const int fds[] = {root->get()};
    return sendMessage(channel, rootmount::encode(rootmount::Ready{}), fds).has_value();
}

} // namespace

int main()
{
    ::signal(SIGPIPE, SIG_IGN);
    ::umask(0);
    // Nobody of a container may look into a process that enters it (CVE-2016-9962).
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 || !serve())
        return EXIT_FAILURE;
    (void)receiveMessage(channel); // until the engine closes its end
    return EXIT_SUCCESS;
}
