// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace berth::router {

// The caller stands in the router, the holder's network namespace, and is root of the holder. Interfaces there:
// "br-…" and "in-…" are bridges (wire/routermessage.h), "uplink" leads to the host.

// Forwarding between its interfaces, no IPv6 on any, and nothing believed of what neighbours say about routes.
Result<> setValues();

// The whole table at once, in place of an earlier one:
// * what a bridge receives must have an address of that bridge's network;
// * between two networks nothing passes, out of an internal one nothing, out of others only to the uplink, and
//   from outside only what belongs to a connection that began inside;
// * of the router itself containers reach the echo of a ping and name servers;
// * what leaves by the uplink has the uplink's address.
Result<> loadRules();

Result<> removeBridge(const std::string &name); // NotFound: there is none

} // namespace berth::router
