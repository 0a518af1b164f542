// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatefunctions.h"

#include "cli/jsontext.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <compare>
#include <optional>

using namespace Qt::StringLiterals;

namespace berth::gotemplate {
namespace {

using Arguments = QList<QJsonValue>;
using Answer = Result<QJsonValue>;

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
    for (const auto &other : arguments.mid(1)) {
        if (arguments[0] == other)
            return true;
        const bool isComparable = arguments[0].type() == other.type() || arguments[0].isNull() || arguments[0].isUndefined()
            || other.isNull();
        if (!isComparable)
            return executionError(u"eq"_s, u"error calling eq: incompatible types for comparison"_s);
    }
    return false;
}

Answer callOrder(const QString &name, const Arguments &arguments)
{
    const auto order = compared(arguments[0], arguments[1]);
    if (!order) {
        return executionError(name, "error calling "_L1 + name + ": incompatible types for comparison"_L1);
    }
    if (name == "lt"_L1)
        return *order < 0;
    if (name == "le"_L1)
        return *order <= 0;
    return name == "gt"_L1 ? *order > 0 : *order >= 0;
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
            if (at < 0 || at >= array.size()) {
                return executionError(u"index"_s, u"error calling index: index out of range: %1"_s.arg(at));
            }
            value = array.at(at);
        } else {
            return executionError(u"index"_s,
                value.isNull() || value.isUndefined() ? u"error calling index: index of untyped nil"_s
                                                      : u"error calling index: can't index item"_s);
        }
    }
    return value;
}

Answer callSlice(const Arguments &arguments)
{
    const auto &value = arguments[0];
    const auto size = value.isArray() ? value.toArray().size() : value.toString().size();
    const auto from = arguments.size() > 1 ? arguments[1].toInteger() : 0;
    const auto to = arguments.size() > 2 ? arguments[2].toInteger() : size;
    if (from < 0 || to > size || from > to)
        return executionError(u"slice"_s, u"error calling slice: index out of range"_s);
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
        return value.toObject().size();
    if (value.isString())
        return value.toString().toUtf8().size();
    return executionError(u"len"_s, u"error calling len: len of nil or untyped value"_s);
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
};

constexpr Function functions[] = {
    {"eq"_L1, 2, -1, callEqual},
    {"ne"_L1, 2, 2, [](const Arguments &a) -> Answer { return a[0] != a[1]; }},
    {"lt"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"lt"_s, a); }},
    {"le"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"le"_s, a); }},
    {"gt"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"gt"_s, a); }},
    {"ge"_L1, 2, 2, [](const Arguments &a) { return callOrder(u"ge"_s, a); }},
    {"not"_L1, 1, 1, [](const Arguments &a) -> Answer { return !isTrue(a[0]); }},
    {"index"_L1, 1, -1, callIndex},
    {"slice"_L1, 1, 3, callSlice},
    {"len"_L1, 1, 1, callLen},
    {"print"_L1, 0, -1, [](const Arguments &a) -> Answer { return printed(a); }},
    {"println"_L1, 0, -1, [](const Arguments &a) -> Answer { return printedLine(a); }},
    {"printf"_L1, 1, -1, [](const Arguments &a) -> Answer { return formatted(a[0].toString(), a.mid(1)); }},
    {"json"_L1, 1, 1, [](const Arguments &a) -> Answer { return jsonText(a[0]); }, true},
    {"split"_L1, 2, 2, [](const Arguments &a) -> Answer { return callSplit(a); }, true},
    {"join"_L1, 2, 2, [](const Arguments &a) -> Answer { return callJoin(a); }, true},
    {"title"_L1, 1, 1, [](const Arguments &a) -> Answer { return titleCase(valueText(a[0])); }, true},
    {"lower"_L1, 1, 1, [](const Arguments &a) -> Answer { return valueText(a[0]).toLower(); }, true},
    {"upper"_L1, 1, 1, [](const Arguments &a) -> Answer { return valueText(a[0]).toUpper(); }, true},
    {"pad"_L1, 3, 3, [](const Arguments &a) -> Answer { return callPad(a); }},
    {"truncate"_L1, 2, 2,
        [](const Arguments &a) -> Answer { return valueText(a[0]).left(std::max<qint64>(0, a[1].toInteger())); }, true},
};

} // namespace

std::unexpected<Error> executionError(const QString &where, const QString &reason)
{
    return fail(ErrorCode::InvalidArgument,
        "template parsing error: template: :1: executing \"\" at <" + where.toStdString() + ">: " + reason.toStdString());
}

bool isTrue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool();
    case QJsonValue::Double: return value.toDouble() != 0.0;
    case QJsonValue::String: return !value.toString().isEmpty();
    case QJsonValue::Array: return !value.toArray().isEmpty();
    case QJsonValue::Object: return !value.toObject().isEmpty();
    default: return false;
    }
}

Result<QJsonValue> callFunction(const QString &name, const Arguments &arguments, bool inHeader)
{
    const auto found = std::ranges::find(functions, name, &Function::name);
    if (found == std::end(functions)) {
        return fail(
            ErrorCode::NotFound, "template parsing error: template: :1: function \"" + name.toStdString() + "\" not defined");
    }
    const auto count = arguments.size();
    if (count < found->atLeast || (found->atMost >= 0 && count > found->atMost)) {
        return executionError(name, u"wrong number of args for %1: want %2 got %3"_s.arg(name).arg(found->atLeast).arg(count));
    }
    if (inHeader && found->changesText)
        return arguments[0];
    return found->call(arguments);
}

} // namespace berth::gotemplate
