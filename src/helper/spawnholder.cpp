// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

namespace berth::helper {
namespace {

constexpr const char *holderPath = BERTH_LIBEXECDIR "/berth-holder";
constexpr std::size_t namespaceCount = 3;
constexpr const char *namespaceLinks[namespaceCount] = {"self/ns/user", "self/ns/mnt", "self/ns/net"};
constexpr int namespaceTypes[namespaceCount] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET};

// What the child needs; everything was opened before it existed.
struct Birth {
    UniqueFd proc, program;
    UniqueFd sync[2];    // [0] ours, [1] the child's
    UniqueFd channel[2]; // [0] goes into the reply, [1] becomes the holder's fd 3
    UniqueFd cgroup;     // invalid: none
    UniqueFd pidfd;
    pid_t pid = -1;
};

bool makePair(UniqueFd (&ends)[2])
{
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0)
        return false;
    ends[0].reset(fds[0]);
    ends[1].reset(fds[1]);
    return true;
}

UniqueFd openHolderProgram()
{
    UniqueFd fd(open(holderPath, O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    const bool isFit = fd && fstat(fd.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == 0
        && (status.st_mode & (S_IWGRP | S_IWOTH | S_ISUID | S_ISGID)) == 0;
    if (!isFit)
        fd.reset();
    return fd;
}

// ---- the child: from its first instruction it has no privilege outside its own namespaces ---------

bool sendNamespaces(const Birth &birth)
{
    int fds[namespaceCount];
    for (std::size_t i = 0; i < namespaceCount; ++i) {
        fds[i] = openat(birth.proc.get(), namespaceLinks[i], O_RDONLY | O_CLOEXEC);
        if (fds[i] < 0)
            return false;
    }
    char byte = 'n';
    iovec part{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fds)] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(header), fds, sizeof fds);
    return sendmsg(birth.sync[1].get(), &message, MSG_NOSIGNAL) == 1;
}

bool becomeNamespaceRoot()
{
    // The effective user is the caller, who is 0 in here; the other two ids are not mapped.
    if (setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0)
        return false;
    uid_t users[3];
    gid_t groups[3];
    // Still not dumpable: until the execve this memory holds what the helper knew.
    return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && getresuid(&users[0], &users[1], &users[2]) == 0 && getresgid(&groups[0], &groups[1], &groups[2]) == 0
        && (users[0] | users[1] | users[2]) == 0 && (groups[0] | groups[1] | groups[2]) == 0 && getgroups(0, nullptr) == 0;
}

[[noreturn]] void becomeHolder(Birth &birth, const Limits &limits)
{
    // When the helper dies, the only other end of this socket is gone and the read returns 0.
    birth.sync[0].reset();
    char byte = 0;
    if (recv(birth.sync[1].get(), &byte, 1, 0) != 1 || byte != 'g')
        _exit(1);
    char reason = 'i';
    // Out of the caller's session and away from its terminal: this process leads no group, so it may.
    if (setsid() >= 0 && becomeNamespaceRoot() && sendNamespaces(birth) && limitChild(limits)) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        // 0, 1 and 2 are /dev/null already; the request socket ends here.
        if (dup3(birth.channel[1].get(), requestFd, 0) == requestFd
            && close_range(requestFd + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0) {
            char name[] = "berth-holder";
            char *arguments[] = {name, nullptr};
            char *environment[] = {nullptr};
            syscall(SYS_execveat, birth.program.get(), "", arguments, environment, AT_EMPTY_PATH);
            reason = 'e';
        }
    }
    send(birth.sync[1].get(), &reason, 1, MSG_NOSIGNAL);
    _exit(1);
}

// ---- the parent ------------------------------------------------------------------------------------

UniqueFd openOfChild(const Birth &birth, const char *name, int flags)
{
    ShortText path;
    path.add(static_cast<std::uint32_t>(birth.pid)).add("/").add(name);
    return UniqueFd(openat(birth.proc.get(), path.bytes, flags | O_CLOEXEC));
}

// Written once and compared with what the kernel then says, number by number.
bool writeMap(const Birth &birth, const char *name, std::uint32_t caller, const IdRange &range)
{
    const std::uint32_t expected[] = {0, caller, 1, 1, range.first, range.count};
    const std::size_t count = range.count > 0 ? 6 : 3;
    ShortText text; // two lines of three numbers, at most 66 bytes
    for (std::size_t i = 0; i < count; ++i)
        text.add(expected[i]).add(i % 3 == 2 ? "\n" : " ");
    const UniqueFd output = openOfChild(birth, name, O_WRONLY);
    if (!output || write(output.get(), text.bytes, text.size) != static_cast<ssize_t>(text.size))
        return false;
    const UniqueFd input = openOfChild(birth, name, O_RDONLY);
    LineReader reader(input.get(), 4096);
    std::size_t seen = 0;
    while (reader.next()) {
        std::string_view rest = reader.line;
        while (!rest.empty()) {
            const std::string_view field = takeField(rest, ' ');
            std::uint32_t value = 0;
            if (field.empty())
                continue;
            if (seen == count || !parseId(field, value) || value != expected[seen++])
                return false;
        }
    }
    return !reader.hasFailed && seen == count;
}

// Groups may be set only when real ones are mapped: otherwise dropping a group could gain access to
// what the group is denied (CVE-2018-7169).
bool writeSetgroups(const Birth &birth, bool isAllowed)
{
    const std::string_view word = isAllowed ? "allow" : "deny";
    UniqueFd file = openOfChild(birth, "setgroups", O_WRONLY);
    if (!file || write(file.get(), word.data(), word.size()) != static_cast<ssize_t>(word.size()))
        return false;
    char is[16] = {};
    file = openOfChild(birth, "setgroups", O_RDONLY);
    const ssize_t size = file ? read(file.get(), is, sizeof is) : -1;
    return size == static_cast<ssize_t>(word.size()) + 1 && memcmp(is, word.data(), word.size()) == 0;
}

// Exactly the three namespaces of the child, whose owner is the caller.
bool receiveNamespaces(const Birth &birth, const Caller &caller, UniqueFd (&namespaces)[namespaceCount])
{
    char byte = 0;
    iovec part{&byte, 1};
    int fds[namespaceCount];
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fds)] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(birth.sync[0].get(), &message, MSG_CMSG_CLOEXEC) != 1 || byte != 'n')
        return false;
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof fds))
        return false;
    memcpy(fds, CMSG_DATA(header), sizeof fds);
    struct stat user = {};
    for (std::size_t i = 0; i < namespaceCount; ++i) {
        namespaces[i].reset(fds[i]);
        struct statfs system = {};
        if (fstatfs(fds[i], &system) < 0 || system.f_type != NSFS_MAGIC || ioctl(fds[i], NS_GET_NSTYPE) != namespaceTypes[i])
            return false;
        uid_t owner = ~uid_t{0};
        if (i == 0) {
            if (ioctl(fds[i], NS_GET_OWNER_UID, &owner) < 0 || owner != caller.user || fstat(fds[i], &user) < 0)
                return false;
            continue;
        }
        struct stat owning = {};
        const UniqueFd parent(ioctl(fds[i], NS_GET_USERNS));
        if (!parent || fstat(parent.get(), &owning) < 0 || owning.st_ino != user.st_ino || owning.st_dev != user.st_dev)
            return false;
    }
    return true;
}

std::uint64_t inodeOf(int fd)
{
    struct stat status = {};
    return fstat(fd, &status) == 0 ? status.st_ino : 0;
}

Status cloneChild(Birth &birth, const Task &task)
{
    int pidfd = -1;
    clone_args arguments{};
    arguments.flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP
        | CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
    arguments.exit_signal = SIGCHLD;
    if (birth.cgroup) {
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = static_cast<std::uint64_t>(birth.cgroup.get());
    }
    // The owner of a user namespace is the effective user of this moment, and hosts that restrict user
    // namespaces ask for an effective CAP_SYS_ADMIN of this moment.
    if (!actAsCaller(task.caller))
        return Status::Internal;
    const long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid == 0)
        becomeHolder(birth, task.limits);
    const int error = errno;
    if (!actAsRoot())
        return Status::Internal;
    if (pid < 0) {
        if (error == EAGAIN || error == ENOMEM)
            return Status::NoResources;
        return error == EPERM || error == ENOSPC || error == EUSERS ? Status::NamespacesRefused : Status::Internal;
    }
    birth.pid = static_cast<pid_t>(pid);
    birth.pidfd.reset(pidfd);
    birth.sync[1].reset();
    birth.channel[1].reset();
    return Status::Ok;
}

Status raise(Birth &birth, const Task &task, UniqueFd (&namespaces)[namespaceCount])
{
    const Reply &reply = task.reply;
    if (!writeMap(birth, "uid_map", task.caller.user, reply.users) || !writeSetgroups(birth, reply.groupsAllowed != 0)
        || !writeMap(birth, "gid_map", task.caller.group, reply.groups))
        return Status::Internal;
    const char go = 'g';
    if (send(birth.sync[0].get(), &go, 1, MSG_NOSIGNAL) != 1 || !receiveNamespaces(birth, task.caller, namespaces))
        return Status::HolderFailed;
    // The child's end closes when it executes the holder; a byte instead says that it could not.
    char reason = 0;
    return recv(birth.sync[0].get(), &reason, 1, 0) == 0 ? Status::Ok : Status::HolderFailed;
}

} // namespace

UniqueFd openProc()
{
    UniqueFd proc(open("/proc", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct statfs system = {};
    if (proc && (fstatfs(proc.get(), &system) < 0 || system.f_type != PROC_SUPER_MAGIC))
        proc.reset();
    return proc;
}

Status spawnHolder(Task &task)
{
    Reply &reply = task.reply;
    // Root's ids are never mapped. For the user that is so by isElevated.
    if (task.caller.group == 0)
        return Status::RootGroup;
    if (task.profile == MapProfile::Subid) {
        const Status found = findSubids(task.caller, reply.users, reply.groups, reply.detail);
        if (found != Status::Ok)
            return found;
        reply.groupsAllowed = 1;
    }
    Birth birth;
    birth.program = openHolderProgram();
    if (!birth.program)
        return Status::HolderMissing;
    birth.proc = openProc();
    if (!birth.proc || !makePair(birth.sync) || !makePair(birth.channel))
        return Status::NoResources;
    UniqueFd folder;
    Lease lease;
    Status status = openStateFolder(folder);
    if (status == Status::Ok)
        status = takeLease(static_cast<UniqueFd &&>(folder), task.caller.user, 0, holderCost, task.maximum, birth.proc.get(),
            lease, reply.detail);
    if (status != Status::Ok)
        return status;
    birth.cgroup = openHolderCgroup(task.caller);
    UniqueFd namespaces[namespaceCount];
    status = cloneChild(birth, task);
    // Before anything can go wrong with the child: in a frozen cgroup it would outlive this process.
    const std::uint64_t startTime = processStartTime(birth.proc.get(), birth.pid);
    if (status == Status::Ok && !fillSlot(lease, birth.pid, startTime))
        status = Status::StateUnusable;
    if (status == Status::Ok)
        status = raise(birth, task, namespaces);
    // An uplink is made only for namespaces that are on record here.
    if (status == Status::Ok
        && !fillSlot(lease, birth.pid, startTime, {inodeOf(namespaces[0].get()), inodeOf(namespaces[2].get())}))
        status = Status::StateUnusable;
    if (status != Status::Ok)
        return status; // the child's sockets close with birth, and it ends
    reply.pid = birth.pid;
    task.fds.add(static_cast<UniqueFd &&>(birth.pidfd));
    for (auto &fd : namespaces)
        task.fds.add(static_cast<UniqueFd &&>(fd));
    task.fds.add(static_cast<UniqueFd &&>(birth.channel[0]));
    return Status::Ok;
}

} // namespace berth::helper
