// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>

#include <cstdint>

namespace berth::test {

// What several commands did at the same time, judged against a model that does one thing after the other.
enum class Verb : std::uint8_t { Create, Start, Stop, Kill, Pause, Unpause, Rename, Remove, ForceRemove };
QByteArray wordOf(Verb verb);

// One command that was run, when, and what it said.
struct Operation {
    Verb verb = Verb::Create;
    QByteArray name;
    QByteArray newName{};     // Rename
    std::int64_t begun = 0;   // nanoseconds of one monotonic clock
    std::int64_t ended = 0;
    bool succeeded = false;   // exit code 0 and no complaint
    QByteArray id{};          // Create: what it printed
    QByteArray complaint{};

    [[nodiscard]] QByteArray text() const;
};

// The containers by name, as `ps -a` shows them.
struct Box {
    QByteArray id;
    QByteArray state; // "created", "running", "paused", "exited"
    friend bool operator==(const Box &, const Box &) = default;
};
using World = QMap<QByteArray, Box>;

// Does the operation in the model. False when it would have ended otherwise than it did.
bool perform(World &world, const Operation &operation);

// Looks for an order of all operations that begins with an empty world, gives each of them the outcome
// it had, never puts one before another that had ended when it began, and leads to the end. Empty when
// there is one, else what could not be explained. The search is Wing and Gong's, with Lowe's memory of
// states that were tried ("Testing for linearizability", 2017).
QByteArray findSerialOrder(QList<Operation> operations, const World &end);

} // namespace berth::test
