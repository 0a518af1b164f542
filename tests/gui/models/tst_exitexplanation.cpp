// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/exitexplanation.h"

#include "../samples.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestExitExplanation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("0") << 0 << u"without an error"_s;
        QTest::newRow("1") << 1 << u"reported an error"_s;
        QTest::newRow("2") << 2 << u"usage"_s;
        QTest::newRow("125") << 125 << u"engine"_s;
        QTest::newRow("126") << 126 << u"could not be executed"_s;
        QTest::newRow("127") << 127 << u"not found"_s;
        QTest::newRow("129") << 129 << u"SIGHUP"_s;
        QTest::newRow("130") << 130 << u"SIGINT"_s;
        QTest::newRow("134") << 134 << u"SIGABRT"_s;
        QTest::newRow("137") << 137 << u"SIGKILL"_s;
        QTest::newRow("139") << 139 << u"SIGSEGV"_s;
        QTest::newRow("143") << 143 << u"SIGTERM"_s;
        QTest::newRow("signal without a name here") << 128 + 30 << u"signal 30"_s;
        QTest::newRow("signal 64") << 192 << u"signal 64"_s;
        QTest::newRow("no signal") << 193 << u"code 193"_s;
        QTest::newRow("42") << 42 << u"code 42"_s;
        QTest::newRow("128") << 128 << u"code 128"_s;
        QTest::newRow("255") << 255 << u"code 255"_s;
    }
    void codes()
    {
        QFETCH(int, code);
        QFETCH(QString, part);
        QVERIFY2(exitCodeMeaning(code).contains(part), qPrintable(exitCodeMeaning(code)));
    }

    void nothingWhileItLives()
    {
        for (const ContainerState state : allContainerStates) {
            const bool ended = state == ContainerState::Exited || state == ContainerState::Dead;
            QCOMPARE(!exitExplanation(samples::container(u"x"_s, state)).isEmpty(), ended);
        }
    }

    // What the engine knows goes before what a number suggests.
    void knowledgeGoesBeforeGuesses()
    {
        auto killed = samples::container(u"x"_s, ContainerState::Exited);
        killed.exitCode = 137;
        QVERIFY(exitExplanation(killed).contains(u"SIGKILL"_s));
        killed.error = u"the container's monitor was killed"_s;
        QCOMPARE(exitExplanation(killed), killed.error);
        killed.outOfMemory = true;
        QVERIFY(exitExplanation(killed).contains(u"memory"_s));
        // A process beside its main program was killed; that went on, and ended in its own way.
        killed.exitCode = 0;
        killed.error.clear();
        QVERIFY(!exitExplanation(killed).contains(u"memory"_s));
    }
};

QTEST_GUILESS_MAIN(TestExitExplanation)
#include "tst_exitexplanation.moc"
