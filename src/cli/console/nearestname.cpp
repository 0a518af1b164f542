// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/nearestname.h"

#include "cli/completion/usage.h"
#include "cli/suggest.h"

#include <algorithm>
#include <format>

namespace berth {
namespace {

struct Known {
    std::vector<std::string> names;
    std::vector<std::string> ids;

    [[nodiscard]] bool contains(std::string_view word) const
    {
        return std::ranges::contains(names, word)
            || std::ranges::any_of(ids, [word](const std::string &id) { return id.starts_with(word); });
    }
};

Known knownContainers(NameSource &source)
{
    Known known;
    for (const auto &container : source.containers()) {
        known.names.push_back(container.name);
        known.ids.push_back(container.id);
    }
    return known;
}

Known knownImages(NameSource &source)
{
    constexpr std::string_view latest = ":latest";
    Known known;
    for (const auto &image : source.images()) {
        if (image.name.ends_with(latest))
            known.names.push_back(image.name.substr(0, image.name.size() - latest.size()));
        known.names.push_back(image.name);
        known.ids.push_back(image.id);
    }
    return known;
}

std::string sentence(std::string_view word, std::string_view kind, const Known &known, Language language)
{
    if (known.contains(word))
        return {};
    const std::vector<std::string_view> names(known.names.begin(), known.names.end());
    const auto near = nearest(word, names);
    if (near.empty())
        return {};
    const auto what = translated(kind, language);
    return std::vformat(translated("There is no {} '{}'. Did you mean '{}'?", language), std::make_format_args(what, word, near));
}

} // namespace

std::string nearestName(std::span<const std::string> words, NameSource &source, Language language)
{
    const auto position = positionAfter(words);
    if (!position.command)
        return {};
    const auto slots = usageSlots(position.command->usage);
    for (std::size_t i = 0; i < position.arguments.size(); ++i) {
        const auto *slot = slotAt(slots, i);
        const auto &word = position.arguments[i];
        std::string text;
        if (slot && slot->kind == SlotKind::Container)
            text = sentence(word, "container", knownContainers(source), language);
        else if (slot && slot->kind == SlotKind::ContainerPath && word.contains(':'))
            text = sentence(word.substr(0, word.find(':')), "container", knownContainers(source), language);
        else if (slot && slot->kind == SlotKind::Image)
            text = sentence(word, "image", knownImages(source), language);
        else if (slot && slot->kind == SlotKind::Network && !position.path.ends_with("create"))
            text = sentence(word, "network", {source.networks(), {}}, language);
        else if (slot && slot->kind == SlotKind::Volume)
            text = sentence(word, "volume", {source.volumes(), {}}, language);
        if (!text.empty())
            return text;
    }
    return {};
}

} // namespace berth
