// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatelexer.h"

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

bool isNameCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

// As Go's %#U: U+007D '}'
QString characterText(QChar c) { return u"U+%1 '%2'"_s.arg(uint{c.unicode()}, 4, 16, QChar(u'0')).toUpper().arg(c); }

class Lexer {
public:
    explicit Lexer(QStringView source) : m_source(source), m_rest(source) {}

    Result<std::vector<Token>> run()
    {
        while (!m_rest.isEmpty()) {
            takeText();
            if (m_rest.isEmpty())
                break;
            if (const auto action = takeAction(); !action)
                return std::unexpected(action.error());
        }
        mark();
        add(Token::Kind::End);
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] qsizetype position() const { return m_source.size() - m_rest.size(); }
    void mark() { m_start = position(); }
    // What was read since the mark.
    [[nodiscard]] QString read() const { return m_source.sliced(m_start, position() - m_start).toString(); }
    [[nodiscard]] std::unexpected<Error> error(const QString &reason) const { return syntaxError(m_source, position(), reason); }

    void add(Token::Kind kind, const QString &text = {}, const QJsonValue &constant = {})
    {
        m_tokens.push_back({kind, text, constant, !m_afterSpace, m_start});
        m_afterSpace = false;
    }

    void takeText()
    {
        mark();
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
        mark();
        m_rest = m_rest.sliced(2);
        if (m_rest.size() > 1 && m_rest[0] == u'-' && m_rest[1].isSpace())
            m_rest = m_rest.sliced(2);
        if (m_rest.startsWith("/*"_L1))
            return takeComment();
        add(Token::Kind::Open);
        m_parentheses = 0;
        while (true) {
            skipSpace();
            mark();
            if (takeClose())
                return m_parentheses > 0 ? error(u"unclosed left paren"_s) : Result<>();
            if (m_rest.isEmpty())
                return error(u"unclosed action"_s);
            if (const auto token = takeToken(); !token)
                return token;
        }
    }

    Result<> takeComment()
    {
        const auto end = m_rest.indexOf("*/"_L1);
        if (end < 0)
            return error(u"unclosed comment"_s);
        m_rest = m_rest.sliced(end + 2);
        skipSpace();
        const auto count = m_tokens.size();
        if (!takeClose())
            return error(u"comment ends before closing delimiter"_s);
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

    // Words and fields end only before these.
    [[nodiscard]] bool isAtTerminator() const
    {
        return m_rest.isEmpty() || m_rest.front().isSpace() || u".,|:()"_s.contains(m_rest.front()) || m_rest.startsWith("}}"_L1);
    }
    Result<> checkTerminator()
    {
        return isAtTerminator() ? Result<>() : error(u"bad character "_s + characterText(m_rest.front()));
    }

    Result<> takeToken()
    {
        const QChar c = m_rest.front();
        if (c == u'"' || c == u'`' || c == u'\'')
            return takeQuoted(c);
        const bool isPoint = c == u'.' && m_rest.size() > 1 && m_rest[1].isDigit();
        if (c.isDigit() || isPoint || c == u'-' || c == u'+')
            return takeNumber();
        if (isNameCharacter(c)) {
            takeWord();
            return checkTerminator();
        }
        m_rest = m_rest.sliced(1);
        switch (c.unicode()) {
        case u'.':
            if (isAtTerminator()) {
                add(Token::Kind::Dot, u"."_s);
                return {};
            }
            add(Token::Kind::Field, takeName());
            return checkTerminator();
        case u'$': add(Token::Kind::Variable, takeName()); return checkTerminator();
        case u'|': add(Token::Kind::Pipe, u"|"_s); return {};
        case u'(':
            ++m_parentheses;
            add(Token::Kind::LeftParen, u"("_s);
            return {};
        case u')':
            if (--m_parentheses < 0)
                return error(u"unexpected right paren"_s);
            add(Token::Kind::RightParen, u")"_s);
            return {};
        case u',': add(Token::Kind::Comma, u","_s); return {};
        case u'=': add(Token::Kind::Assign, u"="_s); return {};
        case u':':
            if (!m_rest.startsWith(u'='))
                return error(u"expected :="_s);
            m_rest = m_rest.sliced(1);
            add(Token::Kind::Declare, u":="_s);
            return {};
        default:
            if (c.unicode() >= 0x7f || !c.isPrint())
                return error(u"unrecognized character in action: "_s + characterText(c));
            add(Token::Kind::Character, c);
            return {};
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
        m_rest = m_rest.sliced(size);
        const auto text = read();
        auto digits = text;
        bool isWhole = false;
        bool isNumber = false;
        const qint64 whole = digits.remove(u'_').toLongLong(&isWhole, 0);
        const double number = digits.toDouble(&isNumber);
        if (!isWhole && !isNumber)
            return error(u"bad number syntax: \"%1\""_s.arg(text));
        add(Token::Kind::Constant, text, isWhole ? QJsonValue(whole) : QJsonValue(number));
        return {};
    }

    Result<> takeQuoted(QChar quote)
    {
        qsizetype i = 1;
        const bool isRaw = quote == u'`';
        for (; i < m_rest.size() && m_rest[i] != quote && (isRaw || m_rest[i] != u'\n'); ++i) {
            if (!isRaw && m_rest[i] == u'\\')
                ++i;
        }
        if (i >= m_rest.size() || m_rest[i] != quote) {
            return error(quote == u'\'' ? u"unterminated character constant"_s
                    : isRaw             ? u"unterminated raw quoted string"_s
                                        : u"unterminated quoted string"_s);
        }
        const auto text = m_rest.first(i + 1).toString();
        m_rest = m_rest.sliced(i + 1);
        const auto value = isRaw ? text.sliced(1, i - 1) : unquoted(text);
        if (!value)
            return error(quote == u'\'' ? u"malformed character constant: "_s + text : u"invalid syntax"_s);
        if (quote == u'\'')
            add(Token::Kind::Constant, text, qint64{value->toUcs4().value(0)});
        else
            add(Token::Kind::Constant, text, *value);
        return {};
    }

    QStringView m_source;
    QStringView m_rest;
    qsizetype m_start = 0;
    std::vector<Token> m_tokens;
    int m_parentheses = 0;
    bool m_afterSpace = false;
    bool m_trimsNext = false;
};

// One escape of Go, after its backslash; text is UTF-8 since \x and octal ones are bytes.
class Unquoter {
public:
    explicit Unquoter(QStringView quoted) : m_quote(quoted.front()), m_rest(quoted.sliced(1).chopped(1)) {}

    std::optional<QString> run()
    {
        while (!m_rest.isEmpty()) {
            const auto c = m_rest.front();
            if (c != u'\\') {
                const auto size = c.isHighSurrogate() && m_rest.size() > 1 ? 2 : 1;
                m_bytes += m_rest.first(size).toUtf8();
                m_rest = m_rest.sliced(size);
            } else if (!takeEscape()) {
                return std::nullopt;
            }
            ++m_count;
        }
        if (m_quote == u'\'' && m_count != 1)
            return std::nullopt;
        // A byte of \x in a character constant is that code point, not a piece of UTF-8.
        return m_quote == u'\'' && m_bytes.size() == 1 ? QString(QLatin1StringView(m_bytes)) : QString::fromUtf8(m_bytes);
    }

private:
    bool takeEscape()
    {
        if (m_rest.size() < 2)
            return false;
        const auto c = m_rest[1];
        m_rest = m_rest.sliced(2);
        constexpr auto names = "abfnrtv\\"_L1;
        constexpr auto values = "\a\b\f\n\r\t\v\\"_L1;
        if (const auto at = names.indexOf(c); at >= 0)
            return addByte(values[at].unicode());
        if (c == m_quote)
            return addByte(c.unicode());
        switch (c.unicode()) {
        case u'x': return takeNumber(2, 16, 0xff, false);
        case u'u': return takeNumber(4, 16, 0xffff, true);
        case u'U': return takeNumber(8, 16, 0x10ffff, true);
        default: break;
        }
        if (c < u'0' || c > u'7')
            return false;
        m_rest = QStringView(m_rest.data() - 1, m_rest.size() + 1);
        return takeNumber(3, 8, 0xff, false);
    }

    bool addByte(char16_t byte)
    {
        m_bytes += char(byte);
        return true;
    }

    bool takeNumber(qsizetype digits, int base, uint atMost, bool isCodePoint)
    {
        bool isNumber = m_rest.size() >= digits;
        const auto value = isNumber ? m_rest.first(digits).toUInt(&isNumber, base) : 0;
        const bool isSurrogate = isCodePoint && value >= 0xd800 && value < 0xe000;
        if (!isNumber || value > atMost || isSurrogate)
            return false;
        m_rest = m_rest.sliced(digits);
        if (isCodePoint) {
            const char32_t point = value;
            m_bytes += QString::fromUcs4(&point, 1).toUtf8();
        } else {
            m_bytes += char(value);
        }
        return true;
    }

    QChar m_quote;
    QStringView m_rest;
    QByteArray m_bytes;
    int m_count = 0;
};

} // namespace

Result<std::vector<Token>> tokenize(QStringView source) { return Lexer(source).run(); }

std::unexpected<Error> syntaxError(QStringView source, qsizetype position, const QString &reason)
{
    const auto line = source.first(position).count(u'\n') + 1;
    return fail(ErrorCode::InvalidArgument, u"template: :%1: "_s.arg(line).toStdString() + reason.toStdString());
}

std::optional<QString> unquoted(QStringView quoted) { return Unquoter(quoted).run(); }

} // namespace berth::gotemplate
