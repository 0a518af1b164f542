// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/rootpath.h"
#include "operations/containeroperations.h"

#include <array>
#include <optional>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

// Shells first, since that is what most people open; then clients of what images usually serve.
constexpr std::array offered{"bash", "ash", "sh", "redis-cli", "valkey-cli", "psql", "mariadb", "mysql", "mongosh", "sqlite3",
    "python3", "node", "irb", "php"};
constexpr std::array folders{"usr/local/bin", "usr/bin", "bin", "usr/local/sbin", "usr/sbin", "sbin"};

// True and false: there, or deleted there by a whiteout (a 0:0 device; source: kernel overlayfs.rst).
std::optional<bool> isIn(const UniqueFd &tree, const std::string &path)
{
    const auto entry = openInRoot(tree.get(), path, O_PATH | O_NOFOLLOW);
    struct stat status{};
    if (!entry || ::fstat(entry->get(), &status) < 0)
        return std::nullopt;
    if (S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0))
        return false;
    return S_ISREG(status.st_mode) || S_ISLNK(status.st_mode);
}

// The topmost tree that says anything about the program decides. A folder that is a link in one layer
// and real in another is looked into under both names, so the links need no following.
bool isOffered(const std::vector<UniqueFd> &trees, const std::string &program)
{
    for (const char *folder : folders) {
        for (const UniqueFd &tree : trees) {
            if (const auto found = isIn(tree, std::string(folder) + '/' + program)) {
                if (*found)
                    return true;
                break;
            }
        }
    }
    return false;
}

} // namespace

Result<QStringList> offeredCommands(const Store &store, const QString &nameOrId)
{
    const auto container = store.findContainer(nameOrId);
    if (!container)
        return std::unexpected(container.error());
    const auto image = store.findImage(container->imageId.text());
    if (!image)
        return std::unexpected(image.error());
    std::vector<UniqueFd> trees; // topmost first
    const auto add = [&](const QString &path) {
        auto tree = openFile(store.dataFd(), path.toStdString(), O_PATH | O_DIRECTORY | O_NOFOLLOW);
        if (tree)
            trees.push_back(std::move(*tree));
    };
    add(u"containers/%1/upper"_s.arg(container->id));
    for (auto chainId = image->chainIds.crbegin(); chainId != image->chainIds.crend(); ++chainId)
        add(u"layers/%1/tree"_s.arg(chainId->hex()));
    QStringList commands;
    for (const char *program : offered) {
        if (isOffered(trees, program))
            commands.append(QLatin1StringView(program));
    }
    return commands;
}

} // namespace berth
