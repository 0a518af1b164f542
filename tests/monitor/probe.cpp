// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs inside containers of the tests: asks the kernel for one thing and prints what it said. Linked
// statically, so that it needs nothing of the image.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

void report(const char *what, long result) { std::printf("%s %s\n", what, result >= 0 ? "OK" : strerrorname_np(errno)); }

void sockets()
{
    struct Family {
        const char *name;
        int family;
        int type;
        int protocol;
    };
    constexpr Family families[] = {{"UNIX", AF_UNIX, SOCK_STREAM, 0}, {"INET", AF_INET, SOCK_STREAM, 0},
        {"INET6", AF_INET6, SOCK_STREAM, 0}, {"PING", AF_INET, SOCK_DGRAM, 1}, {"NETLINK", AF_NETLINK, SOCK_RAW, 0},
        {"XFRM", AF_NETLINK, SOCK_RAW, 6}, {"RAW", AF_INET, SOCK_RAW, 1}, {"PACKET", AF_PACKET, SOCK_RAW, 0},
        {"ALG", 38, SOCK_SEQPACKET, 0}, {"VSOCK", 40, SOCK_STREAM, 0}, {"RXRPC", 33, SOCK_DGRAM, AF_INET},
        {"KEY", 15, SOCK_RAW, 2}, {"BLUETOOTH", 31, SOCK_RAW, 1}, {"XDP", 44, SOCK_RAW, 0}};
    for (const auto &family : families)
        report(family.name, ::socket(family.family, family.type, family.protocol));
#if defined(__x86_64__)
    // The 32-bit entry with socketcall(SYS_SOCKET): EFAULT for the missing arguments, were it allowed.
    long result = 0;
    asm volatile("int $0x80" : "=a"(result) : "a"(102), "b"(1), "c"(0) : "memory", "r8", "r9", "r10", "r11");
    errno = result < 0 ? static_cast<int>(-result) : 0;
    report("SOCKETCALL32", result);
#endif
}

void calls()
{
    char text = 'x';
    report("TIOCSTI", ::ioctl(0, TIOCSTI, &text));
    report("TIOCLINUX", ::ioctl(0, TIOCLINUX, &text));
    report("TIOCSTI-high-bits", ::syscall(SYS_ioctl, 0, 0x100000000UL + TIOCSTI, &text));
    report("unshare-user", ::unshare(CLONE_NEWUSER));
    report("unshare-mount", ::unshare(CLONE_NEWNS));
    report("clone3", ::syscall(SYS_clone3, nullptr, 0UL));
    report("clone-user", ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    report("mount", ::syscall(SYS_mount, "none", "/tmp", "tmpfs", 0UL, nullptr));
    report("fsopen", ::syscall(SYS_fsopen, "tmpfs", 0));
    report("setns", ::syscall(SYS_setns, 0, 0));
    report("bpf", ::syscall(SYS_bpf, 0, nullptr, 0));
    report("keyctl", ::syscall(SYS_keyctl, 0, 0));
    report("add_key", ::syscall(SYS_add_key, "user", "x", "y", 1UL, -3));
    report("userfaultfd", ::syscall(SYS_userfaultfd, 0));
    report("perf_event_open", ::syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0UL));
    report("io_uring_setup", ::syscall(SYS_io_uring_setup, 1, nullptr));
    report("reboot", ::syscall(SYS_reboot, 0, 0, 0, nullptr));
    report("kexec_load", ::syscall(SYS_kexec_load, 0UL, 0UL, nullptr, 0UL));
    report("open_by_handle_at", ::syscall(SYS_open_by_handle_at, -1, nullptr, 0));
    report("mknod-device", ::mknod("/tmp/disk", S_IFBLK | 0600, 0x0801));
}

// What ping(8) does without rights: an echo to ourselves, and its answer.
void echo()
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    report("socket", socket);
    icmphdr request{};
    request.type = ICMP_ECHO;
    sockaddr_in self{};
    self.sin_family = AF_INET;
    self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    report("send", ::sendto(socket, &request, sizeof request, 0, reinterpret_cast<sockaddr *>(&self), sizeof self));
    pollfd answer{socket, POLLIN, 0};
    icmphdr reply{};
    const bool came = ::poll(&answer, 1, 5000) == 1
        && ::recv(socket, &reply, sizeof reply, 0) >= static_cast<ssize_t>(sizeof reply);
    std::printf("reply %s\n", came && reply.type == ICMP_ECHOREPLY ? "OK" : "none");
}

void descriptors()
{
    DIR *folder = ::opendir("/proc/self/fd");
    while (const dirent *entry = folder ? ::readdir(folder) : nullptr) {
        const int fd = std::atoi(entry->d_name);
        char target[4096] = {};
        if (entry->d_name[0] == '.' || fd == ::dirfd(folder))
            continue;
        const ssize_t size = ::readlinkat(::dirfd(folder), entry->d_name, target, sizeof target - 1);
        std::printf("%d %s\n", fd, size < 0 ? "?" : target);
    }
}

// Looks for processes that appear while others join the container, and tries what would give their
// host descriptors away. Prints what worked.
void hunt(int seconds)
{
    const time_t end = ::time(nullptr) + seconds;
    long tried = 0;
    while (::time(nullptr) < end) {
        for (int pid = 2; pid < 3000; ++pid) {
            if (pid == ::getpid() || ::kill(pid, 0) < 0)
                continue;
            char name[64];
            ++tried;
            char exe[4096] = {};
            std::snprintf(name, sizeof name, "/proc/%d/exe", pid);
            const ssize_t size = ::readlink(name, exe, sizeof exe - 1);
            if (size > 0 && std::strstr(exe, "monitor"))
                std::printf("saw exe %s\n", exe);
            std::snprintf(name, sizeof name, "/proc/%d/fd/5", pid);
            if (::readlink(name, exe, sizeof exe - 1) > 0)
                std::printf("saw fd %s\n", exe);
        }
    }
    std::printf("hunted %s\n", tried > 0 ? "some" : "none");
}

void writeOwnProgram()
{
    // CVE-2019-5736: what "the running program" of every visible process is, opened for writing.
    for (int pid = 1; pid < 100; ++pid) {
        char name[64];
        std::snprintf(name, sizeof name, "/proc/%d/exe", pid);
        const int fd = ::open(name, O_WRONLY);
        if (fd >= 0) {
            char target[4096] = {};
            ::readlink(name, target, sizeof target - 1);
            std::printf("writable %s\n", target);
        }
    }
    std::printf("done\n");
}

} // namespace

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (!std::strcmp(what, "sockets"))
        sockets();
    else if (!std::strcmp(what, "calls"))
        calls();
    else if (!std::strcmp(what, "descriptors"))
        descriptors();
    else if (!std::strcmp(what, "echo"))
        echo();
    else if (!std::strcmp(what, "hunt"))
        hunt(argc > 2 ? std::atoi(argv[2]) : 2);
    else if (!std::strcmp(what, "write-programs"))
        writeOwnProgram();
    else
        return 64;
    return 0;
}
