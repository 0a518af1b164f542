// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth::helper {
namespace {

constexpr std::uint32_t bucketSize = 640, tokensPerSecond = 100;
// Waiting helpers are root's processes, which no limit of the caller counts; so they give up soon, and
// the engine asks again.
constexpr int userLockMilliseconds = 500;

// The file record-<uid>: the user's bucket, and the holders that the helper made. A slot is on record as
// reserved before its holder exists and gets the process id at once. What is reserved without one was
// left by a helper that was killed in between; whoever has the lock may take it, since the child of a
// killed helper ends by itself. The namespaces' inode numbers come last; they are not given to others
// while the process lives, since it is in those namespaces.
struct Slot {
    std::int32_t pid = 0;
    std::uint32_t reserved = 0;
    std::uint64_t startTime = 0;
    HolderNamespaces namespaces;
};
struct UserRecord {
    char magic[8] = {'B', 'e', 'r', 't', 'h', 'R', 'c', '2'};
    std::uint64_t milliseconds = 0; // of the boot clock, when tokens was right
    std::uint32_t tokens = bucketSize;
    std::uint32_t reserved = 0;
    Slot slots[largestMaximum];
};
static_assert(sizeof(UserRecord) == 24 + 32 * largestMaximum);

ShortText nameFor(const char *prefix, uid_t user)
{
    ShortText name;
    name.add(prefix).add(user);
    return name;
}

// A missing record, or one of another version, is a user who did nothing yet.
bool readRecord(int folder, uid_t user, uid_t owner, UserRecord &record)
{
    const ShortText name = nameFor("record-", user);
    const UniqueFd fd(openat(folder, name.bytes, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!fd)
        return errno == ENOENT;
    if (!isPrivateFile(fd.get(), owner))
        return false;
    UserRecord found;
    const ssize_t size = read(fd.get(), &found, sizeof found);
    if (size == sizeof found && memcmp(found.magic, record.magic, sizeof record.magic) == 0)
        record = found;
    return size >= 0;
}

bool writeRecord(int folder, uid_t user, const UserRecord &record)
{
    const ShortText name = nameFor("record-", user);
    const ShortText temporary = nameFor(".record-", user);
    unlinkat(folder, temporary.bytes, 0);
    UniqueFd fd(openat(folder, temporary.bytes, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (fd && write(fd.get(), &record, sizeof record) == sizeof record
        && renameat(folder, temporary.bytes, folder, name.bytes) == 0)
        return true;
    unlinkat(folder, temporary.bytes, 0);
    return false;
}

bool pay(UserRecord &record, std::uint32_t cost)
{
    const std::uint64_t now = bootMilliseconds();
    if (record.milliseconds > now)
        record.milliseconds = 0; // of an earlier boot, so long ago
    const std::uint64_t gained = (now - record.milliseconds) * tokensPerSecond / 1000;
    if (gained > 0) {
        const std::uint64_t tokens = record.tokens + gained;
        record.tokens = tokens < bucketSize ? static_cast<std::uint32_t>(tokens) : bucketSize;
        record.milliseconds = now;
    }
    if (record.tokens < cost)
        return false;
    record.tokens -= cost;
    return true;
}

bool isAlive(const Slot &slot, int proc)
{
    return slot.pid > 0 && slot.startTime != 0 && processStartTime(proc, slot.pid) == slot.startTime;
}

// The first free slot, when fewer than maximum are in use.
std::size_t reserveSlot(UserRecord &record, std::uint32_t maximum, int proc)
{
    std::size_t inUse = 0, free = Lease::noSlot;
    for (std::size_t i = 0; i < largestMaximum; ++i) {
        if (isAlive(record.slots[i], proc)) {
            ++inUse;
            continue;
        }
        record.slots[i] = Slot{};
        if (free == Lease::noSlot)
            free = i;
    }
    return inUse < maximum ? free : Lease::noSlot;
}

} // namespace

std::uint64_t bootMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1000 + static_cast<std::uint64_t>(now.tv_nsec) / 1000000;
}

bool isPrivateFile(int fd, uid_t owner)
{
    struct stat status = {};
    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == owner && status.st_nlink == 1
        && (status.st_mode & 077) == 0;
}

std::uint64_t processStartTime(int proc, pid_t pid)
{
    if (pid <= 0)
        return 0;
    ShortText name;
    name.add(static_cast<std::uint32_t>(pid)).add("/stat");
    const UniqueFd fd(openat(proc, name.bytes, O_RDONLY | O_CLOEXEC));
    char text[1024];
    const ssize_t size = fd ? read(fd.get(), text, sizeof text) : -1;
    if (size <= 0)
        return 0;
    // The name in parentheses may hold anything; the last parenthesis ends it. Field 22 is the 20th after.
    std::string_view rest(text, static_cast<std::size_t>(size));
    const auto *end = static_cast<const char *>(memrchr(text, ')', rest.size()));
    if (!end || rest.size() < static_cast<std::size_t>(end - text) + 2)
        return 0;
    rest.remove_prefix(static_cast<std::size_t>(end - text) + 2);
    // One that has ended holds nothing any more, whoever may be late to reap it.
    if (rest.empty() || rest.front() == 'Z' || rest.front() == 'X')
        return 0;
    for (int field = 3; field < 22; ++field)
        takeField(rest, ' ');
    std::uint64_t value = 0;
    for (const char byte : takeField(rest, ' '))
        value = byte >= '0' && byte <= '9' ? value * 10 + static_cast<std::uint64_t>(byte - '0') : 0;
    return value;
}

Status openStateFolder(UniqueFd &folder)
{
    const UniqueFd run(open("/run", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!run || fstat(run.get(), &status) < 0 || status.st_uid != 0 || (status.st_mode & (S_IWGRP | S_IWOTH)))
        return Status::StateUnusable;
    if (mkdirat(run.get(), "berth", 0700) < 0 && errno != EEXIST)
        return Status::StateUnusable;
    folder.reset(openat(run.get(), "berth", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    const bool isOurs = folder && fstat(folder.get(), &status) == 0 && status.st_uid == 0
        && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
    return isOurs ? Status::Ok : Status::StateUnusable;
}

Status lockFile(int folder, const char *name, uid_t owner, int milliseconds, UniqueFd &lock)
{
    lock.reset(openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600));
    if (!lock || !isPrivateFile(lock.get(), owner))
        return Status::StateUnusable;
    struct flock wanted = {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    // A lock of the process and not of the open file: the child that becomes the holder has a copy of this
    // descriptor and may be frozen with it, since its cgroup is the caller's.
    // The waiting form has no timeout, and a signal to end it would be one more thing to get right;
    // the lock is held for milliseconds, so this rarely sleeps at all.
    for (int waited = 0; fcntl(lock.get(), F_SETLK, &wanted) < 0; waited += 2) {
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return Status::StateUnusable;
        if (waited >= milliseconds)
            return Status::Busy;
        const timespec pause{0, 2000000};
        nanosleep(&pause, nullptr);
    }
    return Status::Ok;
}

Status takeLease(UniqueFd folder, uid_t user, uid_t owner, std::uint32_t cost, std::uint32_t maximum, int proc, Lease &lease,
    std::uint32_t &detail)
{
    const Status locked = lockFile(folder.get(), nameFor("lock-", user).bytes, owner, userLockMilliseconds, lease.lock);
    if (locked != Status::Ok)
        return locked;
    UserRecord record;
    if (!readRecord(folder.get(), user, owner, record))
        return Status::StateUnusable;
    // A refused request is not charged: it costs us little, and charging would let a loop never recover.
    if (!pay(record, cost))
        return Status::RateLimited;
    if (maximum > 0) {
        lease.slot = reserveSlot(record, maximum, proc);
        if (lease.slot == Lease::noSlot) {
            detail = maximum;
            return Status::QuotaExceeded;
        }
        record.slots[lease.slot].reserved = 1;
    }
    if (!writeRecord(folder.get(), user, record))
        return Status::StateUnusable;
    lease.folder = static_cast<UniqueFd &&>(folder);
    lease.user = user;
    return Status::Ok;
}

bool fillSlot(const Lease &lease, pid_t pid, std::uint64_t startTime, const HolderNamespaces &namespaces)
{
    struct stat status = {};
    UserRecord record;
    if (lease.slot >= largestMaximum || pid <= 0 || startTime == 0 || fstat(lease.lock.get(), &status) < 0
        || !readRecord(lease.folder.get(), lease.user, status.st_uid, record))
        return false;
    record.slots[lease.slot] = Slot{pid, 0, startTime, namespaces};
    return writeRecord(lease.folder.get(), lease.user, record);
}

bool holdsNamespaces(const Lease &lease, int proc, const HolderNamespaces &namespaces)
{
    struct stat status = {};
    UserRecord record;
    if (namespaces.user == 0 || namespaces.network == 0 || fstat(lease.lock.get(), &status) < 0
        || !readRecord(lease.folder.get(), lease.user, status.st_uid, record))
        return false;
    for (const Slot &slot : record.slots)
        if (slot.namespaces.user == namespaces.user && slot.namespaces.network == namespaces.network && isAlive(slot, proc))
            return true;
    return false;
}

} // namespace berth::helper
