// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/filters.h"
#include "cli/jsontext.h"
#include "cli/rows.h"
#include "cli/table.h"

#include <QJsonArray>
#include <QTest>
#include <QTimeZone>

using namespace berth;
using namespace Qt::StringLiterals;

class ListingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columns();
    void containerTable();
    void containerFormats();
    void imageTable();
    void json();
    void commandColumn_data();
    void commandColumn();
    void filters();
    void moments_data();
    void moments();
};

static const QDateTime now(QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::UTC);

static ContainerInfo container()
{
    ContainerInfo info{.id = QString(64, u'a'),
        .name = u"web"_s,
        .imageName = u"redis"_s,
        .imageId = Digest::ofBytes("x"),
        .arguments = {u"redis-server"_s, u"/etc/redis/redis.conf"_s},
        .created = now.addSecs(-180),
        .started = now.addSecs(-120),
        .finished = {},
        .state = ContainerState::Running,
        .exitCode = 0,
        .exitSignal = 0,
        .outOfMemory = false,
        .error = {},
        .pid = 7,
        .networks = {},
        .health = {},
        .options = {}};
    info.options.labels = {{u"a"_s, u"1"_s}, {u"b"_s, u"<2>"_s}};
    return info;
}

void ListingTest::columns()
{
    QCOMPARE(
        alignColumns(u"A\tB\tC\nlong cell here\tb\tc\n"_s), u"A                B         C\nlong cell here   b         c\n"_s);
    // A cell of eight or more letters still keeps three spaces.
    QCOMPARE(alignColumns(u"12345678\tx\n"_s), u"12345678   x\n"_s);
    QCOMPARE(alignColumns(u"é…\tx\n"_s), u"é…        x\n"_s);
}

void ListingTest::containerTable()
{
    const auto row = containerRow(container(), u"redis"_s, now, true);
    const auto text = formatListing({}, containerLayout(), {row});
    QVERIFY(text);
    QCOMPARE(*text,
        u"CONTAINER ID   IMAGE     COMMAND                  CREATED         STATUS         PORTS     NAMES\n"
        "aaaaaaaaaaaa   redis     \"redis-server /etc/r…\"   3 minutes ago   Up 2 minutes             web\n"_s);
    QCOMPARE(
        *formatListing({}, containerLayout(), {}), u"CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n"_s);
}

void ListingTest::containerFormats()
{
    const auto row = containerRow(container(), u"redis"_s, now, false);
    const auto format = [&row](
                            const QString &text) { return formatListing(text, containerLayout(), {row}).value_or(u"refused"_s); };
    QCOMPARE(format(u"{{.Names}}:{{.State}}"_s), u"web:running\n"_s);
    QCOMPARE(format(u"table {{.Names}}\\t{{.Label \"a\"}}"_s), u"NAMES     a\nweb       1\n"_s);
    QCOMPARE(format(u"{{.ID}}"_s), QString(64, u'a') + u'\n');
    QCOMPARE(format(u"{{.Command}}"_s), u"\"redis-server /etc/redis/redis.conf\"\n"_s);
    QCOMPARE(format(u"{{.Nothing}}"_s), u"refused"_s);
    const auto json = format(u"json"_s);
    QVERIFY(json.startsWith("{\"Command\":\"\\\"redis-server /etc/redis/redis.conf\\\"\",\"CreatedAt\":"_L1));
    QVERIFY(json.contains("\"Labels\":\"a=1,b=\\u003c2\\u003e\""_L1));
}

void ListingTest::imageTable()
{
    ImageInfo image{.id = Digest::ofBytes("x"),
        .names = {u"docker.io/library/redis:latest"_s, u"ghcr.io/a/b:1"_s},
        .created = now.addDays(-21),
        .size = 187'600'000,
        .architecture = {},
        .os = {},
        .author = {},
        .diffIds = {},
        .chainIds = {},
        .config = {},
        .containers = 0};
    const auto id = image.id.shortHex();
    QCOMPARE(*formatListing({}, imageLayout(false), imageRows(image, now, true)),
        u"REPOSITORY    TAG       IMAGE ID       CREATED       SIZE\n"
        "redis         latest    %1   3 weeks ago   188MB\n"
        "ghcr.io/a/b   1         %1   3 weeks ago   188MB\n"_s.arg(id));
    image.names.clear();
    QCOMPARE(*formatListing(u"{{.Repository}} {{.Tag}} {{.ID}}"_s, imageLayout(false), imageRows(image, now, false)),
        u"<none> <none> "_s + image.id.text() + u'\n');
}

void ListingTest::json()
{
    const QJsonObject value{
        {u"b"_s, QJsonArray{1, 2.5, u"x\"\n"_s}}, {u"a"_s, QJsonObject()}, {u"c"_s, QJsonArray()}, {u"d"_s, true}};
    QCOMPARE(jsonText(value), u"{\"a\":{},\"b\":[1,2.5,\"x\\\"\\n\"],\"c\":[],\"d\":true}"_s);
    QCOMPARE(jsonText(QJsonObject{{u"k"_s, QJsonArray{1}}}, {.indent = 4}), u"{\n    \"k\": [\n        1\n    ]\n}"_s);
    QCOMPARE(jsonText(9007199254740993LL), u"9007199254740993"_s);
}

void ListingTest::commandColumn_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("truncates");
    QTest::addColumn<QString>("text");
    QTest::addRow("short") << QStringList{u"sh"_s} << true << u"\"sh\""_s;
    QTest::addRow("exact") << QStringList{u"12345678901234567890"_s} << true << u"\"12345678901234567890\""_s;
    QTest::addRow("cut") << QStringList{u"123456789012345678901"_s} << true << u"\"1234567890123456789…\""_s;
    QTest::addRow("whole") << QStringList{u"123456789012345678901"_s} << false << u"\"123456789012345678901\""_s;
    QTest::addRow("spaces") << QStringList{u"sh"_s, u"-c"_s, u"a \"b\""_s} << false << u"\"sh -c 'a \\\"b\\\"'\""_s;
}

void ListingTest::commandColumn()
{
    QFETCH(QStringList, arguments);
    QFETCH(bool, truncates);
    QFETCH(QString, text);
    QCOMPARE(berth::commandColumn(arguments, truncates), text);
}

void ListingTest::filters()
{
    const std::vector<std::string> words{"status=exited", "status=created", "label=a", "label=b=2"};
    const auto filters = Filters::parse(words);
    QVERIFY(filters);
    QVERIFY(filters->anyOf(u"status"_s, [](const QString &v) { return v == "created"_L1; }));
    QVERIFY(!filters->anyOf(u"status"_s, [](const QString &v) { return v == "running"_L1; }));
    QVERIFY(filters->anyOf(u"name"_s, [](const QString &) { return false; }));
    QVERIFY(filters->labelsMatch({{u"a"_s, u"x"_s}, {u"b"_s, u"2"_s}}));
    QVERIFY(!filters->labelsMatch({{u"a"_s, u"x"_s}, {u"b"_s, u"3"_s}}));
    QVERIFY(filters->allowOnly({u"status"_s, u"label"_s}));
    QCOMPARE(filters->allowOnly({u"label"_s}).error().detail, std::string("invalid filter 'status'"));
    const std::vector<std::string> bad{"a"};
    QCOMPARE(Filters::parse(bad).error().detail, std::string("bad format of filter (expected name=value)"));
}

void ListingTest::moments_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("moment");
    QTest::addRow("minutes") << u"42m"_s << now.addSecs(-42 * 60);
    QTest::addRow("mixed") << u"1h30m2.5s"_s << now.addMSecs(-5402500);
    QTest::addRow("milliseconds") << u"300ms"_s << now.addMSecs(-300);
    QTest::addRow("unix") << u"1136073845"_s << QDateTime::fromSecsSinceEpoch(1136073845, QTimeZone::UTC);
    QTest::addRow("rfc3339") << u"2026-01-02T03:00:00Z"_s << now.addSecs(-245);
    QTest::addRow("offset") << u"2026-01-02T05:00:00+02:00"_s << now.addSecs(-245);
    QTest::addRow("date") << u"2026-01-02"_s << QDateTime(QDate(2026, 1, 2), QTime(0, 0));
    QTest::addRow("nonsense") << u"yesterday"_s << QDateTime();
}

void ListingTest::moments()
{
    QFETCH(QString, text);
    QFETCH(QDateTime, moment);
    const auto parsed = parseMoment(text, now);
    QCOMPARE(parsed.has_value(), moment.isValid());
    if (parsed)
        QCOMPARE(parsed->toUTC(), moment.toUTC());
}

QTEST_APPLESS_MAIN(ListingTest)
#include "tst_listing.moc"
