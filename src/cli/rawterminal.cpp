// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rawterminal.h"

#include <csignal>

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace berth {
namespace {

// Reached from a signal handler, hence plain objects of static lifetime.
int rawFd = -1;
termios savedMode;
termios rawMode;

constexpr int crashSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

extern "C" void restoreAndDie(int signal)
{
    // tcsetattr and raise are async-signal-safe; SA_RESETHAND has put the default action back.
    ::tcsetattr(rawFd, TCSANOW, &savedMode);
    ::raise(signal);
}

void restoreOnCrash()
{
    struct sigaction action{};
    action.sa_handler = restoreAndDie;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    for (const int signal : crashSignals)
        ::sigaction(signal, &action, nullptr);
}

} // namespace

Result<std::unique_ptr<RawTerminal>> RawTerminal::enter(int fd)
{
    if (::tcgetattr(fd, &savedMode) != 0)
        return failErrno("cannot read the mode of the terminal");
    rawMode = savedMode;
    ::cfmakeraw(&rawMode);
    rawFd = fd;
    restoreOnCrash();
    if (::tcsetattr(fd, TCSANOW, &rawMode) != 0)
        return failErrno("cannot change the mode of the terminal");
    return std::unique_ptr<RawTerminal>(new RawTerminal);
}

RawTerminal::~RawTerminal() { ::tcsetattr(rawFd, TCSANOW, &savedMode); }

void RawTerminal::resume() const { ::tcsetattr(rawFd, TCSANOW, &rawMode); }

std::optional<TerminalSize> terminalSize()
{
    winsize size{};
    for (const int fd : {STDOUT_FILENO, STDIN_FILENO}) {
        if (::ioctl(fd, TIOCGWINSZ, &size) == 0)
            return TerminalSize{size.ws_col, size.ws_row};
    }
    return std::nullopt;
}

} // namespace berth
