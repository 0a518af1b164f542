// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"

#include <string>

namespace berth {

// What an administrator, another user or a neighbour does in a test's story; roothand.py has the verbs.
class RootHand {
public:
    // False outside of ./dev test.
    static bool isThere();

    // Begins a verb; the answer may be taken later.
    explicit RootHand(const std::string &line);
    struct Answer {
        int code = -1;
        std::string output;
    };
    Answer wait();

    static Answer run(const std::string &line) { return RootHand(line).wait(); }
    // True when it ended with 0.
    static bool does(const std::string &line) { return run(line).code == 0; }
    // Everything that the helper may have left in the machine, as text.
    static std::string state() { return run("state").output; }

private:
    UniqueFd m_socket;
};

} // namespace berth
