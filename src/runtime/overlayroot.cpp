// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/overlayroot.h"

#include "base/io.h"
#include "runtime/mountcalls.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

namespace berth {
namespace {

// One page is all that mount(2) takes as options; a name of a descriptor needs up to 13 bytes.
constexpr std::size_t maxOptions = 4095;

Result<UniqueFd> makeFolder(int directory, const char *name, mode_t mode)
{
    const bool isNew = ::mkdirat(directory, name, mode) == 0;
    if (!isNew && errno != EEXIST)
        return failErrno(std::string("cannot create the folder ") + name);
    auto folder = openComponent(directory, name, O_RDONLY | O_DIRECTORY);
    if (folder && isNew && ::fchmod(folder->get(), mode) < 0) // whatever the umask was
        return failErrno(std::string("cannot set the mode of ") + name);
    return folder;
}

Result<std::vector<UniqueFd>> openLayers(int store, const std::vector<std::string> &names)
{
    std::vector<UniqueFd> layers;
    auto folder = openComponent(store, "layers", O_PATH | O_DIRECTORY);
    if (!folder)
        return std::unexpected(folder.error());
    for (const auto &name : names) {
        auto layer = openComponent(folder->get(), name, O_PATH | O_DIRECTORY);
        if (!layer)
            return wrap("layer", layer.error());
        auto tree = openComponent(layer->get(), "tree", O_PATH | O_DIRECTORY);
        if (!tree)
            return wrap("layer " + name, tree.error());
        layers.push_back(std::move(*tree));
    }
    return layers;
}

std::string linkOf(const UniqueFd &fd) { return "self/fd/" + std::to_string(fd.get()); }

// A volatile mount leaves the file work/incompat/volatile/dirty, which makes overlayfs refuse the next one
// (overlayfs.rst, "Volatile mount"). Our mounts always end with the machine or the container, and the files
// are kept, so the mark is removed.
void removeVolatileMark(int work)
{
    auto inner = openFile(work, "work/incompat", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!inner)
        return;
    if (auto mark = openFile(inner->get(), "volatile", O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
        ::unlinkat(mark->get(), "dirty", 0);
    ::unlinkat(inner->get(), "volatile", AT_REMOVEDIR);
    inner->reset();
    ::unlinkat(work, "work/incompat", AT_REMOVEDIR);
}

Result<> mountOverlay(
    const std::vector<UniqueFd> &layers, const UniqueFd &upper, const UniqueFd &work, const UniqueFd &target, bool volatileUpper)
{
    std::string options = volatileUpper ? "userxattr,volatile,upperdir=" : "userxattr,upperdir=";
    options += linkOf(upper) + ",workdir=" + linkOf(work) + ",lowerdir=";
    for (const auto &layer : layers) {
        if (&layer != &layers.front())
            options += ':';
        options += linkOf(layer);
    }
    if (options.size() > maxOptions)
        return fail(ErrorCode::Unsupported, "an image of " + std::to_string(layers.size()) + " layers has too many of them");
    if (::mount("overlay", linkOf(target).c_str(), "overlay", 0, options.c_str()) < 0)
        return failErrno("cannot mount the layers of the image");
    return {};
}

} // namespace

Result<UniqueFd> mountOverlayRoot(
    const StoreFolder &folder, const std::vector<std::string> &layerNames, bool volatileUpper, int proc)
{
    auto layers = openLayers(folder.store.get(), layerNames);
    if (!layers)
        return std::unexpected(layers.error());
    auto upper = makeFolder(folder.container.get(), "upper", 0755);
    auto work = makeFolder(folder.container.get(), "work", 0700);
    auto target = makeFolder(folder.container.get(), "root", 0700);
    for (const auto *made : {&upper, &work, &target}) {
        if (!*made)
            return std::unexpected(made->error());
    }
    if (layers->empty()) { // an image from scratch
        auto tree = cloneTree(upper->get(), false);
        if (!tree)
            return tree;
        if (auto attached = attachMount(tree->get(), target->get()); !attached)
            return std::unexpected(attached.error());
        return tree;
    }
    removeVolatileMark(work->get());
    // Inside the detached procfs "self/fd/N" names a descriptor whatever is mounted on /proc here.
    if (::fchdir(proc) < 0)
        return failErrno("cannot enter procfs");
    if (auto mounted = mountOverlay(*layers, *upper, *work, *target, volatileUpper); !mounted)
        return std::unexpected(mounted.error());
    return openComponent(folder.container.get(), "root", O_PATH | O_DIRECTORY);
}

} // namespace berth
