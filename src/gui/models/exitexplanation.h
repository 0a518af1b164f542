// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"

namespace berth {

// What the exit code, the signal or the out-of-memory record of an ended container means, in one or
// two sentences for a person who learns. Empty while it has not ended.
QString exitExplanation(const ContainerInfo &container);

// The same for a bare exit code as a shell counts it.
QString exitCodeMeaning(int exitCode);

} // namespace berth
