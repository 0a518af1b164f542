// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/tabkey.h"

#include "cli/console/linerunner.h"

#include <QDir>

#include <algorithm>
#include <cstdio>
#include <format>

#include <readline/readline.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// More of them help nobody.
constexpr std::size_t mostListed = 200;

void addFiles(std::vector<Candidate> &to, const TypedLine &typed, const Completion &completion)
{
    if (completion.files == FileKind::None || !typed.current.starts_with(completion.filePrefix))
        return;
    const auto path = QString::fromStdString(typed.current.substr(completion.filePrefix.size()));
    const auto slash = path.lastIndexOf(u'/') + 1;
    const auto folder = path.first(slash);
    const auto name = path.sliced(slash);
    auto place = folder.isEmpty() ? u"."_s : folder;
    if (place.startsWith("~/"_L1))
        place = QDir::homePath() + place.sliced(1);
    auto wanted = QDir::Dirs | QDir::NoDotAndDotDot;
    if (completion.files == FileKind::Files)
        wanted |= QDir::Files;
    if (name.startsWith(u'.'))
        wanted |= QDir::Hidden;
    for (const auto &entry : QDir(place).entryInfoList(wanted, QDir::Name)) {
        if (!entry.fileName().startsWith(name))
            continue;
        const auto text = folder + entry.fileName() + (entry.isDir() ? u"/"_s : QString());
        to.push_back({completion.filePrefix + text.toStdString(), {}});
    }
}

// As a shell reads it back; the beginning of a name can be quoted only like this.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char letter : text) {
        if (std::string_view(" \t'\"\\$`&|;<>()#*?[]{}!").contains(letter))
            result += '\\';
        result += letter;
    }
    return result;
}

void replaceWord(std::size_t begin, const std::string &text)
{
    rl_begin_undo_group();
    rl_delete_text(static_cast<int>(begin), rl_point);
    rl_point = static_cast<int>(begin);
    rl_insert_text(text.c_str());
    rl_end_undo_group();
}

std::string inColumns(const std::vector<Candidate> &candidates, int columns)
{
    int widest = 0;
    for (const auto &candidate : candidates)
        widest = std::max(widest, textWidth(candidate.text));
    const auto perRow = static_cast<std::size_t>(std::max(1, columns / (widest + 2)));
    std::string text;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const bool endsRow = (i + 1) % perRow == 0 || i + 1 == candidates.size();
        const auto padding = static_cast<std::size_t>(widest + 2 - textWidth(candidates[i].text));
        text += candidates[i].text + (endsRow ? "\n" : std::string(padding, ' '));
    }
    return text;
}

} // namespace

std::vector<Candidate> consoleCandidates(const TypedLine &typed, NameSource &names, Language language)
{
    const auto completion = complete(typed.words, typed.current, names, language);
    auto candidates = completion.candidates;
    if (typed.words.empty()) {
        for (const auto &word : consoleWords()) {
            if (word.text.starts_with(typed.current))
                candidates.push_back({word.text, std::string(translated(word.description, language))});
        }
        std::ranges::sort(candidates);
    }
    addFiles(candidates, typed, completion);
    return candidates;
}

std::string commonBeginning(const std::vector<Candidate> &candidates)
{
    if (candidates.empty())
        return {};
    std::string_view common = candidates.front().text;
    for (const auto &candidate : candidates) {
        const auto [end, other] = std::ranges::mismatch(common, candidate.text);
        common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
    }
    // Not in the middle of a letter.
    const auto &first = candidates.front().text;
    auto size = common.size();
    while (size > 0 && size < first.size() && (static_cast<unsigned char>(first[size]) & 0xC0) == 0x80)
        --size;
    return first.substr(0, size);
}

std::string candidateList(const std::vector<Candidate> &candidates, int columns, int rows, Language language)
{
    if (candidates.size() > mostListed) {
        const auto count = candidates.size();
        return std::vformat(translated("{} possibilities; type more letters", language), std::make_format_args(count)) + "\n";
    }
    const bool hasRoom = candidates.size() + 2 <= static_cast<std::size_t>(std::max(rows, 0));
    const bool isDescribed = std::ranges::any_of(candidates, [](const Candidate &one) { return !one.description.empty(); });
    if (!hasRoom || !isDescribed)
        return inColumns(candidates, columns);
    int widest = 0;
    for (const auto &candidate : candidates)
        widest = std::max(widest, textWidth(candidate.text));
    std::string text;
    for (const auto &candidate : candidates) {
        const auto padding = static_cast<std::size_t>(widest + 2 - textWidth(candidate.text));
        const auto room = columns - widest - 3; // the last column stays free: some terminals wrap in it
        text += std::format("{}{}\033[90m{}\033[0m\n", candidate.text, std::string(padding, ' '),
            room > 0 ? fittingText(candidate.description, room) : std::string_view());
    }
    return text;
}

int completeAtCursor(NameSource &names, Language language)
{
    const std::string before(rl_line_buffer, static_cast<std::size_t>(rl_point));
    const auto typed = readTypedLine(before, FirstWord::Command);
    const auto candidates = typed.isOpen ? std::vector<Candidate>() : consoleCandidates(typed, names, language);
    if (candidates.empty()) {
        rl_ding();
        return 0;
    }
    const auto common = commonBeginning(candidates);
    if (candidates.size() == 1) {
        const bool isFinished = !std::string_view("=:/,").contains(common.back());
        replaceWord(typed.begin, escaped(common) + (isFinished ? " " : ""));
        return 0;
    }
    if (common.size() > typed.current.size()) {
        replaceWord(typed.begin, escaped(common));
        return 0;
    }
    int rows = 0;
    int columns = 0;
    rl_get_screen_size(&rows, &columns);
    std::fprintf(rl_outstream, "\r\n\033[J%s", candidateList(candidates, columns, rows, language).c_str());
    rl_on_new_line();
    return 0;
}

} // namespace berth
