// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace berth {

// "3 minutes ago" in the person's language, with Docker's thresholds, so that the English text is what
// `berth ps` prints.
QString relativeTime(const QDateTime &time, const QDateTime &now);

// How long until a text that tells the age of time may change: a second in the first minute, then the
// rest of the minute, then the rest of the hour.
std::chrono::milliseconds untilTextChanges(const QDateTime &time, const QDateTime &now);

} // namespace berth
