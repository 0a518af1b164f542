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

class Evaluator {
public:
    Evaluator(QJsonValue root, bool inHeader) : m_inHeader(inHeader) { m_variables.emplace_back(QString(), std::move(root)); }

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

    Result<> runRange(const Node &node, const QJsonValue &value, const QJsonValue &dot)
    {
        QList<std::pair<QJsonValue, QJsonValue>> items;
        if (value.isArray()) {
            for (const auto array = value.toArray(); const auto item : array)
                items.emplaceBack(items.size(), item);
        } else if (value.isObject()) {
            const auto object = value.toObject();
            for (auto item = object.begin(); item != object.end(); ++item)
                items.emplaceBack(item.key(), item.value());
        } else if (!value.isNull() && !value.isUndefined()) {
            return executionError(u"range"_s, u"range can't iterate over "_s + valueText(value));
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
        return undefinedVariable(name);
    }

    static std::unexpected<Error> undefinedVariable(const QString &name)
    {
        return fail(ErrorCode::InvalidArgument,
            "template parsing error: template: :1: undefined variable \"$" + name.toStdString() + "\"");
    }

    // "and" and "or" stop at the first operand that decides.
    Result<QJsonValue> runLogic(const Call &call, const QJsonValue &dot, const QJsonValue *piped)
    {
        const bool stopsAt = call.operands[0].name == "or"_L1;
        QJsonValue value(QJsonValue::Undefined);
        for (std::size_t i = 1; i < call.operands.size(); ++i) {
            auto operand = runOperand(call.operands[i], {}, dot);
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
        if (first.kind == Operand::Kind::Function && (first.name == "and"_L1 || first.name == "or"_L1))
            return runLogic(call, dot, piped);
        QList<QJsonValue> arguments;
        for (std::size_t i = 1; i < call.operands.size(); ++i) {
            const auto argument = runOperand(call.operands[i], {}, dot);
            if (!argument)
                return argument;
            arguments += *argument;
        }
        if (piped)
            arguments += *piped;
        return runOperand(first, arguments, dot);
    }

    Result<QJsonValue> runOperand(const Operand &operand, const QList<QJsonValue> &arguments, const QJsonValue &dot)
    {
        if (operand.kind == Operand::Kind::Function)
            return callFunction(operand.name, arguments, m_inHeader);
        const bool isLabel = !operand.fields.isEmpty() && operand.fields.last() == "Label"_L1;
        if (!arguments.isEmpty() && !isLabel)
            return executionError(described(operand), u"can't give argument to non-function "_s + described(operand));
        auto value = start(operand, dot);
        if (!value)
            return value;
        QString parent;
        for (const auto &name : operand.fields) {
            if (!arguments.isEmpty() && &name == &operand.fields.last())
                return label(*value, arguments[0].toString());
            value = field(operand, *value, parent, name);
            if (!value)
                return value;
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
            return undefinedVariable(operand.name);
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

    static Result<QJsonValue> field(const Operand &operand, const QJsonValue &value, const QString &parent, const QString &name)
    {
        if (!value.isObject()) {
            return executionError(described(operand),
                value.isNull() || value.isUndefined() ? u"nil pointer evaluating interface {}.%1"_s.arg(name)
                                                      : u"can't evaluate field %1 in type interface {}"_s.arg(name));
        }
        const auto object = value.toObject();
        if (object.contains(name))
            return object.value(name);
        if (name == "ID"_L1 && object.contains("Id"_L1))
            return object.value("Id"_L1);
        if (hasFreeKeys(parent))
            return QJsonValue(QJsonValue::Undefined);
        return executionError(described(operand), u"map has no entry for key \"%1\""_s.arg(name));
    }

    static QString described(const Operand &operand)
    {
        const auto fields = operand.fields.isEmpty() ? QString() : u'.' + operand.fields.join(u'.');
        if (operand.kind == Operand::Kind::Variable)
            return u'$' + operand.name + fields;
        return fields.isEmpty() ? operand.constant.toVariant().toString() : fields;
    }

    std::vector<std::pair<QString, QJsonValue>> m_variables;
    // Where {{break}} or {{continue}} leads, until the range that it belongs to sees it.
    enum class Leap { None, Break, Continue };
    Leap m_leap = Leap::None;
    QString m_text;
    bool m_inHeader;
};

Result<QString> evaluateNodes(const std::vector<Node> &nodes, const QJsonValue &dot, bool inHeader)
{
    Evaluator evaluator(dot, inHeader);
    if (const auto done = evaluator.run(nodes, dot); !done)
        return std::unexpected(done.error());
    return evaluator.text();
}

} // namespace
} // namespace gotemplate

Result<Template> Template::parse(const QString &source)
{
    auto nodes = gotemplate::parse(source);
    if (!nodes)
        return std::unexpected(nodes.error());
    return Template(std::move(*nodes));
}

Result<QString> Template::evaluate(const QJsonValue &dot) const { return gotemplate::evaluateNodes(m_nodes, dot, false); }

Result<QString> Template::evaluateHeader(const QJsonValue &dot) const { return gotemplate::evaluateNodes(m_nodes, dot, true); }

QString Template::labelsKey() { return hiddenKeyMark + u"labels"_s; }

} // namespace berth
