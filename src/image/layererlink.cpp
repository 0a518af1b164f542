// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/layererlink.h"

#include "base/io.h"
#include "holder/holderlinks.h"

#include <algorithm>
#include <memory>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace berth {
namespace {

constexpr int cancelCheckMilliseconds = 50; // how late a cancel may be noticed

std::unexpected<Error> ended() { return fail(ErrorCode::Unavailable, "the program that unpacks layers has ended unexpectedly"); }

} // namespace

LayererLink &LayererLink::operator=(LayererLink &&other) noexcept
{
    end();
    m_channel = std::move(other.m_channel);
    m_pidfd = std::move(other.m_pidfd);
    return *this;
}

void LayererLink::end()
{
    m_channel.reset();
    if (!m_pidfd)
        return;
    ::syscall(SYS_pidfd_send_signal, m_pidfd.get(), SIGKILL, nullptr, 0);
    (void)waitForProgram(m_pidfd.get());
    m_pidfd.reset();
}

Result<> LayererLink::send(const layerer::Message &message, std::span<const int> fds) const
{
    auto sent = sendMessage(m_channel.get(), layerer::encode(message), fds);
    pollfd peer{m_channel.get(), 0, 0};
    if (!sent && ::poll(&peer, 1, 0) > 0 && (peer.revents & POLLHUP))
        return ended();
    return sent;
}

Result<layerer::Message> LayererLink::receive() const
{
    const auto received = receiveMessage(m_channel.get());
    if (!received || received->bytes.empty())
        return ended();
    return layerer::decode(received->bytes);
}

Result<layerer::Message> LayererLink::ask(
    const layerer::Message &request, std::span<const int> fds, Progress &progress, qint64 total)
{
    if (auto sent = send(request, fds); !sent)
        return std::unexpected(sent.error());
    for (;;) {
        if (progress.isCancelled()) {
            end();
            return fail(ErrorCode::Cancelled, "cancelled");
        }
        pollfd waiting{m_channel.get(), POLLIN, 0};
        if (::poll(&waiting, 1, cancelCheckMilliseconds) <= 0)
            continue;
        auto message = receive();
        if (!message)
            return message;
        if (const auto *step = std::get_if<layerer::Progress>(&*message))
            progress.report(static_cast<qint64>(step->bytes), total);
        else if (const auto *failed = std::get_if<layerer::Failed>(&*message))
            return std::unexpected(failed->error);
        else
            return message;
    }
}

StartLayerer layererInHolder(const Store &store)
{
    const std::string runtime = store.paths().runtime.toStdString();
    auto links = std::make_shared<HolderLinks>();
    return [runtime, links]() -> Result<LayererLink> {
        if (!links->userNamespace) {
            auto found = ensureHolder(runtime);
            if (!found)
                return std::unexpected(found.error());
            *links = std::move(*found);
        }
        auto ends = socketPair();
        if (!ends)
            return std::unexpected(ends.error());
        auto process = spawnInHolder(*links, BERTH_LIBEXECDIR "/berth-layerer", ends->second.get());
        if (!process)
            return std::unexpected(process.error());
        return LayererLink(std::move(ends->first), std::move(*process));
    };
}

layerer::Sha256 rawDigest(const Digest &digest)
{
    layerer::Sha256 raw{};
    std::ranges::copy(digest.bytes(), raw.begin());
    return raw;
}

} // namespace berth
