// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t readChunk = 64 * 1024;

class ExecRelay {
public:
    ExecRelay(MonitorLink &link, Session session, const RelayOptions &options)
        : m_link(link), m_session(std::move(session)), m_options(options)
    {
    }

    // With a terminal one descriptor is both ends.
    Result<> takeFds(std::vector<UniqueFd> fds)
    {
        const auto expected = m_options.isTerminal ? 1U : m_options.forwardsStdin ? 3U : 2U;
        if (fds.size() != expected)
            return fail(ErrorCode::Corrupt, "the monitor sent other descriptors than were asked for");
        for (const auto &fd : fds)
            ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
        std::size_t next = 0;
        if (m_options.isTerminal || m_options.forwardsStdin)
            m_sink = std::move(fds[next++]);
        if (!m_options.isTerminal) {
            m_output = std::move(fds[next++]);
            m_errors = std::move(fds[next++]);
        }
        return {};
    }

    Result<RelayEnd> run()
    {
        while (true) {
            resize();
            auto fds = watchList();
            if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR)
                return failErrno("cannot wait for the process");
            if (const int signal = m_session.takeSignal())
                return RelayEnd{RelayEnd::Reason::Signalled, {}, signal};
            if (!m_session.writePending(fds))
                return RelayEnd{RelayEnd::Reason::OutputClosed, {}, m_session.output().error()};
            if (fds[3].revents != 0)
                take(outputFd(), m_session.output());
            if (fds[4].revents != 0)
                take(m_errors.get(), m_session.errors());
            if (const auto end = handleInput(fds[1], fds[2]))
                return *end;
            if (fds[5].revents == 0)
                continue;
            const auto received = m_link.receive();
            if (!received)
                return std::unexpected(received.error());
            if (const auto *exited = std::get_if<monitor::ExecExited>(&received->message))
                return drain(exited->status);
        }
    }

private:
    [[nodiscard]] int outputFd() const { return m_options.isTerminal ? m_sink.get() : m_output.get(); }

    void resize()
    {
        const auto size = m_session.takeResize();
        if (!size)
            return;
        const winsize wanted{size->rows, size->columns, 0, 0};
        ::ioctl(m_sink.get(), TIOCSWINSZ, &wanted);
    }

    // 0: signals, 1: our input, 2: room for it, 3 and 4: output, 5: the monitor, then our outputs.
    std::vector<pollfd> watchList()
    {
        const bool wantsInput = m_session.hasInput() && m_pendingInput.empty();
        const bool canWrite = m_session.output().isEmpty();
        std::vector<pollfd> fds{
            {m_session.signalFd(), POLLIN, 0},
            {wantsInput ? STDIN_FILENO : -1, POLLIN, 0},
            {m_pendingInput.empty() ? -1 : m_sink.get(), POLLOUT, 0},
            {canWrite && !m_isOutputDone ? outputFd() : -1, POLLIN, 0},
            {m_session.errors().isEmpty() ? m_errors.get() : -1, POLLIN, 0},
            {m_link.fd(), POLLIN, 0},
        };
        for (auto *queue : {&m_session.output(), &m_session.errors()}) {
            if (!queue->isEmpty())
                fds.push_back({queue->fd(), POLLOUT, 0});
        }
        return fds;
    }

    // False: nothing now, or nothing ever again.
    bool take(int fd, OutputQueue &queue)
    {
        std::string bytes(readChunk, '\0');
        const auto size = fd < 0 ? 0 : ::read(fd, bytes.data(), bytes.size());
        if (size > 0) {
            bytes.resize(static_cast<std::size_t>(size));
            queue.add(std::move(bytes));
            return true;
        }
        const bool isDone = size == 0 || (errno != EAGAIN && errno != EINTR);
        // A pty master says EIO when its last user is gone.
        if (isDone && fd == m_errors.get())
            m_errors.reset();
        else if (isDone)
            m_isOutputDone = true;
        return false;
    }

    std::optional<RelayEnd> handleInput(const pollfd &input, const pollfd &sink)
    {
        if (sink.revents != 0)
            writeInput();
        if (input.revents == 0)
            return std::nullopt;
        const auto bytes = m_session.readInput();
        if (bytes)
            m_pendingInput += *bytes;
        writeInput();
        if (m_session.isDetached())
            return RelayEnd{RelayEnd::Reason::Detached, {}, 0};
        if (m_session.isHungUp())
            return RelayEnd{RelayEnd::Reason::Signalled, {}, SIGHUP};
        return std::nullopt;
    }

    void writeInput()
    {
        if (!m_pendingInput.empty()) {
            const auto written = ::write(m_sink.get(), m_pendingInput.data(), m_pendingInput.size());
            if (written > 0)
                m_pendingInput.erase(0, static_cast<std::size_t>(written));
            else if (written < 0 && errno != EAGAIN && errno != EINTR)
                m_pendingInput.clear(); // the process reads no more
        }
        // The end of our input is the end of the process's, once it has got all of it.
        if (!m_session.hasInput() && m_pendingInput.empty() && !m_options.isTerminal)
            m_sink.reset();
    }

    // What the process wrote before it ended is in the pipes; what its children may still write is
    // not waited for.
    RelayEnd drain(const ExitStatus &status)
    {
        bool isReadTo = true;
        while (isReadTo && !m_isOutputDone && take(outputFd(), m_session.output()))
            isReadTo = m_session.output().flush();
        isReadTo = isReadTo && m_session.output().flush();
        while (m_errors && take(m_errors.get(), m_session.errors()))
            m_session.errors().flush();
        m_session.errors().flush();
        return {isReadTo ? RelayEnd::Reason::Exited : RelayEnd::Reason::OutputClosed, status, m_session.output().error()};
    }

    MonitorLink &m_link;
    Session m_session;
    const RelayOptions &m_options;
    UniqueFd m_sink;      // the process's standard input, or its terminal
    UniqueFd m_output;
    UniqueFd m_errors;
    std::string m_pendingInput;
    bool m_isOutputDone = false;
};

} // namespace

Result<RelayEnd> relayExec(MonitorLink &link, std::vector<UniqueFd> fds, const RelayOptions &options)
{
    auto session = Session::open(options);
    if (!session)
        return std::unexpected(session.error());
    ExecRelay relay(link, std::move(*session), options);
    if (const auto taken = relay.takeFds(std::move(fds)); !taken)
        return std::unexpected(taken.error());
    return relay.run();
}

} // namespace berth
