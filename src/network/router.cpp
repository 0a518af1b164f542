// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/router.h"

#include "base/io.h"
#include "wire/routermessage.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace berth {
namespace {

constexpr const char *recordName = "router";
constexpr std::size_t maxRecord = 256;
const std::string program = BERTH_LIBEXECDIR "/berth-router";

// A number of a namespace is given again after its end, and holders that were killed leave theirs behind; the
// process that owns it makes the difference.
Result<std::string> identityOf(const HolderLinks &holder)
{
    struct stat status = {};
    if (::fstat(holder.networkNamespace.get(), &status) < 0)
        return failErrno("cannot examine the holder's network");
    return std::to_string(status.st_dev) + ' ' + std::to_string(status.st_ino) + ' ' + std::to_string(holder.pid) + ' '
        + std::to_string(router::routerVersion) + '\n';
}

Result<> ask(const HolderLinks &holder, const router::Request &request)
{
    auto ends = socketPair();
    if (!ends)
        return std::unexpected(ends.error());
    if (auto sent = sendMessage(ends->first.get(), router::encode(request)); !sent)
        return sent;
    const int extra[] = {holder.networkNamespace.get()};
    const auto child = spawnInHolder(holder, program, ends->second.get(), extra);
    if (!child)
        return std::unexpected(child.error());
    ends->second.reset();
    const auto received = receiveMessage(ends->first.get());
    const auto status = waitForProgram(child->get());
    if (!received)
        return std::unexpected(received.error());
    if (!status)
        return std::unexpected(status.error());
    if (received->bytes.empty())
        return fail(ErrorCode::Internal, "berth-router ended without an answer");
    auto answer = router::decodeAnswer(received->bytes);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->isDone ? Result<>() : std::unexpected(answer->error);
}

bool isPrepared(int folder, const std::string &identity)
{
    const auto record = readSmallFile(folder, recordName, maxRecord);
    return record && *record == identity;
}

} // namespace

Result<> ensureRouter(const std::string &runtimeFolder, const HolderLinks &holder)
{
    const auto identity = identityOf(holder);
    const auto folder = openFile(AT_FDCWD, runtimeFolder, O_RDONLY | O_DIRECTORY);
    if (!identity || !folder)
        return std::unexpected(identity ? folder.error() : identity.error());
    if (!isPrepared(folder->get(), *identity)) {
        // Two at once would only do the same twice, but the second must not go on before the first has ended.
        const auto lock = openFile(folder->get(), "router.lock", O_RDWR | O_CREAT | O_NOFOLLOW);
        if (!lock)
            return std::unexpected(lock.error());
        if (::flock(lock->get(), LOCK_EX) < 0)
            return failErrno("cannot lock the router");
        if (!isPrepared(folder->get(), *identity)) {
            if (auto prepared = ask(holder, {.prepares = true, .removedBridges = {}}); !prepared)
                return wrap("the networks of containers", prepared.error());
            if (auto written = writeFileAtomically(folder->get(), recordName, *identity); !written)
                return written;
        }
    }
    return {};
}

Result<> removeBridges(const HolderLinks &holder, const std::vector<std::string> &bridges)
{
    return bridges.empty() ? Result<>() : ask(holder, {.prepares = false, .removedBridges = bridges});
}

} // namespace berth
