// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shellline.h"
#include "core/shellwords.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// A token as a test writes it: words with their parts marked, operators in <>.
QStringList shown(const ShellLine &line)
{
    QStringList list;
    for (const auto &token : line.tokens) {
        if (token.isOperator()) {
            list += u'<' + token.symbol + u'>';
            continue;
        }
        QString word;
        for (const auto &part : token.parts) {
            const auto quote = part.isQuoted ? u"'"_s : QString();
            switch (part.kind) {
            case ShellPart::Kind::Text: word += quote + part.text + quote; break;
            case ShellPart::Kind::Variable: word += quote + u"${"_s + part.text + u'}' + quote; break;
            case ShellPart::Kind::Command: word += quote + u"$("_s + part.text + u')' + quote; break;
            case ShellPart::Kind::Backquote: word += u"`"_s; break;
            }
        }
        list += word;
    }
    return list;
}

} // namespace

class TestShellLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("tokens");
        QTest::newRow("operators") << u"ps&&rm a || x;y|z>f"_s
                                   << QStringList{u"ps"_s, u"<&&>"_s, u"rm"_s, u"a"_s, u"<||>"_s, u"x"_s, u"<;>"_s, u"y"_s,
                                          u"<|>"_s, u"z"_s, u"<>>"_s, u"f"_s};
        QTest::newRow("quoted operators") << u"sh -c 'a | b' \"c;d\" e\\&f"_s
                                          << QStringList{u"sh"_s, u"-c"_s, u"'a | b'"_s, u"'c;d'"_s, u"e'&'f"_s};
        QTest::newRow("comment") << u"ps # it's nothing"_s << QStringList{u"ps"_s};
        QTest::newRow("no comment") << u"a#b '#c'"_s << QStringList{u"a#b"_s, u"'#c'"_s};
        QTest::newRow("variables") << u"$A-b \"x${C}y\" '$D' \\$E $ $?"_s
                                   << QStringList{u"${A}-b"_s, u"'x''${C}''y'"_s, u"'$D'"_s, u"'$'E"_s, u"$"_s, u"${?}"_s};
        QTest::newRow("command") << u"rm $(ps -aq) x"_s << QStringList{u"rm"_s, u"$(ps -aq)"_s, u"x"_s};
        QTest::newRow("command with quotes") << u"rm $(ps -f ')' \"$(x)\")"_s << QStringList{u"rm"_s, u"$(ps -f ')' \"$(x)\")"_s};
        QTest::newRow("quoted command") << u"e \"$(ps)\""_s << QStringList{u"e"_s, u"'''$(ps)'"_s};
        QTest::newRow("backquote") << u"rm `ps`"_s << QStringList{u"rm"_s, u"`ps`"_s};
        QTest::newRow("two lines in one") << u"run \\\n -it"_s << QStringList{u"run"_s, u"-it"_s};
        QTest::newRow("empty word") << u"a '' b"_s << QStringList{u"a"_s, u"''"_s, u"b"_s};
    }
    void reads()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, tokens);
        const auto read = readShellLine(line, ShellGrammar::Commands);
        QCOMPARE(shown(read), tokens);
        QCOMPARE(read.end, ShellEnd::Complete);
    }

    void endsOpen_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<ShellEnd>("end");
        QTest::newRow("single") << u"sh -c 'a"_s << ShellEnd::OpenQuote;
        QTest::newRow("double") << u"sh -c \"a"_s << ShellEnd::OpenQuote;
        QTest::newRow("command") << u"rm $(ps"_s << ShellEnd::OpenCommand;
        QTest::newRow("backslash") << u"run \\"_s << ShellEnd::Backslash;
        QTest::newRow("protected backslash") << u"run \\\\"_s << ShellEnd::Complete;
        QTest::newRow("quote in a comment") << u"# don't"_s << ShellEnd::Complete;
        QTest::newRow("variable") << u"echo ${A"_s << ShellEnd::OpenQuote;
    }
    void endsOpen()
    {
        QFETCH(QString, line);
        QFETCH(ShellEnd, end);
        QCOMPARE(readShellLine(line, ShellGrammar::Commands).end, end);
    }

    void saysWhereWordsAre()
    {
        const auto line = u"run 'a b'  한글"_s;
        const auto tokens = readShellLine(line, ShellGrammar::Commands).tokens;
        QCOMPARE(tokens.size(), 3);
        QCOMPARE(line.sliced(tokens[1].begin, tokens[1].end - tokens[1].begin), u"'a b'"_s);
        QCOMPARE(tokens[2].begin, 11);
        QCOMPARE(tokens[2].end, line.size());
    }

    // Without operators and substitutions both grammars give the same words.
    void grammarsAgree()
    {
        for (const auto &line :
            {u"run -it --name 'a b' redis sh -c \"echo \\\"x\\\" \\y\""_s, u"a\"b\"'c'\\ d"_s, u"'' \"\""_s}) {
            QStringList words;
            for (const auto &token : readShellLine(line, ShellGrammar::Commands).tokens)
                words += token.text();
            QCOMPARE(std::optional(words), splitShellWords(line));
        }
    }
};

QTEST_GUILESS_MAIN(TestShellLine)
#include "tst_shellline.moc"
