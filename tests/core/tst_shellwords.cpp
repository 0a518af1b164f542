// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shellwords.h"

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

class TestShellWords : public QObject {
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
        for (const QString &word : words)
            QCOMPARE(splitShellWords(shellQuoted(word)), std::optional(QStringList{word}));
        QCOMPARE(wordsOfShell(shellLine(words)), std::optional(words));
        QCOMPARE(berthLine({u"rm"_s, u"a b"_s}), u"berth rm 'a b'"_s);
        QCOMPARE(shellQuoted(u"redis:7"_s), u"redis:7"_s); // nothing is quoted without need
    }
};

QTEST_GUILESS_MAIN(TestShellWords)
#include "tst_shellwords.moc"
