// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/pastedtext.h"

namespace berth {

std::string cleanPaste(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char letter = bytes[i];
        if (letter == '\r') {
            if (i + 1 == bytes.size() || bytes[i + 1] != '\n')
                text += '\n';
        } else if (static_cast<unsigned char>(letter) >= ' ' ? letter != 127 : letter == '\n' || letter == '\t') {
            text += letter;
        }
    }
    return text;
}

} // namespace berth
