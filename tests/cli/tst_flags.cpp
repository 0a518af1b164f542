// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/containerflags.h"
#include "cli/flags.h"
#include "cli/suggest.h"

#include <QTest>

#include <algorithm>

using namespace berth;

class FlagsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void refusals_data();
    void refusals();
    void flagsStopAtTheFirstArgument();
    void flagsMixWithArguments();
    void helpStopsEverything();
    void laterValueWins();
    void tableIsSortedAndUnique();
    void suggestions_data();
    void suggestions();
};

static Result<ParsedLine> parseRun(const QByteArrayList &words)
{
    std::vector<std::string> list(words.size());
    std::ranges::transform(words, list.begin(), &QByteArray::toStdString);
    return parseLine(runFlags, list, true);
}

void FlagsTest::values_data()
{
    QTest::addColumn<QByteArrayList>("words");
    QTest::addColumn<QByteArray>("flag");
    QTest::addColumn<QByteArray>("value");
    QTest::addRow("space") << QByteArrayList{"--name", "a"} << QByteArray("name") << QByteArray("a");
    QTest::addRow("equals") << QByteArrayList{"--name=a"} << QByteArray("name") << QByteArray("a");
    QTest::addRow("equals twice") << QByteArrayList{"-e", "A=b=c"} << QByteArray("env") << QByteArray("A=b=c");
    QTest::addRow("empty value") << QByteArrayList{"--name="} << QByteArray("name") << QByteArray("");
    QTest::addRow("attached") << QByteArrayList{"-eFOO=1"} << QByteArray("env") << QByteArray("FOO=1");
    QTest::addRow("short equals") << QByteArrayList{"-e=FOO"} << QByteArray("env") << QByteArray("FOO");
    QTest::addRow("bundle with value") << QByteArrayList{"-ite", "X=1"} << QByteArray("env") << QByteArray("X=1");
    QTest::addRow("bundle with attached value") << QByteArrayList{"-itw/tmp"} << QByteArray("workdir") << QByteArray("/tmp");
    QTest::addRow("value looks like a flag") << QByteArrayList{"--name", "--rm"} << QByteArray("name") << QByteArray("--rm");
    QTest::addRow("switch") << QByteArrayList{"--rm"} << QByteArray("rm") << QByteArray("true");
    QTest::addRow("switch false") << QByteArrayList{"--sig-proxy=false"} << QByteArray("sig-proxy") << QByteArray("false");
    QTest::addRow("short switch false") << QByteArrayList{"-i=0"} << QByteArray("interactive") << QByteArray("0");
    QTest::addRow("default") << QByteArrayList{} << QByteArray("pull") << QByteArray("missing");
}

void FlagsTest::values()
{
    QFETCH(QByteArrayList, words);
    QFETCH(QByteArray, flag);
    QFETCH(QByteArray, value);
    const auto parsed = parseRun(words + QByteArrayList{"image"});
    QVERIFY2(parsed, parsed ? "" : parsed.error().detail.c_str());
    QCOMPARE(parsed->flags.text(flag.toStdString()), value.toStdString());
    QCOMPARE(parsed->arguments, std::vector<std::string>{"image"});
}

void FlagsTest::refusals_data()
{
    QTest::addColumn<QByteArrayList>("words");
    QTest::addColumn<QByteArray>("message");
    QTest::addRow("unknown") << QByteArrayList{"--naem", "x"} << QByteArray("unknown flag: --naem\n\nDid you mean --name?");
    QTest::addRow("unknown and far") << QByteArrayList{"--xyzzyplugh"} << QByteArray("unknown flag: --xyzzyplugh");
    QTest::addRow("unknown short") << QByteArrayList{"-itZ"} << QByteArray("unknown shorthand flag: 'Z' in -Z");
    QTest::addRow("missing value") << QByteArrayList{"--name"} << QByteArray("flag needs an argument: --name");
    QTest::addRow("missing short value") << QByteArrayList{"-ie"} << QByteArray("flag needs an argument: 'e' in -e");
    QTest::addRow("not a number") << QByteArrayList{"--stop-timeout",
        "x"} << QByteArray("invalid argument \"x\" for \"--stop-timeout\" flag: strconv.ParseInt: parsing \"x\": invalid syntax");
    QTest::addRow("not a switch value") << QByteArrayList{
        "--rm=3"} << QByteArray("invalid argument \"3\" for \"--rm\" flag: strconv.ParseBool: parsing \"3\": invalid syntax");
    QTest::addRow("bad syntax") << QByteArrayList{"---x"} << QByteArray("bad flag syntax: ---x");
}

void FlagsTest::refusals()
{
    QFETCH(QByteArrayList, words);
    QFETCH(QByteArray, message);
    const auto parsed = parseRun(words);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().detail, message.toStdString());
}

void FlagsTest::flagsStopAtTheFirstArgument()
{
    const auto parsed = parseRun({"-it", "image", "sh", "-c", "--rm", "--", "x"});
    QVERIFY(parsed);
    QVERIFY(!parsed->flags.boolean("rm"));
    QCOMPARE(parsed->arguments, (std::vector<std::string>{"image", "sh", "-c", "--rm", "--", "x"}));
    const auto ended = parseRun({"--rm", "--", "-i", "x"});
    QVERIFY(ended);
    QCOMPARE(ended->arguments, (std::vector<std::string>{"-i", "x"}));
}

void FlagsTest::flagsMixWithArguments()
{
    const std::vector<std::string> words{"a", "--rm", "b", "-", "--", "-t"};
    const auto parsed = parseLine(runFlags, words, false);
    QVERIFY(parsed);
    QVERIFY(parsed->flags.boolean("rm"));
    QVERIFY(!parsed->flags.boolean("tty"));
    QCOMPARE(parsed->arguments, (std::vector<std::string>{"a", "b", "-", "-t"}));
}

void FlagsTest::helpStopsEverything()
{
    QVERIFY(parseRun({"--help", "--unknown"})->wantsHelp);
    QVERIFY(!parseRun({"--help=false", "x"})->wantsHelp);
    // -h is --hostname for run, and help where nothing else has it.
    QCOMPARE(parseRun({"-h", "box", "x"})->flags.text("hostname"), std::string("box"));
    const std::vector<std::string> words{"-h"};
    QVERIFY(parseLine({}, words, false)->wantsHelp);
}

void FlagsTest::laterValueWins()
{
    const auto parsed = parseRun({"--name", "a", "--name", "b", "-e", "1=1", "-e", "2=2", "x"});
    QVERIFY(parsed);
    QCOMPARE(parsed->flags.text("name"), std::string("b"));
    QCOMPARE(parsed->flags.list("env"), (std::vector<std::string>{"1=1", "2=2"}));
}

void FlagsTest::tableIsSortedAndUnique()
{
    for (std::size_t i = 1; i < runFlags.size(); ++i)
        QVERIFY2(runFlags[i - 1].name < runFlags[i].name, runFlags[i].name.data());
    std::string letters;
    for (const auto &flag : runFlags) {
        QVERIFY(flag.use != FlagUse::Shown || !flag.help.empty());
        if (flag.shorthand) {
            QVERIFY2(!letters.contains(flag.shorthand), flag.name.data());
            letters += flag.shorthand;
        }
    }
    QCOMPARE(createFlags.back().name, runFlags.back().name);
}

void FlagsTest::suggestions_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("nearest");
    QTest::addRow("swap") << QByteArray("naem") << QByteArray("name");
    QTest::addRow("missing letter") << QByteArray("imges") << QByteArray("images");
    QTest::addRow("beginning") << QByteArray("hostn") << QByteArray("hostname");
    QTest::addRow("far") << QByteArray("xyzzy") << QByteArray("");
}

void FlagsTest::suggestions()
{
    QFETCH(QByteArray, word);
    QFETCH(QByteArray, nearest);
    const std::vector<std::string_view> names{"name", "images", "hostname", "ps", "run"};
    QCOMPARE(std::string(berth::nearest(word.toStdString(), names)), nearest.toStdString());
}

QTEST_APPLESS_MAIN(FlagsTest)
#include "tst_flags.moc"
