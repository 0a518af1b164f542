// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"

#include <QHash>
#include <QObject>

#include <memory>

class QSocketNotifier;

namespace berth {

// Tells when the first process of a running container ends. The monitor says so too; this is for the
// monitor that was killed and can say nothing. Waits on pidfds, so it costs nothing meanwhile.
class ProcessWatch final : public QObject {
    Q_OBJECT
public:
    explicit ProcessWatch(QObject *parent = nullptr);
    ~ProcessWatch() override;

    // Watches exactly the running ones of these.
    void setContainers(const QList<ContainerInfo> &containers);

Q_SIGNALS:
    void ended();

private:
    struct Watched;
    void watch(qint64 pid);

    QHash<qint64, std::shared_ptr<Watched>> m_watched; // by pid
};

} // namespace berth
