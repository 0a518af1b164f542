// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace berth {

// The language of hints, of help and of the console's own sentences. What programs read (output of
// verbs, errors) is English always.
enum class Language { English, Korean };

// By LC_ALL, LC_MESSAGES or LANG, the first that is set, as setlocale(3) does for messages.
Language callerLanguage();

// Text of the command line and its translation. A table in the program and not a Qt catalogue: the
// command starts in a few milliseconds, and most of its lives need no text at all.
struct Translation {
    std::string_view english;
    std::string_view korean;
};
// Each sorted by the English text; a test says what is missing. A new verb's summary goes to the
// first, the help of its flags to the second.
std::span<const Translation> koreanCommandTexts();
std::span<const Translation> koreanFlagTexts();
std::span<const Translation> koreanConsoleTexts();

// The text in the language; what has no translation stays as it is.
std::string_view translated(std::string_view english, Language language);
// "[OPTIONS] IMAGE [COMMAND] [ARG...]" with its placeholders in the language.
std::string translatedUsage(std::string_view usage, Language language);

// The columns that UTF-8 text takes on a terminal: two for Hangul and other East Asian letters.
int textWidth(std::string_view text);
// The longest start of the text that fits into so many columns.
std::string_view fittingText(std::string_view text, int columns);

} // namespace berth
