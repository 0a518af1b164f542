// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "wire/helpermessage.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

// The installed set-uid helper, started as its worst caller would start it.
namespace berth::helper {

Request makeRequest(Operation operation, MapProfile profile = MapProfile::None);
inline std::string_view bytesOf(const Request &request) { return {reinterpret_cast<const char *>(&request), sizeof request}; }

struct Invocation {
    std::vector<std::string> arguments{"berth-helper"};
    std::vector<std::string> environment;
    // Runs in the new process after fd 3 is in place, directly before the execve.
    std::function<void()> prepare;
    int requestEnd = -1;           // becomes fd 3 instead of our socket; -1: our socket
    bool sharesFileSystem = false; // root, working folder and umask with this process (CLONE_FS)
};

struct Answer {
    std::optional<Reply> reply; // none: it ended without one, or with something that is not one
    std::vector<UniqueFd> fds;
    int waitStatus = 0;

    [[nodiscard]] Status status() const { return reply ? Status{reply->status} : Status::Internal; }
    // Ended by itself, with one of the two codes that it has.
    [[nodiscard]] bool endedProperly() const;
    // The only kinds of answer there are: a status that we know, and descriptors only beside success.
    [[nodiscard]] bool isWellFormed(const Request &asked) const;
};

// One run of the helper. The destructor kills it if it can, and waits.
class Call {
public:
    explicit Call(const Invocation &invocation = {});
    ~Call();
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] int socket() const { return m_socket.get(); }
    bool send(std::string_view bytes, const std::vector<int> &fds = {}) const;
    void closeSocket() { m_socket.reset(); }
    // Waits until the helper ended, at most for 12 seconds (it has a watchdog of 8).
    Answer finish();

private:
    UniqueFd m_socket;
    UniqueFd m_pidfd;
    pid_t m_pid = -1;
};

// send and finish in one.
Answer ask(const Request &request, const Invocation &invocation = {});
// As a well-behaved engine: what a moment may mend is asked again, for 20 seconds.
Answer askPatiently(const Request &request, const Invocation &invocation = {});

// Runs code in a fork of this process that leads a session, and gives its result; -1 when that died.
// Longer than 30 seconds is a failure too.
int inChild(const std::function<int()> &code);

// Waits until this process has no child any more; the test has made itself a subreaper before, so that
// what a killed helper leaves is a child as well. False after the time.
void adoptOrphans();
bool allChildrenEnded(int milliseconds);

// The value of a line of /proc/<pid>/status, for example "0000000000000000"; empty when there is none.
std::string statusLine(pid_t pid, std::string_view name);
std::string readFile(const std::string &path);
// Numbers and targets of the open descriptors.
std::vector<std::pair<int, std::string>> openFds(pid_t pid);

} // namespace berth::helper
