// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

namespace berth {

// Why a container may not be called this, in the person's language; empty when it may. taken are the
// names in use.
QString nameProblem(const QString &name, const QSet<QString> &taken);

} // namespace berth
