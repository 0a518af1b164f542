// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/completecommand.h"

#include "cli/completion/storenames.h"
#include "cli/report.h"

#include <format>

namespace berth {

int printCompletions(std::span<const std::string> words)
{
    TypedLine typed;
    if (words.size() == 2 && words[0] == "--line") {
        typed = readTypedLine(words[1], FirstWord::Program);
    } else if (words.size() >= 2 && words[0] == "--") {
        typed.words.assign(words.begin() + 1, words.end() - 1);
        typed.current = words.back();
    } else {
        printError("berth: __complete wants --line LINE, or -- WORD... CURRENT\n");
        return exitFailure;
    }
    StoreNames names;
    const auto completion = complete(typed.words, typed.current, names, callerLanguage());
    std::string text;
    for (const auto &candidate : completion.candidates)
        text += std::format("{}\t{}\n", candidate.text, candidate.description);
    const std::string_view files = completion.files == FileKind::Files ? "files"
        : completion.files == FileKind::Folders                        ? "folders"
                                                                       : "";
    printOut(std::format("{}:{}\n", text, files));
    return 0;
}

} // namespace berth
