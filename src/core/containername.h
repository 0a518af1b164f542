// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace berth {

// 64 random hex digits. The first twelve (the short id, which is also the default hostname) are
// never all digits: a host name that reads as a number is taken for an address by some programs.
QString randomContainerId();

// "adjective_surname", for containers that were given no name.
QString randomContainerName();

// A letter or digit, then letters, digits, "_", "." or "-"; at least two characters. One leading
// slash is Docker's internal form and is not accepted here. InvalidArgument repeats the name.
Result<> checkContainerName(QStringView name);

} // namespace berth
