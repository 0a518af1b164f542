// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/relativetime.h"

#include <QCoreApplication>

#include <algorithm>

namespace berth {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(RelativeTime)
};

// Lower bounds in seconds are those of core/humantext.h.
QString ageText(qint64 seconds)
{
    const auto n = [](qint64 count) { return static_cast<int>(count); };
    const qint64 minutes = seconds / 60;
    const qint64 hours = (seconds + 1800) / 3600;
    if (seconds < 1)
        return Say::tr("just now");
    if (seconds < 60)
        return Say::tr("%n second(s) ago", nullptr, n(seconds));
    if (minutes < 60)
        return Say::tr("%n minute(s) ago", nullptr, n(minutes));
    if (hours < 48)
        return Say::tr("%n hour(s) ago", nullptr, n(std::max<qint64>(hours, 1)));
    if (hours < 24 * 14)
        return Say::tr("%n day(s) ago", nullptr, n(hours / 24));
    if (hours < 24 * 60)
        return Say::tr("%n week(s) ago", nullptr, n(hours / 24 / 7));
    if (hours < 24 * 365 * 2)
        return Say::tr("%n month(s) ago", nullptr, n(hours / 24 / 30));
    return Say::tr("%n year(s) ago", nullptr, n(hours / 24 / 365));
}

} // namespace

QString relativeTime(const QDateTime &time, const QDateTime &now)
{
    return time.isValid() ? ageText(std::max<qint64>(time.secsTo(now), 0)) : QString();
}

std::chrono::milliseconds untilTextChanges(const QDateTime &time, const QDateTime &now)
{
    const qint64 age = std::max<qint64>(time.msecsTo(now), 0);
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    constexpr qint64 hour = 60 * minute;
    const qint64 step = age < minute ? second : age < hour ? minute : hour;
    // A half-hour step too: hours are rounded to the nearest, so they change in the middle.
    const qint64 grain = step == hour ? hour / 2 : step;
    return std::chrono::milliseconds(grain - age % grain);
}

} // namespace berth
