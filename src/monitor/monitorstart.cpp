// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "base/io.h"
#include "monitor/monotonictime.h"
#include "monitor/records.h"
#include "runtime/procfiles.h"
#include "runtime/storefolder.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

// The linker's names for where the program's code begins and ends.
extern "C" const char __executable_start;
extern "C" const char etext;

namespace berth {
namespace {

constexpr int listenBacklog = 64;

Result<std::string> pathOf(int fd)
{
    std::array<char, 4096> path;
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    if (size <= 0 || path[0] != '/' || static_cast<std::size_t>(size) == path.size())
        return fail(ErrorCode::Unsupported, "the engine's data folder has no name");
    return std::string(path.data(), static_cast<std::size_t>(size));
}

// The start is the most that a monitor ever does, and there may be hundreds of them: gives back what it
// needed. Code pages that are needed again come back from the page cache.
void forgetStart()
{
    ::malloc_trim(0);
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(&__executable_start) + page - 1) / page * page;
    const auto end = reinterpret_cast<std::uintptr_t>(&etext) / page * page;
    if (begin < end)
        ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED);
}

} // namespace

Monitor::Monitor(UniqueFd starter, monitor::Start start) : m_start(std::move(start))
{
    m_clients.emplace_back(m_starter, std::move(starter));
    m_clients.back().wants = m_start.attach;
}

Result<> Monitor::begin(std::vector<UniqueFd> fds, Result<DelegatedCgroup> delegated)
{
    if (auto opened = openFolders(fds); !opened)
        return opened;
    if (auto locked = takeLock(); !locked)
        return locked;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    m_signals.reset(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals)
        return failErrno("cannot watch signals");
    if (auto listening = listenForClients(); !listening)
        return listening;
    auto log = ContainerLog::open(m_container.get(), m_start.spec.logMaxSize, m_start.spec.logMaxFiles);
    if (!log)
        return wrap("log", log.error());
    m_log = std::move(*log);
    m_restarts = Restarts(m_start.spec.restart);
    m_health = Health(m_start.spec.health);
    auto cgroup = delegated ? ContainerCgroup::make(std::move(*delegated), m_start.spec.containerId)
                            : std::unexpected(delegated.error());
    if (cgroup)
        m_cgroup = std::move(*cgroup);
    else if (cgroup.error().code != ErrorCode::Unavailable)
        return wrap("control group", cgroup.error());
    else
        m_cgroup.setReason(cgroup.error().detail);
    if (auto limited = m_cgroup.limit(m_start.spec.resources); !limited)
        return limited;
    if (isAttached(m_start.attach))
        recordEvent("attach");
    return launchContainer();
}

Result<> Monitor::openFolders(std::vector<UniqueFd> &fds)
{
    const bool isShared = m_start.spec.networkKind == NetworkKind::Shared;
    if (fds.size() != (isShared ? 5 : 4))
        return fail(ErrorCode::InvalidArgument, "a start needs the data folder and the namespaces");
    m_store = std::move(fds[0]);
    m_holderUsers = std::move(fds[1]);
    m_holderMounts = std::move(fds[2]);
    m_holderNetwork = std::move(fds[3]);
    if (isShared)
        m_sharedNetwork = std::move(fds[4]);
    auto proc = openHostProc();
    if (!proc)
        return std::unexpected(proc.error());
    m_hostProc = std::move(*proc);
    auto path = pathOf(m_store.get());
    if (!path)
        return std::unexpected(path.error());
    m_storePath = std::move(*path);
    const std::string &id = m_start.spec.containerId;
    if (!isContainerId(id))
        return fail(ErrorCode::InvalidArgument, "a container id has 64 hexadecimal digits");
    auto containers = openComponent(m_store.get(), "containers", O_PATH | O_DIRECTORY);
    if (!containers)
        return std::unexpected(containers.error());
    auto container = openComponent(containers->get(), id, O_RDONLY | O_DIRECTORY);
    if (!container)
        return std::unexpected(container.error());
    m_container = std::move(*container);
    return {};
}

Result<> Monitor::takeLock()
{
    auto file = openFile(m_container.get(), std::string(monitorLockName), O_RDWR | O_CREAT | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    struct flock whole{};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(file->get(), F_OFD_SETLK, &whole) < 0) {
        if (errno == EAGAIN || errno == EACCES)
            return fail(ErrorCode::WrongState, "container " + m_start.spec.containerId.substr(0, 12) + " is already running");
        return failErrno("cannot lock the container");
    }
    struct stat status = {};
    if (::fstat(file->get(), &status) < 0 || status.st_nlink == 0)
        return fail(ErrorCode::NotFound, "container " + m_start.spec.containerId.substr(0, 12) + " has been removed");
    m_lock = std::move(*file);
    return {};
}

Result<> Monitor::listenForClients()
{
    auto folder = openFile(AT_FDCWD, m_start.runtimeFolder, O_PATH | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    m_runtimeFolder = std::move(*folder);
    const std::string name = monitorSocketName(m_start.spec.containerId);
    // Through the descriptor: the folder's own path may be longer than a socket address.
    const std::string path = "/proc/self/fd/" + std::to_string(m_runtimeFolder.get()) + '/' + name;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(ErrorCode::Internal, "the name of the monitor's socket is too long");
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    m_listener.reset(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::unlinkat(m_runtimeFolder.get(), name.c_str(), 0); // of a monitor that was killed; we hold the lock
    if (!m_listener || ::bind(m_listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0
        || ::listen(m_listener.get(), listenBacklog) < 0)
        return failErrno("cannot listen in " + m_start.runtimeFolder);
    return {};
}

Result<> Monitor::launchContainer()
{
    const RunSpec &spec = m_start.spec;
    if (!spec.terminal) {
        auto streams = ContainerStreams::makePipes(spec.openStdin);
        if (!streams)
            return std::unexpected(streams.error());
        m_streams = std::move(*streams);
    }
    if (auto published = publishPorts(); !published)
        return published;
    if (auto published = publishNetworks(); !published)
        return published;
    ContainerLaunch launch{.spec = spec,
        .storePath = m_storePath,
        .storeFolder = m_store.get(),
        .holderUserNamespace = m_holderUsers.get(),
        .holderMountNamespace = m_holderMounts.get(),
        .holderNetworkNamespace = m_holderNetwork.get(),
        .sharedNetworkNamespace = m_sharedNetwork.get(),
        .payloadCgroup = m_cgroup.payload(),
        .hostProc = m_hostProc.get(),
        .streams = m_streams.processEnds()};
    auto started = Launch::startContainer(launch);
    if (!started)
        return std::unexpected(started.error());
    m_launch = std::move(*started);
    m_streams.closeProcessEnds();
    return {};
}

void Monitor::advanceLaunch()
{
    auto step = m_launch->advance();
    if (m_pid == 0 && m_launch->pid() != 0) {
        m_pid = m_launch->pid();
        m_pidfd = m_launch->takePidfd();
    }
    if (!step) {
        failStart(step.error());
        return;
    }
    if (*step == Launch::Step::Pending)
        return;
    if (auto noted = noteRunning(); !noted)
        failStart(noted.error());
}

Result<> Monitor::noteRunning()
{
    m_namespaces = m_launch->takeNamespaces();
    if (m_start.spec.terminal)
        m_streams.useTerminal(m_launch->takeTerminalMaster(), m_launch->takeTerminalPeer(), m_start.spec.openStdin);
    m_launch.reset();
    m_record.pid = m_pid;
    // A process that is gone already has no state any more; the record then lives only until the exit.
    m_record.pidStartTime = startTimeOf(m_hostProc.get(), m_pid).value_or(0);
    m_record.monitorPid = ::getpid();
    m_record.startedAt = timeNow();
    m_record.cgroup = m_cgroup.path();
    m_record.restartCount = m_restarts.count();
    m_record.outOfMemory = false;
    m_startedAt = millisecondsNow();
    beginHealth();
    if (auto written = writeRunRecord(m_container.get(), m_record); !written)
        return written;
    // The old exit goes after the new run is there: in between the container still counts as ended.
    ::unlinkat(m_container.get(), std::string(exitRecordName).c_str(), 0);
    ::utimensat(m_store.get(), "changed", nullptr, 0);
    m_phase = Phase::Running;
    if (!m_isStartingAgain) {
        for (const auto &network : m_start.spec.networks)
            recordNetworkEvent(network, "connect");
    }
    recordEvent("start");
    forgetStart();
    if (Client *starter = findClient(m_starter))
        starter->send(monitor::Started{m_pid});
    m_isStartingAgain = false;
    if (m_pendingSignal != 0) // came while it was between two runs
        (void)signalContainer(m_pendingSignal);
    return {};
}

} // namespace berth
