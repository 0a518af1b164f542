// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/controlgroups.h"
#include "base/io.h"
#include "holder/holderlinks.h"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int tries = 100; // of 10 ms: a killed process leaves its group when it is reaped

void removeFolder(int parent, const std::string &name)
{
    for (int i = 0; i < tries && ::unlinkat(parent, name.c_str(), AT_REMOVEDIR) < 0 && errno == EBUSY; ++i)
        ::poll(nullptr, 0, 10);
}

} // namespace

void removeLeftCgroup(const std::string &containerId)
{
    const auto groups = openControlGroups();
    if (!groups)
        return;
    // As the helper makes it (src/helper/cgroupensure.cpp).
    const std::string path = "berth/" + std::to_string(::getuid()) + "/engine";
    const auto engine = openFile(groups->get(), path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const auto group = engine ? openFile(engine->get(), containerId, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
                              : std::unexpected(engine.error());
    if (!group)
        return;
    if (const auto kill = openFile(group->get(), "cgroup.kill", O_WRONLY | O_NOFOLLOW))
        (void)writeAll(kill->get(), "1");
    for (const auto *part : {"payload", "supervisor"})
        removeFolder(group->get(), part);
    removeFolder(engine->get(), containerId);
}

} // namespace berth
