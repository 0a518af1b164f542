// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runrequest.h"

#include "base/io.h"
#include "cli/filters.h"
#include "cli/mountflags.h"
#include "cli/networkflags.h"
#include "cli/report.h"

#include <QFile>

#include <algorithm>
#include <format>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

using Checked = std::expected<void, RequestProblem>;

std::unexpected<RequestProblem> problem(std::string text) { return std::unexpected(RequestProblem{std::move(text), false}); }

std::unexpected<RequestProblem> valueProblem(
    const FlagValues &flags, std::string_view name, std::string_view value, std::string_view reason)
{
    const auto flag = *std::ranges::find(flags.flags(), name, &Flag::name);
    return std::unexpected(RequestProblem{invalidFlagValue(flag, value, reason).error().detail, true});
}

QString textOf(const FlagValues &flags, std::string_view name) { return QString::fromStdString(flags.text(name)); }

QStringList listOf(const FlagValues &flags, std::string_view name)
{
    QStringList list;
    for (const auto &value : flags.list(name))
        list += QString::fromStdString(value);
    return list;
}

Checked addMounts(RunOptions &options, const FlagValues &flags)
{
    for (const auto &value : listOf(flags, "volume")) {
        const auto mount = parseVolume(value);
        if (!mount)
            return problem(errorText(mount.error()));
        options.mounts += *mount;
    }
    for (const auto &value : listOf(flags, "mount")) {
        const auto mount = parseMount(value);
        if (!mount && mount.error().detail.starts_with("invalid mount "))
            return problem(errorText(mount.error())); // a well-formed flag that asks for what cannot be
        if (!mount)
            return valueProblem(flags, "mount", value.toStdString(), mount.error().detail);
        options.mounts += *mount;
    }
    for (const auto &value : listOf(flags, "tmpfs")) {
        const auto mount = parseTmpfs(value);
        if (!mount)
            return problem(errorText(mount.error()));
        options.mounts += *mount;
    }
    options.volumesFrom = listOf(flags, "volumes-from");
    for (qsizetype i = 0; i < options.mounts.size(); ++i) {
        for (qsizetype j = 0; j < i; ++j) {
            const bool isSaidTwice = options.mounts[i] == options.mounts[j]; // which is no conflict
            if (options.mounts[i].target == options.mounts[j].target && !isSaidTwice)
                return problem("Error response from daemon: Duplicate mount point: " + options.mounts[i].target.toStdString());
        }
    }
    return {};
}

Checked addLabels(RunOptions &options, const FlagValues &flags)
{
    const auto add = [&options](const QString &word) { options.labels[word.section(u'=', 0, 0)] = word.section(u'=', 1); };
    for (const auto &path : flags.list("label-file")) {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly))
            return problem(std::format("open {}: {}", path, file.errorString().toLower().toStdString()));
        for (const auto &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
            const auto word = line.trimmed();
            if (word.startsWith(u'='))
                return problem(std::format("{}: no variable name on line '{}'", path, word.toStdString()));
            if (word.contains(u'=') && !word.startsWith(u'#')) // as Docker: a name alone is passed over
                add(word);
        }
    }
    for (const auto &word : listOf(flags, "label")) {
        if (word.isEmpty() || word.startsWith(u'='))
            return valueProblem(
                flags, "label", word.toStdString(), std::format("invalid label '{}': empty name", word.toStdString()));
        add(word);
    }
    return {};
}

Checked chooseStreams(RunRequest &request, const FlagValues &flags)
{
    const auto &streams = flags.list("attach");
    if (streams.empty()) {
        request.attachesStdin = request.options.interactive && !request.options.detached;
        request.attachesStdout = request.attachesStderr = !request.options.detached;
        return {};
    }
    for (const auto &stream : streams) {
        const auto name = QString::fromStdString(stream).toLower();
        if (name == "stdin"_L1)
            request.attachesStdin = true;
        else if (name == "stdout"_L1)
            request.attachesStdout = true;
        else if (name == "stderr"_L1)
            request.attachesStderr = true;
        else
            return valueProblem(flags, "attach", stream, "valid streams are STDIN, STDOUT and STDERR");
    }
    return {};
}

Checked chooseRestart(RunOptions &options, const FlagValues &flags)
{
    const auto policy = parseRestartPolicy(textOf(flags, "restart"));
    if (!policy)
        return problem(policy.error().detail);
    if (flags.boolean("rm") && !policy->isNone())
        return problem("conflicting options: cannot specify both --restart and --rm");
    options.restart = policy->isNone() && policy->maxRetries == 0 ? RestartPolicy() : *policy;
    return {};
}

Checked addHealth(RunOptions &options, const FlagValues &flags)
{
    static constexpr std::pair<const char *, qint64 HealthCheck::*> times[] = {{"health-interval", &HealthCheck::interval},
        {"health-timeout", &HealthCheck::timeout}, {"health-start-period", &HealthCheck::startPeriod},
        {"health-start-interval", &HealthCheck::startInterval}};
    HealthCheck health;
    if (const auto line = textOf(flags, "health-cmd"); !line.isEmpty())
        health.test = {u"CMD-SHELL"_s, line};
    for (const auto &[name, member] : times) {
        if (!flags.isSet(name))
            continue;
        const auto time = parseDuration(textOf(flags, name));
        if (!time) {
            const auto value = flags.text(name);
            return valueProblem(flags, name, value, std::format("time: invalid duration \"{}\"", value));
        }
        if (*time < 0)
            return problem(std::format("--{} cannot be negative", name));
        health.*member = *time;
    }
    if (flags.isSet("health-retries"))
        health.retries = flags.integer("health-retries");
    if (health.retries < 0)
        return problem("--health-retries cannot be negative");
    if (flags.boolean("no-healthcheck")) {
        if (health != HealthCheck())
            return problem("--no-healthcheck conflicts with --health-* options");
        health.test = {u"NONE"_s};
    }
    options.health = health;
    return {};
}

Checked choosePull(RunRequest &request, const FlagValues &flags)
{
    const auto pull = flags.text("pull");
    if (pull == "always")
        request.pull = PullPolicy::Always;
    else if (pull == "never")
        request.pull = PullPolicy::Never;
    else if (pull != "missing" && !pull.empty())
        return problem(std::format("invalid pull option: '{}': must be one of \"always\", "
                                   "\"missing\" or \"never\"",
            pull));
    return {};
}

Checked addSettings(RunOptions &options, const FlagValues &flags)
{
    options.name = textOf(flags, "name");
    if (options.name.startsWith(u'/'))
        options.name.remove(0, 1); // Docker's own form of a name
    options.workingDirectory = textOf(flags, "workdir");
    if (!options.workingDirectory.isEmpty() && !options.workingDirectory.startsWith(u'/')) {
        return problem(std::format("Error response from daemon: the working directory '{}' is invalid, it needs to be an "
                                   "absolute path",
            flags.text("workdir")));
    }
    options.user = textOf(flags, "user");
    options.extraGroups = listOf(flags, "group-add");
    options.hostname = textOf(flags, "hostname");
    options.stopSignal = textOf(flags, "stop-signal");
    if (flags.isSet("stop-timeout"))
        options.stopTimeout = flags.integer("stop-timeout");
    if (flags.isSet("entrypoint")) {
        const auto program = textOf(flags, "entrypoint");
        options.entrypoint = program.isEmpty() ? QStringList() : QStringList{program};
    }
    options.interactive = flags.boolean("interactive");
    options.terminal = flags.boolean("tty");
    options.detached = flags.boolean("detach");
    options.autoRemove = flags.boolean("rm");
    options.readOnlyRoot = flags.boolean("read-only");
    options.init = flags.boolean("init");
    return {};
}

void addTerminalSize(RunOptions &options)
{
    winsize size{};
    if (!options.terminal || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return;
    options.columns = size.ws_col;
    options.rows = size.ws_row;
}

} // namespace

std::expected<RunRequest, RequestProblem> parseRunRequest(const Invocation &call)
{
    const auto &flags = call.flags;
    RunRequest request;
    auto &options = request.options;
    options.image = QString::fromStdString(call.arguments[0]);
    for (const auto &word : std::span(call.arguments).subspan(1))
        options.command += QString::fromStdString(word);
    const auto environment = parseEnvironment(flags);
    if (!environment)
        return std::unexpected(environment.error());
    options.environment = *environment;
    for (const auto &checked : {addNetworks(options, flags), addSettings(options, flags), addMounts(options, flags),
             addLabels(options, flags), chooseRestart(options, flags), addHealth(options, flags), addIsolation(options, flags),
             addResources(request, flags), chooseStreams(request, flags), choosePull(request, flags)}) {
        if (!checked)
            return std::unexpected(checked.error());
    }
    request.proxiesSignals = flags.boolean("sig-proxy");
    request.detachKeys = textOf(flags, "detach-keys");
    request.cidFile = textOf(flags, "cidfile");
    addTerminalSize(options);
    return request;
}

} // namespace berth
