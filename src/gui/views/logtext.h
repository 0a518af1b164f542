// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace berth {

// The bytes of a log as plain text: terminal control sequences (CSI, OSC, two-byte escapes) and control
// characters other than tab and newline are left out; "\r\n" is a newline; what stands before a lone
// "\r" in a line was overwritten and goes. Source: ECMA-48, 5.4 and 8.3.89.
QString plainLogText(const QByteArray &bytes);

} // namespace berth
