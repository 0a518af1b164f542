// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shellline.h"

#include <algorithm>
#include <array>
#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// Longer ones first: "&&" is not two "&".
constexpr std::array operators{
    "&&"_L1, "||"_L1, ">>"_L1, "<<"_L1, ";"_L1, "|"_L1, "&"_L1, "<"_L1, ">"_L1, "("_L1, ")"_L1, "\n"_L1};

// Inside double quotes a backslash only protects these.
bool isProtectedInQuotes(QChar character)
{
    return character == u'"' || character == u'\\' || character == u'$' || character == u'`';
}

bool isNameStart(QChar character) { return character.unicode() < 128 && (character.isLetter() || character == u'_'); }
bool isNamePart(QChar character) { return isNameStart(character) || (character >= u'0' && character <= u'9'); }

// One pass over the line.
class Reader {
public:
    Reader(const QString &line, ShellGrammar grammar) : m_line(line), m_isCommands(grammar == ShellGrammar::Commands) {}

    ShellLine read()
    {
        while (!atEnd())
            readOne();
        endWord();
        if (!m_quote.isNull())
            m_result.end = ShellEnd::OpenQuote;
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_line.size(); }
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_line.size() ? m_line.at(m_at + ahead) : QChar();
    }

    void readOne()
    {
        const QChar character = peek();
        if (m_quote == u'\'' && character != m_quote)
            addText(1);
        else if (character == u'\\')
            readBackslash();
        else if (!m_quote.isNull() && character == m_quote)
            toggleQuote(QChar());
        else if (m_isCommands && character == u'$')
            readDollar();
        else if (m_isCommands && character == u'`')
            readBackquote();
        else if (!m_quote.isNull())
            addText(1);
        else if (character == u'\'' || character == u'"')
            toggleQuote(character);
        else if (!readUnquoted(character))
            addText(1);
    }

    // What ends a word; false: it is part of one.
    bool readUnquoted(QChar character)
    {
        if (m_isCommands) {
            if (character == u'#' && !m_isInWord) {
                const auto newline = m_line.indexOf(u'\n', m_at);
                m_at = newline < 0 ? m_line.size() : newline;
                return true;
            }
            for (const auto symbol : operators) {
                if (!QStringView(m_line).sliced(m_at).startsWith(symbol))
                    continue;
                endWord();
                m_result.tokens.append({{}, QString(symbol), m_at, m_at + symbol.size()});
                m_at += symbol.size();
                return true;
            }
        }
        if (!character.isSpace())
            return false;
        endWord();
        ++m_at;
        return true;
    }

    void readBackslash()
    {
        const bool isLast = m_at + 1 == m_line.size();
        if (isLast && m_isCommands && m_quote.isNull()) {
            m_result.end = ShellEnd::Backslash;
            ++m_at;
        } else if (!isLast && peek(1) == u'\n') {
            m_at += 2; // one line typed as two
        } else if (!isLast && (m_quote.isNull() || isProtectedInQuotes(peek(1)))) {
            beginWord();
            ++m_at;
            addText(1, true);
        } else {
            addText(1);
        }
    }

    void toggleQuote(QChar quote)
    {
        beginWord();
        m_quote = quote;
        ++m_at;
        // An empty word is a word.
        if (!quote.isNull() && (m_word.parts.isEmpty() || !m_word.parts.last().isQuoted))
            m_word.parts.append({ShellPart::Kind::Text, {}, true});
    }

    void readDollar()
    {
        const QChar following = peek(1);
        if (following == u'(')
            readCommand();
        else if (following == u'{')
            addNamed(m_at + 2, m_line.indexOf(u'}', m_at), 1);
        else if (isNameStart(following))
            addNamed(m_at + 1, std::find_if_not(m_line.cbegin() + m_at + 1, m_line.cend(), isNamePart) - m_line.cbegin(), 0);
        else if (!following.isNull() && u"?$!#@*-0123456789"_s.contains(following))
            addNamed(m_at + 1, m_at + 2, 0);
        else
            addText(1);
    }

    void addNamed(qsizetype begin, qsizetype end, qsizetype closing)
    {
        if (end < 0) { // "${" without its end
            m_result.end = ShellEnd::OpenQuote;
            end = m_line.size();
            closing = 0;
        }
        addPart({ShellPart::Kind::Variable, m_line.sliced(begin, end - begin), !m_quote.isNull()});
        m_at = end + closing;
    }

    // To the parenthesis that closes it; those inside quotes and those of nested ones do not count.
    void readCommand()
    {
        const auto begin = m_at + 2;
        QChar quote;
        int depth = 1;
        auto at = begin;
        for (; at < m_line.size(); ++at) {
            const QChar character = m_line.at(at);
            if (character == u'\\' && quote != u'\'')
                ++at;
            else if (!quote.isNull())
                quote = character == quote ? QChar() : quote;
            else if (character == u'\'' || character == u'"')
                quote = character;
            else if (character == u'(')
                ++depth;
            else if (character == u')' && --depth == 0)
                break;
        }
        at = std::min(at, m_line.size());
        if (at == m_line.size())
            m_result.end = ShellEnd::OpenCommand;
        addPart({ShellPart::Kind::Command, m_line.sliced(begin, at - begin), !m_quote.isNull()});
        m_at = std::min(at + 1, m_line.size());
    }

    void readBackquote()
    {
        addPart({ShellPart::Kind::Backquote, {}, !m_quote.isNull()});
        ++m_at;
    }

    void beginWord()
    {
        if (!std::exchange(m_isInWord, true))
            m_word.begin = m_at;
    }
    void addPart(const ShellPart &part)
    {
        beginWord();
        m_word.parts.append(part);
    }
    void addText(qsizetype size, bool isProtected = false)
    {
        beginWord();
        const bool isQuoted = isProtected || !m_quote.isNull();
        auto &parts = m_word.parts;
        if (parts.isEmpty() || parts.last().kind != ShellPart::Kind::Text || parts.last().isQuoted != isQuoted)
            parts.append({ShellPart::Kind::Text, {}, isQuoted});
        parts.last().text += QStringView(m_line).sliced(m_at, size);
        m_at += size;
    }
    void endWord()
    {
        if (!std::exchange(m_isInWord, false))
            return;
        m_word.end = m_at;
        m_result.tokens.append(std::exchange(m_word, {}));
    }

    const QString &m_line;
    bool m_isCommands;
    qsizetype m_at = 0;
    QChar m_quote;
    bool m_isInWord = false;
    ShellToken m_word;
    ShellLine m_result;
};

} // namespace

QString ShellToken::text() const
{
    QString text;
    for (const auto &part : parts) {
        switch (part.kind) {
        case ShellPart::Kind::Text: text += part.text; break;
        case ShellPart::Kind::Variable: text += u'$' + part.text; break;
        case ShellPart::Kind::Command: text += u"$("_s + part.text + u')'; break;
        case ShellPart::Kind::Backquote: text += u'`'; break;
        }
    }
    return text;
}

ShellLine readShellLine(const QString &line, ShellGrammar grammar) { return Reader(line, grammar).read(); }

} // namespace berth
