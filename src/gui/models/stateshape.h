// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"

#include <QColor>

class QPainter;
class QPalette;
class QRectF;

namespace berth {

// How a container's state looks. The shape alone tells the states apart, for people who do not see
// the colours: disc, two bars, ring, square, triangle, arc, cross. A clean exit is not a problem and
// is grey; only an exit with an error code is red.
enum class StateShape { Running, Paused, Created, Exited, Failed, Changing, Dead };

StateShape stateShape(const ContainerInfo &container);
QColor stateColor(StateShape shape, const QPalette &palette);
void paintStateShape(QPainter *painter, const QRectF &square, StateShape shape, const QColor &color);

} // namespace berth
