// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "holder/holderlinks.h"

#include <string>
#include <vector>

namespace berth {

// Makes sure that the holder's network namespace forwards and filters as our networks need it. Once for each
// holder: a record in runtimeFolder says for which it was done, so that later calls cost one small file.
Result<> ensureRouter(const std::string &runtimeFolder, const HolderLinks &holder);

// Interfaces of networks that are gone (wire/routermessage.h has their names). One that is missing is no error.
Result<> removeBridges(const HolderLinks &holder, const std::vector<std::string> &bridges);

} // namespace berth
