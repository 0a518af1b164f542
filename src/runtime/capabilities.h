// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <initializer_list>

namespace berth {

// Bit n stands for capability n of linux/capability.h.
consteval std::uint64_t capabilitySet(std::initializer_list<int> numbers)
{
    std::uint64_t set = 0;
    for (const int number : numbers)
        set |= std::uint64_t{1} << number;
    return set;
}

// Docker's default list without mknod (impossible in a user namespace), audit_write and net_raw
// (ping works without it, through ping_group_range).
inline constexpr std::uint64_t defaultCapabilities = capabilitySet({
    0 /* chown */, 1 /* dac_override */, 3 /* fowner */, 4 /* fsetid */, 5 /* kill */,
    6 /* setgid */, 7 /* setuid */, 8 /* setpcap */, 10 /* net_bind_service */,
    18 /* sys_chroot */, 31 /* setfcap */});

// Removes every other capability from the bounding set. Needs CAP_SETPCAP.
Result<> limitBoundingSet(std::uint64_t set);

// Makes permitted and effective exactly this set, inheritable and ambient empty.
Result<> applyCapabilities(std::uint64_t set);

} // namespace berth
