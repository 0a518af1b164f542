// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace berth {

// Opens relative to directory (AT_FDCWD allowed), close-on-exec, retrying EINTR.
// These take names that we chose; anything that an image or a container shaped goes through
// base/rootpath.h instead.
Result<UniqueFd> openFile(int directory, const std::string &name, int flags, mode_t mode = 0600);

// Creates name below directory when it is missing, and opens it (O_PATH is not used, so that
// it can be listed and synced).
Result<UniqueFd> makeDirectory(int directory, const std::string &name, mode_t mode = 0700);

// Reads to the end; more than limit bytes is an error (Corrupt), never a truncated value.
Result<std::string> readAll(int fd, std::size_t limit);
Result<std::string> readSmallFile(int directory, const std::string &name, std::size_t limit);

Result<> writeAll(int fd, std::string_view bytes);

// Replaces name by a complete new file: temporary file, write, fsync, rename. After a crash
// either the old or the new content is there.
Result<> writeFileAtomically(int directory, const std::string &name, std::string_view bytes, mode_t mode = 0600);

// One message over a SOCK_SEQPACKET socket, with descriptors beside it. maxMessageFds bounds what
// a peer can make us hold.
inline constexpr std::size_t maxMessageFds = 16;
inline constexpr std::size_t maxMessageSize = 256 * 1024;

struct ReceivedMessage {
    std::string bytes; // empty: the peer closed its end
    std::vector<UniqueFd> fds;
};

Result<> sendMessage(int socket, std::string_view bytes, std::span<const int> fds = {});
// Blocks; refuses a message that is longer than maxMessageSize or carries too many descriptors.
Result<ReceivedMessage> receiveMessage(int socket);

// A connected pair of SOCK_SEQPACKET sockets, close-on-exec.
Result<std::pair<UniqueFd, UniqueFd>> socketPair();

} // namespace berth
