// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/livecontainer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

} // namespace

class TestMonitor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        auto made = LiveStore::make();
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        m_store = std::move(*made);
    }

    void runsAndReportsTheExit()
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell("echo out; echo err >&2; exit 7");
        auto outcome = container.run();
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        QCOMPARE(outcome->out, "out\n");
        QCOMPARE(outcome->err, "err\n");
        QCOMPARE(outcome->status.exitCode, 7);
    }

private:
    std::unique_ptr<LiveStore> m_store;
};

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"
