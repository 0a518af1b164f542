// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/portspec.h"

#include <string>

namespace berth::forwarder {

// Who has that port of the machine, in words: "container web", "process 123 (redis-server)", "a process of user 1001".
// Empty when the system does not tell. The address narrows nothing: whoever listens on one of them is told.
std::string portOwner(PortProtocol protocol, std::uint16_t port);
// The same, of a socket with that number in that process's /proc/<pid>/fd; for processes of ours only.
std::string processOfSocket(std::uint64_t inode);

} // namespace berth::forwarder
