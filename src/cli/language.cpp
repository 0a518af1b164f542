// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/language.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace berth {
namespace {

// The words of usage lines, and what hints and help call them in Korean.
constexpr Translation placeholders[] = {
    {"ARG", "인자"},
    {"COMMAND", "명령"},
    {"CONTAINER", "컨테이너"},
    {"DEST_PATH", "대상경로"},
    {"ID", "ID"},
    {"IMAGE", "이미지"},
    {"KEY", "키"},
    {"NAME", "이름"},
    {"NEW_NAME", "새이름"},
    {"OPTIONS", "옵션"},
    {"PATH", "경로"},
    {"PRIVATE_PORT", "컨테이너포트"},
    {"PROTO", "프로토콜"},
    {"REPOSITORY", "저장소"},
    {"SOURCE_IMAGE", "원본이미지"},
    {"SRC_PATH", "원본경로"},
    {"TAG", "태그"},
    {"TARGET_IMAGE", "새이미지"},
    {"VALUE", "값"},
    {"VOLUME", "볼륨"},
    {"file", "파일"},
};

std::string_view lookUp(std::span<const Translation> table, std::string_view english)
{
    const auto found = std::ranges::lower_bound(table, english, {}, &Translation::english);
    return found != table.end() && found->english == english ? found->korean : std::string_view();
}

bool isPlaceholderLetter(char letter)
{
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || letter == '_';
}

// Source: Unicode Standard Annex 11 (East Asian Width), the blocks that are Wide or Fullwidth.
bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) || (c >= 0x3041 && c <= 0xA4CF)
        || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool isCombining(char32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1160 && c <= 0x11FF) || (c >= 0x200B && c <= 0x200F);
}

// Takes one character from the front of the text; a byte that is no UTF-8 is a character of its own.
char32_t takeCharacter(std::string_view &text)
{
    const auto byte = [&text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto first = byte(0);
    std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size() || (byte(i) & 0xC0u) != 0x80u)
            length = 1;
        else
            character = (character << 6) | (byte(i) & 0x3Fu);
    }
    text.remove_prefix(length);
    return length == 1 ? first : character;
}

int widthOf(char32_t character) { return isCombining(character) ? 0 : isWide(character) ? 2 : 1; }

} // namespace

Language callerLanguage()
{
    for (const auto *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char *value = std::getenv(name);
        if (value && *value)
            return std::string_view(value).starts_with("ko") ? Language::Korean : Language::English;
    }
    return Language::English;
}

std::string_view translated(std::string_view english, Language language)
{
    if (language == Language::English)
        return english;
    for (const auto table : {koreanCommandTexts(), koreanFlagTexts(), koreanConsoleTexts()}) {
        if (const auto korean = lookUp(table, english); !korean.empty())
            return korean;
    }
    return english;
}

std::string translatedUsage(std::string_view usage, Language language)
{
    if (language == Language::English)
        return std::string(usage);
    std::string result;
    while (!usage.empty()) {
        const auto end = static_cast<std::size_t>(std::ranges::find_if_not(usage, isPlaceholderLetter) - usage.begin());
        if (end == 0) {
            result += usage.front();
            usage.remove_prefix(1);
            continue;
        }
        const auto word = usage.substr(0, end);
        const auto korean = lookUp(placeholders, word);
        result += korean.empty() ? word : korean;
        usage.remove_prefix(end);
    }
    return result;
}

int textWidth(std::string_view text)
{
    int width = 0;
    while (!text.empty())
        width += widthOf(takeCharacter(text));
    return width;
}

std::string_view fittingText(std::string_view text, int columns)
{
    auto rest = text;
    int width = 0;
    while (!rest.empty()) {
        auto following = rest;
        width += widthOf(takeCharacter(following));
        if (width > columns)
            break;
        rest = following;
    }
    return text.substr(0, text.size() - rest.size());
}

} // namespace berth
