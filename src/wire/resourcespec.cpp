// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/resourcespec.h"

#include "wire/encoding.h"

namespace berth {

void encode(Encoder &out, const ResourceSpec &resources)
{
    out.number(resources.memory);
    out.number(resources.memoryReservation);
    out.number(resources.memorySwap);
    out.number(resources.cpuQuota);
    out.number(resources.cpuPeriod);
    out.number(resources.cpuShares);
    out.number(resources.processes);
    out.text(resources.cpus);
    out.text(resources.memoryNodes);
}

ResourceSpec decodeResourceSpec(Decoder &in)
{
    ResourceSpec resources;
    resources.memory = in.number<std::int64_t>();
    resources.memoryReservation = in.number<std::int64_t>();
    resources.memorySwap = in.number<std::int64_t>();
    resources.cpuQuota = in.number<std::int64_t>();
    resources.cpuPeriod = in.number<std::int64_t>();
    resources.cpuShares = in.number<std::int64_t>();
    resources.processes = in.number<std::int64_t>();
    resources.cpus = in.text();
    resources.memoryNodes = in.text();
    return resources;
}

} // namespace berth
