// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/nsfs.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

// The system calls of the helper and of the holder, which inherits the filter across its execve. It is
// built by the compiler, so that no seccomp library runs with privilege. Anything else kills the
// process; there is no mount, no ptrace, no kill, no chmod and no path-taking exec in it.
namespace berth::helper {

#if defined(__x86_64__)
inline constexpr std::uint32_t filterArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
inline constexpr std::uint32_t filterArchitecture = AUDIT_ARCH_AARCH64;
#else
#    error "the system call filter does not know this architecture"
#endif

// clang-format off: by purpose, as prose reads
inline constexpr int allowedCalls[] = {
    // reading configuration, records and /proc
    SYS_openat, SYS_openat2, SYS_read, SYS_write, SYS_close, SYS_fstat, SYS_newfstatat, SYS_fstatfs, SYS_lseek,
    SYS_getdents64,
    // the request and its reply
    SYS_getsockopt, SYS_recvmsg, SYS_sendmsg, SYS_socketpair, SYS_recvfrom, SYS_sendto, SYS_setsockopt,
    // records, locks and cgroup folders
    SYS_fcntl, SYS_mkdirat, SYS_renameat, SYS_unlinkat, SYS_linkat, SYS_fchown, SYS_fchownat, SYS_umask,
    // identity
    SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_getgroups, SYS_getresuid, SYS_getresgid, SYS_setuid,
    SYS_capset, SYS_capget, SYS_prctl, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_prlimit64,
    // processes
    SYS_clone3, SYS_execveat, SYS_wait4, SYS_getpid, SYS_getppid, SYS_getpgid, SYS_getsid, SYS_setsid,
    SYS_pidfd_open, SYS_exit_group, SYS_close_range, SYS_dup3,
    // time and signals
    SYS_clock_gettime, SYS_clock_nanosleep, SYS_rt_sigprocmask, SYS_rt_sigaction, SYS_rt_sigtimedwait,
    SYS_restart_syscall,
    // the start of a static program, and the holder's name
    SYS_brk, SYS_mmap, SYS_munmap, SYS_mprotect, SYS_set_tid_address, SYS_set_robust_list, SYS_rseq,
    SYS_readlinkat, SYS_getrandom, SYS_sethostname,
#if defined(__x86_64__)
    SYS_arch_prctl,
#endif
};
// clang-format on

// Calls that are allowed only when the low 32 bits of one argument are this value (and the high 0).
struct CheckedCall {
    int number;
    unsigned argument;
    std::uint32_t value;
};
inline constexpr std::uint32_t interfaceGetFlags = 0x8913, interfaceSetFlags = 0x8914; // SIOC[GS]IFFLAGS
inline constexpr CheckedCall checkedCalls[] = {
    {SYS_ioctl, 1, NS_GET_USERNS},
    {SYS_ioctl, 1, NS_GET_NSTYPE},
    {SYS_ioctl, 1, NS_GET_OWNER_UID},
    {SYS_ioctl, 1, NS_GET_PARENT},
    {SYS_ioctl, 1, interfaceGetFlags},
    {SYS_ioctl, 1, interfaceSetFlags},
    {SYS_socket, 0, AF_INET},
    {SYS_socket, 0, AF_NETLINK},
    {SYS_unshare, 0, CLONE_NEWCGROUP},
};

struct SyscallFilter {
    static constexpr std::size_t capacity = 224;
    sock_filter code[capacity] = {};
    unsigned short length = 0;

    constexpr void add(std::uint16_t operation, std::uint32_t value, std::uint8_t ifTrue = 0, std::uint8_t ifFalse = 0)
    {
        code[length++] = sock_filter{operation, ifTrue, ifFalse, value};
    }
    constexpr void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
};

consteval SyscallFilter buildSyscallFilter()
{
    constexpr std::uint16_t equal = BPF_JMP | BPF_JEQ | BPF_K;
    constexpr std::uint16_t answer = BPF_RET | BPF_K;
    SyscallFilter filter;
    filter.load(offsetof(seccomp_data, arch));
    filter.add(equal, filterArchitecture, 1, 0);
    filter.add(answer, SECCOMP_RET_KILL_PROCESS);
    filter.load(offsetof(seccomp_data, nr));
    // Numbers of the x32 interface have a high bit set and so equal none of these.
    for (const int call : allowedCalls) {
        filter.add(equal, static_cast<std::uint32_t>(call), 0, 1);
        filter.add(answer, SECCOMP_RET_ALLOW);
    }
    for (const auto &call : checkedCalls) {
        const std::size_t low = offsetof(seccomp_data, args) + call.argument * sizeof(std::uint64_t);
        filter.add(equal, static_cast<std::uint32_t>(call.number), 0, 6);
        filter.load(low);
        filter.add(equal, call.value, 0, 3);
        filter.load(low + sizeof(std::uint32_t));
        filter.add(equal, 0, 0, 1);
        filter.add(answer, SECCOMP_RET_ALLOW);
        filter.load(offsetof(seccomp_data, nr));
    }
    filter.add(answer, SECCOMP_RET_KILL_PROCESS);
    return filter;
}

inline constexpr SyscallFilter syscallFilter = buildSyscallFilter();

} // namespace berth::helper
