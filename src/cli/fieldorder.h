// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace berth {

// What inspect gives of a container or an image, with the order in which Docker prints the fields below orderKey() of
// every structure in it. Source: output of `docker inspect` 26.1.
QJsonObject withContainerOrder(QJsonObject container);
QJsonObject withImageOrder(QJsonObject image);

} // namespace berth
