// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "gui/views/messagebar.h"

#include <QString>
#include <QStringList>

class QWidget;

namespace berth {

class CommandStrip;
class TasksBar;

// The parts of the window that every flow reports to.
struct Frame {
    QWidget *window = nullptr; // parent of dialogs
    MessageBar *messages = nullptr;
    TasksBar *tasks = nullptr;
    CommandStrip *command = nullptr;

    void succeeded(const QString &sentence) const;
    // what says what was tried, as a whole sentence; the reason and the engine's own words follow it.
    void failed(const QString &what, const Error &error) const;
    // "berth" and these words, quoted for a shell.
    void showCommand(const QStringList &words) const;
};

// The kind of reason in the person's language; the error's own sentence stays English.
QString reasonText(ErrorCode code);

} // namespace berth
