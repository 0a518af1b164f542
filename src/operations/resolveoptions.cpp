// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/resolveoptions.h"

#include "core/capabilityname.h"
#include "operations/containeroperations.h"
#include "wire/runspec.h"

#include <algorithm>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

constexpr auto defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"_L1;

QStringView nameOf(QStringView variable) { return variable.left(variable.indexOf(u'=')); }

void setVariable(QStringList &environment, const QString &variable)
{
    for (QString &present : environment) {
        if (nameOf(present) == nameOf(variable)) {
            present = variable;
            return;
        }
    }
    environment.append(variable);
}

// Only "NAME=value" counts. An image's "NAME" or "*" is never a question to the host's environment.
bool isAssignment(const QString &variable) { return variable.indexOf(u'=') > 0 && !variable.contains(QChar::Null); }

QStringList resolveEnvironment(const RunOptions &asked, const ImageConfig &image, const QString &hostname)
{
    QStringList environment{QString(defaultPath)};
    environment += u"HOSTNAME="_s + hostname;
    if (asked.terminal)
        environment += u"TERM=xterm"_s;
    for (const QStringList &list : {image.environment, asked.environment}) {
        for (const QString &variable : list) {
            if (isAssignment(variable))
                setVariable(environment, variable);
        }
    }
    return environment;
}

void resolveCommand(RunOptions &options, const ImageConfig &image)
{
    if (options.entrypoint) { // also clears the image's command
        if (*options.entrypoint == QStringList{QString()})
            options.entrypoint->clear();
        return;
    }
    options.entrypoint = image.entrypoint;
    if (options.command.isEmpty())
        options.command = image.command;
}

// What was not asked for is as the image says.
HealthCheck resolveHealth(const HealthCheck &asked, const HealthCheck &image)
{
    if (asked == HealthCheck())
        return image;
    HealthCheck health = asked;
    if (health.test.isEmpty())
        health.test = image.test;
    for (const auto member :
        {&HealthCheck::interval, &HealthCheck::timeout, &HealthCheck::startPeriod, &HealthCheck::startInterval}) {
        if (health.*member == 0)
            health.*member = image.*member;
    }
    if (health.retries == 0)
        health.retries = image.retries;
    return health;
}

Result<> checkHealth(const HealthCheck &health)
{
    constexpr qint64 millisecond = 1'000'000;
    const auto refuse = [](const char *name) {
        return fail(ErrorCode::InvalidArgument, std::string(name) + " in Healthcheck cannot be less than 1ms");
    };
    const auto isBad = [](qint64 time) { return time != 0 && time < millisecond; };
    if (isBad(health.interval))
        return refuse("Interval");
    if (isBad(health.timeout))
        return refuse("Timeout");
    if (health.retries < 0)
        return fail(ErrorCode::InvalidArgument, "Retries in Healthcheck cannot be negative");
    if (isBad(health.startPeriod))
        return refuse("StartPeriod");
    if (isBad(health.startInterval))
        return refuse("StartInterval");
    return {};
}

} // namespace

Result<RunOptions> resolveOptions(const RunOptions &asked, const ImageConfig &image, const QString &id)
{
    RunOptions options = asked;
    resolveCommand(options, image);
    if (options.entrypoint->isEmpty() && options.command.isEmpty())
        return fail(ErrorCode::InvalidArgument, "no command specified");
    if (options.hostname.isEmpty())
        options.hostname = id.first(12);
    options.environment = resolveEnvironment(asked, image, options.hostname);
    if (options.workingDirectory.isEmpty())
        options.workingDirectory = image.workingDirectory.isEmpty() ? u"/"_s : image.workingDirectory;
    if (!options.workingDirectory.startsWith(u'/')) {
        if (!asked.workingDirectory.isEmpty())
            return fail(ErrorCode::InvalidArgument,
                "the working directory '" + asked.workingDirectory.toStdString()
                    + "' is invalid, it needs to be an absolute path");
        options.workingDirectory.prepend(u'/');
    }
    if (options.user.isEmpty())
        options.user = image.user;
    if (options.stopSignal.isEmpty())
        options.stopSignal = image.stopSignal.isEmpty() ? u"SIGTERM"_s : image.stopSignal;
    if (const auto signal = parseSignal(options.stopSignal); !signal)
        return std::unexpected(signal.error());
    const auto capabilities = changedCapabilities(defaultCapabilities, asked.addedCapabilities, asked.droppedCapabilities);
    if (!capabilities)
        return std::unexpected(capabilities.error());
    const auto expose = [&options](const QString &port) {
        const auto whole = port.contains(u'/') ? port : port + "/tcp"_L1;
        if (!options.exposedPorts.contains(whole))
            options.exposedPorts += whole;
    };
    for (const QString &port : image.exposedPorts)
        expose(port);
    for (const PortMapping &mapping : asked.publishedPorts)
        expose(mapping.port);
    options.health = resolveHealth(asked.health, image.health);
    if (const auto valid = checkHealth(options.health); !valid)
        return std::unexpected(valid.error());
    for (auto label = image.labels.begin(); label != image.labels.end(); ++label) {
        if (!options.labels.contains(label.key()))
            options.labels.insert(label.key(), label.value());
    }
    auto mounts = resolveMounts(asked.mounts, image.volumes);
    if (!mounts)
        return std::unexpected(mounts.error());
    options.mounts = *mounts;
    return options;
}

QStringList askedEnvironment(const RunOptions &resolved, const ImageConfig &image)
{
    const QString hostname = u"HOSTNAME="_s + resolved.hostname;
    QStringList asked;
    for (const QString &variable : resolved.environment) {
        const bool isGiven = variable == hostname || variable == defaultPath
            || (resolved.terminal && variable == "TERM=xterm"_L1);
        if (!isGiven && !image.environment.contains(variable))
            asked += variable;
    }
    const auto names = asked;
    for (const QString &variable : image.environment) {
        const auto hasName = [&](const QString &other) { return nameOf(other) == nameOf(variable); };
        if (isAssignment(variable) && std::ranges::none_of(names, hasName))
            asked += variable;
    }
    return asked;
}

} // namespace berth
