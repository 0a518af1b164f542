// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Shows one terminal tab, lets `cat` pour a file into it, and ends when it was all drawn. The time of
// the whole process is what ./dev bench compares with xterm doing the same.
#include "gui/terminal/terminaltab.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (application.arguments().size() != 2) {
        std::fputs("usage: terminalflood FILE\n", stderr);
        return 2;
    }
    berth::TerminalTab tab(QStringLiteral("flood"), {QStringLiteral("/usr/bin/cat"), application.arguments().at(1)});
    tab.resize(1000, 700);
    tab.show();
    int exitCode = 1;
    QObject::connect(&tab, &berth::TerminalTab::finished, &application, [&](int code) {
        exitCode = code;
        tab.repaint();
        QTimer::singleShot(0, &application, &QApplication::quit);
    });
    if (!tab.start())
        return 1;
    application.exec();
    return exitCode;
}
