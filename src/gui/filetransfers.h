// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class ContainerModel;

// What is made of a container's files: images, archives, copies here and there.
class FileTransfers final : public QObject {
    Q_OBJECT
public:
    FileTransfers(Engine *engine, ContainerModel *model, const Frame &frame);

    void perform(ContainerAction action, const QString &id);
    void commit(const QString &id);
    void exportAs(const QString &id); // where a file dialog says
    void exportTo(const QString &id, const QString &path);
    void copyOut(const QString &id);
    void copyIn(const QString &id);   // files that a file dialog gives
    void copyIn(const QString &id, const QStringList &files);

private:
    void report(const QString &what, const QString &done, const Result<> &result) const;
    [[nodiscard]] QString nameOf(const QString &id) const; // empty: it is gone

    Engine *m_engine;
    ContainerModel *m_model;
    Frame m_frame;
};

} // namespace berth
