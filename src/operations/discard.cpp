// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/discard.h"

#include "image/collectgarbage.h"
#include "operations/removetree.h"

#include <QUuid>

#include <cstdio>

namespace berth {

Result<std::string> moveAside(const Store &store, const QString &parent, const QString &name)
{
    const auto from = store.folder(parent);
    const auto trash = store.folder(QStringLiteral("trash"));
    if (!from || !trash)
        return std::unexpected(from ? trash.error() : from.error());
    // A name of its own: what had the same name before may still be there.
    std::string target = parent.toStdString() + '-' + QUuid::createUuid().toString(QUuid::Id128).toStdString();
    if (::renameat(from->get(), name.toStdString().c_str(), trash->get(), target.c_str()) == 0)
        return target;
    if (errno == ENOENT)
        return std::string();
    return failErrno("cannot move " + name.toStdString() + " to the trash");
}

Result<> deleteAside(const Store &store, const std::string &nameInTrash)
{
    if (nameInTrash.empty())
        return {};
    const auto trash = store.folder(QStringLiteral("trash"));
    if (!trash)
        return std::unexpected(trash.error());
    if (removeTree(trash->get(), nameInTrash))
        return {};
    return emptyTrash(store, layererInHolder(store));
}

} // namespace berth
