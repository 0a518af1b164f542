// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/staging.h"

#include "base/io.h"
#include "image/collectgarbage.h"

#include <QUuid>

#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

std::string randomName() { return QUuid::createUuid().toString(QUuid::Id128).toStdString(); }

} // namespace

Result<Staging> Staging::create(const Store &store)
{
    const auto parent = store.folder(QStringLiteral("staging"));
    if (!parent)
        return std::unexpected(parent.error());
    // Between mkdir and lock a collector could take the new folder for an abandoned one; it then is
    // gone, and the next name is tried.
    for (int attempt = 0; attempt < 16; ++attempt) {
        const std::string name = randomName();
        if (::mkdirat(parent->get(), name.c_str(), 0700) < 0)
            return failErrno("cannot create a folder for the import");
        auto folder = openFile(parent->get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (!folder)
            continue;
        auto lock = tryLockFile(folder->get(), stagingLockName, LockKind::Exclusive);
        struct stat status = {};
        if (lock && ::fstatat(parent->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
            return Staging(name, std::move(*folder), std::move(*lock));
    }
    return fail(ErrorCode::Internal, "cannot lock a folder for the import");
}

bool Staging::removeEmpty(const Store &store)
{
    const auto parent = store.folder(QStringLiteral("staging"));
    if (!parent || ::unlinkat(m_folder.get(), stagingLockName, 0) < 0)
        return false;
    return ::unlinkat(parent->get(), m_name.c_str(), AT_REMOVEDIR) == 0;
}

Result<> Staging::discard(const Store &store)
{
    const auto parent = store.folder(QStringLiteral("staging"));
    if (!parent)
        return std::unexpected(parent.error());
    return moveToTrash(store, parent->get(), m_name);
}

Result<> moveToTrash(const Store &store, int folder, const std::string &name)
{
    const auto trash = store.folder(QStringLiteral("trash"));
    if (!trash)
        return std::unexpected(trash.error());
    if (::renameat(folder, name.c_str(), trash->get(), randomName().c_str()) < 0 && errno != ENOENT)
        return failErrno("cannot move " + name + " to the trash");
    return {};
}

} // namespace berth
