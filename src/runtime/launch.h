// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "wire/runspec.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace berth {

// The ends of stdin, stdout and stderr that the new process gets; -1: the null device. With a
// terminal all three are ignored.
using StandardStreams = std::array<int, 3>;

// A container's first process. The descriptors are borrowed; everything is copied by fork.
struct ContainerLaunch {
    const RunSpec &spec;
    std::string storePath;        // the engine's data folder, as the host names it
    int storeFolder = -1;         // the same folder, as proof
    int holderUserNamespace = -1;
    int holderMountNamespace = -1;
    int holderNetworkNamespace = -1; // the router
    int sharedNetworkNamespace = -1; // NetworkKind::Shared: the other container's
    int sharedSys = -1;           // a sysfs of that namespace, made by who has power over it; the spawner's
    int payloadCgroup = -1;       // folder of the cgroup to be born in, -1: stay in the caller's
    int hostProc = -1;            // openHostProc()
    StandardStreams streams{-1, -1, -1};
};

// One more process in a running container. namespaces: as Launch gave them for its first process.
struct ExecLaunch {
    const RunSpec &container;
    const ExecSpec &spec;
    const std::vector<UniqueFd> &namespaces;
    int holderUserNamespace = -1; // who has power over a network namespace that is another container's
    int payloadCgroup = -1;
    int hostProc = -1;
    StandardStreams streams{-1, -1, -1};
};

// One more or one less interface of a running container.
struct LinkChange {
    const RunSpec &container;     // before the change
    NetworkSpec network;
    bool isRemoval = false;
    int holderUserNamespace = -1;
    int holderNetworkNamespace = -1;
    int containerNetworkNamespace = -1;
    int hostProc = -1;
};
// Done by a child of the caller, which waits for it: some milliseconds.
Result<> changeLink(const LinkChange &change);

// A process on its way into a container. The caller's child does the work (a short-lived spawner that
// enters the namespaces and clones the real process as its sibling), so the caller is never inside a
// container and never blocks: it polls fd() and calls advance() when that is readable.
class Launch {
public:
    static Result<Launch> startContainer(const ContainerLaunch &launch);
    static Result<Launch> startExec(const ExecLaunch &launch);

    [[nodiscard]] int fd() const { return m_channel.get(); }

    enum class Step {
        Pending,   // call again when fd() is readable
        Executing, // the program runs in place of our code; fd() is closed
    };
    // An error is final: the process has ended or will at once.
    Result<Step> advance();

    [[nodiscard]] pid_t spawner() const { return m_spawner; } // reap it
    [[nodiscard]] pid_t pid() const { return m_pid; }         // on the host; 0: not born yet
    UniqueFd takePidfd() { return std::move(m_pidfd); }
    // Of a container: user, mnt, pid, net, ipc, uts, cgroup. Joining through them needs no path and no
    // look at the process, which may be gone or closed to us.
    std::vector<UniqueFd> takeNamespaces() { return std::move(m_namespaces); }
    UniqueFd takeTerminalMaster() { return std::move(m_terminalMaster); }
    UniqueFd takeTerminalPeer() { return std::move(m_terminalPeer); }

private:
    Result<> noteBirth(std::vector<UniqueFd> &fds, pid_t pid);
    Result<> noteReady(std::vector<UniqueFd> &fds);

    UniqueFd m_channel;
    pid_t m_spawner = 0;
    pid_t m_pid = 0;
    bool m_ready = false;
    std::size_t m_expectedNamespaces = 0;
    bool m_hasTerminal = false;
    UniqueFd m_pidfd;
    std::vector<UniqueFd> m_namespaces;
    UniqueFd m_terminalMaster;
    UniqueFd m_terminalPeer;
};

inline constexpr std::size_t namespaceCount = 7;
inline constexpr std::size_t networkNamespace = 3, cgroupNamespace = 6; // their places among them

} // namespace berth
