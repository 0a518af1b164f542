// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "gui/models/imagemodel.h"
#include "gui/views/factlist.h"

namespace berth {

// What the summary of a container and of an image tells.
QList<Fact> containerFacts(const ContainerInfo &container, const QDateTime &now);
QList<Fact> imageFacts(const ImageRow &row, const QDateTime &now);

} // namespace berth
