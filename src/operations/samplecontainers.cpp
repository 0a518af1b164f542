// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containerfigures.h"

#include "base/controlgroups.h"
#include "base/io.h"
#include "core/figurefiles.h"
#include "store/containerfiles.h"

#include <QByteArray>

#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxProcFile = 4 * 1024 * 1024; // /proc/stat has a line for each processor and a number for each interrupt
constexpr std::size_t maxStatSize = 4096;            // /proc/<pid>/stat
constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

std::string proc(qint64 pid) { return "/proc/" + std::to_string(pid); }

qint64 machineMemory()
{
    struct sysinfo info = {};
    return ::sysinfo(&info) == 0 ? static_cast<qint64>(info.totalram) * info.mem_unit : 0;
}

// Field 22: the time the process started. Together with the pid it names one process.
std::uint64_t startTimeIn(int process)
{
    const auto stat = readSmallFile(process, "stat", maxStatSize);
    const auto end = stat ? stat->rfind(')') : std::string::npos; // the name before it may hold anything
    if (end == std::string::npos)
        return 0;
    return QByteArray::fromStdString(stat->substr(end + 2)).split(' ').value(19).toULongLong(); // field 3 is the first here
}

// Of the network that the container has for itself or with another one. One on the machine's own network has no traffic
// that is its own, and docker says so, too: nothing. The files of one network namespace have inodes of their own.
std::optional<Traffic> trafficOf(int process)
{
    const auto text = readSmallFile(process, "net/dev", maxProcFile);
    struct stat own = {}, machine = {};
    if (!text || ::fstatat(process, "net/dev", &own, 0) < 0 || ::stat("/proc/self/net/dev", &machine) < 0)
        return std::nullopt;
    return own.st_ino == machine.st_ino ? Traffic() : parseNetDev(*text);
}

// On machines with many processors the file takes a millisecond to read, so a reading serves all samples near it.
class MachineClock {
public:
    ProcessorTime at(std::chrono::nanoseconds now)
    {
        constexpr std::chrono::milliseconds near(5);
        if (m_read.count() == 0 || now - m_read > near) {
            const auto stat = readSmallFile(AT_FDCWD, "/proc/stat", maxProcFile);
            m_time = (stat ? parseProcStat(*stat, ::sysconf(_SC_CLK_TCK)) : std::nullopt).value_or(ProcessorTime());
            m_read = now;
        }
        return m_time;
    }

private:
    std::chrono::nanoseconds m_read{};
    ProcessorTime m_time;
};

struct Source {
    FigureSample sample;
    UniqueFd process; // folder below /proc, of the first process
    UniqueFd group;   // the container's control group, and the one in it
    UniqueFd folder;  // that has its processes
};

Source openSource(const Store &store, const QString &id, int controlGroups)
{
    Source source;
    source.sample.id = id;
    const auto folder = store.containerFolder(id);
    const auto files = folder ? readContainerFiles(folder->get()) : std::unexpected(folder.error());
    if (!files || !files->isRunning())
        return source;
    const RunRecord &run = *files->run;
    auto process = openFile(AT_FDCWD, proc(run.pid), folderFlags);
    if (!process || startTimeIn(process->get()) != run.pidStartTime)
        return source; // its end is about to be written down
    source.process = std::move(*process);
    source.sample.isRunning = true;
    source.sample.run = QString::number(run.pid) + u'/' + QString::number(run.pidStartTime);
    if (controlGroups < 0 || run.cgroup.empty())
        return source;
    const auto path = "./" + run.cgroup; // which may begin with a slash
    if (auto group = openFile(controlGroups, path, folderFlags))
        source.group = std::move(*group);
    if (auto payload = openFile(controlGroups, path + "/payload", folderFlags))
        source.folder = std::move(*payload);
    return source;
}

} // namespace

QList<FigureSample> sampleContainers(const Store &store, const QStringList &ids)
{
    const auto groups = openControlGroups();
    const UniqueFd processes(::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const qint64 memory = machineMemory();
    std::vector<Source> sources;
    sources.reserve(static_cast<std::size_t>(ids.size()));
    for (const QString &id : ids)
        sources.push_back(openSource(store, id, groups ? groups->get() : -1));
    MachineClock clock;
    QList<FigureSample> samples;
    for (Source &source : sources) {
        FigureSample &sample = source.sample;
        if (sample.isRunning) {
            sample.at = std::chrono::steady_clock::now().time_since_epoch();
            sample.machine = clock.at(sample.at);
            if (source.folder)
                readControlGroup(source.folder.get(), source.group.get(), processes.get(), memory, sample);
            sample.network = trafficOf(source.process.get());
        }
        samples += std::move(sample);
    }
    return samples;
}

} // namespace berth
