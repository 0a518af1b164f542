// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/containerinfo.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestStatusText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("text");
        QTest::newRow("created") << int(ContainerState::Created) << u"Created"_s;
        QTest::newRow("running") << int(ContainerState::Running) << u"Up 3 minutes"_s;
        QTest::newRow("paused") << int(ContainerState::Paused) << u"Up 3 minutes (Paused)"_s;
        QTest::newRow("restarting") << int(ContainerState::Restarting) << u"Restarting (7) 5 seconds ago"_s;
        QTest::newRow("removing") << int(ContainerState::Removing) << u"Removal In Progress"_s;
        QTest::newRow("exited") << int(ContainerState::Exited) << u"Exited (7) 5 seconds ago"_s;
        QTest::newRow("dead") << int(ContainerState::Dead) << u"Dead"_s;
    }
    void texts()
    {
        QFETCH(int, state);
        QFETCH(QString, text);
        const QDateTime now(QDate(2026, 8, 1), QTime(12, 0), QTimeZone::UTC);
        ContainerInfo container;
        container.state = ContainerState(state);
        container.exitCode = 7;
        container.started = now.addSecs(-185);
        container.finished = now.addSecs(-5);
        QCOMPARE(statusText(container, now), text);
    }

    void health()
    {
        const QDateTime now(QDate(2026, 8, 1), QTime(12, 0), QTimeZone::UTC);
        ContainerInfo container;
        container.started = now.addSecs(-185);
        for (const auto &[state, health, text] :
            {std::tuple(ContainerState::Running, u"starting"_s, u"Up 3 minutes (health: starting)"_s),
                std::tuple(ContainerState::Running, u"healthy"_s, u"Up 3 minutes (healthy)"_s),
                std::tuple(ContainerState::Running, u"unhealthy"_s, u"Up 3 minutes (unhealthy)"_s),
                std::tuple(ContainerState::Paused, u"healthy"_s, u"Up 3 minutes (Paused)"_s),
                std::tuple(ContainerState::Created, u"healthy"_s, u"Created"_s)}) {
            container.state = state;
            container.health = health;
            QCOMPARE(statusText(container, now), text);
        }
    }

    void aClockThatWentBackPrintsNoNegativeTime()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        ContainerInfo container;
        container.state = ContainerState::Running;
        container.started = now.addSecs(3600);
        QCOMPARE(statusText(container, now), u"Up Less than a second"_s);
    }
};

QTEST_GUILESS_MAIN(TestStatusText)
#include "tst_statustext.moc"
