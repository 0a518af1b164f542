// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace berth {

// Bytes that came in or were read, and that went out or were written.
struct Traffic {
    qint64 in = 0;
    qint64 out = 0;

    friend bool operator==(const Traffic &, const Traffic &) = default;
};

// The processors of the machine, busy or not, since it was started; as dockerd reads them from /proc/stat.
struct ProcessorTime {
    std::chrono::nanoseconds total{}; // of all processors together
    int processors = 0;

    friend bool operator==(const ProcessorTime &, const ProcessorTime &) = default;
};

// What the kernel has counted for a container up to one moment. What it does not count on this machine has no value.
struct FigureSample {
    QString id{};                                   // of the container
    bool isRunning = false;                       // else nothing below has a meaning
    QString run{};                                  // tells one run of a container from the next: counters start anew
    std::chrono::nanoseconds at{};                // of a clock that only goes forward
    ProcessorTime machine{};
    std::optional<std::chrono::nanoseconds> cpu{};  // that its processes have used
    std::optional<qint64> memory{};                 // bytes, without the cached files that the kernel would drop first
    bool memoryIsSummed = false;                  // no controller counts it: the shares of its processes
    qint64 memoryLimit = 0;                       // bytes; the machine's memory where no limit is lower
    std::optional<Traffic> network{};               // without loopback
    std::optional<Traffic> disk{};
    std::optional<qint64> tasks{};                  // processes and their threads

    friend bool operator==(const FigureSample &, const FigureSample &) = default;
};

// What two samples of a container say.
struct Figures {
    std::optional<double> cpuPercent{};    // of one processor: 200 is two of them
    std::optional<double> memoryPercent{}; // of the limit
    // Bytes a second between the samples.
    std::optional<double> receiveRate{}, sendRate{}, readRate{}, writeRate{};

    friend bool operator==(const Figures &, const Figures &) = default;
};

// before: nothing, or a sample of another run, gives no rates. Percentages are docker's: its client divides the
// container's share of the time of all processors, and the memory without inactive files by the limit.
Figures figuresOf(const std::optional<FigureSample> &before, const FigureSample &after);

} // namespace berth
