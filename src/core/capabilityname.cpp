// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capabilityname.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// By number; linux/capability.h.
constexpr std::array names{"CHOWN"_L1, "DAC_OVERRIDE"_L1, "DAC_READ_SEARCH"_L1, "FOWNER"_L1, "FSETID"_L1, "KILL"_L1, "SETGID"_L1,
    "SETUID"_L1, "SETPCAP"_L1, "LINUX_IMMUTABLE"_L1, "NET_BIND_SERVICE"_L1, "NET_BROADCAST"_L1, "NET_ADMIN"_L1, "NET_RAW"_L1,
    "IPC_LOCK"_L1, "IPC_OWNER"_L1, "SYS_MODULE"_L1, "SYS_RAWIO"_L1, "SYS_CHROOT"_L1, "SYS_PTRACE"_L1, "SYS_PACCT"_L1,
    "SYS_ADMIN"_L1, "SYS_BOOT"_L1, "SYS_NICE"_L1, "SYS_RESOURCE"_L1, "SYS_TIME"_L1, "SYS_TTY_CONFIG"_L1, "MKNOD"_L1, "LEASE"_L1,
    "AUDIT_WRITE"_L1, "AUDIT_CONTROL"_L1, "SETFCAP"_L1, "MAC_OVERRIDE"_L1, "MAC_ADMIN"_L1, "SYSLOG"_L1, "WAKE_ALARM"_L1,
    "BLOCK_SUSPEND"_L1, "AUDIT_READ"_L1, "PERFMON"_L1, "BPF"_L1, "CHECKPOINT_RESTORE"_L1};

// Beside the default ones. They act on what belongs to the container's own namespaces.
constexpr std::array grantable{"CHOWN"_L1, "DAC_OVERRIDE"_L1, "FOWNER"_L1, "FSETID"_L1, "KILL"_L1, "SETGID"_L1, "SETUID"_L1,
    "SETPCAP"_L1, "NET_BIND_SERVICE"_L1, "NET_BROADCAST"_L1, "NET_RAW"_L1, "IPC_LOCK"_L1, "IPC_OWNER"_L1, "SYS_CHROOT"_L1,
    "SYS_PTRACE"_L1, "SYS_NICE"_L1, "SYS_RESOURCE"_L1, "MKNOD"_L1, "LEASE"_L1, "AUDIT_WRITE"_L1, "SETFCAP"_L1,
    "LINUX_IMMUTABLE"_L1};

QString plainName(const QString &text)
{
    const auto name = text.toUpper();
    return name.startsWith("CAP_"_L1) ? name.sliced(4) : name;
}

Result<int> numberOf(const QString &name, const char *list)
{
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        return fail(ErrorCode::InvalidArgument,
            std::string("invalid ") + list + ": unknown capability: \"CAP_" + name.toStdString() + '"');
    return static_cast<int>(found - names.begin());
}

} // namespace

Result<std::uint64_t> changedCapabilities(std::uint64_t set, const QStringList &added, const QStringList &dropped)
{
    for (const QString &text : dropped) {
        const auto name = plainName(text);
        if (name == "ALL"_L1) {
            set = 0;
            continue;
        }
        const auto number = numberOf(name, "CapDrop");
        if (!number)
            return std::unexpected(number.error());
        set &= ~(std::uint64_t{1} << *number);
    }
    for (const QString &text : added) { // one that is also dropped stays, as with Docker
        const auto name = plainName(text);
        const auto number = name == "ALL"_L1 ? Result<int>(0) : numberOf(name, "CapAdd");
        if (!number)
            return std::unexpected(number.error());
        if (!std::ranges::contains(grantable, name))
            return fail(ErrorCode::Unsupported,
                "the flag --cap-add " + name.toStdString() + " is not supported: Berth gives no container this capability");
        set |= std::uint64_t{1} << *number;
    }
    return set;
}

} // namespace berth
