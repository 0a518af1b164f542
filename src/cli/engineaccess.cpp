// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/engineaccess.h"

#include "cli/detachkeys.h"
#include "cli/report.h"
#include "operations/containeroperations.h"

#include <unistd.h>

namespace berth {

Result<Store> openStore()
{
    const auto paths = EnginePaths::fromEnvironment();
    if (!paths)
        return std::unexpected(paths.error());
    auto store = Store::open(*paths);
    if (!store)
        return store;
    if (const auto reconciled = reconcile(*store); !reconciled)
        return std::unexpected(reconciled.error());
    return store;
}

int forEachArgument(const Invocation &call, const std::function<Result<>(Store &store, const QString &argument)> &verb)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    int exitCode = 0;
    for (const auto &argument : call.arguments) {
        const auto done = verb(*store, QString::fromStdString(argument));
        if (done)
            printOut(argument + "\n");
        else
            exitCode = reportError(done.error());
    }
    return exitCode;
}

bool isInputUsable(bool attachesStdin, bool isTerminal)
{
    if (!attachesStdin || !isTerminal || ::isatty(STDIN_FILENO))
        return true;
    printError("the input device is not a TTY\n");
    return false;
}

Result<std::string> detachKeysOf(const QString &text)
{
    if (text.isEmpty())
        return std::string(defaultDetachKeys);
    return parseDetachKeys(text.toStdString());
}

} // namespace berth
