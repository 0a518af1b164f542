// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class ContainerModel;

// What the person asks of containers in the list: asks back where something would be lost, shows in the
// row that it is under way, reports what failed.
class ContainerActions final : public QObject {
    Q_OBJECT
public:
    ContainerActions(Engine *engine, ContainerModel *model, const Frame &frame);

    void perform(ContainerAction action, const QStringList &ids);
    void run(const QString &image); // by the run dialog; empty: the newest image

    void setImages(const QList<ImageInfo> &images) { m_images = images; }

Q_SIGNALS:
    void terminalRunRequested(const berth::RunOptions &options); // it wants a terminal
    void made(const QString &id);
    void filesRequested(berth::ContainerAction action, const QString &id); // something is to be made of its files

private:
    void execute(ContainerAction action, const QStringList &ids, bool force);
    QFuture<Result<>> job(ContainerAction action, const QString &id, bool force) const;
    void ended(ContainerAction action, const QString &id, const QString &name, const Result<> &result);
    void confirmRemoval(const QStringList &ids);
    void rename(const QString &id);
    void chooseRestartPolicy(const QString &id);
    void start(const RunOptions &options, bool createOnly);
    [[nodiscard]] QSet<QString> takenNames() const;
    [[nodiscard]] QStringList namesOf(const QStringList &ids) const;

    Engine *m_engine;
    ContainerModel *m_model;
    Frame m_frame;
    QList<ImageInfo> m_images;
};

} // namespace berth
