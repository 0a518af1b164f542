// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/filters.h"

#include <QTimeZone>

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

struct Unit {
    QLatin1StringView name;
    double milliseconds;
};
// "ms" before "m": the longer name is tried first.
constexpr Unit units[] = {{"ms"_L1, 1}, {"us"_L1, 1e-3}, {"ns"_L1, 1e-6}, {"h"_L1, 3600e3}, {"m"_L1, 60e3}, {"s"_L1, 1e3}};

// Go's time.ParseDuration: a sequence of decimal numbers with units, "1h15m30.918s".
std::optional<double> durationMilliseconds(QStringView text)
{
    double total = 0;
    if (text.isEmpty())
        return std::nullopt;
    while (!text.isEmpty()) {
        qsizetype size = 0;
        while (size < text.size() && (text[size].isDigit() || text[size] == u'.'))
            ++size;
        bool isNumber = false;
        const double number = text.first(size).toDouble(&isNumber);
        text = text.sliced(size);
        const auto unit = std::ranges::find_if(units, [text](const Unit &candidate) { return text.startsWith(candidate.name); });
        if (!isNumber || unit == std::end(units))
            return std::nullopt;
        total += number * unit->milliseconds;
        text = text.sliced(unit->name.size());
    }
    return total;
}

std::optional<QDateTime> unixTime(const QString &text)
{
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    // Beyond this many seconds a date cannot be told apart from nonsense.
    if (!isNumber || std::abs(seconds) > 1e12)
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000), QTimeZone::UTC);
}

// A date without a zone is local time.
std::optional<QDateTime> calendarTime(const QString &text)
{
    if (auto full = QDateTime::fromString(text, Qt::ISODateWithMs); full.isValid())
        return full;
    for (const auto &format : {u"yyyy-MM-ddTHH:mm"_s, u"yyyy-MM-ddTHH"_s, u"yyyy-MM-dd"_s}) {
        if (auto part = QDateTime::fromString(text, format); part.isValid())
            return part;
    }
    return std::nullopt;
}

} // namespace

std::optional<qint64> parseDuration(const QString &text)
{
    const bool isNegative = text.startsWith(u'-');
    const auto digits = QStringView(text).sliced(isNegative || text.startsWith(u'+') ? 1 : 0);
    if (digits == "0"_L1)
        return 0;
    const auto milliseconds = durationMilliseconds(digits);
    if (!milliseconds || std::abs(*milliseconds) > 9.2e12) // what 64 bits hold as nanoseconds
        return std::nullopt;
    const auto nanoseconds = static_cast<qint64>(std::llround(*milliseconds * 1e6));
    return isNegative ? -nanoseconds : nanoseconds;
}

Result<Filters> Filters::parse(std::span<const std::string> words)
{
    Filters filters;
    for (const auto &word : words) {
        const auto text = QString::fromStdString(word);
        if (text.isEmpty())
            continue; // as Docker
        const auto equals = text.indexOf(u'=');
        if (equals < 0) {
            return fail(ErrorCode::InvalidArgument, "bad format of filter (expected name=value)");
        }
        filters.m_values[text.first(equals).trimmed().toLower()] += text.sliced(equals + 1).trimmed();
    }
    return filters;
}

Result<> Filters::allowOnly(const QStringList &known) const
{
    for (const auto &key : m_values.keys()) {
        if (!known.contains(key)) {
            return fail(
                ErrorCode::InvalidArgument, key.isEmpty() ? "invalid filter" : "invalid filter '" + key.toStdString() + "'");
        }
    }
    return {};
}

bool Filters::labelsMatch(const QMap<QString, QString> &labels) const
{
    return std::ranges::all_of(values(u"label"_s), [&labels](const QString &wanted) {
        const auto key = wanted.section(u'=', 0, 0);
        return labels.contains(key) && (!wanted.contains(u'=') || labels.value(key) == wanted.section(u'=', 1));
    });
}

Result<QDateTime> parseMoment(const QString &text, const QDateTime &now)
{
    if (const auto before = durationMilliseconds(text))
        return now.addMSecs(static_cast<qint64>(-*before));
    if (const auto moment = unixTime(text))
        return *moment;
    if (const auto moment = calendarTime(text))
        return *moment;
    return fail(ErrorCode::InvalidArgument, "failed to parse value as time or duration: \"" + text.toStdString() + '"');
}

} // namespace berth
