// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/naturalorder.h"
#include "cli/report.h"

#include <algorithm>
#include <charconv>
#include <format>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container port", "port"};

// "80" is "80/tcp".
Result<QString> wholePort(const std::string &text)
{
    const auto number = text.substr(0, text.find('/'));
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), port);
    if (error == std::errc::result_out_of_range)
        return fail(ErrorCode::InvalidArgument,
            std::format("invalid port ({}): strconv.ParseUint: parsing \"{}\": value out of range", text, number));
    if (error != std::errc() || end != number.data() + number.size())
        return fail(ErrorCode::InvalidArgument,
            std::format("invalid port ({}): strconv.ParseUint: parsing \"{}\": invalid syntax", text, number));
    const auto whole = QString::fromStdString(text);
    return whole.contains(u'/') ? whole : whole + "/tcp"_L1;
}

QStringList linesOf(const ContainerInfo &container, const QString &port)
{
    QStringList lines;
    for (const OpenPort &open : container.ports) {
        if (port.isEmpty())
            lines += open.port + " -> "_L1 + open.hostText();
        else if (open.port == port)
            lines += open.hostText();
    }
    std::ranges::sort(lines, naturalLess);
    return lines;
}

int port(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = store->findContainer(QString::fromStdString(call.arguments[0]));
    if (!container)
        return reportError(container.error());
    const bool isOne = call.arguments.size() > 1;
    const auto asked = isOne ? wholePort(call.arguments[1]) : Result<QString>();
    if (!asked) {
        printError("Error: " + asked.error().detail + '\n');
        return exitFailure;
    }
    const auto lines = linesOf(*container, *asked);
    if (isOne && lines.isEmpty()) {
        printError(std::format("Error: No public port '{}' published for {}\n", call.arguments[1], call.arguments[0]));
        return exitFailure;
    }
    for (const QString &line : lines)
        printOut(line + u'\n');
    return 0;
}

} // namespace

constinit const Command portCommand{
    .paths = paths,
    .usage = "CONTAINER [PRIVATE_PORT[/PROTO]]",
    .summary = "List port mappings or a specific mapping for the container",
    .example = "berth port web",
    .flags = {},
    .arity = {1, 2},
    .run = port,
};

} // namespace berth
