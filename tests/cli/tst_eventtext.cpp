// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eventtext.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

const EngineEvent start{.type = u"container"_s,
    .action = u"start"_s,
    .id = u"fed91a98f9d3"_s,
    .attributes = {{u"name"_s, u"web"_s}, {u"image"_s, u"docker.io/lib/redis:7"_s}, {u"k"_s, u"v"_s}},
    .timeNano = 1'795'561'393'000'000'007};
const EngineEvent probe{
    .type = u"container"_s, .action = u"exec_create: sh -c true"_s, .id = u"fed91a98f9d3"_s, .attributes = {}, .timeNano = 1};
const EngineEvent volume{.type = u"volume"_s,
    .action = u"create"_s,
    .id = u"data"_s,
    .attributes = {{u"driver"_s, u"local"_s}},
    .timeNano = 1'795'561'393'508'969'752};
const EngineEvent tag{.type = u"image"_s,
    .action = u"tag"_s,
    .id = u"sha256:30bf"_s,
    .attributes = {{u"name"_s, u"foo:1"_s}},
    .timeNano = 1'795'561'393'508'969'752};

} // namespace

class TestEventText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { qputenv("TZ", "UTC"); }

    void plainLines()
    {
        QCOMPARE(eventText(start, {}).value(),
            u"2026-11-24T23:03:13.000000007Z container start fed91a98f9d3 (image=docker.io/lib/redis:7, k=v, name=web)\n"_s);
        QCOMPARE(
            eventText(probe, {}).value(), u"1970-01-01T00:00:00.000000001Z container exec_create: sh -c true fed91a98f9d3\n"_s);
        qputenv("TZ", "Asia/Seoul");
        ::tzset();
        QCOMPARE(eventText(volume, {}).value(), u"2026-11-25T08:03:13.508969752+09:00 volume create data (driver=local)\n"_s);
        qputenv("TZ", "UTC");
        ::tzset();
    }

    // A label can neither make a line of its own nor steer the terminal.
    void hostileTextStaysOnItsLine()
    {
        EngineEvent event = start;
        event.attributes = {{u"l"_s, u"a\nb\x1b[2J\x9b\t"_s}};
        QCOMPARE(eventText(event, {}).value(),
            u"2026-11-24T23:03:13.000000007Z container start fed91a98f9d3 (l=a\\nb\\u001b[2J\\u009b\\t)\n"_s);
    }

    void json()
    {
        const auto expected = uR"({"status":"start","id":"fed91a98f9d3","from":"docker.io/lib/redis:7","Type":"container",)"
                              uR"("Action":"start","Actor":{"ID":"fed91a98f9d3","Attributes":{"image":"docker.io/lib/redis:7",)"
                              uR"("k":"v","name":"web"}},"scope":"local","time":1795561393,"timeNano":1795561393000000007})"
                              u"\n"_s;
        QCOMPARE(eventText(start, u"json"_s).value(), expected);
        QCOMPARE(eventText(start, u"{{json .}}"_s).value(), expected);
        QCOMPARE(eventText(volume, u"json"_s).value(),
            uR"({"Type":"volume","Action":"create","Actor":{"ID":"data","Attributes":{"driver":"local"}},"scope":"local",)"
            uR"("time":1795561393,"timeNano":1795561393508969752})"
            u"\n"_s);
    }

    void templates()
    {
        const auto format = u"{{.Type}} {{.Action}} {{.Actor.ID}} {{.Actor.Attributes.k}} {{.Status}} {{.From}} {{.Time}}"_s;
        QCOMPARE(eventText(start, format).value(), u"container start fed91a98f9d3 v start docker.io/lib/redis:7 1795561393\n"_s);
        QCOMPARE(eventText(volume, u"{{.Actor.Attributes.none}}|{{.ID}}"_s).value(), u"<no value>|\n"_s);
        QVERIFY(!eventText(start, u"{{.Nothing}}"_s));
    }

    void filters_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("matching"); // of: s(tart) p(robe) v(olume) t(ag)
        QTest::newRow("none") << QStringList() << u"spvt"_s;
        QTest::newRow("type") << QStringList{u"type=container"_s} << u"sp"_s;
        QTest::newRow("two types") << QStringList{u"type=volume"_s, u"type=image"_s} << u"vt"_s;
        QTest::newRow("event") << QStringList{u"event=start"_s} << u"s"_s;
        QTest::newRow("not a beginning") << QStringList{u"event=sta"_s} << QString();
        QTest::newRow("an exec's beginning") << QStringList{u"event=exec_create"_s} << u"p"_s;
        QTest::newRow("an exec whole") << QStringList{u"event=exec_create: sh -c true"_s} << u"p"_s;
        QTest::newRow("container by name") << QStringList{u"container=we"_s} << u"s"_s;
        QTest::newRow("container by id") << QStringList{u"container=fed9"_s} << u"sp"_s;
        QTest::newRow("volume") << QStringList{u"volume=data"_s} << u"v"_s;
        QTest::newRow("image") << QStringList{u"image=docker.io/lib/redis:7"_s} << u"s"_s;
        QTest::newRow("image without tag") << QStringList{u"image=docker.io/lib/redis"_s} << u"s"_s;
        QTest::newRow("image's own") << QStringList{u"image=foo"_s} << u"t"_s;
        QTest::newRow("label") << QStringList{u"label=k"_s} << u"s"_s;
        QTest::newRow("label and value") << QStringList{u"label=k=w"_s} << QString();
        QTest::newRow("keys all hold") << QStringList{u"type=container"_s, u"event=create"_s} << QString();
        QTest::newRow("scope") << QStringList{u"scope=swarm"_s} << QString();
        QTest::newRow("network") << QStringList{u"network=bridge"_s} << QString();
    }
    void filters()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, matching);
        std::vector<std::string> texts;
        for (const auto &word : words)
            texts.push_back(word.toStdString());
        const auto filters = Filters::parse(texts);
        QVERIFY(filters);
        QVERIFY(checkEventFilters(*filters));
        QString found;
        for (const auto &[letter, event] :
            {std::pair(u's', &start), std::pair(u'p', &probe), std::pair(u'v', &volume), std::pair(u't', &tag)}) {
            if (eventMatches(*event, *filters))
                found += letter;
        }
        QCOMPARE(found, matching);
    }

    void refusesAnUnknownFilter()
    {
        const std::string words[] = {"colour=red"};
        const auto known = checkEventFilters(Filters::parse(words).value());
        QVERIFY(!known);
        QCOMPARE(known.error().detail, "invalid filter 'colour'");
    }
};

QTEST_APPLESS_MAIN(TestEventText)
#include "tst_eventtext.moc"
