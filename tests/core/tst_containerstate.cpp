// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/containerstate.h"

#include <QTest>

using namespace berth;

namespace {

using enum ContainerState;
constexpr std::optional<ContainerState> no;

// Every pair is written out: rows as allContainerStates, columns as allContainerActions. A new state
// or action cannot be forgotten, because the array would no longer fit.
using Row = std::array<std::optional<ContainerState>, allContainerActions.size()>;
// clang-format off: read as a table
constexpr std::array<Row, allContainerStates.size()> expected{{
    //        Start    Stop    Kill    Restart  Pause   Unpause  Exec     Rename      Remove    ForceRemove
    //        Commit      Diff        Export      Copy        Update      Top
    Row{Running, no,     no,     Running, no,     no,      no,      Created,    Removing, Removing,   // Created
        Created,    Created,    Created,    Created,    Created,    no},
    Row{no,      Exited, Exited, Running, Paused, no,      Running, Running,    no,       Removing,   // Running
        Running,    Running,    Running,    Running,    Running,    Running},
    Row{no,      Exited, Exited, Running, no,     Running, no,      Paused,     no,       Removing,   // Paused
        Paused,     Paused,     Paused,     Paused,     Paused,     Paused},
    Row{no,      Exited, Exited, Running, no,     no,      no,      Restarting, no,       Removing,   // Restarting
        Restarting, Restarting, Restarting, Restarting, Restarting, no},
    Row{no,      no,     no,     no,      no,     no,      no,      no,         no,       no,         // Removing
        no,         no,         no,         no,         no,         no},
    Row{Running, no,     no,     Running, no,     no,      no,      Exited,     Removing, Removing,   // Exited
        Exited,     Exited,     Exited,     Exited,     Exited,     no},
    Row{no,      no,     no,     no,      no,     no,      no,      no,         Removing, Removing,   // Dead
        no,         no,         no,         no,         no,         no},
}};
// clang-format on

} // namespace

class TestContainerState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPair()
    {
        for (std::size_t s = 0; s < allContainerStates.size(); ++s) {
            for (std::size_t a = 0; a < allContainerActions.size(); ++a) {
                const auto result = next(allContainerStates[s], allContainerActions[a]);
                QVERIFY2(result == expected[s][a], qPrintable(QStringLiteral("state %1, action %2").arg(s).arg(a)));
                QCOMPARE(can(allContainerStates[s], allContainerActions[a]), result.has_value());
            }
        }
    }

    void upAndDown()
    {
        for (const ContainerState state : allContainerStates)
            QCOMPARE(isUp(state), can(state, ContainerAction::Stop)); // what is up can be stopped
    }

    void verbs()
    {
        const std::array words{"start", "stop", "kill", "restart", "pause", "unpause", "exec", "rename", "rm", "rm", "commit",
            "diff", "export", "cp", "update", "top"};
        for (std::size_t a = 0; a < allContainerActions.size(); ++a)
            QCOMPARE(dockerVerb(allContainerActions[a]), QString::fromLatin1(words[a]));
    }

    void names()
    {
        const std::array words{"created", "running", "paused", "restarting", "removing", "exited", "dead"};
        for (std::size_t s = 0; s < allContainerStates.size(); ++s)
            QCOMPARE(dockerName(allContainerStates[s]), QString::fromLatin1(words[s]));
    }
};

QTEST_GUILESS_MAIN(TestContainerState)
#include "tst_containerstate.moc"
