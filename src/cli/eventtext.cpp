// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eventtext.h"

#include "cli/jsontext.h"
#include "cli/listing.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qint64 second = 1'000'000'000;

// Docker compares names of images with and without their tag.
QString withoutTag(const QString &name)
{
    const auto colon = name.lastIndexOf(u':');
    return colon > name.lastIndexOf(u'/') ? name.first(colon) : name;
}

bool matchesImage(const EngineEvent &event, const Filters &filters)
{
    const auto name = event.attributes.value(event.type == u"image" ? u"name"_s : u"image"_s);
    const QStringList candidates{event.id, name, withoutTag(event.id), withoutTag(name)};
    return filters.anyOf(u"image"_s, [&](const QString &v) { return candidates.contains(v); });
}

// The beginning of an id or of a name.
bool matchesObject(const EngineEvent &event, const Filters &filters, const QString &type)
{
    const auto name = event.attributes.value(u"name"_s);
    return filters.anyOf(type, [&](const QString &v) { return event.id.startsWith(v) || name.startsWith(v); });
}

// "exec_create" stands for every command that was executed.
bool matchesAction(const EngineEvent &event, const Filters &filters)
{
    static const QStringList open{u"exec_create"_s, u"exec_start"_s, u"health_status"_s};
    const auto wanted = filters.values(u"event"_s);
    const bool isOpen = std::ranges::any_of(wanted, [](const QString &v) { return open.contains(v); });
    return filters.anyOf(
        u"event"_s, [&](const QString &v) { return event.action == v || (isOpen && event.action.startsWith(v)); });
}

// RFC 3339 with nine decimals, in local time with its offset.
QString timeText(qint64 nano)
{
    const auto time = QDateTime::fromSecsSinceEpoch(nano / second);
    const int offset = time.offsetFromUtc();
    QString text = time.toString(u"yyyy-MM-ddTHH:mm:ss."_s) + u"%1"_s.arg(nano % second, 9, 10, QLatin1Char('0'));
    if (offset == 0)
        return text + u'Z';
    const int minutes = std::abs(offset) / 60;
    return text + (offset < 0 ? u'-' : u'+')
        + u"%1:%2"_s.arg(minutes / 60, 2, 10, QLatin1Char('0')).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

// Labels and commands are anybody's text; on a terminal they shall neither move the cursor nor look like
// an event of their own.
QString onOneLine(const QString &text)
{
    QString safe;
    for (const QChar c : text) {
        if (c.category() == QChar::Other_Control)
            safe += c == u'\n' ? u"\\n"_s : c == u'\t' ? u"\\t"_s : u"\\u%1"_s.arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            safe += c;
    }
    return safe;
}

QString plainLine(const EngineEvent &event)
{
    QStringList attributes;
    for (const auto &[name, value] : event.attributes.asKeyValueRange())
        attributes += name + u'=' + value;
    QString line = timeText(event.timeNano) + u' ' + event.type + u' ' + event.action + u' ' + event.id;
    if (!attributes.isEmpty())
        line += " ("_L1 + attributes.join(", "_L1) + u')';
    return onOneLine(line);
}

QJsonObject actorOf(const EngineEvent &event)
{
    QJsonObject attributes;
    for (const auto &[name, value] : event.attributes.asKeyValueRange())
        attributes.insert(name, value);
    return {{u"ID"_s, event.id}, {u"Attributes"_s, attributes}};
}

// The members of old that only containers and images have.
bool hasLegacyMembers(const EngineEvent &event) { return event.type == u"container" || event.type == u"image"; }
QString sourceOf(const EngineEvent &event) { return event.type == u"container" ? event.attributes.value(u"image"_s) : QString(); }

// In the order in which Docker writes them.
QString jsonLine(const EngineEvent &event)
{
    QString text = u"{"_s;
    const auto add = [&text](QLatin1StringView name, const QJsonValue &value) {
        if (text.size() > 1)
            text += u',';
        text += jsonText(QString(name)) + u':' + jsonText(value);
    };
    if (hasLegacyMembers(event)) {
        add("status"_L1, event.action);
        add("id"_L1, event.id);
        if (const auto source = sourceOf(event); !source.isEmpty())
            add("from"_L1, source);
    }
    add("Type"_L1, event.type);
    add("Action"_L1, event.action);
    text += u",\"Actor\":{\"ID\":%1,\"Attributes\":%2}"_s.arg(jsonText(event.id), jsonText(actorOf(event)[u"Attributes"_s]));
    add("scope"_L1, u"local"_s);
    add("time"_L1, event.timeNano / second);
    add("timeNano"_L1, event.timeNano);
    return text + u'}';
}

// As a template sees it: the names of Docker's structure, which are not those of its JSON.
QJsonObject fieldsOf(const EngineEvent &event)
{
    const bool hasLegacy = hasLegacyMembers(event);
    return {{u"Status"_s, hasLegacy ? event.action : QString()}, {u"ID"_s, hasLegacy ? event.id : QString()},
        {u"From"_s, sourceOf(event)}, {u"Type"_s, event.type}, {u"Action"_s, event.action}, {u"Actor"_s, actorOf(event)},
        {u"Scope"_s, u"local"_s}, {u"Time"_s, event.timeNano / second}, {u"TimeNano"_s, event.timeNano}};
}

bool isWholeJson(const QString &format) { return format == "json"_L1 || QString(format).remove(u' ') == "{{json.}}"_L1; }

} // namespace

Result<> checkEventFilters(const Filters &filters)
{
    return filters.allowOnly({u"config"_s, u"container"_s, u"daemon"_s, u"event"_s, u"image"_s, u"label"_s, u"network"_s,
        u"node"_s, u"plugin"_s, u"scope"_s, u"secret"_s, u"service"_s, u"type"_s, u"volume"_s});
}

bool eventMatches(const EngineEvent &event, const Filters &filters)
{
    static const QStringList never{u"config"_s, u"daemon"_s, u"node"_s, u"plugin"_s, u"secret"_s, u"service"_s};
    return filters.anyOf(u"type"_s, [&](const QString &v) { return event.type == v; })
        && filters.anyOf(u"scope"_s, [](const QString &v) { return v == "local"_L1; }) && matchesAction(event, filters)
        && matchesObject(event, filters, u"container"_s) && matchesObject(event, filters, u"volume"_s)
        && matchesObject(event, filters, u"network"_s) && matchesImage(event, filters) && filters.labelsMatch(event.attributes)
        && std::ranges::none_of(never, [&](const QString &key) { return filters.has(key); });
}

Result<QString> eventText(const EngineEvent &event, const QString &format)
{
    if (format.isEmpty())
        return plainLine(event) + u'\n';
    if (isWholeJson(format))
        return jsonLine(event) + u'\n';
    return formatValue(format, fieldsOf(event), {{}, u"*events.Message"_s});
}

} // namespace berth
