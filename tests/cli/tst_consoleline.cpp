// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/consoleline.h"
#include "cli/console/nearestname.h"
#include "cli/console/pastedtext.h"
#include "cli/console/tabkey.h"
#include "cli/knownnames.h"

#include <QTest>

using namespace berth;
using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

using Words = std::vector<std::string>;

// The words of every command of a line, when `ps -aq` prints two ids.
Result<std::vector<Words>> expanded(std::string_view line)
{
    const auto commands = parseConsoleLine(line, Language::English);
    if (!commands)
        return std::unexpected(commands.error());
    std::vector<Words> all;
    for (const auto &command : *commands) {
        const auto output = [](const std::string &inner) -> Result<std::string> {
            return inner == "docker ps -aq" ? "aaa\nbbb\n\n" : "<" + inner + ">";
        };
        auto words = expandWords(command.words, 7, output, Language::English);
        if (!words)
            return std::unexpected(words.error());
        all.push_back(*words);
    }
    return all;
}

} // namespace

class TestConsoleLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("BERTH_TEST_WORD", "a b");
        qputenv("HOME", "/home/x");
    }

    void expands_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QList<QStringList>>("commands");
        const auto one = [](const QStringList &words) { return QList<QStringList>{words}; };
        QTest::newRow("plain") << u"run -it redis"_s << one({u"run"_s, u"-it"_s, u"redis"_s});
        QTest::newRow("docker") << u"docker ps"_s << one({u"ps"_s});
        QTest::newRow("berth") << u"berth ps"_s << one({u"ps"_s});
        QTest::newRow("sudo docker") << u"sudo docker ps"_s << one({u"ps"_s});
        QTest::newRow("dollar") << u"$ docker ps"_s << one({u"ps"_s});
        QTest::newRow("dollar without docker") << u"  $ ps -a"_s << one({u"ps"_s, u"-a"_s});
        QTest::newRow("root's prompt") << u"# docker ps"_s << one({u"ps"_s});
        QTest::newRow("our prompt") << u"berth> docker ps"_s << one({u"ps"_s});
        QTest::newRow("comment") << u"# list what runs"_s << QList<QStringList>{};
        QTest::newRow("comment behind") << u"ps -a # all of them"_s << one({u"ps"_s, u"-a"_s});
        QTest::newRow("blank") << u"  "_s << QList<QStringList>{};
        QTest::newRow("docker alone") << u"docker"_s << one({u"help"_s});
        QTest::newRow("an image of that name") << u"run docker docker"_s << one({u"run"_s, u"docker"_s, u"docker"_s});
        QTest::newRow("command") << u"rm $(docker ps -aq)"_s << one({u"rm"_s, u"aaa"_s, u"bbb"_s});
        QTest::newRow("quoted command") << u"rm \"$(docker ps -aq)\""_s << one({u"rm"_s, u"aaa\nbbb"_s});
        QTest::newRow("command in a word") << u"a$(x)b"_s << one({u"a<x>b"_s});
        QTest::newRow("variable") << u"run -e X=$BERTH_TEST_WORD i"_s << one({u"run"_s, u"-e"_s, u"X=a"_s, u"b"_s, u"i"_s});
        QTest::newRow("quoted variable") << u"\"$BERTH_TEST_WORD\" '$BERTH_TEST_WORD'"_s
                                         << one({u"a b"_s, u"$BERTH_TEST_WORD"_s});
        QTest::newRow("no variable") << u"a $BERTH_TEST_NONE b"_s << one({u"a"_s, u"b"_s});
        QTest::newRow("exit code") << u"a $?"_s << one({u"a"_s, u"7"_s});
        QTest::newRow("home") << u"run -v ~/x:/y ~/z '~/q' a~/b"_s
                              << one({u"run"_s, u"-v"_s, u"/home/x/x:/y"_s, u"/home/x/z"_s, u"~/q"_s, u"a~/b"_s});
        QTest::newRow("two") << u"stop web; docker rm web"_s << QList<QStringList>{{u"stop"_s, u"web"_s}, {u"rm"_s, u"web"_s}};
        QTest::newRow("continued") << u"docker run \\\n  -it redis"_s << one({u"run"_s, u"-it"_s, u"redis"_s});
    }
    void expands()
    {
        QFETCH(QString, line);
        QFETCH(QList<QStringList>, commands);
        const auto all = expanded(line.toStdString());
        QVERIFY2(all, all ? "" : all.error().detail.c_str());
        QList<QStringList> given;
        for (const auto &words : *all) {
            QStringList list;
            for (const auto &word : words)
                list += QString::fromStdString(word);
            given += list;
        }
        QCOMPARE(given, commands);
    }

    void jointsAreKept()
    {
        const auto commands = parseConsoleLine("a && b || c ; d", Language::English);
        QVERIFY(commands);
        QCOMPARE(commands->size(), 4u);
        QCOMPARE((*commands)[1].joint, Joint::IfWorked);
        QCOMPARE((*commands)[2].joint, Joint::IfFailed);
        QCOMPARE((*commands)[3].joint, Joint::Always);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");
        QTest::newRow("pipe") << u"ps | grep x"_s << u"it has no '|'"_s;
        QTest::newRow("redirection") << u"logs web > f"_s << u"it has no '>'"_s;
        QTest::newRow("background") << u"run redis &"_s << u"it has no '&'"_s;
        QTest::newRow("subshell") << u"(ps)"_s << u"it has no '('"_s;
        QTest::newRow("backquote") << u"rm `docker ps -aq`"_s << u"write $(command)"_s;
        QTest::newRow("expansion") << u"echo ${A:-b}"_s << u"only $NAME and ${NAME}"_s;
        QTest::newRow("open quote") << u"echo 'a"_s << u"a quote is not closed"_s;
    }
    void refuses()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        const auto result = expanded(line.toStdString());
        QVERIFY(!result);
        QVERIFY2(result.error().detail.contains(words.toStdString()), result.error().detail.c_str());
    }

    void linesThatGoOn()
    {
        for (const auto *line : {"run \\", "$ docker run \\", "sh -c 'a", "echo \"a\nb", "rm $(ps"})
            QVERIFY2(isContinued(line), line);
        for (const auto *line : {"", "ps", "# don't", "echo 'a\nb'", "run \\\n -it", "echo \\\\"})
            QVERIFY2(!isContinued(line), line);
    }

    void cleansPastes()
    {
        QCOMPARE(cleanPaste("a\r\nb\rc\n\td"), "a\nb\nc\n\td");
        QCOMPARE(cleanPaste("rm\033[2Jx\007\177 한글"), "rm[2Jx 한글");
    }

    void commonBeginnings()
    {
        QCOMPARE(commonBeginning({{"stop", ""}, {"start", ""}}), "st");
        QCOMPARE(commonBeginning({{"stop", ""}}), "stop");
        QCOMPARE(commonBeginning({{"가나", ""}, {"각", ""}}), ""); // two letters that begin with the same byte
        QCOMPARE(commonBeginning({{"x가", ""}, {"x각", ""}}), "x");
    }

    void listsCandidates()
    {
        const std::vector<Candidate> two{{"start", "Start it"}, {"stop", "멈춥니다"}};
        QCOMPARE(
            candidateList(two, 80, 24, Language::English), "start  \033[90mStart it\033[0m\nstop   \033[90m멈춥니다\033[0m\n");
        QCOMPARE(candidateList(two, 12, 24, Language::English), "start  \033[90mStar\033[0m\nstop   \033[90m멈춥\033[0m\n");
        QCOMPARE(candidateList(two, 80, 3, Language::English), "start  stop\n"); // no room for a line each
        std::vector<Candidate> many;
        for (int i = 0; i < 300; ++i)
            many.push_back({"n" + std::to_string(i), ""});
        QCOMPARE(candidateList(many, 80, 24, Language::English), "300 possibilities; type more letters\n");
    }

    void suggestsNames()
    {
        KnownNames names;
        const auto say = [&names](const Words &words) { return nearestName(words, names, Language::English); };
        QCOMPARE(say({"stop", "wbe"}), "There is no container 'wbe'. Did you mean 'web'?");
        QCOMPARE(say({"exec", "-it", "worke", "sh"}), "There is no container 'worke'. Did you mean 'worker'?");
        QCOMPARE(say({"run", "-it", "rediss"}), "There is no image 'rediss'. Did you mean 'redis'?");
        QCOMPARE(say({"stop", "web"}), "");
        QCOMPARE(say({"stop", "aaaaaaaa"}), "");
        QCOMPARE(say({"stop", "nothinglikeit"}), "");
        QCOMPARE(say({"frob", "wbe"}), "");
        QCOMPARE(nearestName(Words{"stop", "wbe"}, names, Language::Korean), "컨테이너 'wbe'은(는) 없습니다. 혹시 'web'입니까?");
    }
};

QTEST_GUILESS_MAIN(TestConsoleLine)
#include "tst_consoleline.moc"
