// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/seccomp.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t native = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t native = AUDIT_ARCH_AARCH64;
#endif
constexpr std::uint32_t allow = SECCOMP_RET_ALLOW, refuse = SECCOMP_RET_ERRNO | EPERM, missing = SECCOMP_RET_ERRNO | ENOSYS;

// The kernel's machine for classic BPF, as far as seccomp has it. Nothing: the program is not valid.
std::optional<std::uint32_t> run(std::span<const sock_filter> program, const seccomp_data &data)
{
    std::uint32_t accumulator = 0, index = 0;
    std::array<std::uint32_t, BPF_MEMWORDS> memory{};
    for (std::size_t at = 0; at < program.size(); ++at) {
        const sock_filter &step = program[at];
        const std::uint32_t operand = BPF_SRC(step.code) == BPF_X ? index : step.k;
        switch (BPF_CLASS(step.code)) {
        case BPF_LD:
            if (step.code == (BPF_LD | BPF_MEM)) {
                accumulator = memory.at(step.k);
                break;
            }
            if (step.code != (BPF_LD | BPF_W | BPF_ABS) || step.k + 4 > sizeof data)
                return std::nullopt;
            std::memcpy(&accumulator, reinterpret_cast<const char *>(&data) + step.k, 4);
            break;
        case BPF_ST: memory.at(step.k) = accumulator; break;
        case BPF_ALU:
            if (BPF_OP(step.code) != BPF_AND)
                return std::nullopt;
            accumulator &= operand;
            break;
        case BPF_JMP: {
            if (BPF_OP(step.code) == BPF_JA) {
                at += step.k;
                break;
            }
            bool isTrue = false;
            switch (BPF_OP(step.code)) {
            case BPF_JEQ: isTrue = accumulator == operand; break;
            case BPF_JGT: isTrue = accumulator > operand; break;
            case BPF_JGE: isTrue = accumulator >= operand; break;
            case BPF_JSET: isTrue = accumulator & operand; break;
            default: return std::nullopt;
            }
            at += isTrue ? step.jt : step.jf;
            break;
        }
        case BPF_RET: return BPF_RVAL(step.code) == BPF_A ? accumulator : step.k;
        default: return std::nullopt;
        }
    }
    return std::nullopt;
}

std::uint32_t answer(long call, std::array<std::uint64_t, 6> arguments = {}, std::uint32_t architecture = native)
{
    seccomp_data data{};
    data.nr = static_cast<int>(call);
    data.arch = architecture;
    std::memcpy(data.args, arguments.data(), sizeof data.args);
    return run(seccompProgram(), data).value_or(0xdeadbeef);
}

struct Call {
    const char *name;
    long number;
};
#define CALL(name) \
    Call { #name, SYS_##name }

} // namespace

// The compiled filter, executed instruction by instruction, and once by the kernel.
class TestSeccomp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void programsThatPeopleRunNeedThese()
    {
        const Call calls[] = {
            CALL(read),
            CALL(write),
            CALL(openat),
            CALL(openat2),
            CALL(close),
            CALL(fstat),
            CALL(lseek),
            CALL(mmap),
            CALL(mprotect),
            CALL(munmap),
            CALL(brk),
            CALL(rt_sigaction),
            CALL(rt_sigreturn),
            CALL(ioctl),
            CALL(pread64),
            CALL(writev),
            CALL(sched_yield),
            CALL(mremap),
            CALL(madvise),
            CALL(shmget),
            CALL(dup3),
            CALL(nanosleep),
            CALL(getitimer),
            CALL(getpid),
            CALL(sendfile),
            CALL(connect),
            CALL(accept4),
            CALL(sendto),
            CALL(recvmmsg),
            CALL(bind),
            CALL(listen),
            CALL(setsockopt),
            CALL(execve),
            CALL(execveat),
            CALL(exit_group),
            CALL(wait4),
            CALL(waitid),
            CALL(kill),
            CALL(uname),
            CALL(semtimedop),
            CALL(msgrcv),
            CALL(fcntl),
            CALL(flock),
            CALL(fsync),
            CALL(ftruncate),
            CALL(getdents64),
            CALL(getcwd),
            CALL(chdir),
            CALL(renameat2),
            CALL(mkdirat),
            CALL(linkat),
            CALL(symlinkat),
            CALL(fchmodat),
            CALL(fchmodat2),
            CALL(fchownat),
            CALL(umask),
            CALL(gettimeofday),
            CALL(getrlimit),
            CALL(sysinfo),
            CALL(times),
            CALL(ptrace),
            CALL(getuid),
            CALL(setuid),
            CALL(setgroups),
            CALL(setresuid),
            CALL(capset),
            CALL(capget),
            CALL(rt_sigtimedwait),
            CALL(sigaltstack),
            CALL(mknodat),
            CALL(statfs),
            CALL(getpriority),
            CALL(sched_setscheduler),
            CALL(mlockall),
            CALL(prctl),
            CALL(sync),
            CALL(setrlimit),
            CALL(chroot),
            CALL(gettid),
            CALL(readahead),
            CALL(setxattr),
            CALL(fgetxattr),
            CALL(futex),
            CALL(futex_waitv),
            CALL(sched_setaffinity),
            CALL(io_setup),
            CALL(io_submit),
            CALL(epoll_create1),
            CALL(epoll_pwait2),
            CALL(set_tid_address),
            CALL(timer_create),
            CALL(clock_gettime),
            CALL(clock_nanosleep),
            CALL(tgkill),
            CALL(mq_open),
            CALL(inotify_add_watch),
            CALL(ppoll),
            CALL(set_robust_list),
            CALL(splice),
            CALL(utimensat),
            CALL(fallocate),
            CALL(timerfd_create),
            CALL(signalfd4),
            CALL(eventfd2),
            CALL(pipe2),
            CALL(preadv2),
            CALL(prlimit64),
            CALL(syncfs),
            CALL(getcpu),
            CALL(process_vm_readv),
            CALL(seccomp),
            CALL(getrandom),
            CALL(memfd_create),
            CALL(membarrier),
            CALL(copy_file_range),
            CALL(statx),
            CALL(rseq),
            CALL(pidfd_send_signal),
            CALL(pidfd_open),
            CALL(close_range),
            CALL(faccessat2),
            CALL(landlock_create_ruleset),
            CALL(memfd_secret),
            CALL(name_to_handle_at),
            CALL(restart_syscall),
            CALL(cachestat),
            // reading the clock's state and the list of mounts: the kernel itself refuses more
            CALL(adjtimex),
            CALL(clock_adjtime),
            CALL(listmount),
            CALL(statmount),
#if defined(__x86_64__)
            CALL(open),
            CALL(stat),
            CALL(poll),
            CALL(access),
            CALL(pipe),
            CALL(select),
            CALL(fork),
            CALL(vfork),
            CALL(rename),
            CALL(mkdir),
            CALL(unlink),
            CALL(readlink),
            CALL(chmod),
            CALL(chown),
            CALL(arch_prctl),
            CALL(time),
            CALL(epoll_wait),
            CALL(dup2),
            CALL(alarm),
            CALL(modify_ldt),
#endif
        };
        for (const Call &call : calls)
            QVERIFY2(answer(call.number) == allow, call.name);
    }

    void whatNeedsMoreThanAContainerHas()
    {
        const Call calls[] = {
            CALL(mount),
            CALL(umount2),
            CALL(pivot_root),
            CALL(setns),
            CALL(unshare),
            CALL(move_mount),
            CALL(open_tree),
            CALL(fsopen),
            CALL(fsconfig),
            CALL(fsmount),
            CALL(fspick),
            CALL(mount_setattr),
            CALL(bpf),
            CALL(perf_event_open),
            CALL(userfaultfd),
            CALL(keyctl),
            CALL(add_key),
            CALL(request_key),
            CALL(init_module),
            CALL(finit_module),
            CALL(delete_module),
            CALL(kexec_load),
            CALL(kexec_file_load),
            CALL(reboot),
            CALL(swapon),
            CALL(swapoff),
            CALL(acct),
            CALL(quotactl),
            CALL(quotactl_fd),
            CALL(syslog),
            CALL(sethostname),
            CALL(setdomainname),
            CALL(settimeofday),
            CALL(clock_settime),
            CALL(open_by_handle_at),
            CALL(fanotify_init),
            CALL(kcmp),
            CALL(move_pages),
            CALL(migrate_pages),
            CALL(vhangup),
            CALL(nfsservctl),
            // as in Docker's list: these want CAP_SYS_NICE or CAP_SYS_PTRACE there
            CALL(mbind),
            CALL(set_mempolicy),
            CALL(get_mempolicy),
            CALL(set_mempolicy_home_node),
            CALL(pidfd_getfd),
            CALL(process_madvise),
#if defined(__x86_64__)
            CALL(ioperm),
            CALL(iopl),
            CALL(uselib),
            CALL(ustat),
            CALL(sysfs),
            CALL(_sysctl),
            CALL(create_module),
            CALL(lookup_dcookie),
#endif
        };
        for (const Call &call : calls)
            QVERIFY2(answer(call.number) == refuse, call.name);
    }

    // What no list knows is refused; so is everything that a later kernel adds.
    void unknownCalls()
    {
        for (const long call : {600L, 1000L, 100'000L, 0x7fffffffL, -1L})
            QVERIFY2(answer(call) == refuse || answer(call) == missing, qPrintable(QString::number(call)));
    }

    void callsThatAppearAbsent()
    {
        for (const long call : {SYS_clone3, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register})
            QCOMPARE(answer(call), missing);
    }

    void otherArchitectures()
    {
        for (const std::uint32_t architecture : {std::uint32_t{AUDIT_ARCH_S390X}, std::uint32_t{AUDIT_ARCH_PPC64LE},
                 std::uint32_t{AUDIT_ARCH_MIPS}, std::uint32_t{0}})
            QCOMPARE(answer(0, {}, architecture), missing);
#if defined(__x86_64__)
        for (const long call : {SYS_read, SYS_mount, SYS_ptrace}) // the x32 interface
            QVERIFY(answer(call | 0x40000000) != allow);
        QCOMPARE(answer(3 /* read */, {}, AUDIT_ARCH_I386), allow);
        QCOMPARE(answer(21 /* mount */, {}, AUDIT_ARCH_I386), refuse);
        QCOMPARE(answer(52 /* umount2 */, {}, AUDIT_ARCH_I386), refuse);
        // 102 is socketcall there; its family stands behind a pointer (DECISIONS.md, 20).
        QCOMPARE(answer(102, {1 /* socket */}, AUDIT_ARCH_I386), refuse);
        QCOMPARE(answer(102, {3 /* connect */}, AUDIT_ARCH_I386), allow);
        QCOMPARE(answer(359 /* socket */, {38 /* AF_ALG */, 5}, AUDIT_ARCH_I386), refuse);
        QCOMPARE(answer(359 /* socket */, {AF_INET, 1}, AUDIT_ARCH_I386), allow);
#endif
    }

    // CVE-2026-31431 and its family: kernel code that a socket reaches.
    void row74_socketTable()
    {
        for (std::uint64_t family = 0; family < 64; ++family) {
            const bool isWanted = family == AF_UNIX || family == AF_INET || family == AF_INET6 || family == AF_NETLINK
                || family == AF_PACKET;
            QVERIFY2(
                answer(SYS_socket, {family, SOCK_DGRAM, 0}) == (isWanted ? allow : refuse), qPrintable(QString::number(family)));
        }
        for (const std::uint64_t refused :
            {std::uint64_t{AF_ALG}, std::uint64_t{AF_VSOCK}, std::uint64_t{AF_RXRPC}, std::uint64_t{AF_KEY}})
            QCOMPARE(answer(SYS_socket, {refused, SOCK_RAW, 0}), refuse);
        for (std::uint64_t protocol = 0; protocol < 32; ++protocol)
            QCOMPARE(answer(SYS_socket, {AF_NETLINK, SOCK_RAW, protocol}), protocol == 6 /* XFRM */ ? refuse : allow);
        // The kernel looks at 32 bits only; what is above must not hide anything.
        constexpr std::uint64_t high = std::uint64_t{1} << 32;
        QVERIFY(answer(SYS_socket, {high | AF_ALG, SOCK_DGRAM, 0}) != allow);
        QVERIFY(answer(SYS_socket, {AF_NETLINK, SOCK_RAW, high | 6}) != allow);
        QVERIFY(answer(SYS_socket, {AF_NETLINK, SOCK_RAW, 0xffffffff00000006}) != allow);
    }

    // CVE-2017-5226: typing into the terminal of whoever started us.
    void row51_terminalInput()
    {
        constexpr std::uint64_t sti = 0x5412, linux = 0x541c, high = std::uint64_t{0xabcd} << 32;
        for (const std::uint64_t request : {sti, linux, sti | high, linux | high})
            QCOMPARE(answer(SYS_ioctl, {1, request, 0}), refuse);
        for (std::uint64_t request = 0; request < 0x10000; ++request)
            QVERIFY2(answer(SYS_ioctl, {1, request, 0}) == (request == sti || request == linux ? refuse : allow),
                qPrintable(QString::number(request, 16)));
        for (int bit = 0; bit < 32; ++bit)
            for (const std::uint64_t request : {sti, linux}) {
                const std::uint64_t other = request ^ (std::uint64_t{1} << bit);
                QCOMPARE(answer(SYS_ioctl, {1, other, 0}), other == sti || other == linux ? refuse : allow);
            }
    }

    void row75_noNewNamespaces()
    {
        const std::uint64_t flags[] = {
            CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP};
        for (const std::uint64_t flag : flags) {
            QCOMPARE(answer(SYS_clone, {flag | SIGCHLD}), refuse);
            QCOMPARE(answer(SYS_clone, {flag | CLONE_VM | CLONE_VFORK | SIGCHLD}), refuse);
            QCOMPARE(answer(SYS_unshare, {flag}), refuse);
        }
        QCOMPARE(answer(SYS_clone, {SIGCHLD}), allow);
        QCOMPARE(
            answer(SYS_clone, {CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS}),
            allow);
    }

    void personalities()
    {
        for (const std::uint64_t persona : {0x0ULL, 0x8ULL, 0x20000ULL, 0x20008ULL, 0xffffffffULL})
            QCOMPARE(answer(SYS_personality, {persona}), allow);
        for (const std::uint64_t persona :
            {0x40000ULL /* no randomised addresses */, 0x400000ULL /* READ_IMPLIES_EXEC */, 0x1ULL})
            QCOMPARE(answer(SYS_personality, {persona}), refuse);
    }

    // Every path through the program ends in one of three answers; no data makes it kill or log.
    void onlyThreeAnswers()
    {
        QVERIFY(seccompProgram().size() > 100 && seccompProgram().size() <= BPF_MAXINSNS);
        std::uint64_t seed = 42;
        const auto next = [&seed] { return seed = seed * 6364136223846793005ULL + 1442695040888963407ULL; };
        for (int round = 0; round < 200'000; ++round) {
            const std::uint64_t few = next() >> 40;
            const auto result = answer(static_cast<long>(few % 470), {next() >> (few % 64), next() >> (few % 61), next() >> 60},
                few % 5 ? native : AUDIT_ARCH_I386);
            QVERIFY(result == allow || result == refuse || result == missing);
        }
    }

    void inTheKernel()
    {
        const pid_t pid = ::fork();
        if (pid == 0) {
            if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || !installSeccomp())
                ::_exit(1);
            const auto fails = [](long result, int error) { return result < 0 && errno == error; };
            if (!fails(::syscall(SYS_unshare, CLONE_NEWUSER), EPERM))
                ::_exit(2);
            if (!fails(::syscall(SYS_keyctl, 0, 0, 0, 0, 0), EPERM) || !fails(::syscall(SYS_bpf, 0, nullptr, 0), EPERM))
                ::_exit(3);
            if (!fails(::syscall(SYS_clone3, nullptr, 0), ENOSYS) || !fails(::syscall(SYS_io_uring_setup, 1, nullptr), ENOSYS))
                ::_exit(4);
            if (!fails(::socket(38, SOCK_SEQPACKET, 0), EPERM) || !fails(::socket(40, SOCK_STREAM, 0), EPERM))
                ::_exit(5);
            if (!fails(::ioctl(0, 0x5412, ""), EPERM))
                ::_exit(6);
            const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
            const pid_t child = fd < 0 ? -1 : ::fork();
            if (child == 0)
                ::_exit(0);
            ::_exit(child > 0 && ::waitpid(child, nullptr, 0) == child ? 0 : 7);
        }
        int status = -1;
        ::waitpid(pid, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
};

QTEST_APPLESS_MAIN(TestSeccomp)
#include "tst_seccomp.moc"
