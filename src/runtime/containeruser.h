// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "runtime/idmap.h"

#include <cstdint>
#include <string>
#include <vector>

namespace berth {

struct ContainerUser {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> groups; // supplementary, sorted, without gid
    std::string home = "/";

    friend bool operator==(const ContainerUser &, const ContainerUser &) = default;
};

// The texts of an image's user files; empty when a file is missing or must not be read.
struct UserFiles {
    std::string passwd;
    std::string group;
};

// Reads /etc/passwd and /etc/group below root: regular files only, at most 1 MiB each, no NSS.
UserFiles readUserFiles(int root);

// "", "name", "uid", "name:group", "uid:gid" and mixtures, as Docker reads them. A text of digits is
// always a number and never looked up as a name; one that starts with a digit or a sign and is not a
// number is refused. Ids outside map are refused: the kernel would show them as nobody.
Result<ContainerUser> resolveUser(
    const std::string &user, const std::vector<std::string> &extraGroups, const UserFiles &files, const IdMaps &maps);

} // namespace berth
