// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/usage.h"

#include <algorithm>

namespace berth {
namespace {

constexpr std::string_view optionsSlot = "[OPTIONS]";

SlotKind kindOf(std::string_view placeholder, bool copies)
{
    if (placeholder.contains("CONTAINER:"))
        return SlotKind::ContainerPath;
    if (placeholder.contains("CONTAINER"))
        return SlotKind::Container;
    if (placeholder.contains("NAME|ID"))
        return SlotKind::Object;
    if (placeholder.contains("IMAGE") || placeholder.contains("REPOSITORY"))
        return SlotKind::Image;
    if (placeholder.contains("NETWORK"))
        return SlotKind::Network;
    if (placeholder.contains("VOLUME"))
        return SlotKind::Volume;
    if (placeholder.contains("PATH") || placeholder.starts_with("file"))
        return copies ? SlotKind::ContainerPath : SlotKind::File;
    return SlotKind::Other;
}

// Words of the first line; a space inside brackets does not divide.
std::vector<std::string_view> placeholders(std::string_view usage)
{
    usage = usage.substr(0, usage.find('\n'));
    std::vector<std::string_view> words;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= usage.size(); ++i) {
        const char letter = i < usage.size() ? usage[i] : ' ';
        depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
        if (letter != ' ' || depth > 0)
            continue;
        if (i > begin)
            words.push_back(usage.substr(begin, i - begin));
        begin = i + 1;
    }
    return words;
}

} // namespace

std::vector<UsageSlot> usageSlots(std::string_view usage)
{
    const bool copies = usage.contains("CONTAINER:");
    std::vector<UsageSlot> slots;
    for (const auto word : placeholders(usage)) {
        if (word != optionsSlot)
            slots.push_back({std::string(word), kindOf(word, copies), word.contains("...")});
    }
    return slots;
}

const UsageSlot *slotAt(const std::vector<UsageSlot> &slots, std::size_t index)
{
    if (index < slots.size())
        return &slots[index];
    return !slots.empty() && slots.back().repeats ? &slots.back() : nullptr;
}

std::string remainingUsage(std::string_view usage, std::size_t arguments, bool takesFlags)
{
    const auto slots = usageSlots(usage);
    std::string rest;
    if (takesFlags && arguments == 0 && usage.starts_with(optionsSlot))
        rest = optionsSlot;
    for (auto i = std::min(arguments, slots.empty() || !slots.back().repeats ? slots.size() : slots.size() - 1); i < slots.size();
        ++i)
        rest += (rest.empty() ? "" : " ") + slots[i].text;
    return rest;
}

} // namespace berth
