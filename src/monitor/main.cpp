// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor of one container. Started by the engine with one end of a SOCK_SEQPACKET pair as
// descriptor 3; the conversation is wire/monitormessage.h.
#include "base/io.h"
#include "holder/holderlinks.h"
#include "monitor/monitor.h"
#include "runtime/storefolder.h"

#include <csignal>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int starterFd = 3;

bool isPacketSocket(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

// Nobody has to wait for the result: the process that the engine started ends at once, and ours belongs
// to no session with a terminal.
bool detach()
{
    const pid_t first = ::fork();
    if (first != 0)
        ::_exit(first < 0 ? 125 : 0);
    ::setsid();
    const pid_t second = ::fork();
    if (second != 0)
        ::_exit(second < 0 ? 125 : 0);
    ::setpgid(0, 0); // its own group: the helper serves nobody who could be stopped with a shell's job
    const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    return null >= 0 && ::dup2(null, 0) == 0 && ::dup2(null, 1) == 1 && ::dup2(null, 2) == 2 && ::close_range(4, ~0U, 0) == 0
        && ::fcntl(starterFd, F_SETFD, FD_CLOEXEC) == 0 && ::chdir("/") == 0;
}

void prepareProcess()
{
    ::umask(077);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    ::prctl(PR_SET_NAME, "berth-monitor", 0, 0, 0);
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE})
        ::signal(number, SIG_IGN);
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

berth::Result<berth::DelegatedCgroup> enterFor(const std::string &container)
{
    if (!berth::isContainerId(container))
        return berth::fail(berth::ErrorCode::Unavailable, "the monitor does not know its container yet");
    return berth::enterDelegatedCgroup(container);
}

} // namespace

int main(int count, char **arguments)
{
    using namespace berth;
    if (!isPacketSocket(starterFd)) {
        std::fputs("berth-monitor is started by berth, one for each container; it is of no use alone.\n", stderr);
        return 125;
    }
    if (!detach())
        return 125;
    prepareProcess();
    UniqueFd starter(starterFd);
    // Before there is anything to do, if it is known for whom: entering takes as long as a grace period of the
    // kernel, or an answer of systemd, which the starter uses to create the container.
    std::string container = count == 2 ? arguments[1] : "";
    if (count == 2) // an init inside the container is a copy of this process, and shows what is written here
        ::explicit_bzero(arguments[1], container.size());
    auto delegated = enterFor(container);
    auto received = receiveMessage(starter.get());
    if (!received)
        return 125;
    auto message = monitor::decode(received->bytes);
    if (!message || !std::holds_alternative<monitor::Start>(*message))
        return 125;
    const auto &id = std::get<monitor::Start>(*message).spec.containerId;
    if (container != id)
        delegated = enterFor(id);
    Monitor watcher(std::move(starter), std::move(std::get<monitor::Start>(*message)));
    if (auto begun = watcher.begin(std::move(received->fds), std::move(delegated)); !begun) {
        watcher.refuse(begun.error());
        return 125;
    }
    received->fds.clear();
    received->bytes = {};
    watcher.run();
    return 0;
}
