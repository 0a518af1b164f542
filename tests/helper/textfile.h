// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"

#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace berth::helper {

// A file of these bytes, open at its beginning; what the helper's parsers read.
inline UniqueFd textFile(std::string_view bytes)
{
    UniqueFd fd(::memfd_create("text", MFD_CLOEXEC));
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd.get(), bytes.data(), bytes.size());
        if (count <= 0)
            return {};
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

} // namespace berth::helper
