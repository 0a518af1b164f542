// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "layerer/confine.h"
#include "layerer/work.h"

#include <csignal>
#include <cstdlib>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace berth;
using layerer::Message;

constexpr int channel = 3;
constexpr std::size_t maxLowerTrees = 512; // overlay itself takes at most 500

// Requests one after another, until the engine closes its end.
class Session {
public:
    bool serveOne();

private:
    Message answer(const Message &request, std::vector<UniqueFd> fds);
    Message unpack(const layerer::Unpack &request, const std::vector<UniqueFd> &fds);
    Message remove(const layerer::Remove &request, const UniqueFd &folder);

    LowerTrees m_lower;
};

Message failed(Error error, bool needsLower = false) { return layerer::Failed{std::move(error), needsLower}; }

template<typename T> Message messageOf(const Result<T> &result) { return result ? Message(*result) : failed(result.error()); }

Message Session::unpack(const layerer::Unpack &request, const std::vector<UniqueFd> &fds)
{
    Reporter reporter(channel);
    const auto lower = std::exchange(m_lower, {});
    const auto outcome = unpackLayer(request, fds[0].get(), fds[1].get(), lower, reporter);
    if (!outcome.result)
        return failed(outcome.result.error(), outcome.needsLower);
    return *outcome.result;
}

Message Session::remove(const layerer::Remove &request, const UniqueFd &folder)
{
    if (request.detached) {
        const pid_t child = ::fork();
        if (child < 0)
            return failed(failErrno("cannot start deleting").error());
        if (child > 0)
            return layerer::Removed{};
        // A child has no parent-death signal; without the channel nobody waits for it either.
        ::close(channel);
        ::setsid();
        if (::nice(10) == -1 || !removeTrees(folder.get(), request.names))
            ::_exit(EXIT_FAILURE);
        ::_exit(EXIT_SUCCESS);
    }
    const auto removed = removeTrees(folder.get(), request.names);
    return removed ? Message(layerer::Removed{}) : failed(removed.error());
}

Message Session::answer(const Message &request, std::vector<UniqueFd> fds)
{
    const auto *removal = std::get_if<layerer::Remove>(&request);
    const auto *measuring = std::get_if<layerer::Measure>(&request);
    const auto *examining = std::get_if<layerer::ExaminePath>(&request);
    if (fds.size() != (removal || measuring || examining ? 1U : 2U))
        return failed({ErrorCode::InvalidArgument, "a request with the wrong number of descriptors"});
    if (removal)
        return remove(*removal, fds[0]);
    if (examining)
        return messageOf(examinePath(*examining, fds[0].get()));
    if (const auto *unpacking = std::get_if<layerer::Unpack>(&request))
        return unpack(*unpacking, fds);
    Reporter reporter(channel);
    if (measuring)
        return messageOf(measureTrees(*measuring, fds[0].get(), reporter));
    if (std::holds_alternative<layerer::Inflate>(request))
        return messageOf(inflateStream(fds[0].get(), fds[1].get(), reporter));
    if (const auto *packing = std::get_if<layerer::Pack>(&request))
        return messageOf(packLayer(*packing, fds[0].get(), fds[1].get(), reporter));
    const auto lower = std::exchange(m_lower, {});
    if (const auto *packing = std::get_if<layerer::PackTree>(&request))
        return messageOf(packTree(*packing, fds[0].get(), fds[1].get(), lower, reporter));
    if (const auto *comparing = std::get_if<layerer::CompareTree>(&request))
        return messageOf(compareTree(*comparing, fds[0].get(), fds[1].get(), lower, reporter));
    if (const auto *reading = std::get_if<layerer::ReadTree>(&request))
        return messageOf(readTree(*reading, fds[0].get(), fds[1].get(), reporter));
    if (const auto *writing = std::get_if<layerer::WriteTree>(&request))
        return messageOf(writeTree(*writing, fds[0].get(), fds[1].get(), reporter));
    return failed({ErrorCode::InvalidArgument, "a request that is none"});
}

bool Session::serveOne()
{
    auto received = receiveMessage(channel);
    if (!received || received->bytes.empty())
        return false;
    const auto request = layerer::decode(received->bytes);
    if (!request)
        return sendMessage(channel, layerer::encode(failed(request.error()))).has_value();
    if (std::holds_alternative<layerer::LowerTrees>(*request)) {
        for (auto &fd : received->fds)
            m_lower.push_back(std::move(fd));
        return m_lower.size() <= maxLowerTrees;
    }
    const auto reply = answer(*request, std::move(received->fds));
    return sendMessage(channel, layerer::encode(reply)).has_value();
}

} // namespace

int main()
{
    ::signal(SIGPIPE, SIG_IGN);
    ::umask(0);
    if (!berth::confine())
        return EXIT_FAILURE;
    Session session;
    while (session.serveOne()) {}
    return EXIT_SUCCESS;
}
