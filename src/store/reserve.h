// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace berth {

// A small file that only takes up room, in the data folder: whoever wants to remove something from a disk
// that is full must first write down that it is gone. data: descriptor of the folder.

// Makes the file when it is missing and the disk is not about to be full. Best effort.
void keepReserve(int data);
// Gives its room back; false when there was none.
bool spendReserve(int data);

// A change that makes room: tried again with the reserve when the disk has none.
template<typename Change> auto makingRoom(int data, Change change) -> decltype(change())
{
    auto done = change();
    if (!done && done.error().code == ErrorCode::NoSpace && spendReserve(data))
        done = change();
    return done;
}

} // namespace berth
