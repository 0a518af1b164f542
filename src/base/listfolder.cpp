// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/listfolder.h"

#include "base/io.h"

#include <cerrno>
#include <memory>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>

namespace berth {
namespace {

struct FolderCloser {
    void operator()(DIR *folder) const { ::closedir(folder); }
};

} // namespace

Result<std::vector<std::string>> listFolder(int folder)
{
    // A descriptor of its own: reading moves its position, and closedir(3) closes it.
    auto own = openFile(folder, ".", O_RDONLY | O_DIRECTORY);
    if (!own)
        return std::unexpected(own.error());
    const std::unique_ptr<DIR, FolderCloser> stream(::fdopendir(own->get()));
    if (!stream)
        return failErrno("cannot list a folder");
    (void)own->release();
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent *entry = ::readdir(stream.get());
        if (!entry && errno != 0)
            return failErrno("cannot list a folder");
        if (!entry)
            return names;
        if (const std::string_view name = entry->d_name; name != "." && name != "..")
            names.emplace_back(name);
    }
}

} // namespace berth
