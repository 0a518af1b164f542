// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The holder: process 1 and root of the user's namespaces, started by the helper. It readies them,
// gives up its own rights and sleeps; the namespaces live as long as it does, or as a container in them.
//
// Nothing is mounted here. The helper makes the mount namespace together with the user namespace, and
// the kernel then makes every shared mount of the copy a slave (mount_namespaces(7)), so that what the
// host mounts later arrives, and nothing goes back.
namespace {

constexpr int channel = 3;

// The engine reads one of these bytes; only Ready is success.
enum Word : char { Ready = 'r', WrongState = 's', NoLoopback = 'l', NoName = 'n' };

bool isWhatTheHelperMakes()
{
    int type = 0;
    socklen_t size = sizeof type;
    return getpid() == 1 && getuid() == 0 && geteuid() == 0 && getgid() == 0 && getegid() == 0
        && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && getsockopt(channel, SOL_SOCKET, SO_TYPE, &type, &size) == 0
        && type == SOCK_SEQPACKET;
}

bool raiseLoopback()
{
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    ifreq request{};
    strcpy(request.ifr_name, "lo");
    bool isUp = ioctl(fd, SIOCGIFFLAGS, &request) == 0;
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
    isUp = isUp && ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return isUp;
}

Word ready()
{
    if (!isWhatTheHelperMakes() || close_range(channel + 1, ~0U, 0) < 0)
        return WrongState;
    if (!raiseLoopback())
        return NoLoopback;
    constexpr char name[] = "berth";
    return sethostname(name, sizeof name - 1) == 0 ? Ready : NoName;
}

// The engine answers with one byte once the holder is on record. Without it nobody would ever find this
// process, so it ends with the channel: that covers an engine or a helper killed in between.
bool isKept(Word word)
{
    const char sent = word;
    if (send(channel, &sent, 1, MSG_NOSIGNAL) != 1 || word != Ready)
        return false;
    char answer = 0;
    ssize_t size = -1;
    do {
        size = recv(channel, &answer, 1, 0);
    } while (size < 0 && errno == EINTR);
    close(channel);
    return size == 1;
}

bool dropCapabilities()
{
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; ++capability)
        if (prctl(PR_CAPBSET_DROP, capability) < 0)
            return false;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const __user_cap_data_struct none[2] = {};
    return syscall(SYS_capset, &header, none) == 0;
}

} // namespace

int main()
{
    // Blocked and waited for, because process 1 of a namespace is not sent what it neither blocks nor
    // handles.
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGTERM);
    sigaddset(&awaited, SIGCHLD);
    sigprocmask(SIG_BLOCK, &awaited, nullptr);
    // The control group of the moment becomes the root that this namespace shows.
    if (!isKept(unshare(CLONE_NEWCGROUP) == 0 ? ready() : WrongState) || !dropCapabilities())
        return 1;
    for (;;) {
        siginfo_t signal{};
        const int number = sigwaitinfo(&awaited, &signal);
        if (number == SIGTERM)
            return 0;
        while (waitpid(-1, nullptr, WNOHANG) > 0) {}
    }
}
