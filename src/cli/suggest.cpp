// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/suggest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace berth {
namespace {

// Insertions, deletions, substitutions and swaps of neighbours each cost one: "naem" is one away
// from "name", as a typing mistake is.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> beforeLast(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        beforeLast = last;
        last = row;
    }
    return last[b.size()];
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates)
{
    // A third of the letters may be wrong; more than that is another word.
    auto best = word.size() / 3 + 1;
    std::string_view found;
    for (const auto candidate : candidates) {
        const auto distance = editDistance(word, candidate);
        if (distance < best || (distance == best && found.empty())) {
            best = distance;
            found = candidate;
        }
    }
    if (!found.empty() || word.size() < 3)
        return found;
    const auto prefix = std::ranges::find_if(
        candidates, [word](std::string_view candidate) { return candidate.starts_with(word); });
    return prefix == candidates.end() ? std::string_view() : *prefix;
}

} // namespace berth
