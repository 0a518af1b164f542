// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containertop.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestContainerTop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsOnlyOurs()
    {
        const auto table = parseProcessTable(
            u"UID   PID  PPID CMD\nroot    1     0 init\ndev   200   1 sleep 100 x\ndev 300 200 sh\n"_s, {200, 300});
        QVERIFY(table);
        QCOMPARE(table->titles, QStringList({u"UID"_s, u"PID"_s, u"PPID"_s, u"CMD"_s}));
        QCOMPARE(table->rows.size(), 2);
        QCOMPARE(table->rows[0], QStringList({u"dev"_s, u"200"_s, u"1"_s, u"sleep 100 x"_s}));
    }

    // A process may be called anything. It can spoil its own row, and show no other's.
    void hostileNames()
    {
        const auto table = parseProcessTable(u"COMMAND PID\nx 200 1\nevil 1\n\nPID\n200\nx y\n 9 9\n"_s, {200});
        QVERIFY(table);
        QCOMPARE(table->rows, QList<QStringList>({{u"x"_s, u"200 1"_s}}));
    }

    // `ps m` gives a line for the process and one for each thread.
    void threadsGoWithTheirProcess()
    {
        const auto table = parseProcessTable(
            u"PID STAT COMMAND\n100 - init\n- Ss -\n200 - redis\n- Ssl -\n- Ssl -\n300 - other\n- S -\n"_s, {200});
        QVERIFY(table);
        QCOMPARE(table->rows,
            QList<QStringList>({{u"200"_s, u"-"_s, u"redis"_s}, {u"-"_s, u"Ssl"_s, u"-"_s}, {u"-"_s, u"Ssl"_s, u"-"_s}}));
    }

    void needsThePid()
    {
        const auto table = parseProcessTable(u"COMMAND\nsleep\n"_s, {200});
        QVERIFY(!table);
        QCOMPARE(table.error().detail, "Couldn't find PID field in ps output");
        QVERIFY(!parseProcessTable({}, {}));
    }
};

QTEST_APPLESS_MAIN(TestContainerTop)
#include "tst_containertop.moc"
