// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class VolumeModel;

// Making and removing volumes, after a dialog that says what will be.
class VolumeActions final : public QObject {
    Q_OBJECT
public:
    VolumeActions(Engine *engine, VolumeModel *model, const Frame &frame);

    void create();
    void remove(const QStringList &names);

Q_SIGNALS:
    void made(const QString &name);

private:
    void carryOutRemoval(const QStringList &names);

    Engine *m_engine;
    VolumeModel *m_model;
    Frame m_frame;
};

} // namespace berth
