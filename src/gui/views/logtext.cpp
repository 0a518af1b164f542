// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/logtext.h"

namespace berth {

namespace {

// The index after the escape sequence that starts at escape.
qsizetype afterSequence(const QString &text, qsizetype escape)
{
    if (escape + 1 >= text.size())
        return text.size();
    const QChar kind = text.at(escape + 1);
    qsizetype i = escape + 2;
    if (kind == u'[') {
        while (i < text.size() && (text.at(i) < u'@' || text.at(i) > u'~'))
            ++i;
        return i + 1;
    }
    if (kind == u']') {
        while (i < text.size() && text.at(i) != u'\a' && text.at(i) != u'\x1b')
            ++i;
        const bool closedByEscape = i + 1 < text.size() && text.at(i) == u'\x1b' && text.at(i + 1) == u'\\';
        return i + (closedByEscape ? 2 : 1);
    }
    // Two bytes, or three for a character set choice such as ESC ( B.
    return kind == u'(' || kind == u')' ? escape + 3 : escape + 2;
}

} // namespace

QString plainLogText(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    QString plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const QChar character = text.at(i);
        if (character == u'\x1b') {
            i = afterSequence(text, i);
            continue;
        }
        ++i;
        if (character == u'\r') {
            const bool endsLine = i >= text.size() || text.at(i) == u'\n';
            if (!endsLine)
                plain.truncate(plain.lastIndexOf(u'\n') + 1);
        } else if (character == u'\n' || character == u'\t' || character >= u' ') {
            plain += character;
        }
    }
    return plain;
}

} // namespace berth
