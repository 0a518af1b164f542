// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/portmapping.h"

#include <algorithm>
#include <format>
#include <optional>

#include <arpa/inet.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

std::unexpected<Error> refuse(const QString &text) { return fail(ErrorCode::InvalidArgument, text.toStdString()); }

// Digits only, as Go's ParseUint has it.
Result<int> parseNumber(const QString &text)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    const auto prefix = u"strconv.ParseUint: parsing \"%1\": "_s.arg(text);
    if (text.isEmpty() || !std::ranges::all_of(text, isDigit))
        return refuse(prefix + "invalid syntax"_L1);
    bool isNumber = false;
    const auto number = text.toULongLong(&isNumber);
    if (!isNumber || number > 65535)
        return refuse(prefix + "value out of range"_L1);
    return static_cast<int>(number);
}

struct Range {
    int first = 0, last = 0;

    [[nodiscard]] int size() const { return last - first + 1; }
};

// What follows a second hyphen is not looked at, as with Docker.
Result<Range> parseRange(const QString &text)
{
    if (text.isEmpty())
        return refuse(u"empty string specified for ports"_s);
    const auto first = parseNumber(text.section(u'-', 0, 0));
    const auto last = text.contains(u'-') ? parseNumber(text.section(u'-', 1, 1)) : first;
    if (!first || !last)
        return std::unexpected(first ? last.error() : first.error());
    if (*last < *first)
        return refuse("invalid range specified for port: "_L1 + text);
    return Range{*first, *last};
}

// "published=8080,target=80,protocol=tcp" in the short form.
Result<QString> shortForm(const QString &value)
{
    QString published, target, protocol = u"tcp"_s;
    for (const QString &field : value.split(u',')) {
        const auto key = field.section(u'=', 0, 0);
        if (!field.contains(u'=') || key.isEmpty())
            return refuse(u"invalid publish opts format (should be name=value but got '%1')"_s.arg(field));
        const auto text = field.section(u'=', 1);
        if (key == "published"_L1)
            published = text;
        else if (key == "target"_L1)
            target = text;
        else if (key == "protocol"_L1)
            protocol = text;
    }
    return published + u':' + target + u'/' + protocol;
}

bool isAddress(const QString &text)
{
    in6_addr bytes{};
    const auto name = text.toLatin1();
    return ::inet_pton(AF_INET, name, &bytes) == 1 || ::inet_pton(AF_INET6, name, &bytes) == 1;
}

Result<QString> parseAddress(const QString &text)
{
    QString address = text;
    if (text.startsWith(u'[') && !text.endsWith(u']'))
        return refuse(
            u"invalid IP address %1: address %1:: missing %2 in address"_s.arg(text, text.contains(u']') ? u"port"_s : u"']'"_s));
    if (text.startsWith(u'['))
        address = text.mid(1, text.size() - 2);
    if (!address.isEmpty() && !isAddress(address))
        return refuse("invalid IP address: "_L1 + address);
    return address;
}

QString joined(const QString &address, const QString &port)
{
    return (address.contains(u':') ? u'[' + address + u']' : address) + u':' + port;
}

// One entry of the column before neighbours are joined: address is empty for a port that is only exposed.
struct Entry {
    int port = 0;
    QString address;
    int hostPort = 0;
    QString protocol;

    [[nodiscard]] bool leadsElsewhere() const { return !address.isEmpty() && hostPort != port; }
    friend auto operator<=>(const Entry &, const Entry &) = default;
};

struct Run {
    QString address, protocol;
    int first = 0, last = 0;

    [[nodiscard]] QString text() const
    {
        const auto range = first == last ? QString::number(first) : u"%1-%2"_s.arg(first).arg(last);
        const auto left = address.isEmpty() ? QString() : joined(address, range) + "->"_L1;
        return left + range + u'/' + protocol;
    }
};

} // namespace

QString OpenPort::hostText() const { return joined(address, QString::number(hostPort)); }

int portNumber(const QString &port) { return port.section(u'/', 0, 0).toInt(); }

QString portProtocol(const QString &port) { return port.section(u'/', 1, 1); }

Result<QList<PortMapping>> parsePublish(const QString &value)
{
    const auto text = value.contains(u'=') ? shortForm(value) : Result<QString>(value);
    if (!text)
        return std::unexpected(text.error());
    const auto parts = text->split(u':');
    const auto container = parts.last();
    const auto hostPort = parts.size() > 1 ? parts[parts.size() - 2] : QString();
    const auto address = parseAddress(parts.mid(0, std::max<qsizetype>(parts.size() - 2, 0)).join(u':'));
    if (!address)
        return std::unexpected(address.error());
    const auto numbers = container.section(u'/', 0, 0);
    if (numbers.isEmpty())
        return refuse(u"no port specified: %1<empty>"_s.arg(*text));
    const auto ports = parseRange(numbers);
    if (!ports)
        return refuse("invalid containerPort: "_L1 + numbers);
    const auto hosts = hostPort.isEmpty() ? Result<Range>(Range()) : parseRange(hostPort);
    if (!hosts)
        return refuse("invalid hostPort: "_L1 + hostPort);
    if (!hostPort.isEmpty() && hosts->size() != ports->size() && ports->size() != 1)
        return refuse(u"invalid ranges specified for container and host Ports: %1 and %2"_s.arg(numbers, hostPort));
    const auto said = container.contains(u'/') ? container.section(u'/', 1) : QString();
    const auto protocol = said.isEmpty() ? u"tcp"_s : said.toLower();
    if (!QStringList{u"tcp"_s, u"udp"_s, u"sctp"_s}.contains(protocol))
        return refuse("invalid proto: "_L1 + said);
    QList<PortMapping> mappings;
    for (int i = 0; i < ports->size(); ++i) {
        PortMapping mapping{.address = *address, .hostPort = {}, .port = QString::number(ports->first + i) + u'/' + protocol};
        if (!hostPort.isEmpty())
            mapping.hostPort = QString::number(hosts->first + i);
        if (ports->size() == 1 && hosts->size() > 1)
            mapping.hostPort += u'-' + QString::number(hosts->last);
        mappings += mapping;
    }
    return mappings;
}

QString publishText(const PortMapping &mapping)
{
    const auto port = mapping.port.endsWith("/tcp"_L1) ? mapping.port.chopped(4) : mapping.port;
    if (!mapping.address.isEmpty())
        return joined(mapping.address, mapping.hostPort) + u':' + port;
    return mapping.hostPort.isEmpty() ? port : mapping.hostPort + u':' + port;
}

Result<QStringList> parseExpose(const QString &value)
{
    if (value.contains(u':'))
        return refuse("invalid port format for --expose: "_L1 + value);
    const auto said = value.section(u'/', 1);
    const auto ports = parseRange(value.section(u'/', 0, 0));
    if (!ports)
        return refuse(
            u"invalid range format for --expose: %1, error: %2"_s.arg(value, QString::fromStdString(ports.error().detail)));
    QStringList list;
    for (int port = ports->first; port <= ports->last; ++port)
        list += QString::number(port) + u'/' + (said.isEmpty() ? u"tcp"_s : said.toLower());
    return list;
}

QString portsText(const QStringList &exposed, const QList<OpenPort> &open)
{
    QList<Entry> entries;
    for (const OpenPort &port : open)
        entries += {portNumber(port.port), port.address, port.hostPort, portProtocol(port.port)};
    for (const QString &port : exposed) {
        if (!std::ranges::contains(open, port, &OpenPort::port))
            entries += {portNumber(port), QString(), 0, portProtocol(port)};
    }
    std::ranges::sort(entries);
    // A run that is over goes first, then those that are open at the end, then what leads to other numbers.
    QList<Run> runs;
    QStringList over, elsewhere;
    for (const Entry &entry : std::as_const(entries)) {
        if (entry.leadsElsewhere()) {
            elsewhere += u"%1->%2/%3"_s.arg(
                joined(entry.address, QString::number(entry.hostPort)), QString::number(entry.port), entry.protocol);
            continue;
        }
        const auto run = std::ranges::find_if(
            runs, [&](const Run &other) { return other.address == entry.address && other.protocol == entry.protocol; });
        if (run == runs.end()) {
            runs += {entry.address, entry.protocol, entry.port, entry.port};
        } else if (entry.port == run->last + 1) {
            run->last = entry.port;
        } else {
            over += run->text();
            run->first = run->last = entry.port;
        }
    }
    for (const Run &run : std::as_const(runs))
        over += run.text();
    return (over + elsewhere).join(", "_L1);
}

} // namespace berth
