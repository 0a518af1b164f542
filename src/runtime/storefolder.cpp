// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/storefolder.h"

#include "base/io.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>

namespace berth {

bool isContainerId(const std::string &id)
{
    return id.size() == 64
        && std::ranges::all_of(id, [](char byte) { return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f'); });
}

Result<> checkComponent(const std::string &name)
{
    if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos
        || name.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "\"" + name + "\" is not the name of a folder");
    return {};
}

Result<UniqueFd> openComponent(int directory, const std::string &name, int flags)
{
    if (auto valid = checkComponent(name); !valid)
        return std::unexpected(valid.error());
    return openFile(directory, name, flags | O_NOFOLLOW);
}

Result<StoreFolder> openStoreFolder(const std::string &path, int expected, const std::string &containerId)
{
    if (!isContainerId(containerId))
        return fail(ErrorCode::InvalidArgument, "a container id has 64 hexadecimal digits");
    StoreFolder folder;
    auto store = openFile(AT_FDCWD, path, O_PATH | O_DIRECTORY);
    if (!store)
        return wrap("the engine's data folder", store.error());
    struct stat wanted = {};
    struct stat found = {};
    if (::fstat(expected, &wanted) < 0 || ::fstat(store->get(), &found) < 0)
        return failErrno("cannot examine " + path);
    if (wanted.st_dev != found.st_dev || wanted.st_ino != found.st_ino)
        return fail(ErrorCode::Unavailable,
            path
                + " is another folder inside the holder, which was started before that file "
                  "system was mounted; stop all containers to get a new holder");
    auto containers = openComponent(store->get(), "containers", O_PATH | O_DIRECTORY);
    if (!containers)
        return std::unexpected(containers.error());
    auto container = openComponent(containers->get(), containerId, O_PATH | O_DIRECTORY);
    if (!container)
        return std::unexpected(container.error());
    folder.store = std::move(*store);
    folder.container = std::move(*container);
    return folder;
}

} // namespace berth
