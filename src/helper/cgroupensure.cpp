// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

// Hosts without systemd delegate no cgroup to users, and the kernel lets a process move only below a
// common ancestor that the mover may write. So root makes
//     berth/<uid>/          root's: the administrator's limits go here
//     berth/<uid>/engine/   the caller's, but only the files that delegation needs
// and moves the asking process to engine/entry; from there on the caller manages engine/ alone.
namespace berth::helper {
namespace {

constexpr const char *delegatedFiles[] = {"cgroup.procs", "cgroup.subtree_control", "cgroup.threads"};
constexpr const char *usedControllers[] = {"+cpu", "+memory", "+pids", "+io", "+cpuset"};
// A user's containers times their nested groups, with room; keeps one user from filling the kernel's
// memory with folders.
constexpr std::string_view mostDescendants = "10000";

bool isFolder(int directory, const char *name)
{
    return UniqueFd(openat(directory, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)).isValid();
}

// mountinfo writes blanks and backslashes in a path as \ooo.
bool unescape(std::string_view text, char (&path)[256])
{
    std::size_t size = 0;
    while (!text.empty()) {
        if (size + 1 == sizeof path)
            return false;
        char byte = text.front();
        std::size_t length = 1;
        if (byte == '\\' && text.size() >= 4) {
            byte = static_cast<char>(((text[1] - '0') << 6) | ((text[2] - '0') << 3) | (text[3] - '0'));
            length = 4;
        }
        path[size++] = byte;
        text.remove_prefix(length);
    }
    path[size] = '\0';
    return size > 0;
}

// The first cgroup2 mount that shows the whole tree, wherever it is: hybrid hosts have it beside the
// old hierarchies.
UniqueFd openCgroupMount(int proc)
{
    const UniqueFd list(openat(proc, "self/mountinfo", O_RDONLY | O_CLOEXEC));
    if (!list)
        return {};
    LineReader reader(list.get(), accountsLimit);
    reader.truncatesLongLines = true; // overlay mounts have long ones
    while (reader.next()) {
        std::string_view rest = reader.line;
        for (int field = 0; field < 3; ++field)
            takeField(rest, ' ');
        const std::string_view root = takeField(rest, ' ');
        const std::string_view point = takeField(rest, ' ');
        while (!rest.empty() && takeField(rest, ' ') != "-") {}
        char path[256];
        if (takeField(rest, ' ') != "cgroup2" || root != "/" || !unescape(point, path))
            continue;
        UniqueFd folder(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        struct statfs system = {};
        if (folder && fstatfs(folder.get(), &system) == 0 && system.f_type == CGROUP2_SUPER_MAGIC)
            return folder;
    }
    return {};
}

// Below engine/ folders are the caller's, who may mount something of his there (fusermount does that for
// everybody); so the walk stays on the mount where it begins.
UniqueFd openInside(int folder, const char *name, unsigned flags)
{
    open_how how{};
    how.flags = flags | O_NOFOLLOW | O_CLOEXEC;
    how.resolve = RESOLVE_NO_XDEV | RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    return UniqueFd(static_cast<int>(syscall(SYS_openat2, folder, name, &how, sizeof how)));
}

bool writeFile(int directory, const char *name, std::string_view text)
{
    const UniqueFd file = openInside(directory, name, O_WRONLY);
    return file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

UniqueFd makeFolder(int parent, const char *name)
{
    // The mask of this process would hide the folder from the user it is for.
    const mode_t mask = umask(022);
    const bool isThere = mkdirat(parent, name, 0755) == 0 || errno == EEXIST;
    umask(mask);
    return isThere ? openInside(parent, name, O_RDONLY | O_DIRECTORY) : UniqueFd();
}

// Which of them the host has is the host's business, so what fails is left out.
void enableControllers(int folder)
{
    for (const char *controller : usedControllers)
        writeFile(folder, "cgroup.subtree_control", controller);
}

bool giveTo(int folder, const Caller &caller)
{
    for (const char *name : delegatedFiles) {
        const UniqueFd file = openInside(folder, name, O_PATH);
        if (!file || fchownat(file.get(), "", caller.user, caller.group, AT_EMPTY_PATH) < 0)
            return false;
    }
    return fchown(folder, caller.user, caller.group) == 0;
}

ShortText enginePath(uid_t user)
{
    ShortText path;
    path.add("berth/").add(user).add("/engine");
    return path;
}

// It is given away last, so one that is the caller's is complete.
UniqueFd findEngineFolder(int mount, const Caller &caller)
{
    UniqueFd engine = openInside(mount, enginePath(caller.user).bytes, O_RDONLY | O_DIRECTORY);
    struct stat status = {};
    if (engine && (fstat(engine.get(), &status) < 0 || status.st_uid != caller.user))
        engine.reset();
    return engine;
}

// Only root can have made berth/ and berth/<uid>, so what is found there is ours. There is no lock that
// users share: whoever owns a cgroup can freeze the helper in it, and would then hold it for everybody.
// None is needed either, since all steps here may be done twice or at once.
UniqueFd makeEngineFolder(int mount, const Caller &caller)
{
    const UniqueFd berth = makeFolder(mount, "berth");
    if (!berth)
        return {};
    enableControllers(mount);
    enableControllers(berth.get());
    ShortText name;
    const UniqueFd user = makeFolder(berth.get(), name.add(caller.user).bytes);
    if (!user || !writeFile(user.get(), "cgroup.max.descendants", mostDescendants))
        return {};
    enableControllers(user.get());
    UniqueFd engine = makeFolder(user.get(), "engine");
    if (engine && !giveTo(engine.get(), caller))
        engine.reset();
    return engine;
}

// All four ids of the parent are the caller's, so nothing is moved that the caller could not signal.
bool isCallers(int proc, pid_t pid, uid_t user)
{
    ShortText path;
    path.add(static_cast<std::uint32_t>(pid)).add("/status");
    const UniqueFd file(openat(proc, path.bytes, O_RDONLY | O_CLOEXEC));
    if (!file)
        return false;
    LineReader reader(file.get(), 64 << 10);
    while (reader.next()) {
        std::string_view rest = reader.line;
        if (takeField(rest, '\t') != "Uid:")
            continue;
        for (int i = 0; i < 4; ++i) {
            std::uint32_t value = 0;
            if (!parseId(takeField(rest, '\t'), value) || value != user)
                return false;
        }
        return true;
    }
    return false;
}

// A process id could be given to another process between our check and the kernel's reading of
// cgroup.procs. The kernel does not reuse a number while it names a process group or a session, and we
// are a member of both, so the parent must lead one of them.
Status findParent(int proc, const Caller &caller, pid_t &parent)
{
    parent = getppid();
    if (parent <= 1 || (getpgid(0) != parent && getsid(0) != parent))
        return Status::ParentNotLeader;
    const UniqueFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, parent, 0)));
    if (!pidfd || getppid() != parent)
        return Status::ParentNotLeader;
    return isCallers(proc, parent, caller.user) ? Status::Ok : Status::NotAllowed;
}

Status moveTo(int engine, const Caller &caller, pid_t pid)
{
    const UniqueFd entry = makeFolder(engine, "entry");
    if (!entry || !giveTo(entry.get(), caller))
        return Status::Internal;
    ShortText digits;
    digits.add(static_cast<std::uint32_t>(pid));
    return writeFile(entry.get(), "cgroup.procs", std::string_view(digits.bytes, digits.size)) ? Status::Ok : Status::NoResources;
}

} // namespace

Status ensureCgroup(Task &task)
{
    const UniqueFd root(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (isFolder(root.get(), "run/systemd/system"))
        return Status::HasSystemd;
    const UniqueFd proc = openProc();
    if (!proc)
        return Status::Internal;
    pid_t parent = 0;
    Status status = findParent(proc.get(), task.caller, parent);
    if (status != Status::Ok)
        return status;
    const UniqueFd mount = openCgroupMount(proc.get());
    if (!mount)
        return Status::NoCgroup;
    UniqueFd folder;
    status = openStateFolder(folder);
    if (status != Status::Ok)
        return status;
    Lease lease;
    status = takeLease(
        static_cast<UniqueFd &&>(folder), task.caller.user, 0, cgroupCost, 0, proc.get(), lease, task.reply.detail);
    if (status != Status::Ok)
        return status;
    UniqueFd engine = findEngineFolder(mount.get(), task.caller);
    if (!engine)
        engine = makeEngineFolder(mount.get(), task.caller);
    if (!engine)
        return Status::NoCgroup;
    status = moveTo(engine.get(), task.caller, parent);
    if (status != Status::Ok)
        return status;
    const ShortText path = enginePath(task.caller.user);
    static_assert(sizeof "berth/4294967295/engine" <= sizeof(Reply::cgroup));
    memcpy(task.reply.cgroup.data(), path.bytes, path.size);
    task.fds.add(static_cast<UniqueFd &&>(engine));
    return Status::Ok;
}

UniqueFd openHolderCgroup(const Caller &caller)
{
    const UniqueFd root(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    const UniqueFd proc = openProc();
    if (!proc || isFolder(root.get(), "run/systemd/system"))
        return {};
    const UniqueFd mount = openCgroupMount(proc.get());
    const UniqueFd engine = mount ? findEngineFolder(mount.get(), caller) : UniqueFd();
    if (!engine)
        return {};
    UniqueFd holder = makeFolder(engine.get(), "holder");
    if (holder && !giveTo(holder.get(), caller))
        holder.reset();
    return holder;
}

} // namespace berth::helper
