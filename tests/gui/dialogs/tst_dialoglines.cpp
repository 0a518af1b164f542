// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/mountline.h"
#include "gui/dialogs/nameproblem.h"
#include "gui/dialogs/shellwords.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// What a real shell makes of a line's words; nothing when it finds a syntax error.
std::optional<QStringList> wordsOfShell(const QString &line)
{
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"set -f; set -- "_s + line + u"\nfor word do printf '%s\\0' \"$word\"; done"_s});
    if (!shell.waitForFinished() || shell.exitCode() != 0)
        return std::nullopt;
    QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(u'\0'));
    words.removeLast();
    return words;
}

} // namespace

class TestDialogLines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("empty") << QString() << QStringList{};
        QTest::newRow("blanks") << u"  \t "_s << QStringList{};
        QTest::newRow("plain") << u" redis-cli  -n 1 "_s << QStringList{u"redis-cli"_s, u"-n"_s, u"1"_s};
        QTest::newRow("double") << u"sh -c \"echo \\\"a  b\\\" \\\\ \\x\""_s
                                << QStringList{u"sh"_s, u"-c"_s, u"echo \"a  b\" \\ \\x"_s};
        QTest::newRow("single") << u"sh -c 'echo \"\\$1\"'"_s << QStringList{u"sh"_s, u"-c"_s, u"echo \"\\$1\""_s};
        QTest::newRow("joined") << u"a\"b\"'c'\\ d"_s << QStringList{u"abc d"_s};
        QTest::newRow("empty words") << u"'' \"\""_s << QStringList{QString(), QString()};
        QTest::newRow("korean") << u"echo '안녕 하세요'"_s << QStringList{u"echo"_s, u"안녕 하세요"_s};
    }
    void splits()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, words);
        QCOMPARE(splitShellWords(line), std::optional(words));
        QCOMPARE(wordsOfShell(line), std::optional(words));
    }

    void openQuotesAreNoWords()
    {
        for (const QString &line : {u"echo 'a"_s, u"echo \"a"_s, u"\""_s, u"a \"b' c"_s})
            QVERIFY2(!splitShellWords(line), qPrintable(line));
    }

    // Of the characters that matter, in any order, a shell makes the same words.
    void agreesWithAShell()
    {
        static const QString alphabet = u"ab ''\"\"\\\\ \t-한"_s;
        QRandomGenerator random(7);
        int split = 0;
        for (int round = 0; round < 250; ++round) {
            QString line;
            for (int length = random.bounded(1, 12); length > 0; --length)
                line += alphabet.at(random.bounded(alphabet.size()));
            if (line.endsWith(u'\\'))
                line += u'a'; // at the end it would join the next line of the test's own script
            const auto ours = splitShellWords(line);
            QVERIFY2(ours == wordsOfShell(line), qPrintable(line));
            split += ours ? 1 : 0;
        }
        QVERIFY(split > 50 && split < 250);
    }

    void quotedWordsComeBack()
    {
        QRandomGenerator random(8);
        QStringList words{QString(), u"a b"_s, u"it's"_s, u"$HOME"_s, u"*"_s, u"~"_s, u"#x"_s, u"!"_s, u"a\nb"_s, u"비밀=값"_s};
        for (int round = 0; round < 200; ++round) {
            QString word;
            for (int length = random.bounded(1, 9); length > 0; --length)
                word += QChar(static_cast<char16_t>(random.bounded(32, 127)));
            words.append(word);
        }
        QStringList quoted;
        for (const QString &word : words) {
            QCOMPARE(splitShellWords(shellQuoted(word)), std::optional(QStringList{word}));
            quoted.append(shellQuoted(word));
        }
        QCOMPARE(wordsOfShell(quoted.join(u' ')), std::optional(words));
        QCOMPARE(shellQuoted(u"redis:7"_s), u"redis:7"_s); // nothing is quoted without need
    }

    void mounts_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("kind"); // -1: refused
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("readOnly");
        constexpr int bind = int(MountOption::Kind::Bind), volume = int(MountOption::Kind::Volume);
        const auto row = [](const char *line, int kind, const char *source = "", const char *target = "", bool readOnly = false) {
            QTest::newRow(line) << QString::fromUtf8(line) << kind << QString::fromUtf8(source) << QString::fromUtf8(target)
                                << readOnly;
        };
        row("/srv/data:/data", bind, "/srv/data", "/data");
        row("  /srv/data:/data:ro ", bind, "/srv/data", "/data", true);
        row("/srv/data:/data:rw", bind, "/srv/data", "/data");
        row("/집/자료:/data", bind, "/집/자료", "/data");
        row("/with space/x:/data", bind, "/with space/x", "/data");
        row("cache:/var/cache", volume, "cache", "/var/cache");
        row("my_vol-1.x:/x:ro", volume, "my_vol-1.x", "/x", true);
        row("/data", volume, "", "/data");
        row("/data:ro", volume, "", "/data", true);
        row("", -1);
        row("data", -1);
        row("/a:b", -1);
        row("/a:/b:/c", -1);
        row("/a:/b:z", -1);
        row("/a:/", -1);
        row("/", -1);
        row(":/data", -1);
        row("../x:/data", -1);
        row("./x:/data", -1);
        row("~/x:/data", -1);
        row("-v:/data", -1);
        row("vol ume:/data", -1);
        row("ro", -1);
        row("/a:", -1);
    }
    void mounts()
    {
        QFETCH(QString, line);
        QFETCH(int, kind);
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(bool, readOnly);
        const auto mount = parseMountLine(line);
        QCOMPARE(mount.has_value(), kind >= 0);
        if (!mount)
            return;
        QCOMPARE(int(mount->kind), kind);
        QCOMPARE(mount->source, source);
        QCOMPARE(mount->target, target);
        QCOMPARE(mount->readOnly, readOnly);
        QCOMPARE(mount->createSource, kind == int(MountOption::Kind::Bind)); // as -v does
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("part"); // of the problem; empty: none
        QTest::newRow("fine") << u"web-1.x_y"_s << QString();
        QTest::newRow("taken") << u"db"_s << u"already"_s;
        QTest::newRow("other case") << u"DB"_s << QString();
        QTest::newRow("one character") << u"a"_s << u"two"_s;
        QTest::newRow("empty") << QString() << u"two"_s;
        QTest::newRow("dash first") << u"-web"_s << u"starts with"_s;
        QTest::newRow("blank") << u"my web"_s << u"starts with"_s;
        QTest::newRow("slash") << u"/web"_s << u"starts with"_s;
        QTest::newRow("korean") << u"웹서버"_s << u"starts with"_s;
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(QString, part);
        const QString problem = nameProblem(name, {u"db"_s, u"web"_s});
        QCOMPARE(problem.isEmpty(), part.isEmpty());
        QVERIFY2(problem.contains(part), qPrintable(problem));
    }
};

QTEST_GUILESS_MAIN(TestDialogLines)
#include "tst_dialoglines.moc"
