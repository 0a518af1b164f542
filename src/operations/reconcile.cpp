// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "base/io.h"
#include "image/collectgarbage.h"
#include "operations/containerlock.h"
#include "operations/containernetworks.h"
#include "operations/removetree.h"
#include "store/containerfiles.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <csignal>

#include <sys/file.h>
#include <sys/syscall.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

constexpr int killedExitCode = 128 + SIGKILL;
constexpr std::size_t maxStatSize = 4096; // /proc/<pid>/stat

// Field 22 of /proc/<pid>/stat: the time the process started. Together with the pid it names one process.
std::uint64_t startTimeOf(pid_t pid)
{
    const auto stat = readSmallFile(AT_FDCWD, "/proc/" + std::to_string(pid) + "/stat", maxStatSize);
    if (!stat)
        return 0;
    const auto end = stat->rfind(')'); // the name before it may hold anything
    if (end == std::string::npos)
        return 0;
    const auto fields = QByteArray::fromStdString(stat->substr(end + 2)).split(' ');
    return fields.size() > 19 ? fields[19].toULongLong() : 0; // field 3 is the first here
}

// The kernel ends process 1 with its monitor; this is for the moment in which it has not done so yet.
void killLeftover(const RunRecord &run)
{
    const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, run.pid, 0)));
    if (process && startTimeOf(run.pid) == run.pidStartTime)
        ::syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
}

// The store shows a container that lost its monitor as killed at the moment it was started.
bool mayBeLost(const ContainerInfo &container)
{
    return container.state == ContainerState::Exited && container.exitSignal == SIGKILL
        && container.finished == container.started;
}

Result<> recordLoss(Store &store, const QString &id)
{
    const auto locked = lockContainer(store, id);
    if (!locked)
        return {}; // removed meanwhile
    const auto files = readContainerFiles(locked->folder.get());
    if (!files || !files->isLost())
        return {};
    killLeftover(*files->run);
    MonitorLink::removeSocket(store.paths(), id);
    withdrawContainer(store, id);
    const ExitRecord record{.status = {.exitCode = killedExitCode, .signal = SIGKILL},
        .finishedAt = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString(),
        .error = "the container's monitor was killed"};
    auto written = writeFileAtomically(locked->folder.get(), std::string(exitRecordName), encode(record));
    store.touch();
    return written;
}

// A removal forgets the record first and deletes the folder then. A loss of power may bring the record back.
Result<> forgetRemoved(Store &store, const ContainerInfo &container)
{
    const auto folder = store.containerFolder(container.id);
    if (folder || folder.error().code != ErrorCode::NotFound)
        return {};
    auto forgotten = store.removeContainer(container.id);
    if (!forgotten && forgotten.error().code == ErrorCode::NotFound)
        return {}; // removed as ever, between the reading of its record and of its folder
    return forgotten;
}

// Folders whose record was never written or is gone. Creators hold the folder's lock shared.
Result<> collectOrphans(const Store &store, const QList<ContainerInfo> &containers)
{
    QSet<QString> known;
    for (const ContainerInfo &container : containers)
        known.insert(container.id);
    const QDir directory(store.paths().data + u"/containers"_s);
    QStringList orphans = directory.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden);
    orphans.removeIf([&](const QString &name) { return known.contains(name); });
    if (orphans.isEmpty())
        return {};
    const auto folder = store.folder(u"containers"_s);
    if (!folder)
        return std::unexpected(folder.error());
    if (::flock(folder->get(), LOCK_EX | LOCK_NB) < 0)
        return {}; // somebody is creating; next time
    const auto current = store.containers();
    if (!current)
        return std::unexpected(current.error());
    for (const ContainerInfo &container : *current)
        orphans.removeOne(container.id);
    const auto trash = store.folder(u"trash"_s);
    if (!trash)
        return std::unexpected(trash.error());
    for (const QString &orphan : std::as_const(orphans)) {
        const std::string name = orphan.toStdString();
        const std::string target = "containers-" + name;
        if (::renameat(folder->get(), name.c_str(), trash->get(), target.c_str()) == 0)
            static_cast<void>(removeTree(trash->get(), target)); // the rest is for the layerer
    }
    return {};
}

} // namespace

Result<> reconcile(Store &store)
{
    const auto containers = store.containers();
    if (!containers)
        return std::unexpected(containers.error());
    for (const ContainerInfo &container : *containers) {
        if (container.state == ContainerState::Dead) {
            if (auto forgotten = forgetRemoved(store, container); !forgotten)
                return forgotten;
        }
        if (!mayBeLost(container)) // the listing has just read the files of all
            continue;
        const auto folder = store.containerFolder(container.id);
        const auto files = folder ? readContainerFiles(folder->get()) : std::unexpected(folder.error());
        if (!files || !files->isLost())
            continue;
        // On a full disk it stays as it is, which reads the same.
        if (auto recorded = recordLoss(store, container.id); !recorded && recorded.error().code != ErrorCode::NoSpace)
            return recorded;
    }
    if (auto collected = collectOrphans(store, *containers); !collected)
        return collected;
    return collectGarbage(store, layererInHolder(store));
}

} // namespace berth
