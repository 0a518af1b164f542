// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"

namespace berth::test {

// A store as a test of completion imagines it.
class KnownNames : public NameSource {
public:
    std::vector<KnownContainer> containers() override
    {
        const auto id = [](char digit) { return std::string(64, digit); };
        return {{"web", id('a'), ContainerState::Running, "redis, Up 3 minutes"},
            {"worker", id('b'), ContainerState::Exited, "busybox, Exited (0) 2 hours ago"},
            {"db", id('c'), ContainerState::Paused, "redis, Up 2 hours (Paused)"},
            {"new", id('d'), ContainerState::Created, "busybox, Created"}};
    }
    std::vector<KnownImage> images() override
    {
        const auto id = [](char digit) { return std::string(64, digit); };
        return {{"redis:latest", id('1'), "188MB"}, {"redis:7", id('2'), "180MB"}, {"busybox:latest", id('3'), "2MB"},
            {"", id('4'), "5MB"}};
    }
    std::vector<std::string> volumes() override { return {"cache", "data"}; }
    std::vector<std::string> networks() override { return {"bridge", "front", "host", "none"}; }
};

} // namespace berth::test
