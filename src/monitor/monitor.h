// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "monitor/client.h"
#include "monitor/containercgroup.h"
#include "monitor/containerlog.h"
#include "monitor/containerstreams.h"
#include "monitor/execsession.h"
#include "monitor/forwarderprocess.h"
#include "monitor/restarts.h"
#include "runtime/launch.h"
#include "wire/event.h"
#include "wire/monitormessage.h"

#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

namespace berth {

// Watches over one container from its start to its end, in one thread around one poll(2). Lives in the
// host's namespaces as an ordinary process of the user; what enters the container is a child of it.
//
// Starting  – the first process is being prepared (Launch)
// Running   – clients attach, send input, run more processes
// Waiting   – it has ended, and its policy will start it again in a while
// Ended     – the exit record is written and the container's lock is free; the monitor stays only
//             until its clients have taken their last messages
class Monitor {
public:
    // starter: the connection that carried start and fds.
    Monitor(UniqueFd starter, monitor::Start start);
    // fds: as wire/monitormessage.h says of Start. delegated: from the helper;
    // Unavailable when this host gives none, and the container runs without.
    Result<> begin(std::vector<UniqueFd> fds, Result<DelegatedCgroup> delegated);
    // begin failed: tells the starter and waits until it has heard.
    void refuse(const Error &error);
    void run();

private:
    enum class Phase { Starting, Running, Waiting, Ended };

    // monitorstart.cpp
    Result<> openFolders(std::vector<UniqueFd> &fds);
    Result<> takeLock();
    Result<> listenForClients();
    Result<> launchContainer();
    void advanceLaunch();
    Result<> noteRunning();

    // monitor.cpp
    void watch(int fd, short events, WatchKind kind, int number = 0);
    void collectWatches();
    void dispatch(const Watch &watch, short events);
    void forwardOutput(std::size_t index);
    void deliver(monitor::Stream stream, std::string_view bytes);
    void acceptClient();
    void readSignals();
    void reapChildren();
    void noteChildEnd(pid_t pid, int status);
    [[nodiscard]] int timeout() const;
    void obeyTimers();
    [[nodiscard]] bool isOver() const;

    // monitorclients.cpp
    Client *findClient(int number);
    void readClient(Client &client);
    void dropClient(Client &client);
    void obey(Client &client, monitor::Message message);
    Result<> signalContainer(int number);
    Result<> killEverything();
    [[nodiscard]] std::unexpected<Error> notRunning() const;
    Result<> pause(bool paused);
    Result<> takePause(Client &client, const monitor::Pause &wanted);
    Result<> setResources(const ResourceSpec &resources);
    void resumeForTheGone();
    void joinRoot(Client &client) const;

    // monitornetwork.cpp
    Result<> publishNetworks();
    void withdrawNetworks();
    Result<> connect(const NetworkSpec &network);
    Result<> disconnect(const std::string &networkId);
    Result<> changeInterface(const NetworkSpec &network, bool isRemoval);
    void joinNetwork(Client &client) const;
    void recordNetworkEvent(const NetworkSpec &network, std::string action);

    // monitorports.cpp
    Result<> publishPorts();
    Result<> startForwarder(const forwarder::Publish &publish);
    void withdrawPorts();
    void replaceForwarder();
    void notePorts();

    // monitorrestart.cpp
    [[nodiscard]] bool isFinal(const monitor::Signal &signal) const;
    Result<> takeSignal(const monitor::Signal &signal);
    Result<> takeKill();
    void takeTermination();
    void awaitRestart(const ExitRecord &exit);
    void forgetRun();
    void startAgain();
    void giveUpRestart();

    // monitorevents.cpp
    void recordEvent(std::string action, Event::Attributes attributes = {});
    void recordEnd(const ExitStatus &status);
    void noteMemoryKills();

    // monitorexec.cpp
    void startExec(Client &client, const ExecSpec &spec);
    Result<> launchExec(ExecSession &session, const ExecSpec &spec);
    void advanceExec(ExecSession &session);
    void finishExec(ExecSession &session);
    Result<> beginExec(ExecSession &session, const ExecSpec &spec);

    // monitorhealth.cpp
    void beginHealth();
    void scheduleProbe();
    void forgetHealth();
    void startProbe();
    void readProbe();
    void stopSlowProbe();
    void endProbe(int exitCode, const std::string &error = {});

    // monitorend.cpp
    void endContainer(int waitStatus);
    void tellExit(const ExitStatus &status);
    void failStart(const Error &error);
    void drainOutputs();
    void record(const ExitRecord &exit);
    void release();
    void removeContainerIfLeft();
    [[nodiscard]] bool folderIsLeft() const;

    monitor::Start m_start;
    Phase m_phase = Phase::Starting;
    int m_starter = 1;            // number of the first client
    int m_nextClient = 2;
    std::list<Client> m_clients;  // a list: dispatching one may add or close others
    std::list<ExecSession> m_execs;
    std::map<pid_t, int> m_unclaimed; // ended before its spawner could tell us whose it was

    UniqueFd m_store;
    UniqueFd m_container;         // containers/<id>
    std::string m_storePath;
    UniqueFd m_holderUsers, m_holderMounts, m_holderNetwork; // kept: it may be started again
    UniqueFd m_sharedNetwork;     // another container's, by NetworkKind::Shared
    std::optional<ForwarderProcess> m_forwarder; // while it publishes ports
    bool m_isPublished = false;   // it is on its networks, as far as others know
    UniqueFd m_hostProc, m_lock;
    UniqueFd m_runtimeFolder, m_listener, m_signals;
    ContainerCgroup m_cgroup;
    std::optional<ContainerLog> m_log;
    ContainerStreams m_streams;

    std::optional<Launch> m_launch;
    pid_t m_pid = 0;
    std::int64_t m_startedAt = 0; // monotonic milliseconds
    UniqueFd m_pidfd;
    std::vector<UniqueFd> m_namespaces;
    RunRecord m_record;
    Restarts m_restarts{{}};
    bool m_isStartingAgain = false;
    int m_pendingSignal = 0;
    ExitRecord m_lastExit;
    Health m_health;
    std::optional<Probe> m_probe;
    bool m_removed = false;
    std::optional<std::int64_t> m_restartAt, m_probeAt, m_killAt, m_lingerUntil; // when that is due, monotonic milliseconds

    std::vector<Watch> m_watches;
    std::vector<pollfd> m_polled;
};

} // namespace berth
