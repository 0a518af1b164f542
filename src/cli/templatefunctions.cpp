// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatefunctions.h"

#include "cli/jsontext.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <compare>
#include <expected>
#include <optional>

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

using Arguments = QList<QJsonValue>;
using Answer = std::expected<QJsonValue, CallError>;

std::unexpected<CallError> refuse(const QString &reason) { return std::unexpected(CallError{reason}); }

// A pad beyond this is a mistake, not a layout.
constexpr qint64 maxPad = 10000;

std::optional<std::partial_ordering> compared(const QJsonValue &a, const QJsonValue &b)
{
    if (a.isDouble() && b.isDouble())
        return a.toDouble() <=> b.toDouble();
    if (a.isString() && b.isString())
        return a.toString().compare(b.toString()) <=> 0;
    return std::nullopt;
}

Answer callEqual(const Arguments &arguments)
{
    if (arguments.size() < 2)
        return refuse(u"missing argument for comparison"_s);
    for (const auto &other : arguments.mid(1)) {
        if (arguments[0] == other)
            return true;
        const bool isComparable = arguments[0].type() == other.type() || arguments[0].isNull() || arguments[0].isUndefined()
            || other.isNull();
        if (!isComparable)
            return refuse(u"incompatible types for comparison"_s);
    }
    return false;
}

Answer callOrder(const QString &name, const Arguments &arguments)
{
    const auto order = compared(arguments[0], arguments[1]);
    if (!order)
        return refuse(u"incompatible types for comparison"_s);
    if (name == "lt"_L1)
        return *order < 0;
    if (name == "le"_L1)
        return *order <= 0;
    return name == "gt"_L1 ? *order > 0 : *order >= 0;
}

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String: return u"string"_s;
    case QJsonValue::Bool: return u"bool"_s;
    case QJsonValue::Double: return value == QJsonValue(value.toInteger()) ? u"int"_s : u"float64"_s;
    case QJsonValue::Array: return u"[]interface {}"_s;
    case QJsonValue::Object: return u"map[string]interface {}"_s;
    default: return u"nil"_s;
    }
}

Answer callIndex(const Arguments &arguments)
{
    QJsonValue value = arguments[0];
    for (const auto &key : arguments.mid(1)) {
        if (value.isObject() && key.isString()) {
            const auto object = value.toObject();
            // A map of texts gives "" for what is missing, as Go's zero value does.
            const bool holdsTexts = object.isEmpty() || object.begin().value().isString();
            value = object.contains(key.toString()) ? object.value(key.toString())
                : holdsTexts                        ? QJsonValue(QString())
                                                    : QJsonValue(QJsonValue::Undefined);
        } else if (value.isArray() && key.isDouble()) {
            const auto array = value.toArray();
            const auto at = key.toInteger();
            if (at < 0 || at >= array.size())
                return refuse(u"index out of range: %1"_s.arg(at));
            value = array.at(at);
        } else {
            return refuse(value.isNull() || value.isUndefined() ? u"index of untyped nil"_s
                    : value.isDouble() || value.isBool()        ? u"can't index item of type "_s + typeName(value)
                    : value.isObject()                          ? u"value has type %1; should be string"_s.arg(typeName(key))
                                                                : u"cannot index slice/array with type "_s + typeName(key));
        }
    }
    return value;
}

Answer callSlice(const Arguments &arguments)
{
    const auto &value = arguments[0];
    if (!value.isArray() && !value.isString())
        return refuse(u"can't slice item of type "_s + typeName(value));
    const auto size = value.isArray() ? value.toArray().size() : value.toString().size();
    qint64 bounds[] = {0, size};
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (!arguments[i].isDouble())
            return refuse(u"cannot index slice/array with type "_s + typeName(arguments[i]));
        bounds[i - 1] = arguments[i].toInteger();
        if (bounds[i - 1] < 0 || bounds[i - 1] > size)
            return refuse(u"index out of range: %1"_s.arg(bounds[i - 1]));
    }
    const auto from = bounds[0], to = bounds[1];
    if (from > to)
        return refuse(u"invalid slice index: %1 > %2"_s.arg(from).arg(to));
    if (!value.isArray())
        return value.toString().sliced(from, to - from);
    QJsonArray part;
    for (auto i = from; i < to; ++i)
        part += value.toArray().at(i);
    return part;
}

Answer callLen(const Arguments &arguments)
{
    const auto &value = arguments[0];
    if (value.isArray())
        return value.toArray().size();
    if (value.isObject())
        return visibleKeys(value.toObject()).size();
    if (value.isString())
        return value.toString().toUtf8().size();
    if (value.isNull() || value.isUndefined())
        return refuse(u"len of nil pointer"_s);
    return refuse(u"len of type "_s + typeName(value));
}

// Go's Sprint puts spaces between operands when neither is a string.
QString printed(const Arguments &arguments)
{
    QString text;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (i > 0 && !arguments[i].isString() && !arguments[i - 1].isString())
            text += u' ';
        text += valueText(arguments[i]);
    }
    return text;
}

QString printedLine(const Arguments &arguments)
{
    QStringList words;
    for (const auto &argument : arguments)
        words += valueText(argument);
    return words.join(u' ') + u'\n';
}

QString titleCase(QString text)
{
    bool starts = true;
    for (QChar &c : text) {
        if (starts)
            c = c.toUpper();
        starts = c.isSpace();
    }
    return text;
}

QJsonValue callSplit(const Arguments &arguments)
{
    return QJsonArray::fromStringList(arguments[0].toString().split(arguments[1].toString()));
}

QJsonValue callJoin(const Arguments &arguments)
{
    QStringList items;
    for (const auto item : arguments[0].toArray())
        items += valueText(item);
    return items.join(arguments[1].toString());
}

Answer callTruncate(const Arguments &arguments)
{
    const auto text = valueText(arguments[0]);
    const auto size = arguments[1].toInteger();
    if (size < 0)
        return refuse(u"runtime error: slice bounds out of range [:%1]"_s.arg(size));
    return text.left(size);
}

// Calling a function of the data: there is none in what we show.
Answer callCall(const Arguments &arguments)
{
    const auto isNil = arguments[0].isNull() || arguments[0].isUndefined();
    return refuse(isNil ? u"call of nil"_s : u"non-function of type "_s + typeName(arguments[0]));
}

QJsonValue callPad(const Arguments &arguments)
{
    const auto text = valueText(arguments[0]);
    if (text.isEmpty())
        return text;
    const auto spaces = [](const QJsonValue &count) { return QString(std::clamp<qint64>(count.toInteger(), 0, maxPad), u' '); };
    return spaces(arguments[1]) + text + spaces(arguments[2]);
}

struct Function {
    QLatin1StringView name;
    int atLeast;
    int atMost; // -1: any
    Answer (*call)(const Arguments &arguments);
    bool changesText = false; // not applied to the words of a header
    unsigned texts = 0;       // a bit for each parameter that takes texts only
};

constexpr unsigned first = 1, second = 2;

constexpr Function functions[] = {
    {"eq"_L1, 1, -1, callEqual},
    {"ne"_L1, 2, 2, [](const Arguments &a) -> Answer { return a[0] != a[1]; }},
    {"lt"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"lt"_s, a); }},
    {"le"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"le"_s, a); }},
    {"gt"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"gt"_s, a); }},
    {"ge"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"ge"_s, a); }},
    {"and"_L1, 1, -1, [](const Arguments &a) -> Answer { return a[0]; }}, // both are the evaluator's, which stops early
    {"or"_L1, 1, -1, [](const Arguments &a) -> Answer { return a[0]; }},
    {"not"_L1, 1, 1, [](const Arguments &a) -> Answer { return !isTrue(a[0]); }},
    {"call"_L1, 1, -1, callCall},
    {"html"_L1, 0, -1, [](const Arguments &a) -> Answer { return htmlEscaped(printed(a)); }},
    {"index"_L1, 1, -1, callIndex},
    {"js"_L1, 0, -1, [](const Arguments &a) -> Answer { return scriptEscaped(printed(a)); }},
    {"slice"_L1, 1, 3, callSlice},
    {"len"_L1, 1, 1, callLen},
    {"print"_L1, 0, -1, [](const Arguments &a) -> Answer { return printed(a); }},
    {"println"_L1, 0, -1, [](const Arguments &a) -> Answer { return printedLine(a); }},
    {"printf"_L1, 1, -1, [](const Arguments &a) -> Answer { return formatted(a[0].toString(), a.mid(1)); }, false, first},
    {"urlquery"_L1, 0, -1, [](const Arguments &a) -> Answer { return queryEscaped(printed(a)); }},
    {"json"_L1, 1, 1, [](const Arguments &a) -> Answer { return jsonText(a[0]); }, true},
    {"split"_L1, 2, 2, [](const Arguments &a) -> Answer { return callSplit(a); }, true, first | second},
    {"join"_L1, 2, 2, [](const Arguments &a) -> Answer { return callJoin(a); }, true, second},
    {"title"_L1, 1, 1, [](const Arguments &a) -> Answer { return titleCase(valueText(a[0])); }, true, first},
    {"lower"_L1, 1, 1, [](const Arguments &a) -> Answer { return valueText(a[0]).toLower(); }, true, first},
    {"upper"_L1, 1, 1, [](const Arguments &a) -> Answer { return valueText(a[0]).toUpper(); }, true, first},
    {"pad"_L1, 3, 3, [](const Arguments &a) -> Answer { return callPad(a); }, false, first},
    {"truncate"_L1, 2, 2, callTruncate, true, first},
};

const Function *find(const QString &name)
{
    const auto found = std::ranges::find(functions, name, &Function::name);
    return found == std::end(functions) ? nullptr : found;
}

} // namespace

bool hasFunction(const QString &name) { return find(name) != nullptr; }

bool wantsText(const QString &name, qsizetype parameter)
{
    const auto *function = find(name);
    return function && parameter < 8 && (function->texts >> parameter & 1) != 0;
}

bool isTrue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool();
    case QJsonValue::Double: return value.toDouble() != 0.0;
    case QJsonValue::String: return !value.toString().isEmpty();
    case QJsonValue::Array: return !value.toArray().isEmpty();
    case QJsonValue::Object: return !visibleKeys(value.toObject()).isEmpty();
    default: return false;
    }
}

std::expected<QJsonValue, CallError> callFunction(const QString &name, const Arguments &arguments, bool inHeader)
{
    const auto *function = find(name);
    if (!function)
        return std::unexpected(CallError{u"function \"%1\" not defined"_s.arg(name), false});
    const auto count = arguments.size();
    if (count < function->atLeast || (function->atMost >= 0 && count > function->atMost)) {
        const auto wanted = function->atMost < 0 ? u"at least %1"_s : u"%1"_s;
        return std::unexpected(CallError{
            u"wrong number of args for %1: want %2 got %3"_s.arg(name, wanted.arg(function->atLeast)).arg(count), false});
    }
    if (inHeader && function->changesText)
        return arguments[0];
    return function->call(arguments);
}

} // namespace berth::gotemplate
