// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/runspec.h"

#include <string>
#include <string_view>
#include <variant>

namespace berth::rootmount {

// The conversation with berth-rootmount, over its descriptor 3 (SOCK_SEQPACKET): one request, one answer. After the
// answer it sleeps, and keeps what it mounted, until the engine closes its end or dies.

// ---- engine to program; the descriptors beside each in {} ------------------------------------
// {data folder}: of a container that does not run. Its layers and what is mounted in them, as it would see
// them, but no tmpfs and none of the kernel's file systems. bare: the layers only.
struct Mount {
    RunSpec spec;
    std::string storePath; // the data folder, as the host names it
    bool bare = false;
};
// {user namespace, mount namespace}: of a container that runs. bare: without what is mounted below its root.
struct Join {
    bool bare = false;
};

// ---- program to engine -----------------------------------------------------------------------
struct Ready {};           // {the root folder}
struct Failed {
    Error error;
};

using Message = std::variant<Mount, Join, Ready, Failed>;

std::string encode(const Message &message);
Result<Message> decode(std::string_view bytes);

} // namespace berth::rootmount
