// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The ports of one container. Started by its monitor with one end of a SOCK_SEQPACKET pair as descriptor 3; the
// conversation is wire/forwardermessage.h. Takes the machine's ports as the ordinary process of the user that it is,
// then enters the network between containers, gives up what power it has there, and carries bytes.
#include "base/io.h"
#include "forwarder/bindports.h"
#include "forwarder/tcpforwarder.h"
#include "forwarder/udpforwarder.h"
#include "wire/forwardermessage.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using namespace berth;

constexpr int channelFd = 3;
constexpr std::size_t maxConnections = 10'000, maxFlows = 4'096;
constexpr std::size_t descriptorsEach = 6;   // of a connection: two sockets, and a pipe for each direction
constexpr std::size_t descriptorsAside = 96; // free pipes and our own

std::int64_t millisecondsNow()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1000} + now.tv_nsec / 1'000'000;
}

// With the monitor goes the container, and with it what was published.
void endWithMonitor() { ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

std::size_t raiseDescriptors()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) < 0)
        return 1024;
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_cur;
}

// As root of the holder, who then lays that down.
Result<> enterNetwork(const std::vector<UniqueFd> &namespaces)
{
    if (namespaces.size() != 2)
        return fail(ErrorCode::InvalidArgument, "publishing needs the holder's namespaces");
    if (::setns(namespaces[0].get(), CLONE_NEWUSER) < 0 || ::setns(namespaces[1].get(), CLONE_NEWNET) < 0)
        return failErrno("cannot enter the holder's network");
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    const __user_cap_data_struct none[2] = {};
    if (::syscall(SYS_capset, &header, none) < 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failErrno("cannot give up privileges");
    endWithMonitor(); // entering has taken that away
    // The user may look: whose a port is, is found there. Containers are further inside, and may not.
    ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    return {};
}

class Forwarder final : forwarder::EventTarget {
public:
    Forwarder(forwarder::EventLoop &loop, std::size_t descriptors)
        : m_loop(loop), m_tcp(loop, std::clamp<std::size_t>(descriptors / descriptorsEach, 1, maxConnections)),
          m_udp(loop, std::clamp<std::size_t>(descriptors / 4, 1, maxFlows), millisecondsNow)
    {
    }

    Result<> add(std::vector<forwarder::BoundPort> &ports)
    {
        for (auto &port : ports) {
            const auto &published = port.published;
            auto added = published.protocol == PortProtocol::Udp ? m_udp.add(std::move(port.socket), published.containerPort)
                                                                 : m_tcp.add(std::move(port.socket), published.containerPort);
            if (!added)
                return added;
        }
        return m_loop.add(channelFd, EPOLLIN, *this);
    }

    void run(const forwarder::Target &target)
    {
        retarget(target);
        while (!m_isOver) {
            const int tcp = m_tcp.timeout(), udp = m_udp.timeout();
            m_loop.step(tcp < 0 || udp < 0 ? std::max(tcp, udp) : std::min(tcp, udp));
            m_tcp.work(millisecondsNow());
            m_udp.expire();
        }
    }

private:
    void retarget(const forwarder::Target &target)
    {
        m_tcp.setTarget(target);
        m_udp.setTarget(target);
    }
    void handle(std::uint32_t) override
    {
        const auto received = receiveMessage(channelFd);
        const auto message = received ? forwarder::decodeRetarget(received->bytes) : std::unexpected(received.error());
        if (message)
            retarget(message->target);
        else
            m_isOver = true; // the monitor's end is closed
    }

    forwarder::EventLoop &m_loop;
    forwarder::TcpForwarder m_tcp;
    forwarder::UdpForwarder m_udp;
    bool m_isOver = false;
};

int refuse(const Error &error)
{
    (void)sendMessage(channelFd, forwarder::encode(forwarder::Answer{.isDone = false, .error = error, .ports = {}}));
    return EXIT_FAILURE;
}

int serve()
{
    auto received = receiveMessage(channelFd);
    const auto publish = received ? forwarder::decodePublish(received->bytes) : std::unexpected(received.error());
    if (!publish)
        return refuse(publish.error());
    const std::size_t descriptors = raiseDescriptors();
    auto bound = forwarder::bindPorts(publish->ports, publish->target.address);
    if (!bound)
        return refuse(bound.error());
    if (const auto entered = enterNetwork(received->fds); !entered)
        return refuse(entered.error());
    received->fds.clear();
    auto loop = forwarder::EventLoop::make();
    if (!loop)
        return refuse(loop.error());
    const std::size_t used = bound->size() + descriptorsAside;
    if (descriptors < used + descriptorsEach)
        return refuse(Error{ErrorCode::Unavailable, "too many ports for the limit of open files"});
    forwarder::Answer answer{.isDone = true, .error = {}, .ports = {}};
    for (const auto &port : *bound)
        answer.ports.push_back(port.published);
    Forwarder forwarder(*loop, descriptors - used);
    if (const auto added = forwarder.add(*bound); !added)
        return refuse(added.error());
    bound->clear();
    if (!sendMessage(channelFd, berth::forwarder::encode(answer)))
        return EXIT_FAILURE;
    forwarder.run(publish->target);
    return EXIT_SUCCESS;
}

} // namespace

int main()
{
    int type = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(channelFd, SOL_SOCKET, SO_TYPE, &type, &size) < 0 || type != SOCK_SEQPACKET) {
        std::fputs("berth-forwarder is started by a container's monitor; it is of no use alone.\n", stderr);
        return 125;
    }
    endWithMonitor();
    ::fcntl(channelFd, F_SETFD, FD_CLOEXEC);
    ::signal(SIGPIPE, SIG_IGN);
    return serve();
}
