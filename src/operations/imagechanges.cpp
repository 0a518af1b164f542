// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/imagechanges.h"

#include "operations/containeroperations.h"
#include "operations/dockerwords.h"

#include <QDir>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr int maxPort = 65535;

std::unexpected<Error> wrong(const QString &sentence) { return fail(ErrorCode::InvalidArgument, sentence.toStdString()); }

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    const auto list = value.toArray();
    for (const QJsonValue text : list)
        texts += text.toString();
    return texts;
}

QJsonValue listOf(const QStringList &texts)
{
    return texts.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonArray::fromStringList(texts));
}

class Changes {
public:
    explicit Changes(QJsonObject config) : m_config(std::move(config)) {}

    Result<> apply(const QString &line);
    QJsonObject take() { return std::move(m_config); }

private:
    using Step = Result<> (Changes::*)(const QString &arguments);
    static Step stepOf(const QString &instruction);

    Result<> command(const QString &arguments);
    Result<> entrypoint(const QString &arguments);
    Result<> environment(const QString &arguments);
    Result<> expose(const QString &arguments);
    Result<> healthCheck(const QString &arguments);
    Result<> label(const QString &arguments);
    Result<> onBuild(const QString &arguments);
    Result<> stopSignal(const QString &arguments);
    Result<> user(const QString &arguments);
    Result<> volume(const QString &arguments);
    Result<> workingDirectory(const QString &arguments);

    [[nodiscard]] QStringList commandWords(const QString &arguments) const;
    [[nodiscard]] QStringList variables() const { return textsOf(m_config["Env"_L1]); }
    Result<QString> one(const QString &arguments) const;
    Result<QList<std::pair<QString, QString>>> pairs(const QString &arguments) const;
    Result<QString> portOf(const QString &word) const;

    QJsonObject m_config;
    QString m_instruction;
    bool m_hasCommand = false; // was set by one of these changes
};

Changes::Step Changes::stepOf(const QString &instruction)
{
    static const QHash<QString, Step> steps{{u"CMD"_s, &Changes::command}, {u"ENTRYPOINT"_s, &Changes::entrypoint},
        {u"ENV"_s, &Changes::environment}, {u"EXPOSE"_s, &Changes::expose}, {u"HEALTHCHECK"_s, &Changes::healthCheck},
        {u"LABEL"_s, &Changes::label}, {u"ONBUILD"_s, &Changes::onBuild}, {u"STOPSIGNAL"_s, &Changes::stopSignal},
        {u"USER"_s, &Changes::user}, {u"VOLUME"_s, &Changes::volume}, {u"WORKDIR"_s, &Changes::workingDirectory}};
    return steps.value(instruction);
}

Result<> Changes::apply(const QString &line)
{
    const auto text = line.trimmed();
    const auto end = std::ranges::find_if(text, [](QChar c) { return c.isSpace(); }) - text.begin();
    m_instruction = text.first(end).toUpper();
    const auto step = stepOf(m_instruction);
    if (!step)
        return wrong(m_instruction + " is not a valid change command"_L1);
    return (this->*step)(text.sliced(end).trimmed());
}

// A JSON list is the words; anything else is a line for a shell.
QStringList Changes::commandWords(const QString &arguments) const
{
    if (const auto words = jsonWords(arguments))
        return *words;
    if (arguments.isEmpty())
        return {};
    auto shell = textsOf(m_config["Shell"_L1]);
    if (shell.isEmpty())
        shell = {u"/bin/sh"_s, u"-c"_s};
    return shell + QStringList{arguments};
}

Result<> Changes::command(const QString &arguments)
{
    const auto words = commandWords(arguments);
    m_config[u"Cmd"_s] = listOf(words);
    m_hasCommand = m_hasCommand || !words.isEmpty();
    return {};
}

Result<> Changes::entrypoint(const QString &arguments)
{
    m_config[u"Entrypoint"_s] = listOf(commandWords(arguments));
    if (!m_hasCommand) // that of the image was meant for another entry point
        m_config[u"Cmd"_s] = QJsonValue::Null;
    return {};
}

// "a=b c=d", or the old "a all the rest".
Result<QList<std::pair<QString, QString>>> Changes::pairs(const QString &arguments) const
{
    const auto words = rawWords(arguments);
    if (words.isEmpty())
        return wrong(m_instruction + " requires at least one argument"_L1);
    const auto environment = variables();
    QStringList names;
    QStringList values;
    if (!words[0].contains(u'=')) {
        if (words.size() < 2)
            return wrong(m_instruction + " must have two arguments"_L1);
        names += words[0];
        values += arguments.sliced(words[0].size()).trimmed();
    } else {
        for (const QString &word : words) {
            const auto equals = word.indexOf(u'=');
            if (equals < 0)
                return wrong(u"Syntax error - can't find = in \"%1\". Must be of the form: name=value"_s.arg(word));
            names += word.first(equals);
            values += word.sliced(equals + 1);
        }
    }
    QList<std::pair<QString, QString>> pairs;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto name = expandWord(names[i], environment);
        const auto value = name ? expandWord(values[i], environment) : name;
        if (!value)
            return std::unexpected(value.error());
        if (name->isEmpty())
            return wrong(m_instruction + " names can not be blank"_L1);
        pairs += {*name, *value};
    }
    return pairs;
}

Result<> Changes::environment(const QString &arguments)
{
    const auto added = pairs(arguments);
    if (!added)
        return std::unexpected(added.error());
    auto list = variables();
    for (const auto &[name, value] : *added) {
        const auto start = name + u'=';
        const auto known = std::ranges::find_if(list, [&](const QString &variable) { return variable.startsWith(start); });
        if (known == list.end())
            list += start + value;
        else
            *known = start + value;
    }
    m_config[u"Env"_s] = listOf(list);
    return {};
}

Result<> Changes::label(const QString &arguments)
{
    const auto added = pairs(arguments);
    if (!added)
        return std::unexpected(added.error());
    auto labels = m_config["Labels"_L1].toObject();
    for (const auto &[name, value] : *added)
        labels[name] = value;
    m_config[u"Labels"_s] = labels;
    return {};
}

// "80", "80/udp", "8000-8010/tcp".
Result<QString> Changes::portOf(const QString &word) const
{
    const auto slash = word.indexOf(u'/');
    const auto port = slash < 0 ? word : word.first(slash);
    const auto protocol = slash < 0 ? u"tcp"_s : word.sliced(slash + 1).toLower();
    if (protocol != "tcp"_L1 && protocol != "udp"_L1 && protocol != "sctp"_L1)
        return wrong("Invalid proto: "_L1 + protocol);
    const auto ends = port.split(u'-');
    for (const QString &end : ends) {
        bool isNumber = false;
        const int number = end.toInt(&isNumber);
        if (!isNumber || number < 0 || number > maxPort || ends.size() > 2)
            return wrong("invalid containerPort: "_L1 + port);
    }
    return port + u'/' + protocol;
}

Result<> Changes::expose(const QString &arguments)
{
    const auto words = rawWords(arguments);
    if (words.isEmpty())
        return wrong(u"EXPOSE requires at least one argument"_s);
    auto ports = m_config["ExposedPorts"_L1].toObject();
    for (const QString &word : words) {
        const auto text = expandWord(word, variables());
        const auto port = text ? portOf(*text) : text;
        if (!port)
            return std::unexpected(port.error());
        const auto slash = port->indexOf(u'/');
        const auto ends = port->first(slash).split(u'-');
        for (int number = ends.first().toInt(); number <= ends.last().toInt(); ++number)
            ports[QString::number(number) + port->sliced(slash)] = QJsonObject();
    }
    m_config[u"ExposedPorts"_s] = ports;
    return {};
}

Result<> Changes::healthCheck(const QString &arguments)
{
    auto check = parseHealthCheck(arguments);
    if (!check)
        return std::unexpected(check.error());
    m_config[u"Healthcheck"_s] = *check;
    return {};
}

Result<> Changes::onBuild(const QString &arguments)
{
    if (arguments.isEmpty())
        return wrong(u"ONBUILD requires at least one argument"_s);
    const auto trigger = rawWords(arguments).first().toUpper();
    if (trigger == "ONBUILD"_L1)
        return wrong(u"Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"_s);
    if (trigger == "FROM"_L1 || trigger == "MAINTAINER"_L1)
        return wrong(trigger + " isn't allowed as an ONBUILD trigger"_L1);
    m_config[u"OnBuild"_s] = listOf(textsOf(m_config["OnBuild"_L1]) + QStringList{arguments});
    return {};
}

Result<QString> Changes::one(const QString &arguments) const
{
    if (arguments.isEmpty())
        return wrong(m_instruction + " requires exactly one argument"_L1);
    return expandWord(arguments, variables());
}

Result<> Changes::stopSignal(const QString &arguments)
{
    const auto signal = one(arguments);
    if (!signal)
        return std::unexpected(signal.error());
    if (!parseSignal(*signal))
        return wrong("invalid signal: "_L1 + *signal);
    m_config[u"StopSignal"_s] = *signal;
    return {};
}

Result<> Changes::user(const QString &arguments)
{
    const auto name = one(arguments);
    if (!name)
        return std::unexpected(name.error());
    m_config[u"User"_s] = *name;
    return {};
}

Result<> Changes::volume(const QString &arguments)
{
    const auto words = jsonWords(arguments).value_or(rawWords(arguments));
    if (words.isEmpty())
        return wrong(u"VOLUME requires at least one argument"_s);
    auto volumes = m_config["Volumes"_L1].toObject();
    for (const QString &word : words) {
        const auto path = expandWord(word, variables());
        if (!path)
            return std::unexpected(path.error());
        if (path->trimmed().isEmpty())
            return wrong(u"VOLUME specified can not be an empty string"_s);
        volumes[path->trimmed()] = QJsonObject();
    }
    m_config[u"Volumes"_s] = volumes;
    return {};
}

Result<> Changes::workingDirectory(const QString &arguments)
{
    const auto path = one(arguments);
    if (!path)
        return std::unexpected(path.error());
    const auto current = m_config["WorkingDir"_L1].toString();
    m_config[u"WorkingDir"_s] = QDir::cleanPath(path->startsWith(u'/') ? *path : u'/' + current + u'/' + *path);
    return {};
}

} // namespace

Result<QJsonObject> applyImageChanges(QJsonObject config, const QStringList &changes)
{
    Changes applied(std::move(config));
    for (const QString &change : changes) {
        const auto lines = instructionLines(change);
        for (const QString &line : lines) {
            if (auto done = applied.apply(line); !done)
                return std::unexpected(done.error());
        }
    }
    return applied.take();
}

} // namespace berth
