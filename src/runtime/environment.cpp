// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/environment.h"

#include <algorithm>

namespace berth {
namespace {

bool hasName(const std::string &entry, std::string_view name)
{
    return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

void put(Environment &environment, const std::string &entry)
{
    const auto equals = entry.find('=');
    if (equals == std::string::npos || equals == 0 || entry.find('\0') != std::string::npos)
        return;
    const auto name = std::string_view(entry).substr(0, equals);
    const auto same = std::ranges::find_if(environment, [name](const std::string &other) { return hasName(other, name); });
    if (same == environment.end())
        environment.push_back(entry);
    else
        *same = entry;
}

} // namespace

std::optional<std::string> valueOf(const Environment &environment, std::string_view name)
{
    for (const auto &entry : environment) {
        if (hasName(entry, name))
            return entry.substr(name.size() + 1);
    }
    return std::nullopt;
}

void addDefault(Environment &environment, std::string_view name, std::string_view value)
{
    if (!valueOf(environment, name))
        environment.push_back(std::string(name) + '=' + std::string(value));
}

Environment mergedEnvironment(const Environment &base, const Environment &winning)
{
    Environment merged;
    for (const auto &entry : base)
        put(merged, entry);
    for (const auto &entry : winning)
        put(merged, entry);
    return merged;
}

} // namespace berth
