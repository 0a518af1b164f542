// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

// What programs in containers may ask of the kernel. An allow-list: a call that is not named here, or
// that a later kernel adds, is refused with EPERM. The set is what unprivileged programs use, and never
// more than Docker's; calls that need a capability beyond runtime/capabilities.h are left out, and so are
// those whose bugs have been used to break out: bpf, userfaultfd, io_uring, perf_event_open, keyrings, new
// mounts, setns.
namespace berth::seccomp {

// clang-format off: a list to be read as a list
inline constexpr const char *allowedCalls[] = {
    // files and folders
    "access", "chdir", "chmod", "chown", "chown32", "close", "close_range", "copy_file_range", "creat",
    "dup", "dup2", "dup3", "faccessat", "faccessat2", "fadvise64", "fadvise64_64", "fallocate",
    "fanotify_mark", "fchdir", "fchmod", "fchmodat", "fchmodat2", "fchown", "fchown32", "fchownat",
    "fcntl", "fcntl64", "fdatasync", "fgetxattr", "flistxattr", "flock", "fremovexattr", "fsetxattr",
    "fstat", "fstat64", "fstatat64", "fstatfs", "fstatfs64", "fsync", "ftruncate", "ftruncate64",
    "futimesat", "getcwd", "getdents", "getdents64", "getxattr", "getxattrat", "inotify_add_watch",
    "inotify_init", "inotify_init1", "inotify_rm_watch", "lchown", "lchown32", "lgetxattr", "link",
    "linkat", "listxattr", "listxattrat", "llistxattr", "_llseek", "lremovexattr", "lseek", "lsetxattr",
    "lstat", "lstat64", "memfd_create", "memfd_secret", "mkdir", "mkdirat", "mknod", "mknodat",
    "name_to_handle_at", "newfstatat", "open", "openat", "openat2", "pread64", "preadv", "preadv2",
    "pwrite64", "pwritev", "pwritev2", "read", "readahead", "readlink", "readlinkat", "readv",
    "removexattr", "removexattrat", "rename", "renameat", "renameat2", "rmdir", "sendfile",
    "sendfile64", "setxattr", "setxattrat", "splice", "stat", "stat64", "statfs", "statfs64", "statx",
    "symlink", "symlinkat", "sync", "sync_file_range", "arm_sync_file_range", "sync_file_range2",
    "syncfs", "tee", "truncate", "truncate64", "umask", "unlink", "unlinkat", "utime", "utimensat",
    "utimensat_time64", "utimes", "vmsplice", "write", "writev", "chroot", "cachestat", "listmount",
    "statmount", "arm_fadvise64_64",
    // processes and threads; clone and personality with their arguments: see compileseccomp.cpp
    "alarm", "arch_prctl", "capget", "capset", "execve", "execveat", "exit", "exit_group", "fork",
    "futex", "futex_requeue", "futex_time64", "futex_wait", "futex_waitv", "futex_wake",
    "get_robust_list", "get_thread_area", "getcpu", "getegid", "getegid32", "geteuid", "geteuid32",
    "getgid", "getgid32", "getgroups", "getgroups32", "getitimer", "getpgid", "getpgrp", "getpid",
    "getppid", "getpriority", "getresgid", "getresgid32", "getresuid", "getresuid32", "getrlimit",
    "getrusage", "getsid", "gettid", "getuid", "getuid32", "ioprio_get", "ioprio_set", "kill",
    "landlock_add_rule", "landlock_create_ruleset", "landlock_restrict_self", "membarrier",
    "modify_ldt", "nanosleep", "pause", "pidfd_open", "pidfd_send_signal", "prctl",
    "prlimit64", "process_mrelease", "process_vm_readv", "process_vm_writev",
    "ptrace", "restart_syscall", "rseq", "sched_get_priority_max", "sched_get_priority_min",
    "sched_getaffinity", "sched_getattr", "sched_getparam", "sched_getscheduler",
    "sched_rr_get_interval", "sched_rr_get_interval_time64", "sched_setaffinity", "sched_setattr",
    "sched_setparam", "sched_setscheduler", "sched_yield", "seccomp", "set_robust_list",
    "set_thread_area", "set_tid_address", "setfsgid", "setfsgid32", "setfsuid", "setfsuid32", "setgid",
    "setgid32", "setgroups", "setgroups32", "setitimer", "setpgid", "setpriority", "setregid",
    "setregid32", "setresgid", "setresgid32", "setresuid", "setresuid32", "setreuid", "setreuid32",
    "setrlimit", "setsid", "setuid", "setuid32", "tgkill", "tkill", "times", "ugetrlimit", "vfork",
    "uretprobe", "wait4", "waitid", "waitpid", "cacheflush", "set_tls", "breakpoint",
    "riscv_flush_icache", "riscv_hwprobe",
    // memory
    "brk", "madvise", "map_shadow_stack", "mincore", "mlock", "mlock2",
    "mlockall", "mmap", "mmap2", "mprotect", "mremap", "mseal", "msync", "munlock", "munlockall",
    "munmap", "pkey_alloc", "pkey_free", "pkey_mprotect", "remap_file_pages",
    // signals, time, waiting
    "adjtimex", "clock_adjtime", "clock_adjtime64", "clock_getres", "clock_getres_time64",
    "clock_gettime", "clock_gettime64", "clock_nanosleep",
    "clock_nanosleep_time64", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_ctl_old",
    "epoll_pwait", "epoll_pwait2", "epoll_wait", "epoll_wait_old", "eventfd", "eventfd2",
    "gettimeofday", "io_cancel", "io_destroy", "io_getevents", "io_pgetevents", "io_pgetevents_time64",
    "io_setup", "io_submit", "_newselect", "poll", "ppoll", "ppoll_time64", "pselect6",
    "pselect6_time64", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo",
    "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "rt_sigtimedwait_time64", "rt_tgsigqueueinfo",
    "select", "sigaltstack", "signal", "signalfd", "signalfd4", "sigaction", "sigpending",
    "sigprocmask", "sigreturn", "sigsuspend", "time", "timer_create", "timer_delete",
    "timer_getoverrun", "timer_gettime", "timer_gettime64", "timer_settime", "timer_settime64",
    "timerfd_create", "timerfd_gettime", "timerfd_gettime64", "timerfd_settime", "timerfd_settime64",
    // talking to other processes; socket with its arguments: see compileseccomp.cpp
    "accept", "accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "ipc", "listen",
    "mq_getsetattr", "mq_notify", "mq_open", "mq_timedreceive", "mq_timedreceive_time64",
    "mq_timedsend", "mq_timedsend_time64", "mq_unlink", "msgctl", "msgget", "msgrcv", "msgsnd", "pipe",
    "pipe2", "recv", "recvfrom", "recvmmsg", "recvmmsg_time64", "recvmsg", "semctl", "semget", "semop",
    "semtimedop", "semtimedop_time64", "send", "sendmmsg", "sendmsg", "sendto", "setsockopt", "shmat",
    "shmctl", "shmdt", "shmget", "shutdown", "socketpair",
    // facts about the system
    "getrandom", "sysinfo", "uname",
};
// clang-format on

// Answered as if the kernel did not know them: libc then falls back to a call that a filter can judge
// (clone3 takes its flags behind a pointer), or to doing without.
inline constexpr const char *missingCalls[] = {"clone3", "io_uring_setup", "io_uring_enter", "io_uring_register"};

// AF_UNIX, AF_INET, AF_INET6, AF_PACKET (which needs CAP_NET_RAW besides). Netlink is allowed but for
// XFRM. Left out on purpose: AF_ALG (CVE-2026-31431), AF_VSOCK, AF_RXRPC, and everything exotic.
inline constexpr int socketFamilies[] = {1, 2, 10, 17};
inline constexpr int netlinkXfrm = 6;

// CLONE_NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET | NEWTIME is judged by the
// kernel's own limits too (max_user_namespaces is 0); this saves it the work.
inline constexpr std::uint64_t namespaceFlags = 0x7E020000;

// Linux, 32-bit addresses, UNAME26, and "tell me".
inline constexpr std::uint64_t personalities[] = {0x0, 0x8, 0x20000, 0x20008, 0xffffffff};

// Putting bytes into a terminal's input (CVE-2017-5226), and the same through a selection.
inline constexpr std::uint64_t ioctlTiocsti = 0x5412;
inline constexpr std::uint64_t ioctlTioclinux = 0x541C;

} // namespace berth::seccomp
