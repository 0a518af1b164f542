// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/report.h"

#include <QJsonArray>
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
constexpr auto oldestApiVersion = "1.24"_L1;

QString goArchitecture()
{
    const auto name = QSysInfo::currentCpuArchitecture();
    return name == "x86_64"_L1 ? u"amd64"_s : name;
}

// What scripts for Docker ask each side. There is no commit, Go version or time of build to tell.
QJsonObject side()
{
    return {{u"Version"_s, QStringLiteral(BERTH_VERSION)}, {u"ApiVersion"_s, apiVersion}, {u"GitCommit"_s, QString()},
        {u"GoVersion"_s, QString()}, {u"Os"_s, u"linux"_s}, {u"Arch"_s, goArchitecture()}, {u"BuildTime"_s, QString()}};
}

QJsonObject client()
{
    auto values = side();
    values[u"DefaultAPIVersion"_s] = apiVersion;
    values[u"Context"_s] = u"default"_s;
    return values;
}

QJsonObject server()
{
    auto values = side();
    values[u"MinAPIVersion"_s] = oldestApiVersion;
    values[u"KernelVersion"_s] = QSysInfo::kernelVersion();
    values[u"Platform"_s] = QJsonObject{{u"Name"_s, u"Berth"_s}};
    const QJsonObject details{{u"ApiVersion"_s, apiVersion}, {u"Arch"_s, goArchitecture()}, {u"BuildTime"_s, QString()},
        {u"Experimental"_s, u"false"_s}, {u"GitCommit"_s, QString()}, {u"GoVersion"_s, QString()},
        {u"KernelVersion"_s, QSysInfo::kernelVersion()}, {u"MinAPIVersion"_s, oldestApiVersion}, {u"Os"_s, u"linux"_s}};
    values[u"Components"_s] = QJsonArray{
        QJsonObject{{u"Name"_s, u"Engine"_s}, {u"Version"_s, QStringLiteral(BERTH_VERSION)}, {u"Details"_s, details}}};
    return values;
}

QString versionText()
{
    const auto platform = "linux/"_L1 + goArchitecture();
    return u"Client: Berth\n Version:           %1\n API version:       %2\n OS/Arch:           %3\n Context:           "
           u"default\n\n"
           "Server: Berth, in this program (there is no daemon)\n Engine:\n  Version:          %1\n"
           "  API version:      %2 (minimum version %4)\n  OS/Arch:          %3\n  Kernel version:   %5\n"
           "  Experimental:     false\n"_s.arg(
               QStringLiteral(BERTH_VERSION), apiVersion, platform, oldestApiVersion, QSysInfo::kernelVersion());
}

int version(const Invocation &call)
{
    const auto format = QString::fromStdString(call.flags.text("format"));
    if (format.isEmpty()) {
        printOut(versionText());
        return 0;
    }
    // Scripts ask for one side or the other; both are this program.
    const auto text = formatValue(
        format, QJsonObject{{u"Client"_s, client()}, {u"Server"_s, server()}}, {u"version"_s, u"system.versionInfo"_s});
    if (!text)
        return reportTemplateError(text.error());
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
