// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/containerstreams.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxWaitingInput = 256 * 1024;

struct Pipe {
    UniqueFd reading;
    UniqueFd writing;
};

Result<Pipe> makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return failErrno("cannot make a pipe");
    return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void setNonBlocking(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }

} // namespace

Result<ContainerStreams> ContainerStreams::makePipes(bool openStdin)
{
    ContainerStreams streams;
    if (openStdin) {
        auto in = makePipe();
        if (!in)
            return std::unexpected(in.error());
        setNonBlocking(in->writing.get());
        streams.m_input = std::move(in->writing);
        streams.m_processEnds[0] = std::move(in->reading);
    }
    for (const auto stream : {monitor::Stream::Stdout, monitor::Stream::Stderr}) {
        auto out = makePipe();
        if (!out)
            return std::unexpected(out.error());
        setNonBlocking(out->reading.get());
        streams.m_outputs.push_back({std::move(out->reading), stream});
        streams.m_processEnds[static_cast<std::size_t>(stream)] = std::move(out->writing);
    }
    return streams;
}

StandardStreams ContainerStreams::processEnds() const
{
    return {m_processEnds[0].get(), m_processEnds[1].get(), m_processEnds[2].get()};
}

void ContainerStreams::closeProcessEnds()
{
    for (auto &end : m_processEnds)
        end.reset();
}

void ContainerStreams::useTerminal(UniqueFd master, UniqueFd peer, bool openStdin)
{
    setNonBlocking(master.get());
    if (openStdin)
        m_input.reset(::fcntl(master.get(), F_DUPFD_CLOEXEC, 3));
    m_peer = std::move(peer);
    m_outputs.clear();
    m_outputs.push_back({std::move(master), monitor::Stream::Stdout});
}

void ContainerStreams::input(std::string_view bytes)
{
    if (!m_input || m_inputEnds)
        return;
    m_waiting.append(bytes);
    flushInput();
}

void ContainerStreams::endInput()
{
    if (m_peer) // a terminal has no end of file but the character that programs agree on
        return;
    m_inputEnds = true;
    flushInput();
}

bool ContainerStreams::isFull() const { return m_waiting.size() >= maxWaitingInput; }

int ContainerStreams::blockedInput() const { return m_waiting.empty() ? -1 : m_input.get(); }

void ContainerStreams::flushInput()
{
    std::size_t done = 0;
    while (m_input && done < m_waiting.size()) {
        const ssize_t count = ::write(m_input.get(), m_waiting.data() + done, m_waiting.size() - done);
        if (count > 0) {
            done += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN) {
            break;
        } else if (errno != EINTR) {
            m_input.reset(); // nobody reads it any more
        }
    }
    m_waiting.erase(0, m_input ? done : std::string::npos);
    if (!m_waiting.empty())
        return;
    m_waiting = std::string(); // an idle monitor is a small one
    if (m_inputEnds)
        m_input.reset();
}

Result<> ContainerStreams::resize(std::uint16_t columns, std::uint16_t rows)
{
    if (!m_peer || m_outputs.empty())
        return fail(ErrorCode::WrongState, "the container has no terminal");
    const winsize size{rows, columns, 0, 0};
    if (::ioctl(m_outputs[0].fd.get(), TIOCSWINSZ, &size) < 0)
        return failErrno("cannot set the size of the terminal");
    return {};
}

std::optional<std::string_view> ContainerStreams::read(std::size_t index, std::span<char> buffer)
{
    ssize_t count = 0;
    do {
        count = ::read(m_outputs[index].fd.get(), buffer.data(), buffer.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0 && errno == EAGAIN)
        return std::nullopt;
    if (count > 0)
        return std::string_view(buffer.data(), static_cast<std::size_t>(count));
    // End of file; a terminal says so with EIO.
    m_outputs.erase(m_outputs.begin() + static_cast<std::ptrdiff_t>(index));
    return std::string_view();
}

} // namespace berth
