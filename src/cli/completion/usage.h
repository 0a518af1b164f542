// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// What an argument names, read from its placeholder in the usage line.
enum class SlotKind : std::uint8_t { Container, ContainerPath, Image, Network, Volume, Object, File, Other };

// One argument of a usage line: "CONTAINER", "[CONTAINER...]".
struct UsageSlot {
    std::string text;
    SlotKind kind = SlotKind::Other;
    bool repeats = false;

    friend bool operator==(const UsageSlot &, const UsageSlot &) = default;
};

// The arguments of the first line of a usage, without [OPTIONS].
std::vector<UsageSlot> usageSlots(std::string_view usage);

// The argument with that number, the last one again when it repeats; nothing after the last.
const UsageSlot *slotAt(const std::vector<UsageSlot> &slots, std::size_t index);

// What may still follow so many arguments: "[COMMAND] [ARG...]". [OPTIONS] stays as long as they may come.
std::string remainingUsage(std::string_view usage, std::size_t arguments, bool takesFlags);

} // namespace berth
