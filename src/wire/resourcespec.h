// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace berth {

// What the control group of a container holds it to. 0 or empty: the kernel's own default, which is no limit.
struct ResourceSpec {
    std::int64_t memory = 0;            // bytes
    std::int64_t memoryReservation = 0; // bytes
    std::int64_t memorySwap = 0;        // bytes of memory and swap together; 0 with memory: twice that; -1: no limit
    std::int64_t cpuQuota = 0;          // microseconds of each period; below 1: no limit
    std::int64_t cpuPeriod = 0;         // microseconds; 0: 100 000
    std::int64_t cpuShares = 0;
    std::int64_t processes = 0;
    std::string cpus = {}, memoryNodes = {};      // "0-3,5"

    friend bool operator==(const ResourceSpec &, const ResourceSpec &) = default;
};

class Encoder;
class Decoder;
void encode(Encoder &out, const ResourceSpec &resources);
ResourceSpec decodeResourceSpec(Decoder &in);

} // namespace berth
