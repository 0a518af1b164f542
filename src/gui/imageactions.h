// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class ImageModel;

// Naming images, and saving them as archives.
class ImageActions final : public QObject {
    Q_OBJECT
public:
    ImageActions(Engine *engine, ImageModel *model, const Frame &frame);

    void tag(const QString &key);         // keys of rows of the model
    void save(const QStringList &keys);   // as one archive, where a file dialog says
    void saveTo(const QStringList &references, const QString &path);

Q_SIGNALS:
    void named(const QString &key); // the row with the new name

private:
    Engine *m_engine;
    ImageModel *m_model;
    Frame m_frame;
};

} // namespace berth
