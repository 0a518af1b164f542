// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"

namespace berth {

// What the Status column says: Docker's words to those who read English, so that they find them again
// on the command line; the same in the person's language to all others.
QString statusLine(const ContainerInfo &container, const QDateTime &now);

} // namespace berth
