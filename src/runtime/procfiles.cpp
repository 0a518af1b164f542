// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/procfiles.h"

#include "base/io.h"

#include <cstdint>

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

namespace berth {
namespace {

constexpr std::size_t maxProcFileSize = 64 * 1024; // status, maps of ids: a page or two

bool isProc(int fd)
{
    struct statfs status = {};
    return ::fstatfs(fd, &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

} // namespace

Result<UniqueFd> openProcFile(int proc, const std::string &name, int flags)
{
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;
    UniqueFd fd(static_cast<int>(::syscall(SYS_openat2, proc, name.c_str(), &how, sizeof how)));
    if (!fd)
        return failErrno("cannot open " + name + " of procfs");
    if (!isProc(fd.get()))
        return fail(ErrorCode::PermissionDenied, name + " is not a file of procfs");
    return fd;
}

Result<std::string> readProcFile(int proc, const std::string &name)
{
    auto file = openProcFile(proc, name, O_RDONLY);
    if (!file)
        return std::unexpected(file.error());
    return readAll(file->get(), maxProcFileSize);
}

Result<> writeProcFile(int proc, const std::string &name, std::string_view value)
{
    auto file = openProcFile(proc, name, O_WRONLY);
    if (!file)
        return std::unexpected(file.error());
    if (auto written = writeAll(file->get(), value); !written)
        return wrap(name, written.error());
    return {};
}

Result<UniqueFd> openHostProc()
{
    auto proc = openFile(AT_FDCWD, "/proc", O_PATH | O_DIRECTORY);
    if (proc && !isProc(proc->get()))
        return fail(ErrorCode::Unsupported, "/proc of the host is not a procfs");
    return proc;
}

} // namespace berth
