// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/report.h"

#include <QJsonObject>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr std::string_view paths[] = {"version"};

constexpr Flag flags[] = {
    {"format", 'f', FlagKind::Text, "string",
        "Format output using a custom template:\n'json': JSON in one line\n'TEMPLATE': a Go template"},
};

// The Docker API whose texts and flags this version follows.
constexpr auto apiVersion = "1.50"_L1;

QString goArchitecture()
{
    const auto name = QSysInfo::currentCpuArchitecture();
    return name == "x86_64"_L1 ? u"amd64"_s : name;
}

QJsonObject side()
{
    return {{u"Version"_s, QStringLiteral(BERTH_VERSION)}, {u"ApiVersion"_s, apiVersion}, {u"Os"_s, u"linux"_s},
        {u"Arch"_s, goArchitecture()}, {u"KernelVersion"_s, QSysInfo::kernelVersion()}};
}

QString sideText(const QString &title, const QJsonObject &values)
{
    return u"%1\n Version:           %2\n API version:       %3\n OS/Arch:           %4/%5\n"
           " Kernel version:    %6\n"_s.arg(title, values["Version"_L1].toString(), values["ApiVersion"_L1].toString(),
               values["Os"_L1].toString(), values["Arch"_L1].toString(), values["KernelVersion"_L1].toString());
}

int version(const Invocation &call)
{
    const auto values = side();
    const auto format = QString::fromStdString(call.flags.text("format"));
    if (format.isEmpty()) {
        printOut(sideText(u"Client: Berth"_s, values) + u'\n'
            + sideText(u"Server: Berth, in this program (there is no daemon)"_s, values));
        return 0;
    }
    // Scripts ask for one side or the other; both are this program.
    const auto text = formatValue(format, QJsonObject{{u"Client"_s, values}, {u"Server"_s, values}});
    if (!text)
        return reportPlainError(text.error());
    printOut(*text);
    return 0;
}

} // namespace

constinit const Command versionCommand{
    .paths = paths,
    .usage = "[OPTIONS]",
    .summary = "Show the Berth version information",
    .example = "berth version -f '{{.Client.Version}}'",
    .flags = flags,
    .arity = {0, 0},
    .run = version,
};

} // namespace berth
