// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include "base/io.h"
#include "store/reserve.h"
#include "store/storeprivate.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr const char *changedFile = "changed";

// Opens data and makes what lies below it. Folders of other users' ids (layers) are only ever reached
// through these, which are closed to everybody else.
Result<UniqueFd> openDataFolder(const QString &path)
{
    auto data = openFile(AT_FDCWD, QFile::encodeName(path).toStdString(), O_RDONLY | O_DIRECTORY);
    if (!data)
        return data;
    for (const char *name : {"layers", "containers", "volumes", "trash", "staging"}) {
        if (::mkdirat(data->get(), name, 0700) < 0 && errno != EEXIST)
            return failErrno("cannot create the folder " + path.toStdString() + "/" + name);
    }
    // The window watches this file, so it has to be there before the first change.
    if (auto changed = openFile(data->get(), changedFile, O_RDWR | O_CREAT | O_NOFOLLOW); !changed)
        return wrap(path.toStdString(), changed.error());
    keepReserve(data->get());
    return data;
}

} // namespace

Store::Store(std::unique_ptr<Private> parts) : d(std::move(parts)) {}

Store::Store(Store &&) noexcept = default;
Store &Store::operator=(Store &&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const EnginePaths &paths)
{
    auto data = openDataFolder(paths.data);
    if (!data)
        return std::unexpected(data.error());
    auto database = Database::open(paths.data + "/berth.db"_L1);
    if (!database)
        return std::unexpected(database.error());
    return Store(std::unique_ptr<Private>(new Private{paths, std::move(*data), std::move(*database)}));
}

const EnginePaths &Store::paths() const { return d->paths; }

int Store::dataFd() const { return d->data.get(); }

Result<UniqueFd> Store::folder(const QString &name) const
{
    return openFile(d->data.get(), QFile::encodeName(name).toStdString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

Result<UniqueFd> Store::lockLayers(LockKind kind) const { return lockFile(d->data.get(), "layers.lock", kind); }

Result<UniqueFd> Store::lockVolumes(LockKind kind) const { return lockFile(d->data.get(), "volumes.lock", kind); }

void Store::touch() const
{
    // Watchers only miss a repaint when this fails, and the change itself is already safe.
    static_cast<void>(::utimensat(d->data.get(), changedFile, nullptr, 0));
}

} // namespace berth
