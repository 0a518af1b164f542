// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/environment.h"

#include <QTest>

using namespace berth;
using namespace std::string_literals;

class TestEnvironment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // CVE-2020-14370, CVE-2026-57231: a name without a value took the host's.
    void row42_namesWithoutAValue()
    {
        qputenv("SECRET", "of the host");
        QVERIFY(mergedEnvironment({"SECRET", "*", "SEC*", "", "=", "=x"}, {"SECRET", "PATH"}).empty());
        QVERIFY(mergedEnvironment({"SECRET="}, {"SECRET"}) == Environment{"SECRET="});
        qunsetenv("SECRET");
    }

    void laterWins()
    {
        QVERIFY(mergedEnvironment({"A=1", "B=2", "A=3"}, {"B=4", "C=5", "C=6"}) == (Environment{"A=3", "B=4", "C=6"}));
        QVERIFY(mergedEnvironment({}, {}).empty());
        QVERIFY(mergedEnvironment({"A=1=2"}, {"A=="}) == Environment{"A=="});
    }

    // A name is compared whole.
    void namesThatBeginAlike()
    {
        QVERIFY(mergedEnvironment({"PATHS=1", "PATH=2"}, {"PATH=3", "PAT=4"}) == (Environment{"PATHS=1", "PATH=3", "PAT=4"}));
        QVERIFY(!valueOf({"PATHS=1"}, "PATH") && !valueOf({"PATH"}, "PATH") && !valueOf({}, "PATH"));
        QCOMPARE(valueOf({"PATH=a=b"}, "PATH").value_or(""), "a=b"s);
        QCOMPARE(valueOf({"PATH="}, "PATH").value_or("x"), ""s);
    }

    void nulBytesEndNothing() { QVERIFY(mergedEnvironment({"A=1\0LD_PRELOAD=x"s, "\0A=1"s, "A\0=1"s}, {}).empty()); }

    void defaults()
    {
        Environment environment{"HOME="};
        addDefault(environment, "HOME", "/root");
        addDefault(environment, "TERM", "xterm");
        addDefault(environment, "TERM", "dumb");
        QVERIFY(environment == (Environment{"HOME=", "TERM=xterm"}));
    }
};

QTEST_APPLESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
