// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace berth {

// What happens after a container has ended, as --restart says it.
struct RestartPolicy {
    QString name;       // "", "no", "always", "on-failure", "unless-stopped"
    int maxRetries = 0; // of on-failure; 0: without end

    [[nodiscard]] bool isNone() const { return name.isEmpty() || name == QLatin1StringView("no"); }
    friend bool operator==(const RestartPolicy &, const RestartPolicy &) = default;
};

// "on-failure:3". Only the form is looked at; which names and numbers are good says checkRestartPolicy,
// because the two errors reach a person in different words.
Result<RestartPolicy> parseRestartPolicy(const QString &text);
Result<> checkRestartPolicy(const RestartPolicy &policy);
// As --restart takes it.
QString restartText(const RestartPolicy &policy);

} // namespace berth
