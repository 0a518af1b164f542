// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What every command of the table owes its reader: usage, help of each flag, an example that works, and all
// of it in Korean.
#include "cli/command.h"
#include "cli/helptext.h"
#include "cli/language.h"
#include "core/shellwords.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <format>
#include <set>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// As C++ writes it.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '\n')
            result += "\\n";
        else
            result += (letter == '"' || letter == '\\') ? std::string("\\") + letter : std::string(1, letter);
    }
    return result + "\"";
}

std::string missing(std::string_view english, std::string_view file, std::string_view where)
{
    return std::format("{0} has no Korean: add {{{1}, \"…\"}} to src/cli/{2} in its place", where, quoted(english), file);
}

bool isIn(std::span<const Translation> table, std::string_view english)
{
    return std::ranges::any_of(
        table, [english](const Translation &one) { return one.english == english && !one.korean.empty(); });
}

// The braces that std::vformat fills, in order.
QStringList fields(std::string_view text)
{
    QStringList list;
    static const QRegularExpression field(u"\\{[^{}]*\\}"_s);
    auto plain = QString::fromUtf8(text);
    plain.remove(u"{{"_s).remove(u"}}"_s);
    for (const auto &match : field.globalMatch(plain))
        list += match.captured();
    return list;
}

} // namespace

class TestCommandTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commandsHaveKorean()
    {
        std::set<std::string> problems;
        for (const auto *command : allCommands()) {
            if (!isIn(koreanCommandTexts(), command->summary))
                problems.insert(missing(command->summary, "koreancommands.cpp", command->paths[0]));
            for (const auto &flag : command->flags) {
                if (flag.use == FlagUse::Shown && !isIn(koreanFlagTexts(), flag.help)) {
                    problems.insert(missing(flag.help, "koreanflags.cpp", std::format("{} --{}", command->paths[0], flag.name)));
                }
            }
        }
        for (const auto &group : allGroups()) {
            if (!isIn(koreanCommandTexts(), group.summary))
                problems.insert(missing(group.summary, "koreancommands.cpp", group.name));
        }
        std::string text;
        for (const auto &problem : problems)
            text += problem + "\n";
        QVERIFY2(problems.empty(), text.c_str());
    }

    // Sentences stand in the sources as local("…") and translated("…", language).
    void sentencesHaveKorean()
    {
        static const QRegularExpression call(u"\\b(?:local|translated)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"_s);
        static const QRegularExpression seam(u"\"\\s*\""_s); // between the parts of a long text
        int found = 0;
        QDirIterator sources(
            qEnvironmentVariable("BERTH_SOURCE_DIR") + u"/src/cli"_s, {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            QFile file(sources.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto text = QString::fromUtf8(file.readAll());
            for (const auto &match : call.globalMatch(text)) {
                const auto literal = match.captured(1).trimmed().remove(seam);
                const auto english = literal.sliced(1).chopped(1).replace(u"\\n"_s, u"\n"_s).toStdString();
                if (english == "COMMAND" || english == "[OPTIONS] COMMAND") // placeholders, which language.cpp knows
                    continue;
                QVERIFY2(isIn(koreanConsoleTexts(), english),
                    missing(english, "koreanconsole.cpp", qPrintable(file.fileName())).c_str());
                ++found;
            }
        }
        QVERIFY(found > 20);
    }

    void tablesAreSortedAndFit()
    {
        for (const auto table : {koreanCommandTexts(), koreanFlagTexts(), koreanConsoleTexts()}) {
            const auto unsorted = std::ranges::adjacent_find(
                table, [](const Translation &a, const Translation &b) { return a.english >= b.english; });
            const auto where = unsorted == table.end() ? std::string() : std::string(unsorted->english);
            QVERIFY2(where.empty(), ("after it comes what sorts before: " + where).c_str());
        }
        for (const auto &[english, korean] : koreanConsoleTexts()) {
            QVERIFY(!korean.empty());
            QCOMPARE(fields(korean), fields(english));
        }
        QCOMPARE(translated("List images", Language::Korean), "이미지 목록을 봅니다");
        QCOMPARE(translated("List images", Language::English), "List images");
        QCOMPARE(translated("no such text", Language::Korean), "no such text");
    }

    void helpIsWhole_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < allCommands().size(); ++i)
            QTest::newRow(allCommands()[i]->paths[0].data()) << static_cast<int>(i);
    }
    void helpIsWhole()
    {
        QFETCH(int, index);
        const auto &command = *allCommands()[static_cast<std::size_t>(index)];
        const auto path = command.paths[0];
        const auto help = commandHelp(command, path, 80, Language::English);
        QVERIFY(help.starts_with(std::format("Usage:  berth {} {}", path, command.usage)));
        QVERIFY(!command.summary.empty() && help.contains(command.summary));
        const bool hasFlags = std::ranges::any_of(command.flags, [](const Flag &flag) { return flag.use == FlagUse::Shown; });
        QCOMPARE(help.contains("\nOptions:\n"), hasFlags);
        QCOMPARE(command.usage.starts_with("[OPTIONS]"), hasFlags);
        QVERIFY(std::ranges::is_sorted(command.flags, {}, &Flag::name));
        for (const auto &flag : command.flags) {
            if (flag.use == FlagUse::Shown) {
                QVERIFY2(!flag.help.empty(), flag.name.data());
                QVERIFY2(help.contains(std::format("--{}", flag.name)), flag.name.data());
                QVERIFY2(flag.kind == FlagKind::Boolean || !flag.valueName.empty(), flag.name.data());
            }
        }
        QVERIFY2(!command.example.empty(), "an example says more than a grammar");
        QVERIFY(help.contains("Example"));
    }

    // Somebody will type it as it stands.
    void examplesAreUnderstood_data() { helpIsWhole_data(); }
    void examplesAreUnderstood()
    {
        QFETCH(int, index);
        const auto &command = *allCommands()[static_cast<std::size_t>(index)];
        for (const auto &line : QString::fromUtf8(command.example).split(u'\n')) {
            // What other programs do in it is theirs.
            const auto own = line.left(line.indexOf(u" | "_s)).left(line.indexOf(u" > "_s));
            const auto words = splitShellWords(own);
            QVERIFY2(words && words->size() > 1 && words->first() == "berth"_L1, qPrintable(line));
            std::vector<std::string> rest;
            for (const auto &word : words->sliced(1))
                rest.push_back(word.toStdString());
            const auto found = findCommand(rest);
            QVERIFY2(found.command == &command, qPrintable(line));
            const auto parsed = parseLine(command.flags, std::span(rest).subspan(found.words), command.stopsAtArgument);
            QVERIFY2(parsed, parsed ? "" : parsed.error().detail.c_str());
            const auto count = static_cast<int>(parsed->arguments.size());
            QVERIFY(count >= command.arity.atLeast && (command.arity.atMost < 0 || count <= command.arity.atMost));
            for (const auto &flag : command.flags)
                QVERIFY2(flag.use != FlagUse::Later || !parsed->flags.isSet(flag.name), flag.name.data());
        }
    }

    void koreanHelpFitsTheScreen()
    {
        for (const auto *command : allCommands()) {
            const auto help = commandHelp(*command, command->paths[0], 80, Language::Korean);
            QVERIFY(help.starts_with("사용법:  berth "));
            const auto options = help.find("\n옵션:\n");
            if (options == std::string::npos)
                continue;
            for (const auto &line :
                QString::fromStdString(help.substr(options, help.find("\n\n", options + 1) - options)).split(u'\n'))
                QVERIFY2(textWidth(line.toStdString()) <= 80, qPrintable(line));
        }
    }

    void languageFollowsTheLocale()
    {
        for (const auto *name : {"LC_ALL", "LC_MESSAGES", "LANG"})
            qunsetenv(name);
        QCOMPARE(callerLanguage(), Language::English);
        qputenv("LANG", "ko_KR.UTF-8");
        QCOMPARE(callerLanguage(), Language::Korean);
        qputenv("LC_MESSAGES", "en_US.UTF-8");
        QCOMPARE(callerLanguage(), Language::English);
        qputenv("LC_ALL", "ko");
        QCOMPARE(callerLanguage(), Language::Korean);
        qputenv("LC_ALL", ""); // as if it were not set
        QCOMPARE(callerLanguage(), Language::English);
    }

    void widths()
    {
        QCOMPARE(textWidth("abc"), 3);
        QCOMPARE(textWidth("한글 ok"), 7);
        QCOMPARE(textWidth("e\u0301"), 1);
        QCOMPARE(fittingText("한글", 3), "한");
        QCOMPARE(fittingText("abc", 9), "abc");
        QCOMPARE(textWidth("\xff\xed"), 2); // no UTF-8: each byte is something on the screen
    }
};

QTEST_GUILESS_MAIN(TestCommandTexts)
#include "tst_commandtexts.moc"
