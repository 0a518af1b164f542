// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/engineaccess.h"
#include "cli/report.h"

#include <charconv>
#include <format>

namespace berth {
namespace {

constexpr std::string_view paths[] = {"container port", "port"};

// "80/tcp" or "80". Nothing is published yet, so there is only one answer to it.
Result<> checkPort(const std::string &text)
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
    return {};
}

int port(const Invocation &call)
{
    auto store = openStore();
    if (!store)
        return reportError(store.error());
    const auto container = store->findContainer(QString::fromStdString(call.arguments[0]));
    if (!container)
        return reportError(container.error());
    if (call.arguments.size() == 1)
        return 0;
    const auto valid = checkPort(call.arguments[1]);
    printError("Error: "
        + (valid ? std::format("No public port '{}' published for {}\n", call.arguments[1], call.arguments[0])
                 : valid.error().detail + "\n"));
    return exitFailure;
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
