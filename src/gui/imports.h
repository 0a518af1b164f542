// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>
#include <QPointer>

namespace berth {

class ImportDialog;

// From files that were dropped, chosen or handed over by the desktop to images in the store: shows what
// they hold, imports those that the person confirms, each as a task that can be cancelled.
class Imports final : public QObject {
    Q_OBJECT
public:
    Imports(Engine *engine, const Frame &frame);

    void choose();                          // by a file dialog
    void open(const QStringList &paths);    // adds to the cards that are shown
    [[nodiscard]] int runningCount() const { return m_running; }

Q_SIGNALS:
    void imported(const QList<berth::ImportedImage> &images);
    void runRequested(const QString &image); // by the button beside the good news

private:
    void preview(const QString &path);
    void start(const QString &path);
    void report(const QString &file, const Result<QList<ImportedImage>> &result);

    Engine *m_engine;
    Frame m_frame;
    QPointer<ImportDialog> m_dialog;
    int m_running = 0;
};

} // namespace berth
