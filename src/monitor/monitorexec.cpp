// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitor.h"

#include "monitor/exitstatus.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

namespace berth {
namespace {

// A pipe between the client and the new process.
Result<> addPipe(int stream, std::vector<UniqueFd> &clientEnds, std::array<UniqueFd, 3> &processEnds)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return failErrno("cannot make a pipe");
    const bool isInput = stream == 0;
    processEnds[static_cast<std::size_t>(stream)].reset(ends[isInput ? 0 : 1]);
    clientEnds.emplace_back(ends[isInput ? 1 : 0]);
    return {};
}

// Both streams of a question into one pipe, from which we read what is there.
Result<> addProbePipe(UniqueFd &output, std::array<UniqueFd, 3> &processEnds)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return failErrno("cannot make a pipe");
    output.reset(ends[0]);
    processEnds[1].reset(ends[1]);
    processEnds[2].reset(::fcntl(ends[1], F_DUPFD_CLOEXEC, 3));
    if (!processEnds[2] || ::fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0)
        return failErrno("cannot make a pipe");
    return {};
}

// As Docker names an exec: 64 hexadecimal digits.
std::string randomId()
{
    unsigned char bytes[32] = {};
    [[maybe_unused]] const auto size = ::getrandom(bytes, sizeof bytes, 0); // so few bytes come whole
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

// "sh -c true", with the space that Docker leaves after a single word.
std::string commandText(const std::vector<std::string> &arguments)
{
    std::string text = arguments.front() + ' ';
    for (std::size_t i = 1; i < arguments.size(); ++i)
        text += (i > 1 ? " " : "") + arguments[i];
    return text;
}

} // namespace

void Monitor::startExec(Client &client, const ExecSpec &spec)
{
    if (m_phase != Phase::Running) {
        client.send(monitor::Failed{notRunning().error()});
        return;
    }
    if (m_record.paused) {
        client.send(monitor::Failed{Error{ErrorCode::WrongState, "the container is paused, unpause the container before exec"}});
        return;
    }
    ExecSession &session = m_execs.emplace_back();
    session.client = client.number;
    session.detached = spec.detached;
    if (auto begun = beginExec(session, spec); !begun) {
        client.send(monitor::Failed{begun.error()});
        m_execs.pop_back();
        return;
    }
    client.isExecuting = true;
}

Result<> Monitor::beginExec(ExecSession &session, const ExecSpec &spec)
{
    session.id = randomId();
    recordEvent("exec_create: " + commandText(spec.arguments), {{"execID", session.id}});
    auto launched = launchExec(session, spec);
    if (launched)
        recordEvent("exec_start: " + commandText(spec.arguments), {{"execID", session.id}});
    return launched;
}

Result<> Monitor::launchExec(ExecSession &session, const ExecSpec &spec)
{
    std::array<UniqueFd, 3> processEnds;
    if (session.client == 0) {
        if (auto added = addProbePipe(m_probe->output, processEnds); !added)
            return added;
    } else if (!spec.detached && !spec.terminal) {
        for (int stream = spec.openStdin ? 0 : 1; stream < 3; ++stream) {
            if (auto added = addPipe(stream, session.clientEnds, processEnds); !added)
                return added;
        }
    }
    ExecLaunch launch{.container = m_start.spec,
        .spec = spec,
        .namespaces = m_namespaces,
        .holderUserNamespace = m_holderUsers.get(),
        .payloadCgroup = m_cgroup.payload(),
        .hostProc = m_hostProc.get(),
        .streams = {processEnds[0].get(), processEnds[1].get(), processEnds[2].get()}};
    auto started = Launch::startExec(launch);
    if (!started)
        return std::unexpected(started.error());
    session.launch = std::move(*started);
    return {};
}

void Monitor::advanceExec(ExecSession &session)
{
    auto step = session.launch.advance();
    if (session.pid == 0 && session.launch.pid() != 0) {
        session.pid = session.launch.pid();
        if (const auto ended = m_unclaimed.find(session.pid); ended != m_unclaimed.end()) {
            session.waitStatus = ended->second;
            m_unclaimed.erase(ended);
        }
    }
    if (step && *step == Launch::Step::Pending)
        return;
    Client *client = findClient(session.client);
    if (client)
        client->isExecuting = false;
    if (!step) {
        session.failed = true;
        if (client)
            client->send(monitor::Failed{step.error()});
        else if (m_probe && m_probe->exec == session.id)
            endProbe(-1, step.error().detail);
        return;
    }
    session.executing = true;
    if (UniqueFd master = session.launch.takeTerminalMaster(); master && !session.detached)
        session.clientEnds.push_back(std::move(master));
    (void)session.launch.takeTerminalPeer();
    (void)session.launch.takePidfd();
    if (client)
        client->send(monitor::ExecStarted{session.pid}, std::move(session.clientEnds));
    session.clientEnds.clear();
    finishExec(session);
}

void Monitor::finishExec(ExecSession &session)
{
    if (!session.executing || !session.waitStatus)
        return;
    const ExitStatus status = exitStatusOf(*session.waitStatus);
    recordEvent("exec_die", {{"execID", session.id}, {"exitCode", std::to_string(status.exitCode)}});
    if (Client *client = findClient(session.client))
        client->send(monitor::ExecExited{status});
    else if (m_probe && m_probe->exec == session.id)
        endProbe(status.exitCode);
}

} // namespace berth
