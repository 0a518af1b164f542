// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/askhelper.h"

#include "base/io.h"
#include "holder/clonechild.h"
#include "holder/helperproblem.h"
#include "holder/holderlinks.h"

#include <array>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

namespace berth {
namespace {

const std::string helperPath = BERTH_LIBEXECDIR "/berth-helper";

// In the child; the helper sets its signals itself.
[[noreturn]] void becomeHelper(int socket)
{
    char name[] = "berth-helper";
    char *argv[] = {name, nullptr};
    char *environment[] = {nullptr};
    // When it is number 3 already, only the close-on-exec flag has to go.
    const bool isReady = socket == helper::requestFd ? ::fcntl(socket, F_SETFD, 0) == 0
                                                     : ::dup2(socket, helper::requestFd) == helper::requestFd;
    if (isReady)
        ::execve(helperPath.c_str(), argv, environment);
    ::_exit(127);
}

Result<HelperAnswer> decodeAnswer(const helper::Request &request, ReceivedMessage message)
{
    HelperAnswer answer;
    if (message.bytes.size() != sizeof answer.reply)
        return fail(ErrorCode::Unavailable, "berth-helper ended without a reply");
    std::memcpy(&answer.reply, message.bytes.data(), sizeof answer.reply);
    const auto &header = answer.reply.header;
    if (header.magic != helper::magic || header.totalSize != sizeof answer.reply || header.nonce != request.header.nonce
        || answer.reply.fdCount != message.fds.size())
        return fail(ErrorCode::Corrupt, "berth-helper sent a reply that is not for this request");
    answer.fds = std::move(message.fds);
    return answer;
}

Result<HelperAnswer> askOnce(const helper::Request &request, std::span<const int> fds)
{
    auto pair = socketPair();
    if (!pair)
        return std::unexpected(pair.error());
    // Sent before the helper exists, so that it never waits for us.
    const auto sent = sendMessage(pair->first.get(), {reinterpret_cast<const char *>(&request), sizeof request}, fds);
    if (!sent)
        return std::unexpected(sent.error());
    const auto child = cloneChild([socket = pair->second.get()] { becomeHelper(socket); });
    if (!child)
        return std::unexpected(child.error());
    pair->second.reset();
    auto message = receiveMessage(pair->first.get());
    const auto status = waitForProgram(child->get());
    if (!message)
        return std::unexpected(message.error());
    if (!status)
        return std::unexpected(status.error());
    return decodeAnswer(request, std::move(*message));
}

} // namespace

Result<HelperAnswer> askHelper(helper::Operation operation, helper::MapProfile profile, std::span<const int> fds)
{
    const auto examined = examineHelper(helperPath);
    if (!examined)
        return std::unexpected(examined.error());
    helper::Request request;
    request.header.operation = static_cast<std::uint16_t>(operation);
    request.header.totalSize = sizeof request;
    request.profile = static_cast<std::uint32_t>(profile);
    for (int tries = 0;; ++tries) {
        if (::getrandom(request.header.nonce.data(), request.header.nonce.size(), 0) < 0)
            return failErrno("cannot read random bytes");
        auto answer = askOnce(request, fds);
        if (!answer)
            return std::unexpected(answer.error());
        const helper::Status status{answer->reply.status};
        if (status == helper::Status::Ok)
            return answer;
        constexpr int mostTries = 20;
        if (!helper::isRetryable(status) || tries == mostTries)
            return std::unexpected(helperProblem(answer->reply));
        const timespec pause{0, 100'000'000};
        ::nanosleep(&pause, nullptr);
    }
}

} // namespace berth
