// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace berth {

// How a stream is packed; read from its first bytes, never from a name or a media type.
enum class Compression : std::uint8_t { None, Gzip, Zstd, Xz, Bzip2 };
// "none", "gzip", …
std::string_view compressionName(Compression compression);
inline constexpr std::size_t compressionMagicSize = 10;
Compression detectCompression(std::string_view firstBytes);

// The conversation with one layerer: fd 3 of the program, a SOCK_SEQPACKET socket. The engine sends a
// request, the layerer answers with any number of Progress and then one final reply, and so on until
// the engine closes its end. Closing it (or killing the layerer) at any time cancels; what is half
// done stays in the folder that was given and is the engine's to remove.
namespace layerer {

using Sha256 = std::array<unsigned char, 32>;

// ---- engine to layerer; the descriptors beside each in {} ----------------------------------
// {trees of lower layers…}, topmost first, at most maxMessageFds a message; repeated messages add up.
// They count for the next Unpack, PackTree or CompareTree only.
struct LowerTrees {};
// {input, a new empty folder}. Makes tree/, record and perhaps aside/ in the folder (layerer/record.h).
// input is read by position, so several layerers may share it.
struct Unpack {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;               // 0: to the end of input
    std::optional<Sha256> diffId;         // of the tar stream, to its very end; none: whatever it is
    std::optional<Sha256> blobDigest;     // of the bytes as stored
};
struct Inflate {};                        // {input (a pipe is fine), output}: copies, unpacked
struct Pack {
    Sha256 diffId{};
};         // {layer folder, output}: writes the tar stream of a layer
// {upper folder of a container, output}: writes what it changes in the lower trees as the tar stream of a
// new layer. hidden: entries that are not the container's doing, as paths below the folder.
struct PackTree {
    std::vector<std::string> hidden;
};
// The same descriptors: writes the changed paths to output, each as its kind ('A', 'C' or 'D'), the path
// and a NUL, in no order.
struct CompareTree {
    std::vector<std::string> hidden;
};
// {folder}: deletes these of its entries with all below them. detached: Removed is sent at once and
// the work goes on after the engine has left.
struct Remove {
    std::vector<std::string> names;
    bool detached = false;
};
// The next three work on the root file system of a container, running or mounted for us: {root, …} is an O_PATH
// descriptor of it, and every path is resolved inside it. A NotFound that is Failed means path itself.
// {root}: what is at path; the last part is not followed.
struct ExaminePath {
    std::string path;
};
// {root, output}: a tar stream of path and all below it, called name; or, with contents, of what is in the
// folder path.
struct ReadTree {
    std::string path;
    std::string name;
    bool followsLink = false; // path's last part
    bool contents = false;
};
// {root, input (a pipe is fine, packed or not)}: the entries of a tar stream into the folder path, which must
// exist. Reads to the end of input.
struct WriteTree {
    std::string path;
    bool keepsOwners = false; // else everything is root's
};

// {folder}: how many bytes lie below <name>/<inside>, for each of these of its entries.
struct Measure {
    std::vector<std::string> names;
    std::string inside;                   // one component, or empty: the entry itself
    std::vector<std::string> without;     // "folder/file" in there: our own, which do not count
};

// ---- layerer to engine ---------------------------------------------------------------------
struct Progress {
    std::uint64_t bytes = 0;
}; // of the input (Pack and PackTree: of the output), since the request
struct Unpacked {
    std::uint64_t size = 0;               // bytes of file contents and of links, as Docker adds up a layer
    std::uint64_t tarSize = 0;            // bytes of the tar stream
    std::uint64_t entries = 0;
    std::uint32_t skippedDevices = 0;     // device nodes outside /dev, which an ordinary user cannot make
    std::uint32_t changedOwners = 0;      // entries whose owner has no place in the user's id range
    Compression compression = Compression::None;
    Sha256 diffId{};                      // of the stream, as asked for or as found
};
struct Inflated {
    std::uint64_t size = 0;
    Compression compression = Compression::None;
};
struct Packed { // also of PackTree
    std::uint64_t size = 0;
};
struct Compared {
    std::uint64_t changes = 0;
};
struct Removed {};
struct Measured {
    std::vector<std::uint64_t> sizes;     // in the order of the names; 0 for what is not there
};
struct PathExamined {
    std::uint32_t mode = 0;   // with the type, as st_mode
    std::string linkTarget;   // of a link: the absolute path where it leads, as far as there are links
};
struct TreeRead {
    std::uint64_t size = 0;   // bytes of the stream
    std::vector<std::string> skipped; // sockets and devices
};
struct TreeWritten {
    std::uint64_t skippedDevices = 0;
};
// needsLower: a hard link names a file of a lower layer; ask again with LowerTrees and a new folder.
struct Failed {
    Error error;
    bool needsLower = false;
};

using Message = std::variant<LowerTrees, Unpack, Inflate, Pack, PackTree, CompareTree, Remove, Progress, Unpacked, Inflated,
    Packed, Compared, Removed, Failed, Measure, Measured, ExaminePath, ReadTree, WriteTree, PathExamined, TreeRead, TreeWritten>;

std::string encode(const Message &message);
Result<Message> decode(std::string_view bytes);

} // namespace layerer
} // namespace berth
