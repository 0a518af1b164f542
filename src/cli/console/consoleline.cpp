// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/consoleline.h"

#include <algorithm>
#include <cstdlib>
#include <format>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

std::string_view trimmedStart(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == text.npos ? std::string_view() : text.substr(begin);
}

bool beginsWithWord(std::string_view text, std::string_view word)
{
    return text.starts_with(word) && (text.size() == word.size() || text[word.size()] == ' ' || text[word.size()] == '\t');
}

bool beginsWithProgram(std::string_view text)
{
    if (beginsWithWord(text, "sudo"))
        text = trimmedStart(text.substr(4));
    return beginsWithWord(text, "docker") || beginsWithWord(text, "berth");
}

std::unexpected<Error> refuse(std::string_view english, Language language, std::string_view what)
{
    return fail(ErrorCode::Unsupported, std::vformat(translated(english, language), std::make_format_args(what)));
}

// Notes are written for docker; here they mean us.
void dropProgram(QList<ShellToken> &words)
{
    if (words.size() > 1 && words[0].text() == "sudo"_L1 && (words[1].text() == "docker"_L1 || words[1].text() == "berth"_L1))
        words.removeFirst();
    if (!words.isEmpty() && (words[0].text() == "docker"_L1 || words[0].text() == "berth"_L1))
        words.removeFirst();
}

// Adds text to the words that are being made; unquoted, its blanks divide words.
class WordList {
public:
    void add(const std::string &text, bool isQuoted)
    {
        if (isQuoted) {
            m_current += text;
            m_isInWord = true;
            return;
        }
        for (const char letter : text) {
            if (letter == ' ' || letter == '\t' || letter == '\n') {
                endWord();
            } else {
                m_current += letter;
                m_isInWord = true;
            }
        }
    }
    void addLiteral(const std::string &text) { add(text, true); }
    void endWord()
    {
        if (m_isInWord)
            m_words.push_back(std::move(m_current));
        m_current.clear();
        m_isInWord = false;
    }
    std::vector<std::string> take() { return std::move(m_words); }

private:
    std::vector<std::string> m_words;
    std::string m_current;
    bool m_isInWord = false;
};

Result<std::string> variable(const QString &name, int lastExitCode, Language language)
{
    if (name == "?"_L1)
        return std::to_string(lastExitCode);
    const auto isNamePart = [](QChar c) { return c.isLetterOrNumber() || c == u'_'; };
    if (name.isEmpty() || !std::ranges::all_of(name, isNamePart))
        return refuse(
            "only $NAME and ${{NAME}} are understood of the shell's variables, not ${{{}}}", language, name.toStdString());
    // PWD as we have it: the variable may be of the shell that started us.
    if (name == "PWD"_L1) {
        char *folder = ::get_current_dir_name();
        std::string text = folder ? folder : "";
        std::free(folder);
        return text;
    }
    const char *value = std::getenv(name.toStdString().c_str());
    return value ? value : "";
}

// "~" and "~/…" at the start of a word.
std::string withHome(std::string text)
{
    const char *home = std::getenv("HOME");
    if (home && text.starts_with('~') && (text.size() == 1 || text[1] == '/'))
        return home + text.substr(1);
    return text;
}

} // namespace

bool isContinued(std::string_view line)
{
    const auto text = QString::fromUtf8(withoutPrompt(line));
    return readShellLine(text, ShellGrammar::Commands).end != ShellEnd::Complete;
}

std::string_view withoutPrompt(std::string_view line)
{
    auto text = trimmedStart(line);
    if (text.starts_with("berth> "))
        return trimmedStart(text.substr(7));
    if (beginsWithWord(text, "$"))
        return trimmedStart(text.substr(1));
    if (beginsWithWord(text, "#")) {
        const auto rest = trimmedStart(text.substr(1));
        if (beginsWithProgram(rest))
            return rest;
    }
    return line;
}

Result<std::vector<ConsoleCommand>> parseConsoleLine(std::string_view line, Language language)
{
    const auto read = readShellLine(QString::fromUtf8(withoutPrompt(line)), ShellGrammar::Commands);
    if (read.end == ShellEnd::OpenQuote || read.end == ShellEnd::OpenCommand)
        return fail(ErrorCode::InvalidArgument, std::string(translated("a quote is not closed", language)));
    std::vector<ConsoleCommand> commands;
    ConsoleCommand command;
    const auto finish = [&](Joint following) {
        if (!command.words.isEmpty())
            commands.push_back(command);
        command = {following, {}};
    };
    for (const auto &token : read.tokens) {
        if (!token.isOperator())
            command.words.append(token);
        else if (token.symbol == ";"_L1 || token.symbol == "\n"_L1)
            finish(Joint::Always);
        else if (token.symbol == "&&"_L1 || token.symbol == "||"_L1)
            finish(token.symbol == "&&"_L1 ? Joint::IfWorked : Joint::IfFailed);
        else
            return refuse(
                "this prompt runs berth commands only; it has no '{}'. Pipes, redirections and other programs need a shell",
                language, token.symbol.toStdString());
    }
    finish(Joint::Always);
    for (auto &one : commands) {
        const bool isProgramOnly = one.words.size() == 1;
        dropProgram(one.words);
        // "docker" alone shows the help, as it does in a shell.
        if (isProgramOnly && one.words.isEmpty())
            one.words.append({{{ShellPart::Kind::Text, u"help"_s, true}}, {}, 0, 0});
    }
    return commands;
}

Result<std::vector<std::string>> expandWords(
    const QList<ShellToken> &words, int lastExitCode, const CommandOutput &output, Language language)
{
    WordList list;
    for (const auto &word : words) {
        bool isFirst = true;
        for (const auto &part : word.parts) {
            switch (part.kind) {
            case ShellPart::Kind::Text:
                list.addLiteral(isFirst && !part.isQuoted ? withHome(part.text.toStdString()) : part.text.toStdString());
                break;
            case ShellPart::Kind::Variable: {
                const auto value = variable(part.text, lastExitCode, language);
                if (!value)
                    return std::unexpected(value.error());
                list.add(*value, part.isQuoted);
                break;
            }
            case ShellPart::Kind::Command: {
                auto printed = output(part.text.toStdString());
                if (!printed)
                    return std::unexpected(printed.error());
                printed->erase(printed->find_last_not_of('\n') + 1);
                list.add(*printed, part.isQuoted);
                break;
            }
            case ShellPart::Kind::Backquote:
                return fail(ErrorCode::Unsupported, std::string(translated("write $(command) instead of `command`", language)));
            }
            isFirst = false;
        }
        list.endWord();
    }
    return list.take();
}

} // namespace berth
