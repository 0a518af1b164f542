// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace berth {

// The settings of HostConfig that nothing here can change, with the values by which Docker's inspect says
// that nobody set them: scripts read them. What the object has stays.
void addUnusedHostSettings(QJsonObject &config);

// An image's Config with all members that Docker's inspect shows of it, whether the image says them or not.
QJsonObject wholeImageConfig(const QJsonObject &config);

} // namespace berth
