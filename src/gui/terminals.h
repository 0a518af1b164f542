// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/dialogs/terminaldialog.h"
#include "gui/frame.h"

#include <QObject>

namespace berth {

class ContainerModel;
class TerminalTab;
class TerminalsPage;

// Opens terminals in containers: asks what to run, remembers it for the next container of the same
// image, and starts our own command on a pseudo terminal in a tab.
class Terminals final : public QObject {
    Q_OBJECT
public:
    Terminals(Engine *engine, ContainerModel *model, TerminalsPage *page, const Frame &frame);

    void open(const QString &containerId);       // empty: the newest that runs
    void run(const RunOptions &options);         // a new container on a terminal
    void askToClose(TerminalTab *tab);

    // The command that was installed with this program; PATH may know an older one.
    static QString command();

Q_SIGNALS:
    void opened();

private:
    void start(const QString &title, const QStringList &words);
    void offer(TerminalDialog *dialog, const QString &name);
    [[nodiscard]] const ContainerInfo *running(const QString &idOrName) const;

    Engine *m_engine;
    ContainerModel *m_model;
    TerminalsPage *m_page;
    Frame m_frame;
};

} // namespace berth
