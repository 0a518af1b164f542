// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/report.h"

#include "cli/template.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <format>

#include <poll.h>
#include <unistd.h>

namespace berth {
namespace {

// Standard output may be a pipe that somebody made non-blocking: wait, do not lose bytes.
bool writeWhole(int fd, std::string_view text)
{
    while (!text.empty()) {
        const auto written = ::write(fd, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd ready{fd, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool isDaemonWording(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotFound:
    case ErrorCode::AlreadyExists:
    case ErrorCode::WrongState:
    case ErrorCode::NotExecutable:
    case ErrorCode::CommandNotFound: return true;
    default: return false;
    }
}

int runExitCode(ErrorCode code)
{
    if (code == ErrorCode::NotExecutable)
        return exitNotExecutable;
    return code == ErrorCode::CommandNotFound ? exitCommandNotFound : exitEngine;
}

} // namespace

void printOut(std::string_view text)
{
    if (writeWhole(STDOUT_FILENO, text))
        return;
    if (errno == EPIPE)
        std::_Exit(exitSignalBase + SIGPIPE);
    printError(std::format("berth: cannot write to standard output: {}\n", std::strerror(errno)));
    std::_Exit(exitFailure);
}

void printOut(const QString &text) { printOut(std::string_view(text.toStdString())); }

void printError(std::string_view text)
{
    // Nobody is left to be told when this fails.
    (void)writeWhole(STDERR_FILENO, text);
}

std::string errorText(const Error &error)
{
    if (isDaemonWording(error.code))
        return std::format("Error response from daemon: {}", error.detail);
    return error.detail;
}

int reportError(const Error &error)
{
    printError(errorText(error) + "\n");
    return exitFailure;
}

int reportPlainError(const Error &error)
{
    printError(error.detail + "\n");
    return exitFailure;
}

int reportTemplateError(const Error &error)
{
    const bool isRead = !isTemplateSyntaxError(error);
    if (isRead)
        printOut("\n");
    printError((isRead ? "" : "template parsing error: ") + error.detail + '\n');
    return isRead ? exitFailure : exitTemplate;
}

int reportRunError(const Invocation &call, const Error &error)
{
    return reportWithHint(call, errorText(error), runExitCode(error.code));
}

int reportWithHint(const Invocation &call, std::string_view text, int exitCode)
{
    printError(std::format("berth: {}\n\nRun '{} --help' for more information\n", text, call.program()));
    return exitCode;
}

int reportUsageError(const Invocation &call, std::string_view text)
{
    printError(std::format("{}\n\nUsage:  {} {}\n\nRun '{} --help' for more information\n", text, call.program(),
        call.command.usage, call.program()));
    return exitEngine;
}

} // namespace berth
