// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/flags.h"

#include <algorithm>
#include <array>

namespace berth {

// The flags of `run`. Those marked Later are Docker's that Berth refuses by name for now.
inline constexpr auto runFlags = std::to_array<Flag>({
    {"add-host", 0, FlagKind::List, "list", "Add a custom host-to-IP mapping (host:ip)", ""},
    {"annotation", 0, FlagKind::List, "map", "", "", FlagUse::Later},
    {"attach", 'a', FlagKind::List, "list", "Attach to STDIN, STDOUT or STDERR", ""},
    {"blkio-weight", 0, FlagKind::Text, "uint16", "", "", FlagUse::Later},
    {"blkio-weight-device", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"cap-add", 0, FlagKind::List, "list", "Add Linux capabilities", ""},
    {"cap-drop", 0, FlagKind::List, "list", "Drop Linux capabilities", ""},
    {"cgroup-parent", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"cgroupns", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"cidfile", 0, FlagKind::Text, "string", "Write the container ID to the file", ""},
    {"cpu-period", 0, FlagKind::Integer, "int", "Limit CPU CFS (Completely Fair Scheduler) period", ""},
    {"cpu-quota", 0, FlagKind::Integer, "int", "Limit CPU CFS (Completely Fair Scheduler) quota", ""},
    {"cpu-rt-period", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-rt-runtime", 0, FlagKind::Text, "int", "", "", FlagUse::Later},
    {"cpu-shares", 'c', FlagKind::Integer, "int", "CPU shares (relative weight)", ""},
    {"cpus", 0, FlagKind::Text, "decimal", "Number of CPUs", ""},
    {"cpuset-cpus", 0, FlagKind::Text, "string", "CPUs in which to allow execution (0-3, 0,1)", ""},
    {"cpuset-mems", 0, FlagKind::Text, "string", "MEMs in which to allow execution (0-3, 0,1)", ""},
    {"detach", 'd', FlagKind::Boolean, "", "Run container in background and print container ID", ""},
    {"detach-keys", 0, FlagKind::Text, "string", "Override the key sequence for detaching a container", ""},
    {"device", 0, FlagKind::List, "list", "Add a host device to the container", ""},
    {"device-cgroup-rule", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"device-read-bps", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"device-read-iops", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"device-write-bps", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"device-write-iops", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"disable-content-trust", 0, FlagKind::Boolean, "", "", "true", FlagUse::Hidden},
    {"dns", 0, FlagKind::List, "list", "Set custom DNS servers", ""},
    {"dns-opt", 0, FlagKind::List, "list", "Set DNS options", "", FlagUse::Hidden},
    {"dns-option", 0, FlagKind::List, "list", "Set DNS options", ""},
    {"dns-search", 0, FlagKind::List, "list", "Set custom DNS search domains", ""},
    {"domainname", 0, FlagKind::Text, "string", "Container NIS domain name", ""},
    {"entrypoint", 0, FlagKind::Text, "string", "Overwrite the default ENTRYPOINT of the image", ""},
    {"env", 'e', FlagKind::List, "list", "Set environment variables", ""},
    {"env-file", 0, FlagKind::List, "list", "Read in a file of environment variables", ""},
    {"expose", 0, FlagKind::List, "list", "Expose a port or a range of ports", ""},
    {"gpus", 0, FlagKind::Text, "gpu-request", "", "", FlagUse::Later},
    {"group-add", 0, FlagKind::List, "list", "Add additional groups to join", ""},
    {"health-cmd", 0, FlagKind::Text, "string", "Command to run to check health", ""},
    {"health-interval", 0, FlagKind::Text, "duration", "Time between running the check (ms|s|m|h) (default 0s)", ""},
    {"health-retries", 0, FlagKind::Integer, "int", "Consecutive failures needed to report unhealthy", ""},
    {"health-start-interval", 0, FlagKind::Text, "duration",
        "Time between running the check during the start period (ms|s|m|h) (default 0s)", ""},
    {"health-start-period", 0, FlagKind::Text, "duration",
        "Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)", ""},
    {"health-timeout", 0, FlagKind::Text, "duration", "Maximum time to allow one check to run (ms|s|m|h) (default 0s)", ""},
    {"hostname", 'h', FlagKind::Text, "string", "Container host name", ""},
    {"init", 0, FlagKind::Boolean, "", "Run an init inside the container that forwards signals and reaps processes", ""},
    {"interactive", 'i', FlagKind::Boolean, "", "Keep STDIN open even if not attached", ""},
    {"ip", 0, FlagKind::Text, "string", "IPv4 address (e.g., 172.30.100.104)", ""},
    {"ip6", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"ipc", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"isolation", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"kernel-memory", 0, FlagKind::Text, "bytes", "", "", FlagUse::Later},
    {"label", 'l', FlagKind::List, "list", "Set meta data on a container", ""},
    {"label-file", 0, FlagKind::List, "list", "Read in a line delimited file of labels", ""},
    {"link", 0, FlagKind::List, "list", "Add link to another container", ""},
    {"link-local-ip", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"log-driver", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"log-opt", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"mac-address", 0, FlagKind::Text, "string", "Container MAC address (e.g., 92:d0:c6:0a:29:33)", ""},
    {"memory", 'm', FlagKind::Text, "bytes", "Memory limit", ""},
    {"memory-reservation", 0, FlagKind::Text, "bytes", "Memory soft limit", ""},
    {"memory-swap", 0, FlagKind::Text, "bytes", "Swap limit equal to memory plus swap: '-1' to enable unlimited swap", ""},
    {"memory-swappiness", 0, FlagKind::Integer, "int", "Tune container memory swappiness (0 to 100)", "-1"},
    {"mount", 0, FlagKind::List, "mount", "Attach a filesystem mount to the container", ""},
    {"name", 0, FlagKind::Text, "string", "Assign a name to the container", ""},
    {"net", 0, FlagKind::List, "network", "Connect a container to a network", "", FlagUse::Hidden},
    {"net-alias", 0, FlagKind::List, "list", "Add network-scoped alias for the container", "", FlagUse::Hidden},
    {"network", 0, FlagKind::List, "network", "Connect a container to a network", ""},
    {"network-alias", 0, FlagKind::List, "list", "Add network-scoped alias for the container", ""},
    {"no-healthcheck", 0, FlagKind::Boolean, "", "Disable any container-specified HEALTHCHECK", ""},
    {"oom-kill-disable", 0, FlagKind::Boolean, "", "Disable OOM Killer", ""},
    {"oom-score-adj", 0, FlagKind::Integer, "int", "Tune host's OOM preferences (-1000 to 1000)", ""},
    {"pid", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"pids-limit", 0, FlagKind::Integer, "int", "Tune container pids limit (set -1 for unlimited)", ""},
    {"platform", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"privileged", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"publish", 'p', FlagKind::List, "list", "Publish a container's port(s) to the host", ""},
    {"publish-all", 'P', FlagKind::Boolean, "", "Publish all exposed ports to random ports"},
    {"pull", 0, FlagKind::Text, "string", "Pull image before running (\"always\", \"missing\", \"never\")", "missing"},
    {"quiet", 'q', FlagKind::Boolean, "", "Suppress the pull output", ""},
    {"read-only", 0, FlagKind::Boolean, "", "Mount the container's root filesystem as read only", ""},
    {"restart", 0, FlagKind::Text, "string", "Restart policy to apply when a container exits", "no"},
    {"rm", 0, FlagKind::Boolean, "", "Automatically remove the container and its associated anonymous volumes when it exits", ""},
    {"runtime", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"security-opt", 0, FlagKind::List, "list", "Security Options", ""},
    {"shm-size", 0, FlagKind::Text, "bytes", "Size of /dev/shm", ""},
    {"sig-proxy", 0, FlagKind::Boolean, "", "Proxy received signals to the process", "true"},
    {"stop-signal", 0, FlagKind::Text, "string", "Signal to stop the container", ""},
    {"stop-timeout", 0, FlagKind::Integer, "int", "Timeout (in seconds) to stop a container", ""},
    {"storage-opt", 0, FlagKind::List, "list", "", "", FlagUse::Later},
    {"sysctl", 0, FlagKind::List, "map", "", "", FlagUse::Later},
    {"tmpfs", 0, FlagKind::List, "list", "Mount a tmpfs directory", ""},
    {"tty", 't', FlagKind::Boolean, "", "Allocate a pseudo-TTY", ""},
    {"ulimit", 0, FlagKind::List, "ulimit", "Ulimit options (default [])", ""},
    {"use-api-socket", 0, FlagKind::Boolean, "", "", "", FlagUse::Later},
    {"user", 'u', FlagKind::Text, "string", "Username or UID (format: <name|uid>[:<group|gid>])", ""},
    {"userns", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"uts", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"volume", 'v', FlagKind::List, "list", "Bind mount a volume", ""},
    {"volume-driver", 0, FlagKind::Text, "string", "", "", FlagUse::Later},
    {"volumes-from", 0, FlagKind::List, "list", "Mount volumes from the specified container(s)", ""},
    {"workdir", 'w', FlagKind::Text, "string", "Working directory inside the container", ""},
});

// `create` has the same, less what concerns the foreground.
constexpr bool isForegroundFlag(const Flag &flag)
{
    return flag.name == "detach" || flag.name == "detach-keys" || flag.name == "sig-proxy";
}

inline constexpr auto createFlags = [] {
    std::array<Flag, runFlags.size() - 3> flags{};
    std::ranges::remove_copy_if(runFlags, flags.begin(), isForegroundFlag);
    return flags;
}();

} // namespace berth
