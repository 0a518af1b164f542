// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/program.h"

#include "base/io.h"
#include "base/rootpath.h"
#include "runtime/containeruser.h"
#include "runtime/findprogram.h"
#include "runtime/mountcalls.h"
#include "runtime/processstate.h"
#include "runtime/reaper.h"
#include "wire/monitormessage.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr const char *defaultSearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// Makes and enters the working folder. It is resolved inside root without magic links, so neither a
// link of the image nor /proc/self/fd/N leads to a folder of the host (CVE-2024-21626,
// CVE-2026-55686); where we ended up is asked of the kernel.
Result<> enterWorkingDirectory(int root, const std::string &path, bool makesIt)
{
    const std::string wanted = path.empty() ? "/" : path;
    auto folder = makesIt ? makeDirectoriesInRoot(root, wanted) : openInRoot(root, wanted, O_PATH | O_DIRECTORY);
    if (!folder && !makesIt) {
        const auto reason = folder.error().code == ErrorCode::NotFound ? "no such file or directory" : "not a directory";
        return fail(ErrorCode::NotExecutable, "chdir to cwd (\"" + wanted + "\") failed: " + reason);
    }
    if (!folder)
        return wrap("working directory " + path, folder.error());
    if (::fchdir(folder->get()) < 0)
        return failErrno("cannot enter the working directory " + path);
    std::array<char, 4096> name;
    if (!::getcwd(name.data(), name.size()) || name[0] != '/')
        return fail(ErrorCode::PermissionDenied, "the working directory " + path + " lies outside the container");
    return {};
}

// What the process will have as 0, 1 and 2: opened here, before any right is given up, and never by
// a name inside the container. The user becomes owner of pipes and terminal, so that programs can
// reopen /dev/stdout.
Result<> prepareStreams(Program &program, const ContainerUser &user, UniqueFd &null, int root)
{
    if (program.terminal) {
        const int peer = program.terminal->peer.get();
        if (::fchown(peer, user.uid, static_cast<gid_t>(-1)) < 0)
            return failErrno("cannot give the terminal to the user");
        program.streams = {peer, peer, peer};
        return {};
    }
    for (int &stream : program.streams) {
        if (stream >= 0) {
            if (::fchown(stream, user.uid, user.gid) < 0)
                return failErrno("cannot give the streams to the user");
            continue;
        }
        if (!null) {
            auto opened = openInRoot(root, "/dev/null", O_RDWR | O_NOFOLLOW | O_NOCTTY);
            if (!opened)
                return std::unexpected(opened.error());
            null = std::move(*opened);
        }
        stream = null.get();
    }
    return {};
}

Result<> reportReady(int channel, const Program &program, const std::vector<UniqueFd> &namespaces)
{
    std::vector<int> fds;
    for (const auto &space : namespaces)
        fds.push_back(space.get());
    if (program.terminal) {
        fds.push_back(program.terminal->master.get());
        fds.push_back(program.terminal->peer.get());
    }
    return sendMessage(channel, monitor::encode(monitor::Message(monitor::Done{})), fds);
}

// Its own session, so that it shares no terminal with anybody outside.
Result<> takeStreams(const Program &program)
{
    if (::setsid() < 0 && errno != EPERM) // EPERM: it leads one already
        return failErrno("cannot make a session");
    if (program.terminal && ::ioctl(program.terminal->peer.get(), TIOCSCTTY, 0) < 0)
        return failErrno("cannot take the terminal");
    for (int number = 0; number < 3; ++number) {
        if (::dup2(program.streams[static_cast<std::size_t>(number)], number) < 0)
            return failErrno("cannot set the standard streams");
    }
    if (::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
        return failErrno("cannot close descriptors");
    return {};
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (auto &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

Result<> execute(Program &program)
{
    const std::string searchPath = valueOf(program.environment, "PATH").value_or(defaultSearchPath);
    auto file = findProgram(program.arguments[0], searchPath);
    if (!file)
        return std::unexpected(file.error());
    const auto arguments = pointersTo(program.arguments);
    const auto environment = pointersTo(program.environment);
    ::execve(file->c_str(), arguments.data(), environment.data());
    if (errno == ENOENT) { // the program is there, what its first line or its header asks for is not
        const auto text = "exec " + program.arguments[0] + ": no such file or directory\n";
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
        ::_exit(1); // as Docker: it has started and failed
    }
    return executionFailed(program.arguments[0], errno);
}

} // namespace

Result<> executeProgram(Program program, std::vector<UniqueFd> namespaces, const IdMaps &maps, int hostProc, int channel)
{
    auto root = openFile(AT_FDCWD, "/", O_PATH | O_DIRECTORY);
    if (!root)
        return std::unexpected(root.error());
    auto user = resolveUser(program.user, program.extraGroups, readUserFiles(root->get()), maps);
    if (!user)
        return std::unexpected(user.error());
    program.environment = mergedEnvironment(program.environment, {});
    addDefault(program.environment, "HOME", user->home);
    if (auto entered = enterWorkingDirectory(root->get(), program.workingDirectory, program.makesWorkingDirectory); !entered)
        return entered;
    if (program.readOnlyRoot) {
        if (auto set = setMountAttributes(root->get(), MOUNT_ATTR_RDONLY, false); !set)
            return wrap("cannot make the root file system read-only", set.error());
    }
    UniqueFd null;
    if (auto prepared = prepareStreams(program, *user, null, root->get()); !prepared)
        return prepared;
    if (auto reported = reportReady(channel, program, namespaces); !reported)
        return reported;
    namespaces.clear();
    if (auto become = becomeUser(*user, program.capabilities, hostProc); !become)
        return become;
    if (auto reset = resetProcessState(); !reset)
        return reset;
    if (auto limited = limitProcess(program.limits, program.noNewPrivileges); !limited)
        return limited;
    if (auto tied = dieWithParent(channel); !tied)
        return tied;
    if (program.reaper) {
        if (auto stayed = stayAsReaper(); !stayed)
            return stayed;
    }
    if (auto taken = takeStreams(program); !taken)
        return taken;
    return execute(program);
}

} // namespace berth
