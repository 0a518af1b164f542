// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/wayout.h"

#include "base/io.h"
#include "network/uplink.h"

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr const char *recordName = "uplink-problem";
constexpr std::size_t maxRecord = 4096;

} // namespace

void ensureWayOut(const std::string &runtimeFolder, const HolderLinks &holder)
{
    const auto uplink = ensureUplink(holder);
    const auto folder = openFile(AT_FDCWD, runtimeFolder, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return;
    if (uplink)
        ::unlinkat(folder->get(), recordName, 0);
    else
        (void)writeFileAtomically(folder->get(), recordName, uplink.error().detail);
}

std::string wayOutProblem(const std::string &runtimeFolder)
{
    const auto folder = openFile(AT_FDCWD, runtimeFolder, O_RDONLY | O_DIRECTORY);
    const auto record = folder ? readSmallFile(folder->get(), recordName, maxRecord) : std::unexpected(folder.error());
    return record ? *record : std::string();
}

} // namespace berth
