// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shellwords.h"

#include "core/shellline.h"

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

bool isPlain(QChar character)
{
    return (character.unicode() < 128 && character.isLetterOrNumber()) || u"_@%+=:,./-"_s.contains(character);
}

} // namespace

std::optional<QStringList> splitShellWords(const QString &line)
{
    const auto read = readShellLine(line, ShellGrammar::Words);
    if (read.end != ShellEnd::Complete)
        return std::nullopt;
    QStringList words;
    for (const auto &token : read.tokens)
        words.append(token.text());
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
