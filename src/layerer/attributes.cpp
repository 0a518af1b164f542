// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/attributes.h"

#include <limits>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr uid_t nobody = 65534;      // the overflow id, also of the kernel
constexpr uid_t unmapped = static_cast<uid_t>(-2); // in nobody's map; -1 would mean "leave it"

uid_t systemId(std::int64_t id)
{
    const bool fits = id >= 0 && id < std::numeric_limits<uid_t>::max();
    return fits ? static_cast<uid_t>(id) : unmapped;
}

// change(uid, gid) is fchown or fchownat. EINVAL is the kernel's word for an id outside of the namespace.
template<typename Change>
Result<> applyOwner(const Attributes &attributes, std::uint32_t &changedOwners, Change change)
{
    if (attributes.uid == 0 && attributes.gid == 0)
        return {};
    const uid_t uid = systemId(attributes.uid);
    const gid_t gid = systemId(attributes.gid);
    constexpr auto keep = static_cast<uid_t>(-1);
    if (change(uid, gid) == 0)
        return {};
    if (errno != EINVAL)
        return failErrno("cannot set its owner");
    ++changedOwners;
    // Where even nobody has no place (a single id), the entry stays root's.
    if (change(uid, keep) < 0 && change(nobody, keep) < 0 && errno != EINVAL)
        return failErrno("cannot set its owner");
    if (change(keep, gid) < 0 && change(keep, nobody) < 0 && errno != EINVAL)
        return failErrno("cannot set its group");
    return {};
}

Result<> applyExtended(int fd, const Attributes &attributes)
{
    for (const auto &attribute : attributes.extended) {
        if (!isImageAttribute(attribute.name))
            continue;
        if (::fsetxattr(fd, attribute.name.c_str(), attribute.value.data(), attribute.value.size(), 0) == 0)
            continue;
        // Not for this file system, not for an ordinary user, or ids without a place: as rootless
        // engines do, the file is kept without it (the layer's record keeps the header).
        if (errno == ENOTSUP || errno == EPERM || errno == EACCES || errno == EINVAL)
            continue;
        return failErrno("cannot set its attribute " + printableName(attribute.name));
    }
    return {};
}

} // namespace

bool isImageAttribute(const std::string &name)
{
    if (name == "security.selinux" || name.empty() || name.size() > 255 || name.contains('\0'))
        return false;
    const auto dot = name.find('.');
    return dot == std::string::npos || !std::string_view(name).substr(dot + 1).starts_with("overlay.");
}

Attributes Attributes::of(TarEntry &entry)
{
    Attributes attributes;
    attributes.uid = entry.uid;
    attributes.gid = entry.gid;
    attributes.mode = entry.mode;
    attributes.mtime = {static_cast<time_t>(entry.mtime), static_cast<long>(entry.mtimeNanoseconds)};
    attributes.extended = std::move(entry.attributes);
    return attributes;
}

Result<> applyAttributes(int fd, const Attributes &attributes, std::uint32_t &changedOwners)
{
    auto owned = applyOwner(attributes, changedOwners, [&](uid_t uid, gid_t gid) { return ::fchown(fd, uid, gid); });
    if (!owned)
        return owned;
    if ((attributes.mode & specialBits) && ::fchmod(fd, attributes.mode) < 0)
        return failErrno("cannot set its mode");
    if (auto extended = applyExtended(fd, attributes); !extended)
        return extended;
    const timespec times[2] = {attributes.mtime, attributes.mtime};
    if (attributes.mtime.tv_nsec != UTIME_OMIT && ::futimens(fd, times) < 0)
        return failErrno("cannot set its time");
    return {};
}

Result<> applyAttributesAt(int folder, const std::string &name, const Attributes &attributes, std::uint32_t &changedOwners)
{
    auto owned = applyOwner(attributes, changedOwners,
        [&](uid_t uid, gid_t gid) { return ::fchownat(folder, name.c_str(), uid, gid, AT_SYMLINK_NOFOLLOW); });
    if (!owned)
        return owned;
    const timespec times[2] = {attributes.mtime, attributes.mtime};
    if (::utimensat(folder, name.c_str(), times, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno("cannot set its time");
    return {};
}

} // namespace berth
