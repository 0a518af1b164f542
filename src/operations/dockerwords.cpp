// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/dockerwords.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

bool isNameCharacter(QChar c) { return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'_'; }

QString valueOf(const QString &name, const QStringList &environment)
{
    const auto start = name + u'=';
    for (auto variable = environment.rbegin(); variable != environment.rend(); ++variable) {
        if (variable->startsWith(start))
            return variable->sliced(start.size());
    }
    return {};
}

class Expansion {
public:
    Expansion(const QString &word, const QStringList &environment) : m_word(word), m_environment(environment) {}

    Result<QString> run();

private:
    Result<> dollar();
    Result<> braces();
    Result<> doubleQuoted();
    [[nodiscard]] bool atEnd() const { return m_next >= m_word.size(); }
    [[nodiscard]] QString takeName();
    std::unexpected<Error> bad(const char *why) const
    {
        return fail(ErrorCode::InvalidArgument, "failed to process \"" + m_word.toStdString() + "\": " + why);
    }

    const QString &m_word;
    const QStringList &m_environment;
    qsizetype m_next = 0;
    QString m_result;
};

QString Expansion::takeName()
{
    const auto begin = m_next;
    while (!atEnd() && isNameCharacter(m_word[m_next]))
        ++m_next;
    return m_word.sliced(begin, m_next - begin);
}

Result<> Expansion::braces()
{
    const auto name = takeName();
    if (name.isEmpty() || atEnd())
        return bad("syntax error: bad substitution");
    const auto value = valueOf(name, m_environment);
    if (m_word[m_next] == u'}') {
        ++m_next;
        m_result += value;
        return {};
    }
    const auto end = m_word.indexOf(u'}', m_next);
    const auto modifier = end < 0 ? QString() : m_word.sliced(m_next, end - m_next);
    if (!modifier.startsWith(":-"_L1) && !modifier.startsWith(":+"_L1))
        return bad("unsupported modifier in substitution");
    const auto other = expandWord(modifier.sliced(2), m_environment);
    if (!other)
        return std::unexpected(other.error());
    m_next = end + 1;
    if (modifier[1] == u'-')
        m_result += value.isEmpty() ? *other : value;
    else if (!value.isEmpty())
        m_result += *other;
    return {};
}

Result<> Expansion::dollar()
{
    if (!atEnd() && m_word[m_next] == u'{') {
        ++m_next;
        return braces();
    }
    const auto name = takeName();
    m_result += name.isEmpty() ? u"$"_s : valueOf(name, m_environment);
    return {};
}

Result<> Expansion::doubleQuoted()
{
    while (!atEnd()) {
        const QChar c = m_word[m_next++];
        if (c == u'"')
            return {};
        if (c == u'$') {
            if (auto done = dollar(); !done)
                return done;
        } else if (c == u'\\' && !atEnd() && (m_word[m_next] == u'"' || m_word[m_next] == u'$' || m_word[m_next] == u'\\')) {
            m_result += m_word[m_next++];
        } else {
            m_result += c;
        }
    }
    return bad("unexpected end of statement while looking for matching double-quote");
}

Result<QString> Expansion::run()
{
    while (!atEnd()) {
        const QChar c = m_word[m_next++];
        Result<> done;
        if (c == u'\'') {
            const auto end = m_word.indexOf(u'\'', m_next);
            if (end < 0)
                return bad("unexpected end of statement while looking for matching single-quote");
            m_result += m_word.sliced(m_next, end - m_next);
            m_next = end + 1;
        } else if (c == u'"') {
            done = doubleQuoted();
        } else if (c == u'$') {
            done = dollar();
        } else if (c == u'\\' && !atEnd()) {
            m_result += m_word[m_next++];
        } else {
            m_result += c;
        }
        if (!done)
            return std::unexpected(done.error());
    }
    return m_result;
}

} // namespace

QStringList instructionLines(const QString &text)
{
    QStringList lines;
    QString whole;
    const auto parts = text.split(u'\n');
    for (const QString &part : parts) {
        auto line = part.trimmed();
        if (line.startsWith(u'#') || (line.isEmpty() && whole.isEmpty()))
            continue;
        const bool goesOn = line.endsWith(u'\\');
        if (goesOn)
            line.chop(1);
        whole += line;
        if (goesOn)
            continue;
        lines += whole;
        whole.clear();
    }
    if (!whole.trimmed().isEmpty())
        lines += whole;
    return lines;
}

QStringList rawWords(const QString &text)
{
    QStringList words;
    QString word;
    QChar quote;
    bool isWord = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quote.isNull() && c.isSpace()) {
            if (isWord)
                words += word;
            word.clear();
            isWord = false;
            continue;
        }
        isWord = true;
        word += c;
        if (c == u'\\' && quote != u'\'' && i + 1 < text.size())
            word += text[++i];
        else if (!quote.isNull() && c == quote)
            quote = QChar();
        else if (quote.isNull() && (c == u'"' || c == u'\''))
            quote = c;
    }
    if (isWord)
        words += word;
    return words;
}

std::optional<QStringList> jsonWords(const QString &text)
{
    const auto document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isArray())
        return std::nullopt;
    QStringList words;
    const auto list = document.array();
    for (const QJsonValue value : list) {
        if (!value.isString())
            return std::nullopt;
        words += value.toString();
    }
    return words;
}

Result<QString> expandWord(const QString &word, const QStringList &environment) { return Expansion(word, environment).run(); }

} // namespace berth
