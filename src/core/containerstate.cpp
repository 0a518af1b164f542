// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/containerstate.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace berth {

std::optional<ContainerState> next(ContainerState state, ContainerAction action)
{
    using enum ContainerState;
    const bool up = isUp(state);
    const bool isDown = state == Created || state == Exited;
    const auto when = [](bool allowed, ContainerState result) { return allowed ? std::optional(result) : std::nullopt; };
    switch (action) {
    case ContainerAction::Start: return when(isDown, Running);
    case ContainerAction::Stop:
    case ContainerAction::Kill: return when(up, Exited);
    case ContainerAction::Restart: return when(up || isDown, Running);
    case ContainerAction::Pause: return when(state == Running, Paused);
    case ContainerAction::Unpause: return when(state == Paused, Running);
    case ContainerAction::Exec: return when(state == Running, Running);
    case ContainerAction::Rename: return when(up || isDown, state);
    case ContainerAction::Remove: return when(isDown || state == Dead, Removing);
    case ContainerAction::ForceRemove: return when(state != Removing, Removing);
    // What a container's files are asked for, and its record: whenever it is whole.
    case ContainerAction::Commit:
    case ContainerAction::Diff:
    case ContainerAction::Export:
    case ContainerAction::Copy:
    case ContainerAction::Update: return when(up || isDown, state);
    case ContainerAction::Top: return when(state == Running || state == Paused, state);
    }
    std::unreachable();
}

QString dockerVerb(ContainerAction action)
{
    switch (action) {
    case ContainerAction::Start: return u"start"_s;
    case ContainerAction::Stop: return u"stop"_s;
    case ContainerAction::Kill: return u"kill"_s;
    case ContainerAction::Restart: return u"restart"_s;
    case ContainerAction::Pause: return u"pause"_s;
    case ContainerAction::Unpause: return u"unpause"_s;
    case ContainerAction::Exec: return u"exec"_s;
    case ContainerAction::Rename: return u"rename"_s;
    case ContainerAction::Remove:
    case ContainerAction::ForceRemove: return u"rm"_s;
    case ContainerAction::Commit: return u"commit"_s;
    case ContainerAction::Diff: return u"diff"_s;
    case ContainerAction::Export: return u"export"_s;
    case ContainerAction::Copy: return u"cp"_s;
    case ContainerAction::Update: return u"update"_s;
    case ContainerAction::Top: return u"top"_s;
    }
    std::unreachable();
}

QString dockerName(ContainerState state)
{
    switch (state) {
    case ContainerState::Created: return u"created"_s;
    case ContainerState::Running: return u"running"_s;
    case ContainerState::Paused: return u"paused"_s;
    case ContainerState::Restarting: return u"restarting"_s;
    case ContainerState::Removing: return u"removing"_s;
    case ContainerState::Exited: return u"exited"_s;
    case ContainerState::Dead: return u"dead"_s;
    }
    std::unreachable();
}

} // namespace berth
