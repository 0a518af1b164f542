// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace berth {

// Aligns the tab-separated cells of lines as Docker's listings do: each column at least ten wide,
// three spaces between columns, the last cell of a line as it is.
QString alignColumns(const QString &lines);

} // namespace berth
