// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shellwords.h"

#include <algorithm>
#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

bool isPlain(QChar character)
{
    return (character.unicode() < 128 && character.isLetterOrNumber()) || u"_@%+=:,./-"_s.contains(character);
}

// Inside double quotes a backslash only protects these.
bool isProtectedInQuotes(QChar character)
{
    return character == u'"' || character == u'\\' || character == u'$' || character == u'`';
}

} // namespace

std::optional<QStringList> splitShellWords(const QString &line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar character = line.at(i);
        const bool last = i + 1 == line.size();
        if (quote == u'\'' && character != quote) {
            word += character;
        } else if (character == u'\\' && !last && (quote.isNull() || isProtectedInQuotes(line.at(i + 1)))) {
            word += line.at(++i);
            inWord = true;
        } else if (!quote.isNull() && character == quote) {
            quote = QChar();
        } else if (!quote.isNull()) {
            word += character;
        } else if (character == u'\'' || character == u'"') {
            quote = character;
            inWord = true;
        } else if (character.isSpace()) {
            if (inWord)
                words.append(std::exchange(word, {}));
            inWord = false;
        } else {
            word += character;
            inWord = true;
        }
    }
    if (!quote.isNull())
        return std::nullopt;
    if (inWord)
        words.append(word);
    return words;
}

QString shellQuoted(const QString &word)
{
    if (!word.isEmpty() && std::ranges::all_of(word, isPlain))
        return word;
    QString quoted = word;
    return u'\'' + quoted.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString shellLine(const QStringList &words)
{
    QStringList quoted = words;
    std::ranges::transform(quoted, quoted.begin(), shellQuoted);
    return quoted.join(u' ');
}

QString berthLine(const QStringList &words) { return shellLine(QStringList{u"berth"_s} + words); }

} // namespace berth
