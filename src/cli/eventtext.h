// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/filters.h"
#include "operations/events.h"

namespace berth {

// Whether the event is among those that `events --filter` asks for. Source: Docker's documentation of
// `docker events`, "Limiting, filtering, and formatting the output".
bool eventMatches(const EngineEvent &event, const Filters &filters);
// Refuses keys that no event has.
Result<> checkEventFilters(const Filters &filters);

// A line for the event: Docker's own without a format, one JSON object for "json", else a Go template.
Result<QString> eventText(const EngineEvent &event, const QString &format);

} // namespace berth
