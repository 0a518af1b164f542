// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class ContainerModel;

// What is made of a container's files: images.
class FileTransfers final : public QObject {
    Q_OBJECT
public:
    FileTransfers(Engine *engine, ContainerModel *model, const Frame &frame);

    void perform(ContainerAction action, const QString &id);
    void commit(const QString &id);

private:
    void report(const QString &what, const QString &done, const Result<> &result) const;

    Engine *m_engine;
    ContainerModel *m_model;
    Frame m_frame;
};

} // namespace berth
