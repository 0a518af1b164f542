// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "wire/forwardermessage.h"

namespace berth::forwarder {

// A non-blocking socket to that port of the container, of SOCK_STREAM still connecting, mostly. None when there is
// nobody to connect to.
UniqueFd connectTo(const Target &target, std::uint16_t port, int type);

} // namespace berth::forwarder
