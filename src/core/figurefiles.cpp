// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figurefiles.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace berth {
namespace {

constexpr std::string_view blanks = " \t";

// Takes the first line from text.
std::string_view takeLine(std::string_view &text)
{
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

// Takes the next word from a line; empty at its end.
std::string_view takeWord(std::string_view &line)
{
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const auto word = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(word.size());
    return word;
}

std::optional<qint64> numberOf(std::string_view word)
{
    qint64 number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || error != std::errc() || end != word.data() + word.size() || number < 0)
        return std::nullopt;
    return number;
}

// The rest of the first line that begins with this word.
std::optional<std::string_view> lineAfter(std::string_view text, std::string_view word)
{
    while (!text.empty()) {
        auto line = takeLine(text);
        if (takeWord(line) == word)
            return line;
    }
    return std::nullopt;
}

} // namespace

std::optional<qint64> parseNumber(std::string_view text) { return numberOf(takeLine(text)); }

std::optional<qint64> parseField(std::string_view text, std::string_view name)
{
    auto rest = lineAfter(text, name);
    return rest ? numberOf(takeWord(*rest)) : std::nullopt;
}

std::optional<qint64> parseKilobytes(std::string_view text, std::string_view name)
{
    constexpr qint64 kilobyte = 1024;
    auto rest = lineAfter(text, std::string(name) + ':');
    const auto number = rest ? numberOf(takeWord(*rest)) : std::nullopt;
    return number && takeWord(*rest) == "kB" ? std::optional(*number * kilobyte) : std::nullopt;
}

Traffic parseIoStat(std::string_view text)
{
    Traffic sum;
    while (!text.empty()) {
        auto line = takeLine(text);
        takeWord(line); // the device's numbers
        for (auto word = takeWord(line); !word.empty(); word = takeWord(line)) {
            if (word.starts_with("rbytes="))
                sum.in += numberOf(word.substr(7)).value_or(0);
            else if (word.starts_with("wbytes="))
                sum.out += numberOf(word.substr(7)).value_or(0);
        }
    }
    return sum;
}

Traffic parseNetDev(std::string_view text)
{
    constexpr int sentColumn = 8; // behind the eight about what was received
    Traffic sum;
    while (!text.empty()) {
        auto line = takeLine(text);
        const auto colon = line.find(':'); // a name has none, and what follows may touch it
        if (colon == std::string_view::npos)
            continue; // the two lines of headers
        auto name = line.substr(0, colon);
        if (takeWord(name) == "lo")
            continue;
        line.remove_prefix(colon + 1);
        for (int column = 0; column <= sentColumn; ++column) {
            const auto number = numberOf(takeWord(line)).value_or(0);
            if (column == 0)
                sum.in += number;
            else if (column == sentColumn)
                sum.out += number;
        }
    }
    return sum;
}

std::optional<ProcessorTime> parseProcStat(std::string_view text, long ticksPerSecond)
{
    constexpr int countedColumns = 7; // user to softirq, as dockerd adds them up: time that a hypervisor stole is not offered
    ProcessorTime time;
    bool hasTotal = false;
    while (text.starts_with("cpu")) {
        auto line = takeLine(text);
        if (takeWord(line) != "cpu") {
            ++time.processors;
            continue;
        }
        qint64 ticks = 0;
        for (int column = 0; column < countedColumns; ++column) {
            const auto number = numberOf(takeWord(line));
            if (!number)
                return std::nullopt;
            ticks += *number;
        }
        time.total = std::chrono::nanoseconds(ticks * (1'000'000'000 / ticksPerSecond));
        hasTotal = true;
    }
    return hasTotal && time.processors > 0 ? std::optional(time) : std::nullopt;
}

} // namespace berth
