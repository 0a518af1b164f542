// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class ImageModel;

// Removing names and images from the list, after a question that says what goes.
class ImageRemoval final : public QObject {
    Q_OBJECT
public:
    ImageRemoval(Engine *engine, ImageModel *model, const Frame &frame);

    void ask(const QStringList &keys); // of rows of the model

private:
    void remove(const QStringList &references);

    Engine *m_engine;
    ImageModel *m_model;
    Frame m_frame;
};

} // namespace berth
