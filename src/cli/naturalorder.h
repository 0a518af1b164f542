// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace berth {

// Whether a comes before b when runs of digits count as numbers: "v2" before "v10".
bool naturalLess(QStringView a, QStringView b);

} // namespace berth
