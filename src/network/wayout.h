// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "holder/holderlinks.h"

#include <string>

namespace berth {

// The uplink (network/uplink.h), made sure of at each start of a container that may leave the machine: firewalls
// come and go. Containers also run without one, and reach each other; so what is wrong is no error here but a
// sentence in runtimeFolder, for whoever asks.
void ensureWayOut(const std::string &runtimeFolder, const HolderLinks &holder);

// Why containers cannot leave the machine, as the last start found; empty when they can.
std::string wayOutProblem(const std::string &runtimeFolder);

} // namespace berth
