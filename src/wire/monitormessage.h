// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/exitstatus.h"
#include "wire/runspec.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace berth {

// The whole conversation with a monitor, over one SOCK_SEQPACKET connection; one message is one
// packet (base/io.h). Two ways to hold one:
//  * the starter: fd 3 of the new monitor is one end of a socket pair. First packet is Start with
//    the descriptors {store folder; user, mount and network ns of the holder} and, for NetworkKind::Shared, the
//    other container's network ns; the answer is Started or Failed. After that it is a client like any other.
//  * a later client connects to the monitor's socket (runtimeFolder/monitorSocketName(id)) and sends Hello.
namespace monitor {

// ---- client to monitor ------------------------------------------------------------------
struct Hello {                // what this client wants; may be sent again to change it
    bool wantsStdout = false; // with a terminal, everything comes as stdout
    bool wantsStderr = false;
    bool sendsStdin = false;
    bool removesContainer = false; // --rm in the foreground: this client deletes after Exited; when it
                                   // disconnects first, the monitor runs `berth rm -f -v` itself
    friend bool operator==(const Hello &, const Hello &) = default;
};
// Whether the client has to do with the container's streams, and does not only wait for its end.
inline bool isAttached(const Hello &hello) { return hello.wantsStdout || hello.wantsStderr || hello.sendsStdin; }
struct Start {
    RunSpec spec;
    std::string enginePath; // absolute path of `berth`, for --rm; empty: nobody to call
    std::string runtimeFolder; // absolute; the monitor listens there as monitorSocketName(id)
    Hello attach; // in force before the container writes its first byte
};
struct Input {
    std::string bytes;
}; // at most maxChunk
struct InputEnd {}; // this client's stdin ended (EOF, not detach)
struct Resize {
    std::uint16_t columns = 0, rows = 0;
}; // of the container's terminal
struct Signal {
    std::int32_t number = 0;
    bool isStop = false; // of `stop`: whatever the signal is, the container is not started again
}; // to process 1 of the container
struct KillAll {}; // SIGKILL to every process, by cgroup.kill where possible
struct Pause { // by the freezer of the container's cgroup
    bool paused = true;
    bool whileConnected = false; // until this client goes, so that nothing stays frozen for one that was killed
}; // not paused, whileConnected: gives that up, unless somebody else has unpaused it since
struct Exec {
    ExecSpec spec;
}; // answered by ExecStarted (fds beside it) or Failed
struct SetRestart {
    RestartSpec restart;
}; // the policy from now on
struct SetResources {
    ResourceSpec resources;
}; // all of them, from now on and after each restart
struct JoinRoot {}; // answered by RootNamespaces or Failed
struct Connect {
    NetworkSpec network;
}; // one more interface, now and after each restart
struct Disconnect {
    std::string network;
}; // its id
struct JoinNetwork {}; // answered by NetworkNamespace or Failed

// ---- monitor to client ------------------------------------------------------------------
struct Started {
    std::int32_t pid = 0;
}; // on the host
struct Failed {
    Error error;
}; // the request before it; the connection stays usable
struct Done {}; // Signal, KillAll, Pause, SetRestart, SetResources, Connect, Disconnect succeeded
enum class Stream : std::uint8_t { Stdout = 1, Stderr = 2 };
struct Output {
    Stream stream = Stream::Stdout;
    std::string bytes;
}; // at most maxChunk
struct Exited {
    ExitStatus status;
}; // process 1 ended and all its output was sent; the last message, unless its policy starts it again
// Descriptors beside it: with a terminal {pty master}; otherwise {stdin (if openStdin), stdout, stderr}
// pipe ends for the client. Detached: none. ExecExited follows on the same connection.
struct ExecStarted {
    std::int32_t pid = 0;
};
struct ExecExited {
    ExitStatus status;
};
struct RootNamespaces {}; // beside it, for copies: descriptors of the container's user and mount namespace
// Descriptor beside it: the container's network namespace.
struct NetworkNamespace {};

inline constexpr std::size_t maxChunk = 64 * 1024;

using Message = std::variant<Start, Hello, Input, InputEnd, Resize, Signal, KillAll, Pause, Exec, SetRestart, Started, Failed,
    Done, Output, Exited, ExecStarted, ExecExited, JoinRoot, RootNamespaces, Connect, Disconnect, JoinNetwork, NetworkNamespace,
    SetResources>;

std::string encode(const Message &message);
Result<Message> decode(std::string_view bytes);

} // namespace monitor

// Files that the monitor leaves in containers/<id>/ (text, "name=value" lines, written atomically).
// "run": the container was started. "exit": it ended; written before anybody is told.
struct RunRecord {
    std::int32_t pid = 0; // process 1, on the host
    std::uint64_t pidStartTime = 0; // field 22 of /proc/<pid>/stat, to tell a reused pid
    std::int32_t monitorPid = 0;
    std::string startedAt; // RFC 3339 with nanoseconds, UTC
    std::string cgroup; // path below the cgroup2 mount, empty when there is none
    bool paused = false;
    std::uint32_t restartCount = 0; // how often its policy has started it again
    std::string health; // "starting", "healthy", "unhealthy"; empty: it is not asked
    std::vector<PublishedPort> ports; // as they are now
    bool outOfMemory = false; // the kernel has killed something of it for want of memory, and it goes on

    friend bool operator==(const RunRecord &, const RunRecord &) = default;
};
struct ExitRecord {
    ExitStatus status;
    std::string finishedAt;
    std::string error; // why it could not be started, else empty
    bool restarting = false; // while its monitor lives, it will be started again

    friend bool operator==(const ExitRecord &, const ExitRecord &) = default;
};

// Names inside containers/<id>/ and inside the runtime folder; here because monitor and store must agree.
inline constexpr std::string_view runRecordName = "run";
inline constexpr std::string_view exitRecordName = "exit";
inline constexpr std::string_view monitorLockName = "monitor.lock"; // OFD-locked while a monitor lives
// OFD-locked by whoever uses the root file system from outside: exclusively where it was mounted for that, shared
// where the container runs. Nobody mounts the writable layer while another may still have it mounted.
inline constexpr std::string_view rootLockName = "root.lock";
inline constexpr std::string_view logName = "container.log"; // JSON lines {log,stream,time}; .1, .2 older

// Below the runtime folder: short, because a socket address holds 107 bytes.
inline std::string monitorSocketName(std::string_view containerId) { return std::string(containerId.substr(0, 16)) + ".sock"; }

std::string encode(const RunRecord &record);
Result<RunRecord> decodeRunRecord(std::string_view text);
std::string encode(const ExitRecord &record);
Result<ExitRecord> decodeExitRecord(std::string_view text);

} // namespace berth
