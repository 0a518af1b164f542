// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/confine.h"

#include <array>
#include <cerrno>

#include <linux/capability.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr rlim_t maxMemory = 4ULL << 30; // address space; xz and zstd together stay below 1 GiB
constexpr rlim_t maxDescriptors = 1024;  // lower trees (512), folders being deleted (200), our own

constexpr std::array keptCapabilities{
    CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP, CAP_MKNOD, CAP_DAC_READ_SEARCH};

bool dropCapabilities()
{
    std::array<__user_cap_data_struct, 2> data{};
    for (const int capability : keptCapabilities)
        data[static_cast<std::size_t>(capability) / 32].permitted |= 1U << (capability % 32);
    for (auto &half : data)
        half.effective = half.permitted;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    return ::syscall(SYS_capset, &header, data.data()) == 0;
}

// The names resolve against descriptors only: what is below them is checked by openat2's flags in our own
// code, and here the calls that would lead elsewhere do not exist.
bool filterCalls()
{
    static constexpr std::array forbidden{SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(socket), SCMP_SYS(connect),
        SCMP_SYS(bind), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_getfd),
        SCMP_SYS(pidfd_open), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(open_tree),
        SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr),
        SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
        SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(io_uring_setup),
        SCMP_SYS(open_by_handle_at), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setresuid), SCMP_SYS(setresgid),
        SCMP_SYS(setgroups)};
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    bool added = true;
    for (const int call : forbidden)
        added = added && ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
    const bool loaded = added && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return loaded;
}

} // namespace

bool confine()
{
    const rlimit memory{maxMemory, maxMemory};
    const rlimit descriptors{maxDescriptors, maxDescriptors};
    const rlimit noCore{0, 0};
    return ::setrlimit(RLIMIT_AS, &memory) == 0 && ::setrlimit(RLIMIT_NOFILE, &descriptors) == 0
        && ::setrlimit(RLIMIT_CORE, &noCore) == 0 && ::prctl(PR_SET_DUMPABLE, 0) == 0
        && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && dropCapabilities() && filterCalls();
}

} // namespace berth
