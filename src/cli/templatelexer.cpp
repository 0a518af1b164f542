// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatelexer.h"

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

bool isNameCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

class Lexer {
public:
    explicit Lexer(QStringView source) : m_rest(source) {}

    Result<std::vector<Token>> run()
    {
        while (!m_rest.isEmpty()) {
            takeText();
            if (m_rest.isEmpty())
                break;
            if (const auto action = takeAction(); !action)
                return std::unexpected(action.error());
        }
        add(Token::Kind::End);
        return std::move(m_tokens);
    }

private:
    void add(Token::Kind kind, const QString &text = {}, const QJsonValue &constant = {})
    {
        m_tokens.push_back({kind, text, constant, !m_afterSpace});
        m_afterSpace = false;
    }

    void takeText()
    {
        const auto open = m_rest.indexOf("{{"_L1);
        auto text = open < 0 ? m_rest : m_rest.first(open);
        m_rest = m_rest.sliced(text.size());
        if (m_trimsNext)
            while (!text.isEmpty() && text.front().isSpace())
                text = text.sliced(1);
        m_trimsNext = false;
        // "{{- " eats the white space before it.
        if (m_rest.size() > 3 && m_rest[2] == u'-' && m_rest[3].isSpace())
            while (!text.isEmpty() && text.back().isSpace())
                text.chop(1);
        if (!text.isEmpty())
            add(Token::Kind::Text, text.toString());
    }

    Result<> takeAction()
    {
        m_rest = m_rest.sliced(2);
        if (m_rest.size() > 1 && m_rest[0] == u'-' && m_rest[1].isSpace())
            m_rest = m_rest.sliced(2);
        if (m_rest.startsWith("/*"_L1))
            return takeComment();
        add(Token::Kind::Open);
        while (true) {
            skipSpace();
            if (m_rest.isEmpty())
                return syntaxError(u"unclosed action"_s);
            if (takeClose())
                return {};
            if (const auto token = takeToken(); !token)
                return token;
        }
    }

    Result<> takeComment()
    {
        const auto end = m_rest.indexOf("*/"_L1);
        if (end < 0)
            return syntaxError(u"unclosed comment"_s);
        m_rest = m_rest.sliced(end + 2);
        skipSpace();
        const auto count = m_tokens.size();
        if (!takeClose())
            return syntaxError(u"comment ends before closing delimiter"_s);
        m_tokens.resize(count);
        return {};
    }

    void skipSpace()
    {
        while (!m_rest.isEmpty() && m_rest.front().isSpace()) {
            m_rest = m_rest.sliced(1);
            m_afterSpace = true;
        }
    }

    bool takeClose()
    {
        const bool trims = m_afterSpace && m_rest.startsWith("-}}"_L1);
        if (!trims && !m_rest.startsWith("}}"_L1))
            return false;
        m_rest = m_rest.sliced(trims ? 3 : 2);
        m_trimsNext = trims;
        add(Token::Kind::Close);
        return true;
    }

    QString takeName()
    {
        qsizetype size = 0;
        while (size < m_rest.size() && isNameCharacter(m_rest[size]))
            ++size;
        const auto name = m_rest.first(size).toString();
        m_rest = m_rest.sliced(size);
        return name;
    }

    Result<> takeToken()
    {
        const QChar c = m_rest.front();
        if (c == u'"' || c == u'`')
            return takeQuoted(c);
        if (c.isDigit() || ((c == u'-' || c == u'+') && m_rest.size() > 1 && m_rest[1].isDigit()))
            return takeNumber();
        if (isNameCharacter(c)) {
            takeWord();
            return {};
        }
        if (m_rest.startsWith(":="_L1)) {
            m_rest = m_rest.sliced(2);
            add(Token::Kind::Declare);
            return {};
        }
        m_rest = m_rest.sliced(1);
        switch (c.unicode()) {
        case u'.':
            if (!m_rest.isEmpty() && isNameCharacter(m_rest.front()))
                add(Token::Kind::Field, takeName());
            else
                add(Token::Kind::Dot);
            return {};
        case u'$': add(Token::Kind::Variable, takeName()); return {};
        case u'|': add(Token::Kind::Pipe); return {};
        case u'(': add(Token::Kind::LeftParen); return {};
        case u')': add(Token::Kind::RightParen); return {};
        case u',': add(Token::Kind::Comma); return {};
        case u'=': add(Token::Kind::Assign); return {};
        default: return syntaxError(u"unexpected \"%1\" in command"_s.arg(c));
        }
    }

    void takeWord()
    {
        const auto word = takeName();
        if (word == "true"_L1 || word == "false"_L1)
            add(Token::Kind::Constant, word, word == "true"_L1);
        else if (word == "nil"_L1)
            add(Token::Kind::Constant, word, QJsonValue::Null);
        else
            add(Token::Kind::Identifier, word);
    }

    Result<> takeNumber()
    {
        qsizetype size = 1;
        while (size < m_rest.size() && (isNameCharacter(m_rest[size]) || m_rest[size] == u'.'))
            ++size;
        const auto text = m_rest.first(size).toString();
        m_rest = m_rest.sliced(size);
        bool isWhole = false;
        bool isNumber = false;
        const qint64 whole = text.toLongLong(&isWhole, 0);
        const double number = text.toDouble(&isNumber);
        if (!isWhole && !isNumber)
            return syntaxError(u"bad number syntax: \"%1\""_s.arg(text));
        add(Token::Kind::Constant, text, isWhole ? QJsonValue(whole) : QJsonValue(number));
        return {};
    }

    Result<> takeQuoted(QChar quote)
    {
        QString text;
        qsizetype i = 1;
        for (; i < m_rest.size() && m_rest[i] != quote; ++i) {
            if (quote == u'"' && m_rest[i] == u'\\' && i + 1 < m_rest.size()) {
                ++i;
                text += m_rest[i] == u'n' ? u'\n' : m_rest[i] == u't' ? u'\t' : m_rest[i].unicode();
            } else {
                text += m_rest[i];
            }
        }
        if (i == m_rest.size())
            return syntaxError(u"unterminated quoted string"_s);
        m_rest = m_rest.sliced(i + 1);
        add(Token::Kind::Constant, text, text);
        return {};
    }

    QStringView m_rest;
    std::vector<Token> m_tokens;
    bool m_afterSpace = false;
    bool m_trimsNext = false;
};

} // namespace

Result<std::vector<Token>> tokenize(QStringView source) { return Lexer(source).run(); }

std::unexpected<Error> syntaxError(const QString &reason)
{
    return fail(ErrorCode::InvalidArgument, "template parsing error: template: :1: " + reason.toStdString());
}

} // namespace berth::gotemplate
