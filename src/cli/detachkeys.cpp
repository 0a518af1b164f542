// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/detachkeys.h"

namespace berth {

Result<std::string> parseDetachKeys(std::string_view text)
{
    std::string keys;
    const auto invalid = [text] {
        return fail(ErrorCode::InvalidArgument, "invalid detach keys (" + std::string(text) + ") provided");
    };
    while (true) {
        // A lone comma cannot be a key: it separates them.
        const auto comma = text.find(',');
        const auto part = text.substr(0, comma);
        if (part.size() == 1) {
            keys += part;
        } else if (part.size() == 6 && part.starts_with("ctrl-")) {
            const char c = part[5];
            const bool isLetter = c >= 'a' && c <= 'z';
            const bool isSign = c == '@' || (c >= '[' && c <= '_');
            if (!isLetter && !isSign)
                return invalid();
            keys += static_cast<char>(c & 0x1f);
        } else {
            return invalid();
        }
        if (comma == text.npos)
            return keys;
        text.remove_prefix(comma + 1);
    }
}

std::string DetachScanner::feed(std::string_view typed)
{
    std::string passed;
    for (const char c : typed) {
        if (m_isDetached)
            break;
        m_held += c;
        // Let go of bytes from the front until what is held is a beginning of the sequence again.
        while (!m_held.empty() && !m_keys.starts_with(m_held)) {
            passed += m_held.front();
            m_held.erase(0, 1);
        }
        m_isDetached = !m_keys.empty() && m_held == m_keys;
    }
    return passed;
}

} // namespace berth
