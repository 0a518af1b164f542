// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/reserve.h"

#include "base/io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr const char *reserveFile = "reserve";
constexpr off_t reserveSize = 512 * 1024; // many times what a removal adds to the database's log

} // namespace

void keepReserve(int data)
{
    struct stat file = {};
    if (::fstatat(data, reserveFile, &file, AT_SYMLINK_NOFOLLOW) == 0 && file.st_size == reserveSize)
        return;
    struct statvfs disk = {};
    if (::fstatvfs(data, &disk) < 0 || disk.f_bavail * disk.f_frsize < 8 * reserveSize)
        return;
    const auto reserve = openFile(data, reserveFile, O_RDWR | O_CREAT | O_NOFOLLOW);
    if (reserve && ::fallocate(reserve->get(), 0, 0, reserveSize) < 0)
        ::unlinkat(data, reserveFile, 0);
}

bool spendReserve(int data) { return ::unlinkat(data, reserveFile, 0) == 0; }

} // namespace berth
