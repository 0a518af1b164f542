// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/completion/completecommand.h"
#include "cli/console/console.h"

#include <QCoreApplication>

#include <clocale>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <langinfo.h>
#include <unistd.h>

namespace {

// A caller may have closed 0, 1 or 2; the next file we open must not take their place and be
// written to as if it were the screen.
bool occupyStandardFds()
{
    for (int fd = 0; fd <= 2; ++fd) {
        if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != fd)
            return false;
    }
    return true;
}

// Qt warns on every start when the locale is not UTF-8, as in cron jobs and bare environments. Berth's
// texts are UTF-8 whatever the locale; the environment itself stays as it is, for `-e NAME`.
class Utf8Locale {
public:
    Utf8Locale()
    {
        if (std::setlocale(LC_ALL, "") && std::string_view(::nl_langinfo(CODESET)) == "UTF-8")
            return;
        if (const char *value = std::getenv("LC_ALL"))
            m_before = value;
        m_isChanged = ::setenv("LC_ALL", "C.UTF-8", 1) == 0;
    }
    ~Utf8Locale()
    {
        if (!m_isChanged)
            return;
        if (m_before)
            ::setenv("LC_ALL", m_before->c_str(), 1);
        else
            ::unsetenv("LC_ALL");
    }
    Utf8Locale(const Utf8Locale &) = delete;
    Utf8Locale &operator=(const Utf8Locale &) = delete;

private:
    std::optional<std::string> m_before;
    bool m_isChanged = false;
};

} // namespace

int main(int argc, char **argv)
{
    if (!occupyStandardFds())
        return 1;
    // Qt's SQL drivers are plugins, and plugins need an application. It gets no argument, because it
    // would take some of them for itself.
    int count = argc > 0 ? 1 : 0;
    std::optional<QCoreApplication> application;
    {
        const Utf8Locale locale;
        application.emplace(count, argv);
    }
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (!words.empty() && words[0] == "__complete")
        return berth::printCompletions(std::span(words).subspan(1));
    if (words.empty() && ::isatty(STDIN_FILENO) && ::isatty(STDOUT_FILENO))
        return berth::runConsole();
    return berth::runCommandLine(words);
}
