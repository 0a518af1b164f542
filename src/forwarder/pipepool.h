// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"

#include <cstddef>
#include <vector>

namespace berth::forwarder {

// Where bytes wait that one side has sent and the other does not take yet.
struct Pipe {
    UniqueFd out, in;             // read from, written to

    explicit operator bool() const { return out.isValid(); }
};

// Only a direction with bytes on the way has a pipe: a thousand idle connections need none.
class PipePool {
public:
    // An empty pipe; none when the system gives no more descriptors.
    Pipe take();
    // It must be empty again; any other is simply closed by its owner.
    void giveBack(Pipe pipe);

private:
    std::vector<Pipe> m_free;
};

} // namespace berth::forwarder
