// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The instructions that `commit -c` and `import -c` take. The sentences are what docker 26.1 says.
#include "operations/dockerwords.h"
#include "operations/imagechanges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestImageChanges : public QObject {
    Q_OBJECT

private:
    static QJsonObject object(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

private Q_SLOTS:
    void whatTheyMean_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const QString &change, const QByteArray &before, const QByteArray &after) {
            QTest::newRow(name) << change << before << after;
        };
        row("list", u"CMD [\"a\", \"b c\"]"_s, R"({"Cmd":["x"]})", R"({"Cmd":["a","b c"]})");
        row("shell", u"cmd echo  hi"_s, "{}", R"({"Cmd":["/bin/sh","-c","echo  hi"]})");
        row("shell of the image", u"CMD echo"_s, R"({"Shell":["bash","-c"]})",
            R"({"Shell":["bash","-c"],"Cmd":["bash","-c","echo"]})");
        row("no command", u"CMD"_s, R"({"Cmd":["x"]})", R"({"Cmd":null})");
        row("no list", u"CMD [a]"_s, "{}", R"({"Cmd":["/bin/sh","-c","[a]"]})");
        row("entry point", u"ENTRYPOINT [\"e\"]"_s, R"({"Cmd":["x"]})", R"({"Entrypoint":["e"],"Cmd":null})");
        row("entry point after a command", u"CMD [\"c\"]\nENTRYPOINT [\"e\"]"_s, "{}", R"({"Entrypoint":["e"],"Cmd":["c"]})");
        row("variables", u"ENV A=1 B=\"two words\" C='$A' D=x\\ y"_s, "{}", R"({"Env":["A=1","B=two words","C=$A","D=x y"]})");
        row("old variable", u"ENV A  some words"_s, "{}", R"({"Env":["A=some words"]})");
        row("replaced", u"ENV A=2"_s, R"({"Env":["A=1","B=1"]})", R"({"Env":["A=2","B=1"]})");
        row("from another", u"ENV PATH=/x:$PATH Q=${PATH}s R=${NO:-none} S=${PATH:+set} T=$"_s, R"({"Env":["PATH=/bin"]})",
            R"({"Env":["PATH=/x:/bin","Q=/bins","R=none","S=set","T=$"]})");
        row("not from its own line", u"ENV A=2 B=$A"_s, R"({"Env":["A=1"]})", R"({"Env":["A=2","B=1"]})");
        row("quoted dollar", u"ENV A=\\$B C='\\'"_s, "{}", "{\"Env\":[\"A=$B\",\"C=\\\\\"]}");
        row("ports", u"EXPOSE 80 90/udp 1-3/TCP"_s, R"({"ExposedPorts":{"5/tcp":{}}})",
            R"({"ExposedPorts":{"1/tcp":{},"2/tcp":{},"3/tcp":{},"5/tcp":{},"80/tcp":{},"90/udp":{}}})");
        row("labels", u"LABEL l=1 \"m n\"=\"o p\""_s, R"({"Labels":{"k":"v"}})", R"({"Labels":{"k":"v","l":"1","m n":"o p"}})");
        row("user", u"USER  nobody"_s, "{}", R"({"User":"nobody"})");
        row("volumes", u"VOLUME /a /b"_s, R"({"Volumes":{"/c":{}}})", R"({"Volumes":{"/a":{},"/b":{},"/c":{}}})");
        row("volume list", u"VOLUME [\"/a b\"]"_s, "{}", R"({"Volumes":{"/a b":{}}})");
        row("folder", u"WORKDIR /a/../b/"_s, "{}", R"({"WorkingDir":"/b"})");
        row("folder below", u"WORKDIR sub"_s, R"({"WorkingDir":"/x"})", R"({"WorkingDir":"/x/sub"})");
        row("first folder", u"WORKDIR sub"_s, "{}", R"({"WorkingDir":"/sub"})");
        row("trigger", u"ONBUILD RUN x"_s, R"({"OnBuild":["RUN y"]})", R"({"OnBuild":["RUN y","RUN x"]})");
        row("signal", u"STOPSIGNAL SIGINT"_s, "{}", R"({"StopSignal":"SIGINT"})");
        row("health", u"HEALTHCHECK --interval=5s --timeout=1m30s --retries=3 --start-period=0s CMD true"_s, "{}",
            R"({"Healthcheck":{"Interval":5000000000,"Timeout":90000000000,"Retries":3,"StartPeriod":0,"Test":["CMD-SHELL","true"]}})");
        row("health list", u"HEALTHCHECK CMD [\"a\",\"b\"]"_s, "{}", R"({"Healthcheck":{"Test":["CMD","a","b"]}})");
        row("no health", u"HEALTHCHECK NONE"_s, "{}", R"({"Healthcheck":{"Test":["NONE"]}})");
        row("several lines", u"# why\n\nUSER \\\n  me\nWORKDIR /x"_s, "{}", R"({"User":"me","WorkingDir":"/x"})");
        row("nothing", QString(), R"({"a":1})", R"({"a":1})");
    }
    void whatTheyMean()
    {
        QFETCH(QString, change);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto changed = applyImageChanges(object(before), {change});
        QVERIFY2(changed, changed ? "" : changed.error().detail.c_str());
        QCOMPARE(QJsonDocument(*changed).toJson(), QJsonDocument(object(after)).toJson());
    }

    void inOrder()
    {
        const auto changed = applyImageChanges({}, {u"ENV A=1"_s, u"ENV B=$A"_s, u"WORKDIR /$B"_s, u"WORKDIR x"_s});
        QVERIFY(changed);
        QCOMPARE((*changed)["WorkingDir"_L1].toString(), u"/1/x"_s);
    }

    void whatIsRefused_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const QString &change, const QString &sentence) {
            QTest::newRow(qPrintable(change)) << change << sentence;
        };
        row(u"FROM x"_s, u"FROM is not a valid change command"_s);
        row(u"foo x"_s, u"FOO is not a valid change command"_s);
        row(u"ENV"_s, u"ENV requires at least one argument"_s);
        row(u"ENV a"_s, u"ENV must have two arguments"_s);
        row(u"ENV a=b c"_s, u"Syntax error - can't find = in \"c\". Must be of the form: name=value"_s);
        row(u"ENV =b"_s, u"ENV names can not be blank"_s);
        row(u"EXPOSE"_s, u"EXPOSE requires at least one argument"_s);
        row(u"EXPOSE abc"_s, u"invalid containerPort: abc"_s);
        row(u"EXPOSE 70000"_s, u"invalid containerPort: 70000"_s);
        row(u"EXPOSE 80/xyz"_s, u"Invalid proto: xyz"_s);
        row(u"VOLUME"_s, u"VOLUME requires at least one argument"_s);
        row(u"WORKDIR"_s, u"WORKDIR requires exactly one argument"_s);
        row(u"STOPSIGNAL foo"_s, u"invalid signal: foo"_s);
        row(u"ONBUILD"_s, u"ONBUILD requires at least one argument"_s);
        row(u"ONBUILD FROM x"_s, u"FROM isn't allowed as an ONBUILD trigger"_s);
        row(u"ONBUILD ONBUILD RUN x"_s, u"Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"_s);
        row(u"HEALTHCHECK"_s, u"HEALTHCHECK requires at least one argument"_s);
        row(u"HEALTHCHECK foo"_s, u"Unknown type \"FOO\" in HEALTHCHECK (try CMD)"_s);
        row(u"HEALTHCHECK --interval=x CMD y"_s, u"time: invalid duration \"x\""_s);
        row(u"HEALTHCHECK --nope=1 CMD y"_s, u"Unknown flag: nope"_s);
    }
    void whatIsRefused()
    {
        QFETCH(QString, change);
        QFETCH(QString, sentence);
        const auto changed = applyImageChanges({}, {change});
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(QString::fromStdString(changed.error().detail), sentence);
    }

    void wordsThatNeverEnd()
    {
        for (const auto &word : {u"\"a"_s, u"'a"_s, u"${A"_s, u"${}"_s, u"${A?b}"_s, u"\"${A"_s})
            QVERIFY2(!expandWord(word, {}), qPrintable(word));
        for (const auto &word : {u"\\"_s, u"$"_s, u"$$"_s, u""_s, u"\"\\"_s + u'"' + u'"'})
            QVERIFY2(expandWord(word, {}), qPrintable(word));
    }
};

QTEST_GUILESS_MAIN(TestImageChanges)
#include "tst_imagechanges.moc"
