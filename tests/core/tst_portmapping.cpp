// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/portmapping.h"
#include "core/runoptions.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestPortMapping : public QObject {
    Q_OBJECT

    static QString inWords(const QList<PortMapping> &mappings)
    {
        QStringList words;
        for (const PortMapping &mapping : mappings)
            words += u"%1|%2|%3"_s.arg(mapping.address, mapping.hostPort, mapping.port);
        return words.join(u' ');
    }

private Q_SLOTS:
    // What docker 28.2 sends to its daemon.
    void whatCanBeSaid_data()
    {
        QTest::addColumn<QString>("mappings");
        QTest::newRow("80") << u"||80/tcp"_s;
        QTest::newRow("80/") << u"||80/tcp"_s;
        QTest::newRow(":80") << u"||80/tcp"_s;
        QTest::newRow("80/UDP") << u"||80/udp"_s;
        QTest::newRow("8080:80") << u"|8080|80/tcp"_s;
        QTest::newRow("0:80") << u"|0|80/tcp"_s;
        QTest::newRow("127.0.0.1::80") << u"127.0.0.1||80/tcp"_s;
        QTest::newRow("127.0.0.1:8080:80/udp") << u"127.0.0.1|8080|80/udp"_s;
        QTest::newRow("[::1]:8080:80") << u"::1|8080|80/tcp"_s;
        QTest::newRow("::1:8080:80") << u"::1|8080|80/tcp"_s;
        QTest::newRow("[]:8080:80") << u"|8080|80/tcp"_s;
        QTest::newRow("80-82") << u"||80/tcp ||81/tcp ||82/tcp"_s;
        QTest::newRow("8000-8001:80-81/udp") << u"|8000|80/udp |8001|81/udp"_s;
        QTest::newRow("8000-8010:80") << u"|8000-8010|80/tcp"_s;
        QTest::newRow("1-2-3") << u"||1/tcp ||2/tcp"_s;
        QTest::newRow("published=8080,target=80") << u"|8080|80/tcp"_s;
        QTest::newRow("target=53,protocol=udp") << u"||53/udp"_s;
    }
    void whatCanBeSaid()
    {
        QFETCH(QString, mappings);
        const auto parsed = parsePublish(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY2(parsed, parsed ? "" : parsed.error().detail.c_str());
        QCOMPARE(inWords(*parsed), mappings);
    }

    // The sentences of docker 28.2.
    void whatIsRefused_data()
    {
        QTest::addColumn<QString>("sentence");
        QTest::newRow("abc") << u"invalid containerPort: abc"_s;
        QTest::newRow("80:abc") << u"invalid containerPort: abc"_s;
        QTest::newRow("99999") << u"invalid containerPort: 99999"_s;
        QTest::newRow("80-70") << u"invalid containerPort: 80-70"_s;
        QTest::newRow("-1") << u"invalid containerPort: -1"_s;
        QTest::newRow("+80") << u"invalid containerPort: +80"_s;
        QTest::newRow("abc:80") << u"invalid hostPort: abc"_s;
        QTest::newRow("80/foo") << u"invalid proto: foo"_s;
        QTest::newRow("80/Foo") << u"invalid proto: Foo"_s;
        QTest::newRow("8000-8001:80-85") << u"invalid ranges specified for container and host Ports: 80-85 and 8000-8001"_s;
        QTest::newRow("1.2.3:80:80") << u"invalid IP address: 1.2.3"_s;
        QTest::newRow("[::1:80:80") << u"invalid IP address [::1: address [::1:: missing ']' in address"_s;
        QTest::newRow("[::1]x:80:80") << u"invalid IP address [::1]x: address [::1]x:: missing port in address"_s;
        QTest::newRow("80:") << u"no port specified: 80:<empty>"_s;
        QTest::newRow("/tcp") << u"no port specified: /tcp<empty>"_s;
        QTest::newRow("published=80") << u"no port specified: 80:/tcp<empty>"_s;
        QTest::newRow("a=b,c") << u"invalid publish opts format (should be name=value but got 'c')"_s;
    }
    void whatIsRefused()
    {
        QFETCH(QString, sentence);
        const auto parsed = parsePublish(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.error().detail), sentence);
    }
    void nothingIsRefused() { QCOMPARE(parsePublish(QString()).error().detail, "no port specified: <empty>"); }

    void exposing()
    {
        QCOMPARE(parseExpose(u"80"_s).value(), QStringList{u"80/tcp"_s});
        QCOMPARE(parseExpose(u"53/UDP"_s).value(), QStringList{u"53/udp"_s});
        QCOMPARE(parseExpose(u"80-82"_s).value(), (QStringList{u"80/tcp"_s, u"81/tcp"_s, u"82/tcp"_s}));
        const auto sentence = [](const QString &value) { return parseExpose(value).error().detail; };
        QCOMPARE(sentence(u"80:80"_s), "invalid port format for --expose: 80:80");
        QCOMPARE(sentence(u"abc"_s),
            "invalid range format for --expose: abc, error: strconv.ParseUint: parsing \"abc\": invalid syntax");
        QCOMPARE(sentence(u"99999"_s),
            "invalid range format for --expose: 99999, error: strconv.ParseUint: parsing \"99999\": value out of range");
        QCOMPARE(
            sentence(u"80-70"_s), "invalid range format for --expose: 80-70, error: invalid range specified for port: 80-70");
        QCOMPARE(sentence(QString()), "invalid range format for --expose: , error: empty string specified for ports");
    }

    // A mapping is said again so that it means the same.
    void thereAndBack()
    {
        for (const auto &text : {u"80"_s, u"8080:80"_s, u"127.0.0.1::80"_s, u"[::1]:8080:80/udp"_s, u"8000-8010:80"_s}) {
            const auto parsed = parsePublish(text);
            QCOMPARE(parsed->size(), 1);
            QCOMPARE(publishText(parsed->first()), text);
        }
        RunOptions options;
        options.image = u"redis"_s;
        options.publishedPorts = *parsePublish(u"8000-8001:80-81"_s);
        options.publishAll = true;
        QCOMPARE(commandWords(options).join(u' '), u"run -P -p 8000:80 -p 8001:81 redis"_s);
    }

    void theColumn_data()
    {
        QTest::addColumn<QStringList>("exposed");
        QTest::addColumn<QList<OpenPort>>("open");
        QTest::addColumn<QString>("text");
        const auto any = u"0.0.0.0"_s, any6 = u"::"_s;
        QTest::newRow("nothing") << QStringList() << QList<OpenPort>() << QString();
        QTest::newRow("exposed") << QStringList{u"6379/tcp"_s} << QList<OpenPort>() << u"6379/tcp"_s;
        QTest::newRow("range") << QStringList{u"9001/tcp"_s, u"9000/tcp"_s, u"9002/tcp"_s, u"9000/udp"_s} << QList<OpenPort>()
                               << u"9000-9002/tcp, 9000/udp"_s;
        QTest::newRow("both") << QStringList{u"6379/tcp"_s}
                              << QList<OpenPort>{{any, 6379, u"6379/tcp"_s}, {any6, 6379, u"6379/tcp"_s}}
                              << u"0.0.0.0:6379->6379/tcp, [::]:6379->6379/tcp"_s;
        // The line of a Docker that somebody saw.
        QTest::newRow("seen") << QStringList{u"80/tcp"_s, u"443/tcp"_s}
                              << QList<OpenPort>{{any, 8080, u"80/tcp"_s}, {any6, 8080, u"80/tcp"_s}}
                              << u"443/tcp, 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp"_s;
        QTest::newRow("open range") << QStringList()
                                    << QList<OpenPort>{{any, 82, u"82/tcp"_s}, {any, 80, u"80/tcp"_s}, {any, 81, u"81/tcp"_s}}
                                    << u"0.0.0.0:80-82->80-82/tcp"_s;
        QTest::newRow("gap") << QStringList() << QList<OpenPort>{{any, 80, u"80/tcp"_s}, {any, 82, u"82/tcp"_s}}
                             << u"0.0.0.0:80->80/tcp, 0.0.0.0:82->82/tcp"_s;
        QTest::newRow("elsewhere") << QStringList()
                                   << QList<OpenPort>{{any, 8080, u"80/tcp"_s}, {any, 8081, u"81/tcp"_s}, {any, 90, u"90/udp"_s}}
                                   << u"0.0.0.0:90->90/udp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8081->81/tcp"_s;
    }
    void theColumn()
    {
        QFETCH(QStringList, exposed);
        QFETCH(QList<OpenPort>, open);
        QTEST(portsText(exposed, open), "text");
    }
};

QTEST_GUILESS_MAIN(TestPortMapping)
#include "tst_portmapping.moc"
