// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/capabilities.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {

Result<> limitBoundingSet(std::uint64_t set)
{
    for (unsigned long number = 0; number < 64; ++number) {
        const int present = ::prctl(PR_CAPBSET_READ, number, 0, 0, 0);
        if (present < 0)
            break; // this kernel has no such capability, and none above it
        if (present == 1 && !(set >> number & 1) && ::prctl(PR_CAPBSET_DROP, number, 0, 0, 0) < 0)
            return failErrno("cannot drop a capability");
    }
    return {};
}

Result<> applyCapabilities(std::uint64_t set)
{
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
        return failErrno("cannot clear the ambient capabilities");
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2]{};
    for (int word = 0; word < 2; ++word) {
        const auto bits = static_cast<std::uint32_t>(set >> (32 * word));
        data[word].permitted = bits;
        data[word].effective = bits;
    }
    if (::syscall(SYS_capset, &header, data) < 0)
        return failErrno("cannot set the capabilities");
    return {};
}

} // namespace berth
