// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "core/runoptions.h"

#include <QString>

namespace berth {

// The values of -v, --mount and --tmpfs. Relative host paths ("./data") are made absolute here,
// because only the caller knows its working directory. Unsupported: understood, and refused for now.
Result<MountOption> parseVolume(const QString &text);   // [SOURCE:]TARGET[:OPTIONS]
Result<MountOption> parseMount(const QString &text);    // type=bind,source=…,target=…
Result<MountOption> parseTmpfs(const QString &text);    // TARGET[:OPTIONS]

} // namespace berth
