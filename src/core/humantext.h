// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace berth {

// "Less than a second", "12 seconds", "About a minute", … "3 years", Docker's thresholds and words.
QString humanDuration(std::chrono::seconds duration);
// "188MB": decimal units, three significant digits, as `docker images` prints. precision 4 as prune totals.
QString humanSize(qint64 bytes, int precision = 3);
// "1.199MiB": binary units, four significant digits, as `docker stats` prints memory.
QString binarySize(qint64 bytes);

} // namespace berth
