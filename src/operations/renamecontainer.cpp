// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "core/containername.h"

namespace berth {

Result<> renameContainer(Store &store, const QString &nameOrId, const QString &name)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    if (const auto valid = checkContainerName(name); !valid)
        return valid;
    if (container->name == name)
        return fail(ErrorCode::InvalidArgument, "Renaming a container with the same name as its current name");
    return store.renameContainer(container->id, name);
}

} // namespace berth
