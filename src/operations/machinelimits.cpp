// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/machinelimits.h"

#include "base/controlgroups.h"

#include <QFile>
#include <QFileInfo>

#include <sched.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

int usableProcessors()
{
    cpu_set_t set;
    return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
}

QString ownFolder(const QString &mount)
{
    const auto user = QString::number(::getuid());
    const bool hasSystemd = QFileInfo(u"/run/systemd/system"_s).isDir();
    const auto folder = hasSystemd ? u"%1/user.slice/user-%2.slice/user@%2.service"_s.arg(mount, user)
                                   : u"%1/berth/%2/engine"_s.arg(mount, user);
    // Before the first container of a user there is none, and the helper will hand on what the machine has.
    return QFileInfo::exists(folder) ? folder : mount;
}

} // namespace

KnownProcessors knownProcessors()
{
    return {.count = usableProcessors(),
        .cpus = textOf(u"/sys/devices/system/cpu/online"_s),
        .memoryNodes = textOf(u"/sys/devices/system/node/online"_s)};
}

LimitSupport limitSupportOf(const QString &folder)
{
    const auto controllers = textOf(folder + "/cgroup.controllers"_L1).split(u' ');
    // The root group has no such files; elsewhere they are missing where the kernel does not count swap.
    const bool isRoot = !QFileInfo::exists(folder + "/cgroup.type"_L1);
    const bool hasMemory = controllers.contains("memory"_L1);
    return {.memory = hasMemory,
        .swap = hasMemory && (isRoot || QFileInfo::exists(folder + "/memory.swap.max"_L1)),
        .cpu = controllers.contains("cpu"_L1),
        .cpuset = controllers.contains("cpuset"_L1),
        .processes = controllers.contains("pids"_L1)};
}

LimitSupport limitSupport()
{
    const auto groups = openControlGroups();
    return groups ? limitSupportOf(ownFolder(u"/proc/self/fd/%1"_s.arg(groups->get()))) : LimitSupport();
}

QStringList limitWarnings(const LimitSupport &support)
{
    QStringList warnings;
    if (!support.memory)
        warnings += u"WARNING: No memory limit support"_s;
    if (!support.swap)
        warnings += u"WARNING: No swap limit support"_s;
    if (!support.cpu)
        warnings += {
            u"WARNING: No cpu cfs quota support"_s, u"WARNING: No cpu cfs period support"_s, u"WARNING: No cpu shares support"_s};
    if (!support.cpuset)
        warnings += u"WARNING: No cpuset support"_s;
    if (!support.processes)
        warnings += u"WARNING: No pids limit support"_s;
    return warnings;
}

} // namespace berth
