// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonescape.h"

#include <algorithm>
#include <cstdio>

namespace berth {
namespace {

// Length of the UTF-8 character that starts text, 0 when it is not one.
std::size_t characterLength(std::string_view text)
{
    const auto byteAt = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byteAt(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xC0) != 0x80)
            return 0;
    }
    // Overlong forms, surrogates and what lies above U+10FFFF (RFC 3629, section 4).
    if (length > 2) {
        const unsigned char second = byteAt(1);
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90)
            || (first == 0xF4 && second > 0x8F))
            return 0;
    }
    return length;
}

void appendEscape(std::string &out, unsigned char byte)
{
    switch (byte) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default:
        char text[8];
        std::snprintf(text, sizeof text, "\\u%04x", byte);
        out += text;
    }
}

bool isPlain(unsigned char byte) { return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\'; }

} // namespace

void appendJsonEscaped(std::string &out, std::string_view text)
{
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && isPlain(static_cast<unsigned char>(text[plain])))
            ++plain;
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty())
            return;
        const std::size_t length = characterLength(text);
        if (length > 1)
            out.append(text.substr(0, length));
        else if (length == 1)
            appendEscape(out, static_cast<unsigned char>(text[0]));
        else
            out += "\\ufffd";
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

} // namespace berth
