// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/runspec.h"

#include <cstdint>

namespace berth {

// Whether and when a container that has ended starts again: Docker's rules. The wait begins with 100 ms and
// doubles up to a minute, so that a container that dies at once for hours costs next to nothing; after a run
// of ten seconds it begins anew.
class Restarts {
public:
    explicit Restarts(RestartSpec policy) : m_policy(policy) {}

    void setPolicy(RestartSpec policy) { m_policy = policy; }
    // Somebody sent a signal. isFinal: one that means the end, so that no policy starts it again.
    void noteSignal(bool isFinal);
    // Counts when it says yes.
    bool wantsAnother(int exitCode);
    // Milliseconds to wait after a run of that many.
    std::int64_t delayAfter(std::int64_t ran);
    [[nodiscard]] std::uint32_t count() const { return m_count; }
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }

private:
    RestartSpec m_policy;
    bool m_wasSignalled = false;
    bool m_isCancelled = false;
    std::uint32_t m_count = 0;
    std::int64_t m_delay = 0;
};

} // namespace berth
