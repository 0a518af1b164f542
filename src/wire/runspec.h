// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/networkspec.h"
#include "wire/portspec.h"
#include "wire/resourcespec.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// Bit n stands for capability n of linux/capability.h.
consteval std::uint64_t capabilitySet(std::initializer_list<int> numbers)
{
    std::uint64_t set = 0;
    for (const int number : numbers)
        set |= std::uint64_t{1} << number;
    return set;
}

// Docker's default list without mknod (impossible in a user namespace), audit_write and net_raw
// (ping works without it, through ping_group_range).
inline constexpr std::uint64_t defaultCapabilities = capabilitySet(
    {0 /* chown */, 1 /* dac_override */, 3 /* fowner */, 4 /* fsetid */, 5 /* kill */, 6 /* setgid */, 7 /* setuid */,
        8 /* setpcap */, 10 /* net_bind_service */, 18 /* sys_chroot */, 31 /* setfcap */});

enum class MountKind : std::uint8_t { Bind, Volume, Tmpfs };

struct MountSpec {
    MountKind kind = MountKind::Bind;
    std::string source;  // Bind: absolute host path. Volume: folder name below volumes/. Tmpfs: empty
    std::string target;  // absolute, inside the container
    bool readOnly = false;
    std::uint64_t size = 0;   // Tmpfs: bytes, 0 = kernel default (half of memory)
    std::uint32_t mode = 01777; // Tmpfs
    bool executable = false;  // Tmpfs: Docker's default is noexec
    bool noCopy = false;      // Volume: do not seed it from the image

    friend bool operator==(const MountSpec &, const MountSpec &) = default;
};

// After the end of a container: Docker's policies.
enum class RestartKind : std::uint8_t { No, OnFailure, Always, UnlessStopped };
struct RestartSpec {
    RestartKind kind = RestartKind::No;
    std::uint32_t maxRetries = 0; // of OnFailure; 0: without end

    friend bool operator==(const RestartSpec &, const RestartSpec &) = default;
};

// How often and how long a container is asked whether it is well. Times in milliseconds, none of them 0
// except startPeriod.
struct HealthSpec {
    std::vector<std::string> arguments; // empty: it is not asked
    std::uint64_t interval = 30'000;
    std::uint64_t timeout = 30'000;
    std::uint64_t startPeriod = 0;
    std::uint64_t startInterval = 5'000;
    std::uint32_t retries = 3;

    friend bool operator==(const HealthSpec &, const HealthSpec &) = default;
};

// setrlimit(2); UINT64_MAX: none.
struct LimitSpec {
    std::uint32_t resource = 0;
    std::uint64_t soft = 0;
    std::uint64_t hard = 0;

    friend bool operator==(const LimitSpec &, const LimitSpec &) = default;
};

// A device node of the host, or a folder of them, that the container may use.
struct DeviceSpec {
    std::string source; // absolute host path
    std::string target; // absolute, inside the container

    friend bool operator==(const DeviceSpec &, const DeviceSpec &) = default;
};

// Everything that the monitor needs to start one container, and nothing that grants authority:
// uids, cgroup and namespaces come from the holder and the helper.
struct RunSpec {
    std::string containerId;            // 64 hex digits
    std::string name;                   // of the container as it was started; for sentences
    std::vector<std::string> layers;    // names below layers/, topmost first
    std::vector<std::string> arguments; // entry point and command, at least one
    std::vector<std::string> environment; // final "NAME=value" list; runtime adds HOME when it is missing
    std::string workingDirectory;       // absolute; created when missing
    std::string user;                   // "", "name", "uid", "name:group", "uid:gid", …
    std::vector<std::string> extraGroups;
    std::string hostname;
    std::string domainname;
    std::vector<MountSpec> mounts;
    bool terminal = false;              // -t
    bool openStdin = false;             // -i
    bool stdinOnce = false;             // foreground run: stdin closes with the first client
    bool readOnlyRoot = false;
    bool init = false;                  // --init: a reaper is process 1
    bool autoRemove = false;            // --rm: see monitormessage.h, Hello::removesContainer
    std::uint16_t columns = 0, rows = 0; // initial terminal size, 0 = 80x24
    std::uint64_t capabilities = defaultCapabilities; // bit n = capability n
    std::uint64_t shmSize = 64ULL << 20;
    std::vector<LimitSpec> limits;
    ResourceSpec resources;
    std::int32_t oomScoreAdjust = 0;    // proc_pid_oom_score_adj(5); 0: as its user's processes
    std::vector<DeviceSpec> devices;
    bool noNewPrivileges = false;
    std::int32_t stopSignal = 15;
    RestartSpec restart;
    HealthSpec health;
    NetworkKind networkKind = NetworkKind::Own;
    std::vector<NetworkSpec> networks; // by position
    std::vector<PortSpec> ports;        // Own: published while it is on a network that is not internal
    std::string hostFilesOf;            // Shared: the container whose hosts and resolv.conf are seen, else empty
    std::uint64_t logMaxSize = 16ULL << 20; // bytes a log file may reach before it is rotated
    std::uint32_t logMaxFiles = 3;

    friend bool operator==(const RunSpec &, const RunSpec &) = default;
};

class Encoder;
class Decoder;
void encode(Encoder &out, const RestartSpec &restart);
RestartSpec decodeRestartSpec(Decoder &in);

std::string encode(const RunSpec &spec);
Result<RunSpec> decodeRunSpec(std::string_view bytes);

// What exec starts in a running container.
struct ExecSpec {
    std::vector<std::string> arguments;
    std::vector<std::string> environment; // added to (and winning over) the container's own
    std::string workingDirectory;         // empty: the container's
    std::string user;                     // empty: the container's
    bool terminal = false;
    bool openStdin = false;
    bool detached = false;                // nobody will read the output
    std::uint16_t columns = 0, rows = 0;

    friend bool operator==(const ExecSpec &, const ExecSpec &) = default;
};

std::string encode(const ExecSpec &spec);
Result<ExecSpec> decodeExecSpec(std::string_view bytes);

} // namespace berth
