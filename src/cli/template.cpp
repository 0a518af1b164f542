// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/template.h"

#include "cli/jsontext.h"
#include "cli/templatefunctions.h"

#include <QJsonArray>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace berth {
namespace gotemplate {
namespace {

// Objects of `inspect` whose keys are data: asking for one that is not there is not a mistake.
bool hasFreeKeys(const QString &name)
{
    static const QStringList names{u"Attributes"_s, u"Labels"_s, u"Networks"_s, u"Ports"_s, u"PortBindings"_s, u"ExposedPorts"_s,
        u"Volumes"_s, u"Data"_s, u"Options"_s, u"Tmpfs"_s, u"Sysctls"_s, u"Annotations"_s};
    return names.contains(name);
}

// Templates may call themselves; deeper than this is a mistake.
constexpr int maxCalls = 1000;

class Evaluator {
public:
    Evaluator(const QString &source, const Template::Names &names, const Tree &tree, QJsonValue root, bool inHeader)
        : m_source(source), m_names(names), m_tree(tree), m_inHeader(inHeader)
    {
        m_variables.emplace_back(QString(), std::move(root));
    }

    Result<> run(const std::vector<Node> &nodes, const QJsonValue &dot)
    {
        for (const auto &node : nodes) {
            const auto done = runNode(node, dot);
            if (!done || m_leap != Leap::None)
                return done;
        }
        return {};
    }

    [[nodiscard]] QString text() const { return m_text; }

private:
    Result<> runNode(const Node &node, const QJsonValue &dot)
    {
        if (node.kind == Node::Kind::Text) {
            m_text += node.text;
            return {};
        }
        if (node.kind == Node::Kind::Break || node.kind == Node::Kind::Continue) {
            m_leap = node.kind == Node::Kind::Break ? Leap::Break : Leap::Continue;
            return {};
        }
        if (node.kind == Node::Kind::Template)
            return runTemplate(node, dot);
        const auto visible = m_variables.size();
        const auto value = runPipeline(node.pipeline, dot, node.kind == Node::Kind::Range);
        if (!value)
            return std::unexpected(value.error());
        if (node.kind == Node::Kind::Output) {
            if (node.pipeline.variables.isEmpty())
                m_text += valueText(*value);
            return {};
        }
        Result<> done;
        if (node.kind == Node::Kind::Range)
            done = runRange(node, *value, dot);
        else if (isTrue(*value))
            done = run(node.body, node.kind == Node::Kind::With ? *value : dot);
        else
            done = run(node.otherwise, dot);
        m_variables.resize(visible);
        return done;
    }

    Result<> runTemplate(const Node &node, const QJsonValue &dot)
    {
        at(node.place);
        const auto found = m_tree.definitions.constFind(node.text);
        if (found == m_tree.definitions.constEnd())
            return error(u"template \"%1\" not defined"_s.arg(node.text));
        if (++m_calls > maxCalls)
            return error(u"exceeded maximum template depth (%1)"_s.arg(maxCalls));
        QJsonValue value(QJsonValue::Undefined);
        if (!node.pipeline.calls.empty()) {
            const auto given = runPipeline(node.pipeline, dot, false);
            if (!given)
                return std::unexpected(given.error());
            value = *given;
        }
        // A template sees no variable of its caller but $, which is what it was given.
        auto outer = std::exchange(m_variables, {{QString(), value}});
        const auto caller = std::exchange(m_template, node.text);
        const auto done = run(*found, value);
        m_template = caller;
        m_variables = std::move(outer);
        --m_calls;
        return done;
    }

    Result<> runRange(const Node &node, const QJsonValue &value, const QJsonValue &dot)
    {
        QList<std::pair<QJsonValue, QJsonValue>> items;
        if (value.isArray()) {
            for (const auto array = value.toArray(); const auto item : array)
                items.emplaceBack(items.size(), item);
        } else if (value.isObject()) {
            const auto object = value.toObject();
            for (const auto &key : object.keys()) { // sorted, as Go ranges over a map
                if (!key.startsWith(hiddenKeyMark))
                    items.emplaceBack(key, object.value(key));
            }
        } else if (!value.isNull() && !value.isUndefined()) {
            return error(u"range can't iterate over "_s + valueText(value));
        }
        if (items.isEmpty())
            return run(node.otherwise, dot);
        const auto &names = node.pipeline.variables;
        const auto visible = m_variables.size();
        for (const auto &[key, item] : items) {
            if (names.size() == 2)
                m_variables.emplace_back(names[0], key);
            if (!names.isEmpty())
                m_variables.emplace_back(names.last(), item);
            const auto done = run(node.body, item);
            m_variables.resize(visible);
            if (!done)
                return done;
            if (std::exchange(m_leap, Leap::None) == Leap::Break)
                break;
        }
        return {};
    }

    Result<QJsonValue> runPipeline(const Pipeline &pipeline, const QJsonValue &dot, bool isRange)
    {
        QJsonValue value(QJsonValue::Undefined);
        bool isFirst = true;
        at(pipeline.place);
        for (const auto &call : pipeline.calls) {
            auto result = runCall(call, dot, isFirst ? nullptr : &value);
            if (!result)
                return result;
            value = *result;
            isFirst = false;
        }
        if (!isRange && !pipeline.variables.isEmpty()) {
            if (const auto stored = store(pipeline, value); !stored)
                return std::unexpected(stored.error());
        }
        return value;
    }

    Result<> store(const Pipeline &pipeline, const QJsonValue &value)
    {
        const auto &name = pipeline.variables.last();
        if (!pipeline.isAssignment) {
            m_variables.emplace_back(name, value);
            return {};
        }
        for (auto i = m_variables.size(); i-- > 1;) {
            if (m_variables[i].first == name) {
                m_variables[i].second = value;
                return {};
            }
        }
        return error(u"undefined variable: $"_s + name);
    }

    // Where Go would say that it was when something failed.
    void at(const Place &place) { m_at = place; }
    [[nodiscard]] std::unexpected<Error> error(const QString &reason) const
    {
        const auto before = QStringView(m_source).first(m_at.position);
        const auto line = before.count(u'\n') + 1;
        const auto column = before.sliced(before.lastIndexOf(u'\n') + 1).toUtf8().size();
        const auto text = u"template: %1:%2:%3: executing %4 at <%5>: "_s.arg(m_names.name)
                              .arg(line)
                              .arg(column)
                              .arg(goQuoted(m_template.isNull() ? m_names.name : m_template), m_at.text);
        return fail(ErrorCode::InvalidArgument, (text + reason).toStdString());
    }

    // "and" and "or" stop at the first operand that decides.
    Result<QJsonValue> runLogic(const Call &call, const QJsonValue &dot, const QJsonValue *piped)
    {
        const bool stopsAt = call.operands[0].name == "or"_L1;
        QJsonValue value(QJsonValue::Undefined);
        for (std::size_t i = 1; i < call.operands.size(); ++i) {
            auto operand = runOperand(call.operands[i], nullptr, nullptr, dot);
            if (!operand)
                return operand;
            value = *operand;
            if (isTrue(value) == stopsAt)
                return value;
        }
        return piped ? *piped : value;
    }

    Result<QJsonValue> runCall(const Call &call, const QJsonValue &dot, const QJsonValue *piped)
    {
        const auto &first = call.operands[0];
        if (first.kind == Operand::Kind::Function)
            return runFunction(call, dot, piped);
        at(first.place);
        const bool isLabel = !first.fields.isEmpty() && first.fields.last() == "Label"_L1;
        const bool hasArguments = call.operands.size() > 1 || piped;
        if (hasArguments && !isLabel)
            return refuseArguments(first, dot);
        return runOperand(first, isLabel && hasArguments ? &call : nullptr, piped, dot);
    }

    // What is no function and no method cannot be called with arguments.
    Result<QJsonValue> refuseArguments(const Operand &operand, const QJsonValue &dot)
    {
        if (operand.fields.isEmpty())
            return error(u"can't give argument to non-function "_s + operand.place.text);
        if (const auto value = runOperand(operand, nullptr, nullptr, dot); !value)
            return value;
        return error(operand.fields.last() + " is not a method but has arguments"_L1);
    }

    Result<QJsonValue> runFunction(const Call &call, const QJsonValue &dot, const QJsonValue *piped)
    {
        const auto &name = call.operands[0].name;
        if ((name == "and"_L1 || name == "or"_L1) && (call.operands.size() > 1 || piped))
            return runLogic(call, dot, piped);
        QList<QJsonValue> arguments;
        for (std::size_t i = 1; i < call.operands.size(); ++i) {
            const auto &operand = call.operands[i];
            const auto argument = runOperand(operand, nullptr, nullptr, dot);
            if (!argument)
                return argument;
            at(operand.place);
            const bool isText = argument->isString() || m_inHeader;
            if (!isText && wantsText(name, arguments.size())) {
                if (operand.kind == Operand::Kind::Constant)
                    return error(u"expected string; found "_s + operand.place.text);
                return error(u"wrong type for value; expected string; got "_s + typeText(*argument));
            }
            arguments += *argument;
        }
        if (piped)
            arguments += *piped;
        const auto value = callFunction(name, arguments, m_inHeader);
        if (!value && !value.error().wasEntered) {
            at(call.operands[0].place);
            return error(value.error().reason);
        }
        if (!value) {
            at(call.place);
            return error(u"error calling %1: "_s.arg(name) + value.error().reason);
        }
        return fieldsOf(call.operands[0], *value);
    }

    static QString typeText(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Bool: return u"bool"_s;
        case QJsonValue::Double: return u"json.Number"_s;
        case QJsonValue::Array: return u"[]interface {}"_s;
        case QJsonValue::Object: return u"map[string]interface {}"_s;
        default: return u"nil"_s;
        }
    }

    // The operand with its fields. labelCall: that this is {{.Label "key"}}, with its argument there or in piped.
    Result<QJsonValue> runOperand(const Operand &operand, const Call *labelCall, const QJsonValue *piped, const QJsonValue &dot)
    {
        if (operand.kind == Operand::Kind::Function) {
            const Call call{{operand}, operand.place};
            return runFunction(call, dot, nullptr);
        }
        at(operand.place);
        auto value = start(operand, dot);
        if (!value)
            return value;
        if (!labelCall)
            return fieldsOf(operand, *value);
        auto key = piped ? Result<QJsonValue>(*piped) : runOperand(labelCall->operands[1], nullptr, nullptr, dot);
        return key ? label(*value, key->toString()) : key;
    }

    Result<QJsonValue> fieldsOf(const Operand &operand, QJsonValue value)
    {
        QString parent;
        for (const auto &name : operand.fields) {
            at(operand.place);
            const bool isRoot = parent.isNull() && operand.kind == Operand::Kind::Dot && m_variables.size() == 1;
            const auto next = field(value, parent, name, isRoot);
            if (!next)
                return next;
            value = *next;
            parent = name;
        }
        return value;
    }

    Result<QJsonValue> start(const Operand &operand, const QJsonValue &dot)
    {
        switch (operand.kind) {
        case Operand::Kind::Constant: return operand.constant;
        case Operand::Kind::Group: return runPipeline(operand.group[0], dot, false);
        case Operand::Kind::Variable:
            for (auto i = m_variables.size(); i-- > 0;) {
                if (m_variables[i].first == operand.name)
                    return m_variables[i].second;
            }
            return error(u"undefined variable: $"_s + operand.name);
        default: return dot;
        }
    }

    [[nodiscard]] Result<QJsonValue> label(const QJsonValue &row, const QString &key) const
    {
        // Docker's header for a label is the last part of its name in words.
        if (m_inHeader)
            return key.section(u'.', -1).replace(u'-', u' ').replace(u'_', u' ');
        return row.toObject().value(Template::labelsKey()).toObject().value(key).toString();
    }

    [[nodiscard]] Result<QJsonValue> field(const QJsonValue &value, const QString &parent, const QString &name, bool isRoot) const
    {
        if (!value.isObject()) {
            return error(value.isNull() || value.isUndefined() ? u"nil pointer evaluating interface {}.%1"_s.arg(name)
                                                               : u"can't evaluate field %1 in type interface {}"_s.arg(name));
        }
        const auto object = value.toObject();
        if (object.contains(name))
            return object.value(name);
        if (const auto empty = emptyField(object, name))
            return *empty;
        if (name == "ID"_L1 && object.contains("Id"_L1))
            return object.value("Id"_L1);
        if (hasFreeKeys(parent))
            return QJsonValue(QJsonValue::Undefined);
        if (isRoot && !m_names.type.isEmpty())
            return error(u"can't evaluate field %1 in type %2"_s.arg(name, m_names.type));
        return error(u"map has no entry for key \"%1\""_s.arg(name));
    }

    const QString &m_source;
    const Template::Names &m_names;
    const Tree &m_tree;
    Place m_at;
    QString m_template; // the defined one in which we are; null: the whole
    int m_calls = 0;
    std::vector<std::pair<QString, QJsonValue>> m_variables;
    // Where {{break}} or {{continue}} leads, until the range that it belongs to sees it.
    enum class Leap { None, Break, Continue };
    Leap m_leap = Leap::None;
    QString m_text;
    bool m_inHeader;
};

Result<QString> evaluated(
    const QString &source, const Template::Names &names, const Tree &tree, const QJsonValue &dot, bool inHeader)
{
    Evaluator evaluator(source, names, tree, dot, inHeader);
    if (const auto done = evaluator.run(tree.nodes, dot); !done)
        return std::unexpected(done.error());
    return evaluator.text();
}

} // namespace
} // namespace gotemplate

Result<Template> Template::parse(const QString &source, const Names &names)
{
    auto tree = gotemplate::parse(source);
    if (!tree)
        return std::unexpected(tree.error());
    return Template(source, names, std::move(*tree));
}

Result<QString> Template::evaluate(const QJsonValue &dot) const
{
    return gotemplate::evaluated(m_source, m_names, m_tree, dot, false);
}

Result<QString> Template::evaluateHeader(const QJsonValue &dot) const
{
    return gotemplate::evaluated(m_source, m_names, m_tree, dot, true);
}

QString Template::labelsKey() { return hiddenKeyMark + u"labels"_s; }

bool isTemplateSyntaxError(const Error &error) { return !error.detail.contains(": executing "); }

} // namespace berth
