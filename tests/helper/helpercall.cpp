// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/helpercall.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace berth::helper {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr const char *helperPath = HELPER_PATH;

std::vector<char *> pointersTo(const std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (const auto &text : texts)
        pointers.push_back(const_cast<char *>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

[[noreturn]] void becomeHelper(const Invocation &invocation, int end)
{
    const auto arguments = pointersTo(invocation.arguments);
    const auto environment = pointersTo(invocation.environment);
    if (end == requestFd)
        ::fcntl(end, F_SETFD, 0);
    else if (::dup2(end, requestFd) != requestFd)
        ::_exit(120);
    if (invocation.prepare)
        invocation.prepare();
    ::execve(helperPath, arguments.data(), environment.data());
    ::_exit(121);
}

pid_t cloneProcess(bool sharesFileSystem, int &pidfd)
{
    clone_args arguments{};
    // The test's own handlers would speak up for a child that is killed before its execve.
    arguments.flags = CLONE_PIDFD | CLONE_CLEAR_SIGHAND | (sharesFileSystem ? CLONE_FS : 0);
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
    arguments.exit_signal = SIGCHLD;
    return static_cast<pid_t>(::syscall(SYS_clone3, &arguments, sizeof arguments));
}

// Waits for the end of a child of ours; -1 in time out.
int reap(int pidfd, pid_t pid, int milliseconds)
{
    pollfd ended{pidfd, POLLIN, 0};
    if (::poll(&ended, 1, milliseconds) != 1)
        return -1;
    int status = -1;
    ::waitpid(pid, &status, 0);
    return status;
}

} // namespace

Request makeRequest(Operation operation, MapProfile profile)
{
    Request request;
    request.header.operation = static_cast<std::uint16_t>(operation);
    request.header.totalSize = sizeof request;
    request.profile = static_cast<std::uint32_t>(profile);
    if (::getrandom(request.header.nonce.data(), request.header.nonce.size(), 0) < 0)
        std::abort();
    return request;
}

bool Answer::endedProperly() const
{
    return WIFEXITED(waitStatus) && (WEXITSTATUS(waitStatus) == 0 || WEXITSTATUS(waitStatus) == 64);
}

bool Answer::isWellFormed(const Request &asked) const
{
    if (!reply || reply->header.magic != magic || reply->header.version != protocolVersion
        || reply->header.totalSize != sizeof *reply || reply->header.nonce != asked.header.nonce
        || reply->status > static_cast<std::uint16_t>(lastStatus) || reply->fdCount != fds.size())
        return false;
    return status() == Status::Ok || fds.empty();
}

Call::Call(const Invocation &invocation)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return;
    m_socket.reset(ends[0]);
    const UniqueFd theirs(ends[1]);
    int pidfd = -1;
    m_pid = cloneProcess(invocation.sharesFileSystem, pidfd);
    if (m_pid == 0)
        becomeHelper(invocation, invocation.requestEnd >= 0 ? invocation.requestEnd : theirs.get());
    m_pidfd.reset(pidfd);
}

Call::~Call()
{
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    ::kill(m_pid, SIGCONT);
    reap(m_pidfd.get(), m_pid, 12'000);
}

bool Call::send(std::string_view bytes, const std::vector<int> &fds) const
{
    iovec part{const_cast<char *>(bytes.data()), bytes.size()};
    std::vector<char> control(CMSG_SPACE(fds.size() * sizeof(int)));
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!fds.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(fds.size() * sizeof(int));
        std::memcpy(CMSG_DATA(header), fds.data(), fds.size() * sizeof(int));
    }
    return ::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

Answer Call::finish()
{
    Answer answer;
    answer.waitStatus = reap(m_pidfd.get(), m_pid, 12'000);
    if (answer.waitStatus != -1)
        m_pid = -1;
    Reply reply;
    iovec part{&reply, sizeof reply};
    alignas(cmsghdr) char control[CMSG_SPACE(16 * sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t size = -1;
    // The kernel first tells that the helper left something unread.
    for (int tries = 0; m_socket && size < 0 && tries < 2 && (tries == 0 || errno == ECONNRESET); ++tries)
        size = ::recvmsg(m_socket.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (size == sizeof reply && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)))
        answer.reply = reply;
    if (size < 0)
        return answer;
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        for (std::size_t at = CMSG_LEN(0); at + sizeof(int) <= header->cmsg_len; at += sizeof(int)) {
            int fd = -1;
            std::memcpy(&fd, reinterpret_cast<const char *>(header) + at, sizeof fd);
            answer.fds.emplace_back(fd);
        }
    }
    return answer;
}

Answer ask(const Request &request, const Invocation &invocation)
{
    Call call(invocation);
    call.send(bytesOf(request));
    return call.finish();
}

Answer askPatiently(const Request &request, const Invocation &invocation)
{
    const auto end = Clock::now() + 20s;
    for (;;) {
        Answer answer = ask(request, invocation);
        if (!answer.reply || !isRetryable(answer.status()) || Clock::now() > end)
            return answer;
        std::this_thread::sleep_for(200ms);
    }
}

int inChild(const std::function<int()> &code)
{
    int pidfd = -1;
    const pid_t pid = cloneProcess(false, pidfd);
    if (pid == 0) {
        ::setsid();
        ::_exit(code());
    }
    const UniqueFd closing(pidfd);
    int status = reap(pidfd, pid, 30'000);
    if (status == -1) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, &status, 0);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void adoptOrphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

bool allChildrenEnded(int milliseconds)
{
    const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (Clock::now() < end) {
        if (::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD)
            return true;
        std::this_thread::sleep_for(2ms);
    }
    return false;
}

std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string statusLine(pid_t pid, std::string_view name)
{
    std::istringstream lines(readFile("/proc/" + std::to_string(pid) + "/status"));
    std::string line;
    const std::string wanted = std::string(name) + ":";
    while (std::getline(lines, line)) {
        if (!line.starts_with(wanted))
            continue;
        const auto first = line.find_first_not_of(" \t", wanted.size());
        std::string value = first == std::string::npos ? std::string() : line.substr(first);
        std::ranges::replace(value, '\t', ' ');
        return value;
    }
    return {};
}

std::vector<std::pair<int, std::string>> openFds(pid_t pid)
{
    std::vector<std::pair<int, std::string>> found;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd", error))
        found.emplace_back(
            std::stoi(entry.path().filename().string()), std::filesystem::read_symlink(entry.path(), error).string());
    std::ranges::sort(found);
    return found;
}

} // namespace berth::helper
