// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "holder/askhelper.h"
#include "holder/holderlinks.h"

#include <cstring>

namespace berth {

Result<DelegatedCgroup> enterDelegatedCgroup()
{
    auto answer = askHelper(helper::Operation::CgroupEnsure);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->fds.size() != helper::cgroupEnsureFds)
        return fail(ErrorCode::Corrupt, "berth-helper sent a reply without the cgroup's folder");
    const auto &path = answer->reply.cgroup;
    return DelegatedCgroup{std::move(answer->fds[0]), std::string(path.data(), ::strnlen(path.data(), path.size()))};
}

} // namespace berth
