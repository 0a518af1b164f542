// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace berth {

// Something that happened to a container, an image or a volume, in Docker's words ("container", "start").
struct Event {
    using Attributes = std::map<std::string, std::string>; // name, image, labels, exitCode …

    std::string type;
    std::string action;
    std::string id; // of a volume: its name
    Attributes attributes;
    std::int64_t timeNano = 0; // since 1970, UTC

    friend bool operator==(const Event &, const Event &) = default;
};

// The log of events: <data folder>/events, a JSON line each {"time","type","action","id","attributes"},
// appended by whoever did something. A file that has reached its size becomes events.1, and the last
// events.1 is gone, so that both together stay below about 2 MiB.
inline constexpr std::string_view eventLogName = "events";
inline constexpr std::string_view oldEventLogName = "events.1";
inline constexpr std::uint64_t maxEventLog = 1 << 20;
// Of one line; labels that do not fit are left out.
inline constexpr std::size_t maxEventLine = 16 * 1024;

// One line with its end. Whatever the texts hold, nothing in them can end the line or look like another field.
std::string encode(const Event &event);

// Adds the event with the time of now. Best effort by nature: what was done is done, so nobody asks whether
// this worked. Never waits for another process for more than a moment.
void appendEvent(int dataFolder, Event event);

// What events of one container carry beside their own: name, image, labels. Kept by the engine in
// containers/<id>/attributes, because a monitor knows none of them and the name may change while it runs.
inline constexpr std::string_view eventAttributesName = "attributes";
Result<> writeEventAttributes(int containerFolder, const Event::Attributes &attributes);
// Nothing when there is no such file, or none that can be read.
Event::Attributes readEventAttributes(int containerFolder);

} // namespace berth
