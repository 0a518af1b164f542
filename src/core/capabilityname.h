// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

#include <cstdint>

namespace berth {

// What --cap-add and --cap-drop make of a set; bit n stands for capability n of linux/capability.h. Names with
// or without "CAP_", in any case; "ALL". InvalidArgument: no such name. Unsupported: a capability that would
// open a container's kernel interfaces wider than Berth's filter of system calls is made for.
Result<std::uint64_t> changedCapabilities(std::uint64_t set, const QStringList &added, const QStringList &dropped);

} // namespace berth
