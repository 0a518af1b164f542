// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/detachkeys.h"

#include <QTest>

using namespace berth;

class DetachKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parse_data();
    void parse();
    void scan_data();
    void scan();
    void restIsDropped();
};

void DetachKeysTest::parse_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    QTest::addRow("default") << QByteArray("ctrl-p,ctrl-q") << QByteArray("\x10\x11");
    QTest::addRow("letter") << QByteArray("a,ctrl-b") << QByteArray("a\x02");
    QTest::addRow("escape") << QByteArray("ctrl-[") << QByteArray("\x1b");
    QTest::addRow("unknown") << QByteArray("ctrl-1") << QByteArray();
    QTest::addRow("word") << QByteArray("quit") << QByteArray();
    QTest::addRow("empty") << QByteArray("") << QByteArray();
}

void DetachKeysTest::parse()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, keys);
    const auto parsed = parseDetachKeys(text.toStdString());
    QCOMPARE(parsed.has_value(), !keys.isEmpty());
    if (parsed)
        QCOMPARE(*parsed, keys.toStdString());
}

void DetachKeysTest::scan_data()
{
    QTest::addColumn<QByteArrayList>("reads");
    QTest::addColumn<QByteArray>("passed");
    QTest::addColumn<bool>("detached");
    QTest::addRow("plain") << QByteArrayList{"hello"} << QByteArray("hello") << false;
    QTest::addRow("together") << QByteArrayList{"a\x10\x11"} << QByteArray("a") << true;
    QTest::addRow("split") << QByteArrayList{"\x10", "\x11"} << QByteArray() << true;
    QTest::addRow("held back") << QByteArrayList{"\x10"} << QByteArray() << false;
    QTest::addRow("let go") << QByteArrayList{"\x10", "x"} << QByteArray("\x10x") << false;
    QTest::addRow("twice") << QByteArrayList{"\x10\x10\x11"} << QByteArray("\x10") << true;
}

void DetachKeysTest::scan()
{
    QFETCH(QByteArrayList, reads);
    QFETCH(QByteArray, passed);
    QFETCH(bool, detached);
    DetachScanner scanner{std::string(defaultDetachKeys)};
    std::string got;
    for (const auto &read : reads)
        got += scanner.feed(read.toStdString());
    QCOMPARE(got, passed.toStdString());
    QCOMPARE(scanner.isDetached(), detached);
}

void DetachKeysTest::restIsDropped()
{
    DetachScanner scanner("aab");
    QCOMPARE(scanner.feed("aaab after"), std::string("a"));
    QVERIFY(scanner.isDetached());
    DetachScanner off("");
    QCOMPARE(off.feed("\x10\x11"), std::string("\x10\x11"));
}

QTEST_APPLESS_MAIN(DetachKeysTest)
#include "tst_detachkeys.moc"
