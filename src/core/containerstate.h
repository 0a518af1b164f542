// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace berth {

// The life of a container. One table decides what may be done in which state: operations refuse
// by it, menus grey out by it, the lifecycle picture is drawn from it.
enum class ContainerState { Created, Running, Paused, Restarting, Removing, Exited, Dead };
enum class ContainerAction {
    Start,
    Stop,
    Kill,
    Restart,
    Pause,
    Unpause,
    Exec,
    Rename,
    Remove,
    ForceRemove,
    Commit,
    Diff,
    Export,
    Copy,
    Update,
    Top
};

inline constexpr std::array allContainerStates{ContainerState::Created, ContainerState::Running, ContainerState::Paused,
    ContainerState::Restarting, ContainerState::Removing, ContainerState::Exited, ContainerState::Dead};
inline constexpr std::array allContainerActions{ContainerAction::Start, ContainerAction::Stop, ContainerAction::Kill,
    ContainerAction::Restart, ContainerAction::Pause, ContainerAction::Unpause, ContainerAction::Exec, ContainerAction::Rename,
    ContainerAction::Remove, ContainerAction::ForceRemove, ContainerAction::Commit, ContainerAction::Diff,
    ContainerAction::Export, ContainerAction::Copy, ContainerAction::Update, ContainerAction::Top};

// It has processes, or will have them again by itself.
inline bool isUp(ContainerState state)
{
    return state == ContainerState::Running || state == ContainerState::Paused || state == ContainerState::Restarting;
}

// The state that the action leads to, or nothing when it is refused in this state. An action that
// leaves the state as it is (Exec, Rename, Copy …) gives the same state.
std::optional<ContainerState> next(ContainerState state, ContainerAction action);
inline bool can(ContainerState state, ContainerAction action) { return next(state, action).has_value(); }

// The command that does it: start, stop, kill, … rm.
QString dockerVerb(ContainerAction action);

// Docker's words: created, running, paused, restarting, removing, exited, dead.
QString dockerName(ContainerState state);

} // namespace berth
