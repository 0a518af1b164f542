// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/humantext.h"

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

QString count(qint64 number, QLatin1StringView unit) { return QString::number(number) + u' ' + unit; }

} // namespace

QString humanDuration(std::chrono::seconds duration)
{
    const qint64 seconds = duration.count();
    if (seconds < 1)
        return u"Less than a second"_s;
    if (seconds == 1)
        return u"1 second"_s;
    if (seconds < 60)
        return count(seconds, "seconds"_L1);
    const qint64 minutes = seconds / 60;
    if (minutes == 1)
        return u"About a minute"_s;
    if (minutes < 60)
        return count(minutes, "minutes"_L1);
    // Hours are rounded, everything else is cut: that is how Docker prints them.
    const qint64 hours = (seconds + 1800) / 3600;
    if (hours == 1)
        return u"About an hour"_s;
    if (hours < 48)
        return count(hours, "hours"_L1);
    if (hours < 24 * 14)
        return count(hours / 24, "days"_L1);
    if (hours < 24 * 60)
        return count(hours / 24 / 7, "weeks"_L1);
    if (hours < 24 * 365 * 2)
        return count(hours / 24 / 30, "months"_L1);
    return count(seconds / 3600 / 24 / 365, "years"_L1);
}

QString humanSize(qint64 bytes, int precision)
{
    static constexpr std::array units{"B"_L1, "kB"_L1, "MB"_L1, "GB"_L1, "TB"_L1, "PB"_L1, "EB"_L1};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // A value that would round up to more digits than are shown goes to the next unit, so that with three
    // of them 999,999 is "1MB" and never "1e+03kB".
    const auto overflows = [&] {
        const double step = std::pow(10.0, precision - 3);
        return std::round(value * step) / step >= std::pow(10.0, precision);
    };
    while (unit + 1 < units.size() && (value >= 1000.0 || (unit > 0 && overflows()))) {
        value /= 1000.0;
        ++unit;
    }
    return QString::number(value, 'g', unit == 0 ? 4 : precision) + units[unit];
}

QString binarySize(qint64 bytes)
{
    static constexpr std::array units{"B"_L1, "KiB"_L1, "MiB"_L1, "GiB"_L1, "TiB"_L1, "PiB"_L1, "EiB"_L1};
    constexpr double step = 1024;
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= step && unit + 1 < units.size(); ++unit)
        value /= step;
    return QString::number(value, 'g', 4) + units[unit];
}

} // namespace berth
