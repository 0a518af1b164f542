// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/runspec.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace berth {

// What is known of a container's health, and when it is asked next: Docker's rules. Times are milliseconds
// since the run began.
class Health {
public:
    struct Result {
        std::string start, end; // RFC 3339
        int exitCode = 0;       // 0: well; -1: it could not be asked, or took too long
        std::string output;
    };

    explicit Health(HealthSpec spec = {}) : m_spec(std::move(spec)) {}

    [[nodiscard]] bool isActive() const { return !m_spec.arguments.empty(); }
    [[nodiscard]] const HealthSpec &spec() const { return m_spec; }
    // A run begins: nothing is known.
    void begin();
    // asked: when the question was put. True: the status is another one now.
    bool note(Result result, std::int64_t asked);
    // How long to wait before the next question.
    [[nodiscard]] std::int64_t pause(std::int64_t sinceStart) const;
    [[nodiscard]] const std::string &status() const { return m_status; } // "starting", "healthy", "unhealthy"
    // For containers/<id>/health: {"Status","FailingStreak","Log":[{"Start","End","ExitCode","Output"}]}.
    [[nodiscard]] std::string json() const;

    static constexpr std::size_t maxResults = 5;

private:
    HealthSpec m_spec;
    std::string m_status;
    std::uint32_t m_failures = 0; // one after the other
    std::deque<Result> m_results;
};

// What a question has said so far: its beginning, as Docker keeps it.
class ProbeOutput {
public:
    static constexpr std::size_t maxSize = 4096;
    void append(std::string_view bytes);
    [[nodiscard]] std::string text() const { return m_isCut ? m_text + "..." : m_text; }

private:
    std::string m_text;
    bool m_isCut = false;
};

// "1m30s", as Go prints durations.
std::string durationText(std::uint64_t milliseconds);

} // namespace berth
