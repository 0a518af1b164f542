// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the user's instance of systemd for a scope. A program of its own because it needs libsystemd: loaded
// into a monitor it would cost every container more memory than the monitor has.
#include "base/io.h"
#include "scope/userscope.h"

#include <cstdlib>

int main()
{
    using namespace berth;
    constexpr int channel = 3;
    const auto received = receiveMessage(channel);
    if (!received || received->bytes.empty())
        return EXIT_FAILURE;
    const auto request = scope::decodeRequest(received->bytes);
    const auto done = request ? scope::makeUserScope(*request) : std::unexpected(request.error());
    scope::Answer answer{.isDone = done.has_value()};
    if (!done)
        answer.error = done.error();
    return sendMessage(channel, scope::encode(answer)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
