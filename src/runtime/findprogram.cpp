// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/findprogram.h"

#include "base/uniquefd.h"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace berth {
namespace {

// 0 when the file can be executed, else an errno.
int judge(const std::string &path)
{
    // Without magic links: /proc/self/exe, or a link of the image to it, is this very program, which is
    // the host's (CVE-2019-5736).
    open_how how{};
    how.flags = O_PATH | O_CLOEXEC;
    how.resolve = RESOLVE_NO_MAGICLINKS;
    const UniqueFd file(static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how)));
    struct stat status = {};
    if (!file) // a circle of links stays what it is
        return errno == ELOOP && ::stat(path.c_str(), &status) == 0 ? EACCES : errno;
    struct statfs filesystem = {};
    if (::fstat(file.get(), &status) < 0 || ::fstatfs(file.get(), &filesystem) < 0)
        return errno;
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    if (!S_ISREG(status.st_mode) || filesystem.f_type == PROC_SUPER_MAGIC)
        return EACCES;
    return ::faccessat(file.get(), "", X_OK, AT_EACCESS | AT_EMPTY_PATH) < 0 ? errno : 0;
}

std::string quoted(const std::string &name) { return "exec: \"" + name + "\""; }

} // namespace

std::unexpected<Error> executionFailed(const std::string &name, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return fail(ErrorCode::CommandNotFound, quoted(name) + ": stat " + name + ": no such file or directory");
    case EISDIR: return fail(ErrorCode::NotExecutable, quoted(name) + ": is a directory");
    case EACCES:
    case EPERM: return fail(ErrorCode::NotExecutable, quoted(name) + ": permission denied");
    case ENOEXEC: return fail(ErrorCode::NotExecutable, "exec " + name + ": exec format error");
    default: {
        char buffer[128];
        return fail(ErrorCode::NotExecutable, quoted(name) + ": " + ::strerror_r(error, buffer, sizeof buffer));
    }
    }
}

Result<std::string> findProgram(const std::string &name, const std::string &searchPath)
{
    if (name.find('/') != std::string::npos) {
        if (const int error = judge(name); error != 0)
            return executionFailed(name, error);
        return name;
    }
    int kept = ENOENT;
    std::string_view rest = searchPath;
    while (!rest.empty() && !name.empty()) {
        const auto end = rest.find(':');
        const std::string_view folder = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (!folder.starts_with('/')) // never the current folder
            continue;
        std::string path = std::string(folder) + '/' + name;
        const int error = judge(path);
        if (error == 0)
            return path;
        if (error == EACCES)
            kept = EACCES;
    }
    if (kept == EACCES)
        return executionFailed(name, EACCES);
    return fail(ErrorCode::CommandNotFound, quoted(name) + ": executable file not found in $PATH");
}

} // namespace berth
