// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsontext.h"
#include "cli/templatefunctions.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

// A width or precision beyond this is a mistake, not a layout.
constexpr int maxWidth = 10000;

struct Directive {
    bool left = false;
    bool zero = false;
    bool plus = false;
    int width = 0;
    int precision = -1;
    QChar verb;
};

bool isWhole(const QJsonValue &value) { return value.isDouble() && value == QJsonValue(value.toInteger()); }

QString badVerb(QChar verb, const QJsonValue &value)
{
    return u"%!"_s + verb + u'(' + (value.isString() ? u"string="_s : QString()) + valueText(value) + u')';
}

QString hexText(const QJsonValue &value)
{
    if (isWhole(value))
        return QString::number(value.toInteger(), 16);
    return QString::fromLatin1(value.toString().toUtf8().toHex());
}

QString body(const Directive &directive, const QJsonValue &value)
{
    switch (directive.verb.unicode()) {
    case u'v': return value.isNull() ? u"<nil>"_s : valueText(value);
    case u's': {
        const auto text = valueText(value);
        return directive.precision < 0 ? text : text.left(directive.precision);
    }
    case u'q': return value.isString() ? goQuoted(value.toString()) : badVerb(directive.verb, value);
    case u't': return value.isBool() ? valueText(value) : badVerb(directive.verb, value);
    case u'd': return isWhole(value) ? valueText(value) : badVerb(directive.verb, value);
    case u'x': return hexText(value);
    case u'X': return hexText(value).toUpper();
    case u'c': return isWhole(value) ? QString(QChar(static_cast<char16_t>(value.toInteger()))) : badVerb(directive.verb, value);
    case u'f':
    case u'g':
    case u'e':
        if (!value.isDouble())
            return badVerb(directive.verb, value);
        return QString::number(value.toDouble(), directive.verb.toLatin1(), directive.precision < 0 ? 6 : directive.precision);
    default: return badVerb(directive.verb, value);
    }
}

QString padded(const Directive &directive, QString text)
{
    if (directive.plus && !text.startsWith(u'-') && directive.verb == u'd')
        text.prepend(u'+');
    if (directive.left)
        return text.leftJustified(directive.width);
    return text.rightJustified(directive.width, directive.zero ? u'0' : u' ');
}

int takeNumber(QStringView &rest)
{
    int number = 0;
    while (!rest.isEmpty() && rest.front().isDigit()) {
        number = std::min(maxWidth, number * 10 + rest.front().digitValue());
        rest = rest.sliced(1);
    }
    return number;
}

Directive takeDirective(QStringView &rest)
{
    Directive directive;
    for (; !rest.isEmpty() && u"-0+ #"_s.contains(rest.front()); rest = rest.sliced(1)) {
        directive.left = directive.left || rest.front() == u'-';
        directive.zero = directive.zero || rest.front() == u'0';
        directive.plus = directive.plus || rest.front() == u'+';
    }
    directive.width = takeNumber(rest);
    if (rest.startsWith(u'.')) {
        rest = rest.sliced(1);
        directive.precision = takeNumber(rest);
    }
    if (!rest.isEmpty()) {
        directive.verb = rest.front();
        rest = rest.sliced(1);
    }
    return directive;
}

} // namespace

QString valueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String: return value.toString();
    case QJsonValue::Bool: return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return isWhole(value) ? QString::number(value.toInteger()) : QString::number(value.toDouble(), 'g', 17);
    case QJsonValue::Array: {
        QStringList items;
        for (const auto item : value.toArray())
            items += valueText(item);
        return u'[' + items.join(u' ') + u']';
    }
    case QJsonValue::Object: {
        const auto object = value.toObject();
        QStringList items;
        if (const auto names = fieldNames(object); !names.isEmpty()) {
            for (const auto &name : names) {
                const auto field = object.contains(name) ? object.value(name) : emptyField(object, name).value_or(QJsonValue());
                items += field.isNull() ? u"<nil>"_s : valueText(field);
            }
            return u'{' + items.join(u' ') + u'}';
        }
        for (const auto &key : visibleKeys(object))
            items += key + u':' + valueText(object.value(key));
        return u"map["_s + items.join(u' ') + u']';
    }
    default: return u"<no value>"_s;
    }
}

QString formatted(const QString &format, const QList<QJsonValue> &arguments)
{
    QString text;
    qsizetype used = 0;
    for (QStringView rest(format); !rest.isEmpty();) {
        const QChar c = rest.front();
        rest = rest.sliced(1);
        if (c != u'%') {
            text += c;
            continue;
        }
        const auto directive = takeDirective(rest);
        if (directive.verb == u'%')
            text += u'%';
        else if (directive.verb.isNull())
            text += "%!(NOVERB)"_L1;
        else if (used < arguments.size())
            text += padded(directive, body(directive, arguments[used++]));
        else
            text += "%!"_L1 + directive.verb + "(MISSING)"_L1;
    }
    if (used < arguments.size()) {
        QStringList extra;
        for (const auto &argument : arguments.mid(used))
            extra += (argument.isString() ? u"string="_s : u"int="_s) + valueText(argument);
        text += "%!(EXTRA "_L1 + extra.join(", "_L1) + u')';
    }
    return text;
}

QString goQuoted(const QString &text)
{
    QString quoted(u'"');
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"': quoted += "\\\""_L1; break;
        case u'\\': quoted += "\\\\"_L1; break;
        case u'\n': quoted += "\\n"_L1; break;
        case u'\r': quoted += "\\r"_L1; break;
        case u'\t': quoted += "\\t"_L1; break;
        case u'\a': quoted += "\\a"_L1; break;
        case u'\b': quoted += "\\b"_L1; break;
        case u'\f': quoted += "\\f"_L1; break;
        case u'\v': quoted += "\\v"_L1; break;
        default:
            if (c.unicode() < 0x20 || c.unicode() == 0x7f)
                quoted += u"\\x%1"_s.arg(int{c.unicode()}, 2, 16, QChar(u'0'));
            else
                quoted += c;
        }
    }
    return quoted + u'"';
}

} // namespace berth::gotemplate
