// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/controlgroups.h"
#include "base/io.h"
#include "base/listfolder.h"
#include "holder/holderlinks.h"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t idLength = 64; // of a container, by which its group is called
constexpr int tries = 100; // of 10 ms: a killed process leaves its group when it is reaped

bool removeFolder(int parent, const char *name) { return ::unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT; }

// A living monitor is in its "supervisor", which then cannot be removed.
void removeIfLeft(int engine, const std::string &name)
{
    const auto group = openFile(engine, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!group || !removeFolder(group->get(), "supervisor"))
        return;
    if (const auto kill = openFile(group->get(), "cgroup.kill", O_WRONLY | O_NOFOLLOW))
        (void)writeAll(kill->get(), "1");
    for (int i = 0; i < tries && !removeFolder(group->get(), "payload") && errno == EBUSY; ++i)
        ::poll(nullptr, 0, 10);
    (void)removeFolder(engine, name.c_str());
}

} // namespace

void removeLeftCgroups()
{
    const auto groups = openControlGroups();
    if (!groups)
        return;
    // As the helper makes it (src/helper/cgroupensure.cpp).
    const std::string path = "berth/" + std::to_string(::getuid()) + "/engine";
    const auto engine = openFile(groups->get(), path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    // A monitor holds it shared while it has made a group and is not in it yet.
    if (!engine || ::flock(engine->get(), LOCK_EX | LOCK_NB) < 0)
        return;
    const auto names = listFolder(engine->get());
    for (const std::string &name : names.value_or(std::vector<std::string>())) {
        if (name.size() == idLength)
            removeIfLeft(engine->get(), name);
    }
}

} // namespace berth
