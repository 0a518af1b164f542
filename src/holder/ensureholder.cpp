// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "holder/askhelper.h"
#include "holder/askscope.h"
#include "holder/holderlinks.h"
#include "holder/holderrecord.h"

#include <cerrno>
#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t recordLimit = 4096;
constexpr int readyMilliseconds = 5000;
constexpr int lockMilliseconds = 8000; // making a holder takes a few of them

// Only a file of our own is read: what others say about processes is not evidence.
Result<HolderRecord> readRecord(int folder)
{
    const auto file = openFile(folder, holderRecordName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file)
        return std::unexpected(file.error());
    struct stat status = {};
    if (::fstat(file->get(), &status) < 0 || !S_ISREG(status.st_mode) || status.st_uid != ::getuid())
        return fail(ErrorCode::Corrupt, "the holder's record is not a file of this user's");
    const auto text = readAll(file->get(), recordLimit);
    return text ? decodeHolderRecord(*text) : std::unexpected(text.error());
}

Result<HolderLinks> findHolder(int folder)
{
    const auto record = readRecord(folder);
    return record ? openRecordedHolder(*record) : std::unexpected(record.error());
}

// The lock belongs to the open file, so it also keeps threads of one process apart, and ends with us. It
// is asked for again and again, since the kernel's own wait would outlast a program stopped by Ctrl-Z.
Result<UniqueFd> lockFolder(int folder)
{
    auto lock = openFile(folder, holderLockName, O_RDWR | O_CREAT | O_NOFOLLOW);
    if (!lock)
        return lock;
    struct flock wanted = {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    for (int waited = 0; ::fcntl(lock->get(), F_OFD_SETLK, &wanted) < 0; waited += 5) {
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return failErrno("cannot lock the holder's record");
        if (waited >= lockMilliseconds)
            return fail(ErrorCode::Unavailable,
                "another program of Berth has been starting the holder for too long; continue or end "
                "it (was it stopped with Ctrl-Z?)");
        const timespec pause{0, 5'000'000};
        ::nanosleep(&pause, nullptr);
    }
    return lock;
}

Result<> waitUntilReady(int channel)
{
    pollfd awaited{channel, POLLIN, 0};
    int count = -1;
    do {
        count = ::poll(&awaited, 1, readyMilliseconds);
    } while (count < 0 && errno == EINTR);
    char word = 0;
    if (count != 1 || ::recv(channel, &word, 1, 0) != 1)
        return fail(ErrorCode::Unavailable, "the holder ended before it was ready");
    if (word != 'r')
        return fail(ErrorCode::Unavailable, std::string("the holder could not ready its namespaces (") + word + ')');
    return {};
}

// On systemd's machines the holder is born in the session of whoever needed it first. A scope of the user's
// instance keeps it from ending with that session where sessions end so (KillUserProcesses=yes), and from
// keeping the session open where they do not. Without that instance it works all the same.
void leaveSession(const HolderLinks &links)
{
    if (!isSystemdHost())
        return;
    (void)askScope({.unit = "berth-holder-" + std::to_string(links.pid) + ".scope",
        .description = "Berth's namespaces of this user",
        .pid = static_cast<std::uint32_t>(links.pid),
        .isDelegated = false});
}

// On record first, kept then: a holder that nobody can find ends by itself.
Result<HolderLinks> makeHolder(int folder)
{
    auto answer = askHelper(helper::Operation::SpawnHolder, helper::MapProfile::Subid);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->fds.size() != helper::spawnHolderFds)
        return fail(ErrorCode::Corrupt, "berth-helper sent a reply without the holder's namespaces");
    HolderLinks links;
    links.pid = answer->reply.pid;
    links.userNamespace = std::move(answer->fds[1]);
    links.mountNamespace = std::move(answer->fds[2]);
    links.networkNamespace = std::move(answer->fds[3]);
    const UniqueFd channel = std::move(answer->fds[4]);
    const auto ready = waitUntilReady(channel.get());
    if (!ready)
        return std::unexpected(ready.error());
    const auto record = describeHolder(links);
    if (!record)
        return std::unexpected(record.error());
    const auto written = writeFileAtomically(folder, holderRecordName, encode(*record));
    if (!written)
        return std::unexpected(written.error());
    if (::send(channel.get(), "k", 1, MSG_NOSIGNAL) != 1)
        return failErrno("cannot reach the new holder");
    leaveSession(links);
    return links;
}

} // namespace

Result<HolderLinks> ensureHolder(const std::string &runtimeFolder)
{
    const auto folder = openFile(AT_FDCWD, runtimeFolder, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    // Records are replaced, never changed, so a living holder needs no lock to be found.
    auto found = findHolder(folder->get());
    if (found)
        return found;
    const auto lock = lockFolder(folder->get());
    if (!lock)
        return std::unexpected(lock.error());
    found = findHolder(folder->get());
    return found ? std::move(found) : makeHolder(folder->get());
}

Result<> stopHolder(const std::string &runtimeFolder)
{
    const auto folder = openFile(AT_FDCWD, runtimeFolder, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    const auto lock = lockFolder(folder->get());
    if (!lock)
        return std::unexpected(lock.error());
    const auto record = readRecord(folder->get());
    if (record) {
        // The pidfd is taken first: what is proven afterwards is proven of the process behind it.
        const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, record->pid, 0)));
        if (pidfd && openRecordedHolder(*record) && ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGTERM, nullptr, 0) == 0) {
            pollfd ended{pidfd.get(), POLLIN, 0};
            ::poll(&ended, 1, readyMilliseconds);
        }
    }
    ::unlinkat(folder->get(), holderRecordName, 0);
    return {};
}

} // namespace berth
