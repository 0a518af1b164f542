// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace berth {

// What a long operation tells, and asks. Implemented by the window's job runner, by the command's
// progress line and by tests. Both functions may be called from a pool thread.
class Progress {
public:
    virtual ~Progress() = default;
    // Bytes of input; total 0 means unknown.
    virtual void report(qint64 done, qint64 total) = 0;
    [[nodiscard]] virtual bool isCancelled() const = 0;
};

// For callers that neither show nor cancel.
class NoProgress final : public Progress {
public:
    void report(qint64, qint64) override {}
    [[nodiscard]] bool isCancelled() const override { return false; }
};

} // namespace berth
