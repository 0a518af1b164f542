// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The flags of run and create about names, limits and privileges.
#include "cli/mountflags.h"
#include "cli/runrequest.h"

#include <algorithm>
#include <format>

#include <arpa/inet.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

using Checked = std::expected<void, RequestProblem>;

std::unexpected<RequestProblem> badValue(
    const FlagValues &flags, std::string_view name, std::string_view value, std::string_view reason)
{
    const auto flag = *std::ranges::find(flags.flags(), name, &Flag::name);
    return std::unexpected(RequestProblem{invalidFlagValue(flag, value, reason).error().detail, true});
}

bool isAddress(const std::string &text)
{
    in6_addr address{};
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1 || ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

// What ends up in a line of a file must not make a second one.
bool isOneWord(const std::string &text)
{
    return !text.empty() && std::ranges::none_of(text, [](unsigned char c) { return c <= ' ' || c == 0x7f; });
}

Checked addHosts(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : flags.list("add-host")) {
        const auto at = value.find_first_of("=:");
        if (at == value.npos || at == 0 || !isOneWord(value.substr(0, at)))
            return badValue(flags, "add-host", value, std::format("bad format for add-host: \"{}\"", value));
        auto address = value.substr(at + 1);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        if (address == "host-gateway")
            return std::unexpected(RequestProblem{"the flag --add-host with host-gateway is not supported yet"});
        if (!isAddress(address))
            return badValue(flags, "add-host", value, std::format("invalid IP address in add-host: \"{}\"", address));
        options.extraHosts += QString::fromStdString(value.substr(0, at) + ':' + address);
    }
    return {};
}

Checked addNameServers(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : flags.list("dns")) {
        if (!isAddress(value))
            return badValue(flags, "dns", value, "IP address is not correctly formatted: " + value);
        options.dns += QString::fromStdString(value);
    }
    for (const auto *name : {"dns-opt", "dns-option", "dns-search"}) {
        for (const auto &value : flags.list(name)) {
            if (!isOneWord(value))
                return badValue(flags, name, value, value + " is not a valid domain");
            auto &list = std::string_view(name) == "dns-search" ? options.dnsSearch : options.dnsOptions;
            list += QString::fromStdString(value);
        }
    }
    return {};
}

Checked addPorts(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : flags.list("expose")) {
        const auto ports = parseExpose(QString::fromStdString(value));
        if (!ports)
            return std::unexpected(RequestProblem{ports.error().detail});
        options.exposedPorts += *ports;
    }
    for (const auto &value : flags.list("publish")) {
        const auto mappings = parsePublish(QString::fromStdString(value));
        if (!mappings)
            return std::unexpected(RequestProblem{mappings.error().detail});
        options.publishedPorts += *mappings;
    }
    options.publishAll = flags.boolean("publish-all");
    return {};
}

constexpr std::string_view limitNames[] = {"as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile",
    "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"};

// "nofile=1024:2048", "core=-1".
Checked addLimits(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : flags.list("ulimit")) {
        const auto text = QString::fromStdString(value);
        const auto name = text.section(u'=', 0, 0).toLower();
        const auto numbers = text.section(u'=', 1).split(u':');
        if (!text.contains(u'='))
            return badValue(flags, "ulimit", value, "invalid ulimit argument: " + value);
        if (!std::ranges::contains(limitNames, name.toStdString()))
            return badValue(flags, "ulimit", value, "invalid ulimit type: " + name.toStdString());
        if (numbers.size() > 2)
            return badValue(flags, "ulimit", value,
                std::format("too many limit value arguments - {}, can only have up to two, `soft[:hard]`",
                    text.section(u'=', 1).toStdString()));
        ResourceLimit limit{.name = name};
        for (qint64 *place : {&limit.soft, &limit.hard}) {
            const auto &number = place == &limit.soft ? numbers.first() : numbers.last();
            bool isNumber = false;
            *place = number.toLongLong(&isNumber);
            if (!isNumber || *place < -1)
                return badValue(flags, "ulimit", value,
                    std::format("strconv.ParseInt: parsing \"{}\": invalid syntax", number.toStdString()));
        }
        if (limit.hard != -1 && (limit.soft == -1 || limit.soft > limit.hard))
            return badValue(flags, "ulimit", value,
                std::format("ulimit soft limit must be less than or equal to hard limit: {} > {}", limit.soft, limit.hard));
        options.limits += limit;
    }
    return {};
}

Checked addSecurity(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : flags.list("cap-add"))
        options.addedCapabilities += QString::fromStdString(value);
    for (const auto &value : flags.list("cap-drop"))
        options.droppedCapabilities += QString::fromStdString(value);
    for (const auto &value : flags.list("security-opt")) {
        if (value == "no-new-privileges" || value == "no-new-privileges:true" || value == "no-new-privileges=true")
            options.noNewPrivileges = true;
        else if (value == "no-new-privileges:false" || value == "no-new-privileges=false")
            options.noNewPrivileges = false;
        else if (value.find_first_of("=:") == value.npos)
            return std::unexpected(RequestProblem{std::format("Invalid --security-opt: \"{}\"", value)});
        else
            return std::unexpected(RequestProblem{std::format("the flag --security-opt {} is not supported yet", value)});
    }
    return {};
}

Checked addSizes(RunOptions &options, const FlagValues &flags)
{
    if (!flags.isSet("shm-size"))
        return {};
    const auto size = parseBytes(QString::fromStdString(flags.text("shm-size")));
    if (!size)
        return badValue(flags, "shm-size", flags.text("shm-size"), size.error().detail);
    options.shmSize = *size;
    return {};
}

} // namespace

std::expected<void, RequestProblem> addIsolation(RunOptions &options, const FlagValues &flags)
{
    options.domainname = QString::fromStdString(flags.text("domainname"));
    if (!options.domainname.isEmpty() && !isOneWord(options.domainname.toStdString()))
        return std::unexpected(RequestProblem{"invalid domain name: " + options.domainname.toStdString()});
    for (const auto add : {addHosts, addNameServers, addPorts, addLimits, addSecurity, addSizes}) {
        if (const auto added = add(options, flags); !added)
            return added;
    }
    return {};
}

} // namespace berth
