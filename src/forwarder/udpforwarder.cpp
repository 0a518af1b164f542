// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/udpforwarder.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <sys/uio.h>

namespace berth::forwarder {
namespace {

constexpr std::int64_t quietTime = 90'000; // milliseconds; as long as Docker's proxy remembers a client
constexpr std::size_t batchSize = 16;
constexpr std::size_t maxDatagram = 65'536;
constexpr int maxBatches = 8;              // from one socket, before others have their turn

// Datagrams on their way. There is one thread, and only pages that were ever needed take memory.
struct Batch {
    struct Control {
        alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(in6_pktinfo))> bytes;
    };
    std::array<std::array<std::byte, maxDatagram>, batchSize> bytes;
    std::array<iovec, batchSize> vectors;
    std::array<sockaddr_storage, batchSize> addresses;
    std::array<Control, batchSize> controls;
    std::array<mmsghdr, batchSize> messages;

    // How many have come; 0: none is there now.
    std::size_t receive(int socket)
    {
        for (std::size_t i = 0; i < batchSize; ++i) {
            vectors[i] = {.iov_base = bytes[i].data(), .iov_len = maxDatagram};
            messages[i] = {};
            auto &header = messages[i].msg_hdr;
            header.msg_iov = &vectors[i];
            header.msg_iovlen = 1;
            header.msg_name = &addresses[i];
            header.msg_namelen = sizeof addresses[i];
            header.msg_control = &controls[i];
            header.msg_controllen = sizeof controls[i];
        }
        const int count = ::recvmmsg(socket, messages.data(), batchSize, MSG_DONTWAIT, nullptr);
        for (int i = 0; i < count; ++i)
            vectors[static_cast<std::size_t>(i)].iov_len = messages[static_cast<std::size_t>(i)].msg_len;
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    // Those of [first, end). What the socket does not take is lost, as datagrams are; an error that a former one
    // has brought back from the container is taken away first.
    void send(int socket, std::size_t first, std::size_t end)
    {
        bool hasFailed = false;
        while (first < end) {
            const int sent = ::sendmmsg(
                socket, &messages[first], static_cast<unsigned>(end - first), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent > 0) {
                first += static_cast<std::size_t>(sent);
            } else if (hasFailed) {
                return;
            } else {
                hasFailed = true;
            }
        }
    }
};
Batch batch;

FlowKey keyOf(int listener, const sockaddr_storage &address)
{
    FlowKey key;
    key.listener = listener;
    if (address.ss_family == AF_INET6) {
        const auto &six = reinterpret_cast<const sockaddr_in6 &>(address);
        key.port = six.sin6_port;
        key.address = six.sin6_addr;
    } else {
        const auto &four = reinterpret_cast<const sockaddr_in &>(address);
        key.port = four.sin_port;
        std::memcpy(&key.address, &four.sin_addr, sizeof four.sin_addr);
    }
    return key;
}

void noteReached(Flow &flow, const msghdr &header)
{
    for (auto *part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(const_cast<msghdr *>(&header), part)) {
        if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
            std::memcpy(&flow.reached4, CMSG_DATA(part), sizeof flow.reached4);
            flow.reached4.ipi_ifindex = 0; // the routes decide
        } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
            std::memcpy(&flow.reached6, CMSG_DATA(part), sizeof flow.reached6);
        }
    }
}

template<typename T> void putReached(msghdr &header, Batch::Control &control, int level, int type, const T &value)
{
    control = {};
    header.msg_control = &control;
    header.msg_controllen = CMSG_SPACE(sizeof value);
    auto *part = CMSG_FIRSTHDR(&header);
    part->cmsg_level = level;
    part->cmsg_type = type;
    part->cmsg_len = CMSG_LEN(sizeof value);
    std::memcpy(CMSG_DATA(part), &value, sizeof value);
}

} // namespace

UdpForwarder::UdpForwarder(EventLoop &loop, std::size_t maxFlows, Clock clock)
    : m_loop(loop), m_clock(std::move(clock)), m_flows(maxFlows, quietTime)
{
    m_flows.onEnd = [this](Flow &flow) {
        if (flow.socket)
            m_loop.remove(flow.socket.get(), flow);
    };
}

Result<> UdpForwarder::add(UniqueFd socket, std::uint16_t containerPort)
{
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on); // refused by one of IPv4
    auto listener = std::make_unique<Listener>(*this, std::move(socket), containerPort);
    if (auto added = m_loop.add(listener->socket.get(), EPOLLIN, *listener); !added)
        return added;
    m_listeners.push_back(std::move(listener));
    return {};
}

void UdpForwarder::setTarget(const Target &target)
{
    m_flows.clear();
    m_target = target;
}

Flow *UdpForwarder::newFlow(const Listener &listener, const FlowKey &key)
{
    UniqueFd socket = connectTo(m_target, listener.containerPort, SOCK_DGRAM);
    if (!socket)
        return nullptr;
    Flow &flow = m_flows.add(key, m_clock());
    flow.socket = std::move(socket);
    flow.answer = [this](Flow &which) { answer(which); };
    if (!m_loop.add(flow.socket.get(), EPOLLIN, flow)) {
        m_flows.remove(flow);
        return nullptr;
    }
    return &flow;
}

Flow *UdpForwarder::flowOf(const Listener &listener, const msghdr &header)
{
    const auto &address = *static_cast<const sockaddr_storage *>(header.msg_name);
    const auto key = keyOf(listener.socket.get(), address);
    Flow *flow = m_flows.find(key);
    if (!flow)
        flow = newFlow(listener, key);
    if (!flow)
        return nullptr;
    flow->client = address;
    flow->clientSize = header.msg_namelen;
    noteReached(*flow, header);
    m_flows.touch(*flow, m_clock());
    return flow;
}

void UdpForwarder::receive(Listener &listener)
{
    for (int round = 0; round < maxBatches; ++round) {
        const std::size_t count = batch.receive(listener.socket.get());
        if (count == 0)
            return;
        // Neighbours of one client go in one call.
        for (std::size_t i = 0; i < count && m_target.address != 0;) {
            Flow *flow = flowOf(listener, batch.messages[i].msg_hdr);
            const auto key = keyOf(listener.socket.get(), batch.addresses[i]);
            const std::size_t first = i;
            const auto isSame = [&] {
                const auto other = keyOf(listener.socket.get(), batch.addresses[i]);
                return !(other < key) && !(key < other);
            };
            for (; i < count && isSame(); ++i) {
                auto &header = batch.messages[i].msg_hdr;
                header.msg_name = nullptr;
                header.msg_namelen = 0;
                header.msg_control = nullptr;
                header.msg_controllen = 0;
            }
            if (flow)
                batch.send(flow->socket.get(), first, i);
        }
    }
}

void UdpForwarder::answer(Flow &flow)
{
    for (int round = 0; round < maxBatches; ++round) {
        const std::size_t count = batch.receive(flow.socket.get());
        if (count == 0) {
            int error = 0;
            socklen_t size = sizeof error; // "refused": it waits no longer to be read
            ::getsockopt(flow.socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
            return;
        }
        m_flows.touch(flow, m_clock());
        for (std::size_t i = 0; i < count; ++i) {
            auto &header = batch.messages[i].msg_hdr;
            header.msg_name = &flow.client;
            header.msg_namelen = flow.clientSize;
            if (flow.client.ss_family == AF_INET6)
                putReached(header, batch.controls[i], IPPROTO_IPV6, IPV6_PKTINFO, flow.reached6);
            else
                putReached(header, batch.controls[i], IPPROTO_IP, IP_PKTINFO, flow.reached4);
        }
        batch.send(flow.key.listener, 0, count);
    }
}

int UdpForwarder::timeout() const { return static_cast<int>(m_flows.timeout(m_clock())); }

} // namespace berth::forwarder
