// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/uplinkmessage.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

// The one request and the one reply of the setuid helper, over a SOCK_SEQPACKET pair on its fd 3.
// The request carries choices, never values of authority: uids, ranges, paths and names are computed
// by the helper. Both have one fixed size, so that there is no length to get wrong.
namespace berth::helper {

static_assert(std::endian::native == std::endian::little, "the wire format is little-endian");

inline constexpr std::array<char, 8> magic{'B', 'e', 'r', 't', 'h', 'H', 'l', 'p'};
inline constexpr std::uint16_t protocolVersion = 2;
inline constexpr int requestFd = 3;

// The two of the uplink take two descriptors beside the request: the user and the network namespace of
// the caller's holder.
enum class Operation : std::uint16_t { Probe = 1, SpawnHolder, CgroupEnsure, UplinkEnsure, UplinkRelease };

// Which ids the holder gets. Single: only the caller's own, as 0. Subid: 0 is the caller and 1… is
// the caller's range in /etc/subuid and /etc/subgid.
enum class MapProfile : std::uint32_t { None = 0, Single = 1, Subid = 2 };

// Bits of Reply::features: what the policy allows this caller.
enum Feature : std::uint32_t { HolderFeature = 1, CgroupFeature = 2, UplinkFeature = 4 };

// Closed, without errno, and without any distinction that depends on a path of the caller.
enum class Status : std::uint16_t {
    Ok,
    BadRequest, // size, magic, flags, reserved bytes, descriptors or a second request
    UnsupportedVersion,
    UnknownOperation,
    PeerMismatch,   // the socket was made by another user
    NotPrivileged,  // the program runs without its set-uid bit, or for root
    PolicyUnusable, // helper.conf is malformed or not only root's; detail = line or 0
    NotAllowed,     // no rule of helper.conf allows it
    NoSubuidRange,
    NoSubgidRange,
    SubidUnusable,     // a file is malformed or not only root's; detail = line or 0
    SubidCollision,    // the range holds an id that belongs to somebody; detail = that id
    RootGroup,         // the caller's group is 0, which is never mapped
    Busy,              // another request of this user takes too long
    RateLimited,       // too many requests in a short time
    QuotaExceeded,     // too many holders; detail = how many are allowed
    StateUnusable,     // /run/berth is not as the helper left it
    NamespacesRefused, // the kernel or its settings do not allow user namespaces
    NoResources,       // out of processes or memory
    HolderMissing,     // the holder program is absent or not only root's
    HolderFailed,      // the holder program could not be executed
    HasSystemd,        // cgroups are systemd's business on this host
    NoCgroup,          // no cgroup2 mount
    ParentNotLeader,   // the asking process leads neither its session nor its process group
    ForeignNamespace,  // the descriptors are not the namespaces of a living holder of the caller's
    NoAddresses,       // every pair of the pools is taken, or is somewhere on the machine's routes
    UplinkRefused,     // the kernel refused; detail = UplinkStep
    Internal,
};
inline constexpr Status lastStatus = Status::Internal;

// May the same request succeed a moment later?
constexpr bool isRetryable(Status status)
{
    return status == Status::Busy || status == Status::RateLimited || status == Status::NoResources;
}

struct Header {
    std::array<char, 8> magic = berth::helper::magic;
    std::uint16_t version = protocolVersion;
    std::uint16_t operation = 0;
    std::uint32_t totalSize = 0;
    std::array<std::uint8_t, 16> nonce{}; // repeated in the reply
};

struct Request {
    Header header;
    std::uint32_t profile = 0; // MapProfile; None for all but SpawnHolder
    std::uint32_t flags = 0;   // none defined
    std::array<std::uint8_t, 24> reserved{};
};

struct IdRange {
    std::uint32_t first = 0, count = 0;
};

// Descriptors beside a successful reply: SpawnHolder {pidfd, user, mount, network namespace, channel},
// CgroupEnsure {folder of the delegated cgroup}. Channel: see holder/holderlinks.h.
struct Reply {
    Header header;
    std::uint16_t status = 0; // Status
    std::uint8_t retryable = 0;
    std::uint8_t fdCount = 0;
    std::uint32_t detail = 0;        // see Status
    std::uint32_t features = 0;      // Probe
    std::uint32_t effectiveUser = 0; // Probe: 0 when the set-uid bit took effect
    std::int32_t pid = 0;            // SpawnHolder: process id of the holder
    std::uint32_t groupsAllowed = 0; // SpawnHolder: setgroups(2) works in the namespace
    IdRange users, groups;           // SpawnHolder: what 1… is mapped to
    std::array<char, 48> cgroup{};   // CgroupEnsure: path below the cgroup2 mount, NUL-padded
    std::array<std::uint8_t, 8> reserved{};
    UplinkAnswer uplink;
};

inline constexpr std::size_t spawnHolderFds = 5;
inline constexpr std::size_t uplinkRequestFds = 2;
inline constexpr std::size_t cgroupEnsureFds = 1;

static_assert(std::is_trivially_copyable_v<Request> && std::is_trivially_copyable_v<Reply>);
static_assert(sizeof(Header) == 32 && offsetof(Header, version) == 8 && offsetof(Header, operation) == 10
    && offsetof(Header, totalSize) == 12 && offsetof(Header, nonce) == 16);
static_assert(sizeof(Request) == 64 && offsetof(Request, profile) == 32 && offsetof(Request, flags) == 36
    && offsetof(Request, reserved) == 40);
static_assert(sizeof(UplinkAnswer) == 96 && sizeof(Reply) == 224 && offsetof(Reply, uplink) == 128
    && offsetof(Reply, status) == 32 && offsetof(Reply, detail) == 36 && offsetof(Reply, pid) == 48
    && offsetof(Reply, users) == 56 && offsetof(Reply, cgroup) == 72 && offsetof(Reply, reserved) == 120);

// How many descriptors come beside a request.
constexpr std::size_t requestFds(Operation operation)
{
    return operation == Operation::UplinkEnsure || operation == Operation::UplinkRelease ? uplinkRequestFds : 0;
}

// The whole decoder: Ok, or why this request is refused. size is the length of the datagram.
constexpr Status examine(const Request &request, std::size_t size)
{
    const auto isZero = [](const auto &bytes) {
        for (const auto byte : bytes)
            if (byte != 0)
                return false;
        return true;
    };
    if (size != sizeof request || request.header.magic != magic)
        return Status::BadRequest;
    if (request.header.version != protocolVersion)
        return Status::UnsupportedVersion;
    if (request.header.totalSize != sizeof request || request.flags != 0 || !isZero(request.reserved))
        return Status::BadRequest;
    const auto profile = MapProfile{request.profile};
    switch (Operation{request.header.operation}) {
    case Operation::Probe:
    case Operation::CgroupEnsure:
    case Operation::UplinkEnsure:
    case Operation::UplinkRelease: return profile == MapProfile::None ? Status::Ok : Status::BadRequest;
    case Operation::SpawnHolder:
        return profile == MapProfile::Single || profile == MapProfile::Subid ? Status::Ok : Status::BadRequest;
    default: return Status::UnknownOperation;
    }
}

} // namespace berth::helper
