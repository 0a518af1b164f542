// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "base/io.h"
#include "base/listfolder.h"
#include "holder/holderlinks.h"
#include "image/collectgarbage.h"
#include "operations/containerlock.h"
#include "operations/containernetworks.h"
#include "operations/removetree.h"
#include "store/containerfiles.h"

#include <QFile>
#include <QSet>

#include <csignal>
#include <set>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
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

// In the runtime folder, which is made anew with each boot: all containers of the store have been looked at since.
// By inode, because stores may share the folder.
std::string lookedMark(const Store &store)
{
    struct stat status = {};
    return ::fstat(store.dataFd(), &status) == 0 ? "reconciled." + std::to_string(status.st_ino) : "reconciled";
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
    removeLeftCgroups();
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
Result<> forgetRemoved(Store &store, const QString &id)
{
    const auto folder = store.containerFolder(id);
    if (folder || folder.error().code != ErrorCode::NotFound)
        return {};
    auto forgotten = store.removeContainer(id);
    if (!forgotten && forgotten.error().code == ErrorCode::NotFound)
        return {}; // removed as ever, between the reading of its record and of its folder
    return forgotten;
}

// Folders whose record was never written or is gone. Creators hold the folder's lock shared.
Result<> collectOrphans(const Store &store, int folder, QSet<QString> orphans)
{
    if (::flock(folder, LOCK_EX | LOCK_NB) < 0)
        return {}; // somebody is creating; next time
    const auto current = store.containerIds();
    if (!current)
        return std::unexpected(current.error());
    orphans.subtract(*current);
    const auto trash = store.folder(u"trash"_s);
    if (!trash)
        return std::unexpected(trash.error());
    for (const QString &orphan : std::as_const(orphans)) {
        const std::string name = orphan.toStdString();
        const std::string target = "containers-" + name;
        if (::renameat(folder, name.c_str(), trash->get(), target.c_str()) == 0)
            static_cast<void>(removeTree(trash->get(), target)); // the rest is for the layerer
    }
    return {};
}

// Records and folders belong together.
Result<> compareFolders(Store &store, const QSet<QString> &ids)
{
    const auto folder = store.folder(u"containers"_s);
    const auto names = folder ? listFolder(folder->get()) : std::unexpected(folder.error());
    if (!names)
        return std::unexpected(names.error());
    QSet<QString> folders;
    folders.reserve(qsizetype(names->size()));
    for (const std::string &name : *names)
        folders.insert(QString::fromStdString(name));
    if (folders == ids)
        return {};
    for (const QString &id : ids) {
        if (folders.contains(id))
            continue;
        if (auto forgotten = forgetRemoved(store, id); !forgotten)
            return forgotten;
    }
    folders.subtract(ids);
    return folders.isEmpty() ? Result<>() : collectOrphans(store, folder->get(), folders);
}

Result<> recordIfLost(Store &store, const QString &id)
{
    const auto folder = store.containerFolder(id);
    const auto hasMonitor = folder ? isLocked(folder->get(), std::string(monitorLockName)) : std::unexpected(folder.error());
    if (!hasMonitor || *hasMonitor)
        return {};
    const auto files = readContainerFiles(folder->get());
    if (!files || !files->isLost())
        return {};
    // On a full disk it stays as it is, which reads the same.
    auto recorded = recordLoss(store, id);
    return !recorded && recorded.error().code == ErrorCode::NoSpace ? Result<>() : recorded;
}

// A monitor that is killed leaves its socket behind, so only once a boot every container has to be looked at.
Result<> recordLosses(Store &store, const QSet<QString> &ids, int runtime, const std::set<std::string> &runtimeNames)
{
    const auto mark = lookedMark(store);
    const bool looksAtAll = !runtimeNames.contains(mark);
    for (const QString &id : ids) {
        if (!looksAtAll && !runtimeNames.contains(monitorSocketName(id.toStdString())))
            continue;
        if (auto recorded = recordIfLost(store, id); !recorded)
            return recorded;
    }
    const auto made = looksAtAll ? openFile(runtime, mark, O_WRONLY | O_CREAT | O_NOFOLLOW) : Result<UniqueFd>();
    return made ? Result<>() : std::unexpected(made.error());
}

} // namespace

Result<> reconcile(Store &store)
{
    // The sockets first: a container is on record before it has a monitor.
    const auto runtime = openFile(AT_FDCWD, QFile::encodeName(store.paths().runtime).toStdString(), O_RDONLY | O_DIRECTORY);
    const auto names = runtime ? listFolder(runtime->get()) : std::unexpected(runtime.error());
    if (!names)
        return std::unexpected(names.error());
    const auto ids = store.containerIds();
    if (!ids)
        return std::unexpected(ids.error());
    if (auto compared = compareFolders(store, *ids); !compared)
        return compared;
    if (auto recorded = recordLosses(store, *ids, runtime->get(), {names->begin(), names->end()}); !recorded)
        return recorded;
    return collectGarbage(store, layererInHolder(store));
}

} // namespace berth
