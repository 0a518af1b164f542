// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include "core/containername.h"
#include "operations/containerlock.h"
#include "operations/containernetworks.h"
#include "operations/events.h"

namespace berth {

Result<> renameContainer(Store &store, const QString &nameOrId, const QString &name)
{
    const auto locked = lockContainer(store, nameOrId);
    if (!locked)
        return std::unexpected(locked.error());
    if (const auto valid = checkContainerName(name); !valid)
        return fail(ErrorCode::InvalidArgument,
            "Error when allocating new name: Invalid container name (/" + name.toStdString()
                + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    if (locked->info.name == name)
        return fail(ErrorCode::InvalidArgument, "Renaming a container with the same name as its current name");
    if (auto renamed = store.renameContainer(locked->info.id, name); !renamed)
        return wrap("Error when allocating new name", renamed.error());
    ContainerInfo now = locked->info;
    now.name = name;
    (void)keepEventAttributes(locked->folder.get(), now); // a start writes them again
    if (isUp(now.state))
        republishNames(store, now);
    recordEvent(store, now, QStringLiteral("rename"), {{QStringLiteral("oldName"), u'/' + locked->info.name}});
    return {};
}

} // namespace berth
