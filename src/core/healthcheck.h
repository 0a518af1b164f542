// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace berth {

// How a container is asked whether it is well: HEALTHCHECK of an image, --health-* of run. Times are
// nanoseconds, as in Docker's inspect; 0 is "as the image says", and then Docker's default.
struct HealthCheck {
    QStringList test; // empty: as the image says. {"NONE"}, {"CMD", words…}, {"CMD-SHELL", line}
    qint64 interval = 0;
    qint64 timeout = 0;
    qint64 startPeriod = 0;
    qint64 startInterval = 0;
    int retries = 0;

    friend bool operator==(const HealthCheck &, const HealthCheck &) = default;
    // Something is to be run.
    [[nodiscard]] bool isActive() const { return test.size() > 1 && test[0] != QLatin1StringView("NONE"); }
};

} // namespace berth
