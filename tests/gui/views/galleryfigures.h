// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../samples.h"
#include "core/figures.h"

#include <cmath>

namespace berth::gallery {

using namespace Qt::StringLiterals;

// Five minutes of a web server, a cache that does little, a database on a machine that does not count everything, and
// tests that began a quarter of a minute ago; as they would be sampled.
inline QList<QList<FigureSample>> figureRounds()
{
    constexpr int rounds = 150;
    constexpr qint64 mebibyte = 1 << 20;
    double webCpu = 0, testCpu = 0, received = 4e6, read = 3e7;
    QList<QList<FigureSample>> all;
    for (int round = 0; round < rounds; ++round) {
        const double time = 2.0 * round;
        const double visitors = std::max(0.0, std::sin(time / 40) + 0.4 * std::sin(time / 7)) + (round % 37 == 0 ? 1.5 : 0);
        FigureSample sample;
        sample.isRunning = true;
        sample.run = u"1"_s;
        sample.at = std::chrono::milliseconds(1'000'000 + 2000 * round);
        sample.machine = {.total = std::chrono::milliseconds(4'000'000 + 8000 * round), .processors = 4};
        sample.memoryLimit = 512 * mebibyte;
        const auto named = [&](const QString &name) {
            FigureSample made = sample;
            made.id = samples::idOf(name);
            return made;
        };
        auto web = named(u"web"_s);
        webCpu += 2.0 * (0.02 + 0.45 * visitors);
        web.cpu = std::chrono::microseconds(static_cast<qint64>(webCpu * 1e6));
        web.memory = static_cast<qint64>((96.0 + 60.0 * round / rounds + 30 * visitors) * mebibyte);
        received += 2e5 * visitors;
        web.network = Traffic{.in = static_cast<qint64>(received), .out = static_cast<qint64>(received * 2.5)};
        read += round % 20 < 3 ? 6e6 : 0;
        web.disk = Traffic{.in = static_cast<qint64>(read), .out = static_cast<qint64>(received / 4)};
        web.tasks = 5;
        auto cache = named(u"cache"_s);
        cache.cpu = std::chrono::microseconds(round * 3000);
        cache.memory = 8 * mebibyte;
        cache.memoryLimit = 16384 * mebibyte;
        cache.network = cache.disk = Traffic{.in = 1200, .out = 700};
        auto database = named(u"database"_s);
        database.cpu = std::chrono::microseconds(1'000'000);
        database.network = Traffic{.in = 90'000, .out = 4'000};
        QList<FigureSample> seen{web, cache, database};
        if (round >= rounds - 8) {
            auto tests = named(u"integration-tests-of-the-payment-service-with-a-very-long-branch-name_2026-07-31"_s);
            testCpu += 2 * 2.6;
            tests.cpu = std::chrono::microseconds(static_cast<qint64>(testCpu * 1e6));
            tests.memory = 1'300 * mebibyte + round * mebibyte;
            tests.memoryLimit = 16384 * mebibyte;
            tests.network = tests.disk = Traffic();
            seen.append(tests);
        }
        all.append(seen);
    }
    return all;
}

} // namespace berth::gallery
