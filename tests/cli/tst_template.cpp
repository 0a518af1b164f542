// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsontext.h"
#include "cli/template.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void output_data();
    void output();
    void refusals_data();
    void refusals();
    void labelsOfARow();
    void headersKeepTheirCase();
    void rowsHaveATypeInErrors();
    void structuresKeepTheirOrder();
};

static QJsonObject sample()
{
    return QJsonDocument::fromJson(R"({
        "Id": "abc", "Name": "/web", "Created": "2026-01-02T03:04:05Z",
        "State": {"Status": "running", "Running": true, "Pid": 42, "ExitCode": 0, "Health": null},
        "Config": {"Env": ["A=1", "B=2"], "Cmd": ["sh", "-c", "a b"],
                   "Labels": {"com.x": "y", "a": "b"}, "Entrypoint": null},
        "NetworkSettings": {"Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]},
                            "Networks": {"bridge": {"IPAddress": "10.0.0.2"}}},
        "Mounts": []
    })")
        .object();
}

void TemplateTest::output_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *source, const char *expected) {
        QTest::addRow("%s", source) << QString::fromUtf8(source) << QString::fromUtf8(expected);
    };
    row("{{.State.Status}}", "running");
    row("{{ .ID }}", "abc");
    row("a{{/* note */}}b", "ab");
    row("x {{- 1 -}} y", "x1y");
    row("{{.State.Pid}} {{.State.Running}}", "42 true");
    row("{{.Config.Env}}", "[A=1 B=2]");
    row("{{.Config.Labels}}", "map[a:b com.x:y]");
    row("{{json .Config.Env}}", "[\"A=1\",\"B=2\"]");
    row("{{json .State.Health}}", "null");
    row("{{.Config.Entrypoint}}", "<no value>");
    row("{{index .Config.Env 1}}", "B=2");
    row("{{index .Config.Labels \"com.x\"}}", "y");
    row("{{index .Config.Labels \"none\"}}", "");
    row("{{.Config.Labels.none}}", "<no value>");
    row("{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}", "8080");
    row("{{range .Config.Env}}{{.}};{{end}}", "A=1;B=2;");
    row("{{range $i, $e := .Config.Env}}{{$i}}={{$e}} {{end}}", "0=A=1 1=B=2 ");
    row("{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.IPAddress}}{{end}}", "bridge 10.0.0.2");
    row("{{range .Mounts}}x{{else}}none{{end}}", "none");
    row("{{with .State.Health}}{{.Status}}{{else}}no health{{end}}", "no health");
    row("{{if .State.Running}}up{{else}}down{{end}}", "up");
    row("{{if eq .State.ExitCode 1}}a{{else if eq .State.Status \"running\"}}b{{else}}c{{end}}", "b");
    row("{{if and .State.Running (gt .State.Pid 40)}}y{{end}}", "y");
    row("{{or .Config.Entrypoint .Config.Cmd}}", "[sh -c a b]");
    row("{{not .State.Running}}", "false");
    row("{{ne .Name \"x\"}}{{lt 1 2}}{{ge 2 2}}", "truetruetrue");
    row("{{eq .State.Status \"a\" \"running\"}}", "true");
    row("{{join .Config.Cmd \",\"}}", "sh,-c,a b");
    row("{{index (split .Name \"/\") 1}}", "web");
    row("{{.Name | upper | printf \"%s!\"}}", "/WEB!");
    row("{{title \"hello world\"}} {{lower \"AB\"}} {{truncate .Id 2}}", "Hello World ab ab");
    row("{{pad \"x\" 1 2}}|", " x  |");
    row("{{len .Config.Env}}{{len \"abc\"}}", "23");
    row("{{slice .Id 1}} {{slice .Config.Cmd 0 1}}", "bc [sh]");
    row("{{printf \"%5d|%-4s|%q|%v|%t|%x\" .State.Pid .Id .Name .Config.Env true 255}}", "   42|abc |\"/web\"|[A=1 B=2]|true|ff");
    row("{{printf \"%d%%\" 5}}", "5%");
    row("{{println \"a\" 1}}", "a 1\n");
    row("{{print 1 2 \"a\" 3}}", "1 2a3");
    row("{{$x := .State}}{{$x.Pid}}", "42");
    row("{{$n := 1}}{{if true}}{{$n = 2}}{{end}}{{$n}}", "2");
    row("{{range .Config.Env}}{{$.Id}}{{end}}", "abcabc");
    row("{{`raw \\n`}}", "raw \\n");
    row("{{\"\\u00e9\\x41\\101\\U0001F600\\\"\"}}", "éAA😀\"");
    row("{{'a'}} {{printf \"%c\" 'é'}} {{'\\n'}}", "97 é 10");
    row("{{define \"x\"}}[{{.}}]{{end}}{{template \"x\" .Id}}{{template \"x\" .State.Pid}}", "[abc][42]");
    row("{{block \"y\" .Id}}({{.}}){{end}}", "(abc)");
    row("{{html \"<a href='x'>&\"}}", "&lt;a href=&#39;x&#39;&gt;&amp;");
    row("{{js \"it's <b>\"}}", "it\\'s \\u003Cb\\u003E");
    row("{{urlquery \"a b&c\" 1}}", "a+b%26c1");
    row("{{\"a\\tb\"}}", "a\tb");
}

void TemplateTest::output()
{
    QFETCH(QString, source);
    QFETCH(QString, expected);
    const auto parsed = Template::parse(source);
    QVERIFY2(parsed, parsed ? "" : parsed.error().detail.c_str());
    const auto text = parsed->evaluate(sample());
    QVERIFY2(text, text ? "" : text.error().detail.c_str());
    QCOMPARE(*text, expected);
}

void TemplateTest::refusals_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *source, const char *reason) {
        QTest::addRow("%s", source) << QString::fromUtf8(source) << QString::fromUtf8(reason);
    };
    // Line, column, what Go writes for the place, and its reason.
    row("{{.Foo}}", "1:2: executing \"\" at <.Foo>: map has no entry for key \"Foo\"");
    row("{{.State.Foo}}", "1:8: executing \"\" at <.State.Foo>: map has no entry for key \"Foo\"");
    row("a\n가{{.Foo}}", "2:5: executing \"\" at <.Foo>: map has no entry for key \"Foo\"");
    row("{{.State.Health.Status}}", "1:8: executing \"\" at <.State.Health.Status>: nil pointer evaluating interface {}.Status");
    row("{{", "1: unclosed action");
    row("{{.A", "1: unclosed action");
    row("{{.A}", "1: bad character U+007D '}'");
    row("{{.A!}}", "1: bad character U+0021 '!'");
    row("{{(.A}}", "1: unclosed left paren");
    row("{{.A)}}", "1: unexpected right paren");
    row("{{if true}}", "1: unexpected EOF");
    row("{{if}}x{{end}}", "1: missing value for if");
    row("{{end}}", "1: unexpected {{end}}");
    row("{{nosuch 1}}", "1: function \"nosuch\" not defined");
    row("{{\"abc}}", "1: unterminated quoted string");
    row("{{'ab'}}", "1: malformed character constant: 'ab'");
    row("{{\"\\q\"}}", "1: invalid syntax");
    row("{{1 | 2}}", "1: non executable command in pipeline stage 2");
    row("{{index .Config.Env 9}}", "1:2: executing \"\" at <index .Config.Env 9>: error calling index: index out of range: 9");
    row("{{index .Id \"x\"}}",
        "1:2: executing \"\" at <index .Id \"x\">: error calling index: cannot index slice/array with type string");
    row("{{$x}}", "1: undefined variable \"$x\"");
    row("{{if true}}{{$x := 1}}{{end}}{{$x}}", "1: undefined variable \"$x\"");
    row("{{}}", "1: missing value for command");
    row("{{.Id 1}}", "1:2: executing \"\" at <.Id>: Id is not a method but has arguments");
    row("{{lt 1 \"a\"}}", "1:2: executing \"\" at <lt 1 \"a\">: error calling lt: incompatible types for comparison");
    row("{{range .State.Pid}}{{end}}", "1:14: executing \"\" at <.State.Pid>: range can't iterate over 42");
    row("{{len}}", "1:2: executing \"\" at <len>: wrong number of args for len: want 1 got 0");
    row("{{upper 1}}", "1:8: executing \"\" at <1>: expected string; found 1");
    row("{{slice .Id 2 1}}", "1:2: executing \"\" at <slice .Id 2 1>: error calling slice: invalid slice index: 2 > 1");
    row("{{truncate .Id -1}}",
        "1:2: executing \"\" at <truncate .Id -1>: error calling truncate: runtime error: slice bounds out of range [:-1]");
    row("{{template \"x\"}}", "1:11: executing \"\" at <{{template \"x\"}}>: template \"x\" not defined");
    row("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}", "exceeded maximum template depth");
}

void TemplateTest::refusals()
{
    QFETCH(QString, source);
    QFETCH(QString, reason);
    const auto parsed = Template::parse(source);
    const auto text = parsed ? parsed->evaluate(sample()) : std::unexpected(parsed.error());
    QVERIFY(!text);
    QVERIFY2(text.error().detail.starts_with("template: :"), text.error().detail.c_str());
    QCOMPARE(isTemplateSyntaxError(text.error()), !reason.contains(u"executing"_s) && !reason.contains(u"exceeded"_s));
    QVERIFY2(text.error().detail.contains(reason.toStdString()), text.error().detail.c_str());
}

void TemplateTest::labelsOfARow()
{
    const QJsonObject row{{u"ID"_s, u"1"_s}, {Template::labelsKey(), QJsonObject{{u"com.x"_s, u"y"_s}}}};
    QCOMPARE(*Template::parse(u"{{.Label \"com.x\"}}|{{.Label \"none\"}}"_s)->evaluate(row), u"y|"_s);
    QCOMPARE(*Template::parse(u"{{json .}}"_s)->evaluate(row), u"{\"ID\":\"1\"}"_s);
}

void TemplateTest::headersKeepTheirCase()
{
    const QJsonObject headers{{u"ID"_s, u"CONTAINER ID"_s}};
    const auto parsed = Template::parse(u"{{lower .ID}} {{.Label \"com.my-label\"}}"_s);
    QCOMPARE(*parsed->evaluateHeader(headers), u"CONTAINER ID my label"_s);
}

void TemplateTest::rowsHaveATypeInErrors()
{
    const auto text = Template::parse(u"{{.Nosuch}}"_s, {u"version"_s, u"*formatter.imageContext"_s})->evaluate(QJsonObject());
    QCOMPARE(QString::fromStdString(text.error().detail),
        u"template: version:1:2: executing \"version\" at <.Nosuch>: can't evaluate field Nosuch in type *formatter.imageContext"_s);
}

// An object that says the order of its fields is a structure of Go's: printed so, and with all of its fields.
void TemplateTest::structuresKeepTheirOrder()
{
    const QJsonObject policy{{u"MaximumRetryCount"_s, 3}, {u"Name"_s, u"always"_s},
        {orderKey(), QJsonArray{u"Name"_s, u"MaximumRetryCount"_s, u"Log"_s, u"Driver$"_s}}};
    const auto print = [&](const QString &source) { return Template::parse(source)->evaluate(policy).value_or(u"refused"_s); };
    QCOMPARE(print(u"{{json .}}"_s), u"{\"Name\":\"always\",\"MaximumRetryCount\":3}"_s);
    QCOMPARE(print(u"{{.}}"_s), u"{always 3 <nil> }"_s);
    QCOMPARE(print(u"{{json .Log}}[{{.Driver}}]{{len .}}"_s), u"null[]2"_s);
    QCOMPARE(print(u"{{range $k, $v := .}}{{$k}} {{end}}"_s), u"MaximumRetryCount Name "_s);
    QCOMPARE(print(u"{{.Nosuch}}"_s), u"refused"_s);
}

QTEST_APPLESS_MAIN(TemplateTest)
#include "tst_template.moc"
