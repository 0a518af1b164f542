// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <QCoreApplication>

#include <string>
#include <vector>

#include <fcntl.h>
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

} // namespace

int main(int argc, char **argv)
{
    if (!occupyStandardFds())
        return 1;
    // Qt's SQL drivers are plugins, and plugins need an application. It gets no argument, because it
    // would take some of them for itself.
    int count = argc > 0 ? 1 : 0;
    const QCoreApplication application(count, argv);
    return berth::runCommandLine(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
