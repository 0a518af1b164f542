// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <string>

namespace berth {

// Moves data/<parent>/<name> to the trash, out of everybody's sight at once. The name that it has there;
// empty when it was not there any more.
Result<std::string> moveAside(const Store &store, const QString &parent, const QString &name);

// Deletes what moveAside() moved. Most of it is the user's own and goes here and now; what belongs to
// other ids of containers waits in the trash for a layerer, which does not keep us.
Result<> deleteAside(const Store &store, const std::string &nameInTrash);

} // namespace berth
