// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace berth {

// Where one user's engine keeps things. data: $XDG_DATA_HOME/berth (default ~/.local/share/berth).
// runtime: $XDG_RUNTIME_DIR/berth, else /run/user/<uid>/berth when that folder is ours, else data/run.
// Both are created 0700 and must be owned by the caller and closed to others, or this fails with a sentence.
struct EnginePaths {
    QString data;
    QString runtime;

    static Result<EnginePaths> fromEnvironment();
    friend bool operator==(const EnginePaths &, const EnginePaths &) = default;
};

} // namespace berth
