// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/dockerwords.h"
#include "operations/imagechanges.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr double maxNanoseconds = 9.2e18; // of Go's Duration
constexpr qint64 leastNanoseconds = 1'000'000;

std::unexpected<Error> wrong(const QString &sentence) { return fail(ErrorCode::InvalidArgument, sentence.toStdString()); }

// "1m30s", "250ms", as Go writes and reads a duration.
std::optional<qint64> nanoseconds(const QString &text)
{
    static const QRegularExpression whole(u"^(?:\\d+(?:\\.\\d+)?(?:ns|us|ms|s|m|h))+$"_s);
    static const QRegularExpression part(u"(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)"_s);
    static const QHash<QString, double> units{
        {u"ns"_s, 1}, {u"us"_s, 1e3}, {u"ms"_s, 1e6}, {u"s"_s, 1e9}, {u"m"_s, 60e9}, {u"h"_s, 3600e9}};
    if (!whole.match(text).hasMatch())
        return std::nullopt;
    double sum = 0;
    for (auto parts = part.globalMatch(text); parts.hasNext();) {
        const auto match = parts.next();
        sum += match.captured(1).toDouble() * units[match.captured(2)];
    }
    return sum < maxNanoseconds ? std::optional(static_cast<qint64>(sum)) : std::nullopt;
}

Result<> addOption(QJsonObject &check, const QString &word)
{
    static const QHash<QString, QString> times{{u"interval"_s, u"Interval"_s}, {u"timeout"_s, u"Timeout"_s},
        {u"start-period"_s, u"StartPeriod"_s}, {u"start-interval"_s, u"StartInterval"_s}};
    const auto equals = word.indexOf(u'=');
    const auto name = word.sliced(2, (equals < 0 ? word.size() : equals) - 2);
    const auto value = equals < 0 ? QString() : word.sliced(equals + 1);
    if (name == "retries"_L1) {
        bool isNumber = false;
        const int retries = value.toInt(&isNumber);
        if (!isNumber || retries < 1)
            return wrong(u"--retries must be at least 1 (not %1)"_s.arg(value));
        check[u"Retries"_s] = retries;
        return {};
    }
    const auto key = times.value(name);
    if (key.isEmpty())
        return wrong("Unknown flag: "_L1 + name);
    const auto time = nanoseconds(value);
    if (!time)
        return wrong(u"time: invalid duration \"%1\""_s.arg(value));
    if (*time != 0 && *time < leastNanoseconds)
        return wrong(u"Interval \"%1\" cannot be less than 1ms"_s.arg(name));
    check[key] = *time;
    return {};
}

} // namespace

Result<QJsonObject> parseHealthCheck(const QString &arguments)
{
    QJsonObject check;
    QString rest = arguments;
    while (rest.startsWith("--"_L1)) {
        const auto end = std::ranges::find_if(rest, [](QChar c) { return c.isSpace(); }) - rest.begin();
        if (auto added = addOption(check, rest.first(end)); !added)
            return std::unexpected(added.error());
        rest = rest.sliced(end).trimmed();
    }
    const auto words = rawWords(rest);
    if (words.isEmpty())
        return wrong(u"HEALTHCHECK requires at least one argument"_s);
    const auto kind = words[0].toUpper();
    const auto command = rest.sliced(words[0].size()).trimmed();
    if (kind == "NONE"_L1) {
        if (!command.isEmpty())
            return wrong(u"HEALTHCHECK NONE takes no arguments"_s);
        return QJsonObject{{u"Test"_s, QJsonArray{u"NONE"_s}}};
    }
    if (kind != "CMD"_L1)
        return wrong(u"Unknown type \"%1\" in HEALTHCHECK (try CMD)"_s.arg(kind));
    if (command.isEmpty())
        return wrong(u"Missing command after HEALTHCHECK CMD"_s);
    const auto list = jsonWords(command);
    check[u"Test"_s] = list ? QJsonArray::fromStringList(QStringList{u"CMD"_s} + *list) : QJsonArray{u"CMD-SHELL"_s, command};
    return check;
}

} // namespace berth
