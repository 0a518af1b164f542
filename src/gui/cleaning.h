// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "gui/frame.h"

#include <QObject>
#include <QPointer>

namespace berth {

class CleanUpDialog;
class VolumeModel;

// From the Clean up dialog to the report of what went: the plan that was shown is carried out in the
// background, and nothing else.
class Cleaning final : public QObject {
    Q_OBJECT
public:
    Cleaning(Engine *engine, VolumeModel *volumes, const Frame &frame);

    void open();

private:
    void plan();
    void choose(const CleanUpPlan &all, const QSet<qsizetype> &wanted);
    void confirm();
    void carryOut(const CleanUpPlan &chosen);
    void report(const Result<CleanUpResult> &result);

    Engine *m_engine;
    VolumeModel *m_volumes;
    Frame m_frame;
    QPointer<CleanUpDialog> m_dialog;
    QFuture<Result<CleanUpPlan>> m_planning; // of the dialog; cancelled when another is wanted, or none
};

} // namespace berth
