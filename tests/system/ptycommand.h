// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "system/berthcommand.h"

#include <QElapsedTimer>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <vector>

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace berth::test {

// `berth` (or another program) on a terminal of its own, typed at as a person does.
class PtyCommand {
public:
    PtyCommand(const BerthCommand &berth, const QList<QByteArray> &arguments, unsigned short columns = 80,
        unsigned short rows = 24, const QByteArray &program = "berth")
    {
        std::vector<QByteArray> texts{program};
        texts.insert(texts.end(), arguments.begin(), arguments.end());
        std::vector<QByteArray> variables;
        for (const auto &variable : berth.environment.toStringList())
            variables.push_back(variable.toLocal8Bit());
        const auto pointers = [](std::vector<QByteArray> &list) {
            std::vector<char *> result;
            for (auto &text : list)
                result.push_back(text.data());
            result.push_back(nullptr);
            return result;
        };
        const auto argv = pointers(texts);
        const auto environment = pointers(variables);
        const winsize size{rows, columns, 0, 0};
        m_pid = ::forkpty(&m_master, nullptr, nullptr, &size);
        if (m_pid == 0) {
            ::execvpe(argv[0], argv.data(), environment.data());
            ::_exit(127);
        }
        ::tcgetattr(m_master, &m_before);
    }
    ~PtyCommand()
    {
        if (m_pid > 0 && m_code == running) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
        ::close(m_master);
    }
    PtyCommand(const PtyCommand &) = delete;
    PtyCommand &operator=(const PtyCommand &) = delete;

    QByteArray output; // so far
    [[nodiscard]] pid_t pid() const { return m_pid; }

    void type(const QByteArray &bytes) const
    {
        [[maybe_unused]] const auto done = ::write(m_master, bytes.data(), static_cast<std::size_t>(bytes.size()));
    }
    void resize(unsigned short columns, unsigned short rows) const
    {
        const winsize size{rows, columns, 0, 0};
        ::ioctl(m_master, TIOCSWINSZ, &size);
    }
    // Until the output since the last call contains text.
    bool waitFor(const QByteArray &text, int timeout = 10'000)
    {
        QElapsedTimer clock;
        clock.start();
        for (;;) {
            if (const auto at = output.indexOf(text, m_seen); at >= 0) {
                m_seen = at + text.size();
                return true;
            }
            if (!readMore(static_cast<int>(timeout - clock.elapsed()))) {
                qWarning("no %s in: %s", text.constData(), output.constData());
                return false;
            }
        }
    }
    // The exit code of the command, 128+n after a signal; -1 when it does not end.
    int wait(int timeout = 10'000)
    {
        QElapsedTimer clock;
        clock.start();
        while (m_code == running && clock.elapsed() < timeout) {
            readMore(20);
            int status = 0;
            if (::waitpid(m_pid, &status, WNOHANG) == m_pid)
                m_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        }
        while (readMore(0)) {}
        return m_code;
    }
    // Whether the terminal is as it was before the command.
    [[nodiscard]] bool isRestored() const
    {
        termios now{};
        return ::tcgetattr(m_master, &now) == 0 && now.c_lflag == m_before.c_lflag && now.c_iflag == m_before.c_iflag
            && now.c_oflag == m_before.c_oflag;
    }

private:
    static constexpr int running = -1;

    bool readMore(int timeout)
    {
        pollfd ready{m_master, POLLIN, 0};
        char buffer[4096];
        if (::poll(&ready, 1, std::max(timeout, 0)) != 1)
            return false;
        const ssize_t count = ::read(m_master, buffer, sizeof buffer);
        if (count > 0)
            output.append(buffer, count);
        return count > 0;
    }

    pid_t m_pid = -1;
    int m_master = -1;
    int m_code = running;
    qsizetype m_seen = 0;
    termios m_before{};
};

} // namespace berth::test
