// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/monitormessage.h"

#include <sys/wait.h>

namespace berth {

// From what waitpid(2) reported.
inline ExitStatus exitStatusOf(int waitStatus)
{
    if (WIFSIGNALED(waitStatus))
        return {128 + WTERMSIG(waitStatus), WTERMSIG(waitStatus), false};
    return {WEXITSTATUS(waitStatus), 0, false};
}

} // namespace berth
