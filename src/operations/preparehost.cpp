// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/holderlinks.h"
#include "operations/containeroperations.h"

namespace berth {

Result<> prepareHost(const Store &store)
{
    const auto holder = ensureHolder(store.paths().runtime.toStdString());
    if (!holder)
        return std::unexpected(holder.error());
    return {};
}

} // namespace berth
