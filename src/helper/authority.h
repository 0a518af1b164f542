// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "helper/stages.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

// What the caller may have, from files that only root can write. The functions take descriptors, so that
// tests and fuzzers feed them without privilege. Paths are ours and fixed.
namespace berth::helper {

// ---- policy.cpp: reading, and /etc/berth/helper.conf ---------------------------------------------

inline constexpr const char *policyPath = "/etc/berth/helper.conf";
inline constexpr const char *usersPath = "/etc/passwd";
inline constexpr const char *groupsPath = "/etc/group";
inline constexpr const char *subuidPath = "/etc/subuid";
inline constexpr const char *subgidPath = "/etc/subgid";

// Lines without a heap. A line that does not fit, and a file above the limit, are failures that the
// reader remembers; a NUL byte is an ordinary byte that no grammar accepts.
class LineReader {
public:
    explicit LineReader(int fd, std::size_t limit) : m_fd(fd), m_left(limit) {}
    bool next();              // false: the end, or a failure
    std::string_view line;    // valid until the next call; without its newline
    std::uint32_t number = 0; // of this line, from 1
    bool hasFailed = false;
    bool truncatesLongLines = false; // instead of failing

private:
    bool fill();
    int m_fd;
    std::size_t m_left;
    std::size_t m_begin = 0, m_end = 0;
    bool m_isAtEnd = false, m_isInTail = false;
    char m_buffer[8192];
};

// Cuts off what comes before separator; the whole rest when there is none.
std::string_view takeField(std::string_view &rest, char separator);
// Decimal digits only, at most 4294967295.
bool parseId(std::string_view text, std::uint32_t &value);

// Short names and numbers for the kernel, put together without a heap. What does not fit is cut off,
// and all that is made of it here is far shorter.
struct ShortText {
    char bytes[80] = {};
    std::size_t size = 0;

    ShortText &add(const char *text);
    ShortText &add(std::uint32_t number);
    ShortText &addHex(std::uint32_t number); // eight digits
};

// Absent is different from being unfit: not a regular file, not owner's, writable for others, too big.
enum class Trust { Absent, Unfit, Trusted };
Trust openTrusted(const char *path, uid_t owner, std::size_t limit, UniqueFd &fd);

inline constexpr std::size_t policyLimit = 64 << 10;
inline constexpr std::size_t accountsLimit = 8 << 20; // passwd, group, subuid, subgid

// All names of one uid in a passwd file; two accounts may share it.
struct UserNames {
    static constexpr std::size_t capacity = 8;
    static constexpr std::size_t longest = 64;
    char names[capacity][longest] = {};
    std::size_t lengths[capacity] = {};
    std::size_t count = 0;

    [[nodiscard]] bool contains(std::string_view name) const;
};
bool readUserNames(int passwd, uid_t user, UserNames &names);

// Reads every rule; one malformed line makes the file PolicyUnusable, since it may have been meant to
// forbid something. NotAllowed when no rule matches; maximum is the largest of the matching rules.
// Rule: allow USER|@GROUP holder|cgroup|uplink [MAXIMUM]
inline constexpr std::uint32_t defaultMaximum = 32, largestMaximum = 64;
Status readPolicy(int policy, int groups, const UserNames &names, const Caller &caller, Feature feature, std::uint32_t &maximum,
    std::uint32_t &detail);

// Where the addresses of uplinks come from, in order. Rule: pool A.B.C.D/BITS
struct Pool {
    std::uint32_t base = 0; // in the host's byte order
    std::uint32_t bits = 0;
};
struct Pools {
    static constexpr std::size_t capacity = 4;
    Pool pools[capacity];
    std::size_t count = 0;
};
bool parsePool(std::string_view text, Pool &pool);
// Those of the real file; without any, ours: one in each of the three private ranges.
bool readPools(Pools &pools);

// The same with the real files. Without a policy file its default holds: @berth may have all.
Status authorise(const Caller &caller, Feature feature, std::uint32_t &maximum, std::uint32_t &detail);

// ---- subid.cpp: /etc/subuid and /etc/subgid -------------------------------------------------------

// Below this are system accounts, dynamic users and the 16-bit overflow ids; never part of a range.
inline constexpr std::uint32_t firstSubid = 65536;

// Whose range: lines name the user, also in subgid; own is the id that becomes 0.
struct SubidOwner {
    uid_t user = 0;
    id_t own = 0;
};

// The largest range of the caller (the first of equals). Collision: it overlaps a range of somebody
// else, or holds the caller's own id or one of the accounts file (passwd for subuid, group for subgid).
Status readSubidRange(
    int ranges, int accounts, const UserNames &names, SubidOwner owner, Status whenNone, IdRange &range, std::uint32_t &detail);
Status findSubids(const Caller &caller, IdRange &users, IdRange &groups, std::uint32_t &detail);

// ---- quota.cpp: how often and how many, in /run/berth ----------------------------------------------

// One lease holds the user's lock until it goes.
struct Lease {
    static constexpr std::size_t noSlot = ~std::size_t{0};
    UniqueFd folder;
    UniqueFd lock;
    uid_t user = 0;
    std::size_t slot = noSlot;
};

// Costs in tokens of a bucket of 640 that gains 100 a second.
inline constexpr std::uint32_t holderCost = 10, cgroupCost = 1, uplinkCost = 5;

Status openStateFolder(UniqueFd &folder);
// Locks with a timeout, forgets holders that ended, charges cost, and for maximum > 0 reserves one of
// the user's holder slots on disk before the holder exists. owner: whom the files must belong to.
Status takeLease(UniqueFd folder, uid_t user, uid_t owner, std::uint32_t cost, std::uint32_t maximum, int proc, Lease &lease,
    std::uint32_t &detail);
// By their inode numbers.
struct HolderNamespaces {
    std::uint64_t user = 0, network = 0;
};
// Completes the reservation. The slot is in use for as long as this process lives.
bool fillSlot(const Lease &lease, pid_t pid, std::uint64_t startTime, const HolderNamespaces &namespaces = {});
// Whether a living holder that was made for this user has both.
bool holdsNamespaces(const Lease &lease, int proc, const HolderNamespaces &namespaces);

// Field 22 of /proc/<pid>/stat; 0 when there is no such process or it has ended.
std::uint64_t processStartTime(int proc, pid_t pid);

// Since the start of the machine.
std::uint64_t bootMilliseconds();
// A regular file of owner's that nobody else can read or has a second name of.
bool isPrivateFile(int fd, uid_t owner);

// A lock file of the state folder, exclusively; Busy after the timeout.
Status lockFile(int folder, const char *name, uid_t owner, int milliseconds, UniqueFd &lock);

} // namespace berth::helper
