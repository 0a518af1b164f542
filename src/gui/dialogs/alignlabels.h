// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QFormLayout;

namespace berth {

// Makes the fields of several forms begin at the same place, and puts each label on the first line of
// its field, also when a problem is shown below that.
void alignLabels(const QList<QFormLayout *> &forms);

} // namespace berth
