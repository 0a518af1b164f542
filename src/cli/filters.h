// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/flags.h"

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>

namespace berth {

// The values of -f/--filter by key. Values of one key are alternatives, except labels, and all keys
// must hold. Source: Docker's documentation of `docker ps --filter`.
class Filters {
public:
    // Each word is name=value, else the error is Docker's (InvalidArgument).
    static Result<Filters> parse(std::span<const std::string> words);

    // Refuses a key that this listing does not know, with Docker's sentence.
    [[nodiscard]] Result<> allowOnly(const QStringList &known) const;
    [[nodiscard]] bool has(const QString &key) const { return m_values.contains(key); }
    [[nodiscard]] QStringList values(const QString &key) const { return m_values.value(key); }
    // True when the key was not asked for, or the test holds for one of its values.
    template<typename Test> [[nodiscard]] bool anyOf(const QString &key, Test test) const
    {
        const auto asked = m_values.constFind(key);
        return asked == m_values.constEnd() || std::any_of(asked->begin(), asked->end(), test);
    }
    // All of label=KEY and label=KEY=VALUE hold.
    [[nodiscard]] bool labelsMatch(const QMap<QString, QString> &labels) const;

private:
    QMap<QString, QStringList> m_values;
};

// Go's durations: "1h15m30.918s", "500ms", "-1s"; nanoseconds.
std::optional<qint64> parseDuration(const QString &text);

// "42m", "1h30m" before now, RFC 3339 and its beginnings ("2026-01-02"), or Unix seconds, as --since
// and --until take them.
Result<QDateTime> parseMoment(const QString &text, const QDateTime &now);

} // namespace berth
