// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace berth {

// What a layerer that was taken over by a hostile archive may still do: nothing but write to the
// descriptors that the engine gave it. No new program, no socket, no path of the machine, no namespace,
// no capability beyond those that creating an image's files takes. Before the first request.
[[nodiscard]] bool confine();

} // namespace berth
