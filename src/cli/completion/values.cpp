// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/values.h"

#include <algorithm>
#include <array>

namespace berth {
namespace {

using Words = std::span<const std::string_view>;

constexpr auto restartPolicies = std::to_array<std::string_view>({"always", "no", "on-failure", "on-failure:", "unless-stopped"});
constexpr auto pullPolicies = std::to_array<std::string_view>({"always", "missing", "never"});
constexpr auto objectTypes = std::to_array<std::string_view>({"container", "image", "network", "volume"});
constexpr auto signalNames = std::to_array<std::string_view>(
    {"CONT", "HUP", "INT", "KILL", "QUIT", "STOP", "TERM", "USR1", "USR2", "WINCH"});
constexpr auto streams = std::to_array<std::string_view>({"stderr", "stdin", "stdout"});
constexpr auto formats = std::to_array<std::string_view>({"json", "table"});
constexpr auto mountTypes = std::to_array<std::string_view>({"type=bind,", "type=tmpfs,", "type=volume,"});
constexpr auto logLevels = std::to_array<std::string_view>({"debug", "error", "fatal", "info", "warn"});
constexpr auto booleans = std::to_array<std::string_view>({"false", "true"});
constexpr auto states = std::to_array<std::string_view>(
    {"created", "dead", "exited", "paused", "removing", "restarting", "running"});

// Values that are a closed set, by the flag's name.
struct ClosedValues {
    std::string_view flag;
    Words values;
};
constexpr ClosedValues closedValues[] = {
    {"attach", streams},
    {"format", formats},
    {"log-level", logLevels},
    {"mount", mountTypes},
    {"pull", pullPolicies},
    {"restart", restartPolicies},
    {"signal", signalNames},
    {"stop-signal", signalNames},
    {"type", objectTypes},
};

constexpr std::string_view fileFlags[] = {"cidfile", "device", "env-file", "input", "label-file", "output"};

// The keys of --filter, by the last word of the command.
constexpr auto containerKeys = std::to_array<std::string_view>(
    {"ancestor=", "before=", "exited=", "id=", "label=", "name=", "network=", "since=", "status=", "volume="});
constexpr auto imageKeys = std::to_array<std::string_view>({"before=", "dangling=", "label=", "reference=", "since=", "until="});
constexpr auto volumeKeys = std::to_array<std::string_view>({"dangling=", "driver=", "label=", "name="});
constexpr auto networkKeys = std::to_array<std::string_view>(
    {"dangling=", "driver=", "id=", "label=", "name=", "scope=", "type="});
constexpr auto networkTypes = std::to_array<std::string_view>({"builtin", "custom"});
constexpr auto eventKeys = std::to_array<std::string_view>(
    {"container=", "event=", "image=", "label=", "network=", "type=", "volume="});
constexpr auto pruneKeys = std::to_array<std::string_view>({"label!=", "label=", "until="});

Words filterKeys(std::string_view path)
{
    if (path.ends_with("prune"))
        return pruneKeys;
    if (path.ends_with("events"))
        return eventKeys;
    if (path.starts_with("volume"))
        return volumeKeys;
    if (path.starts_with("network"))
        return networkKeys;
    return path.starts_with("image") ? Words(imageKeys) : Words(containerKeys);
}

class Collector {
public:
    explicit Collector(std::string_view current, std::string prefix = {}) : m_current(current), m_prefix(std::move(prefix)) {}

    void add(std::string_view text, std::string_view description = {})
    {
        if (text.starts_with(m_current))
            m_result.candidates.push_back({m_prefix + std::string(text), std::string(description)});
    }
    void add(Words words)
    {
        for (const auto word : words)
            add(word);
    }
    // An id is offered once somebody types it: the names are what people read.
    void addId(const std::string &id, std::string_view description)
    {
        constexpr std::size_t shortLength = 12;
        if (!m_current.empty() && id.starts_with(m_current))
            add(std::string_view(id).substr(0, std::max(shortLength, m_current.size())), description);
    }
    void addFiles(FileKind kind)
    {
        m_result.files = kind;
        m_result.filePrefix = m_prefix;
    }
    Completion take()
    {
        std::ranges::sort(m_result.candidates);
        return std::move(m_result);
    }

private:
    std::string_view m_current;
    std::string m_prefix;
    Completion m_result;
};

// Whether the verb can do something with a container in that state, by the table of states.
bool fits(const LinePosition &position, ContainerState state)
{
    const auto space = position.path.rfind(' ');
    const auto verb = space == std::string::npos ? position.path : position.path.substr(space + 1);
    if (verb == "attach" || verb == "top")
        return can(state, ContainerAction::Exec);
    if (verb == "wait" || (verb == "stats" && !position.isGiven("all")))
        return isUp(state);
    if (verb == "rm")
        return can(state, position.isGiven("force") ? ContainerAction::ForceRemove : ContainerAction::Remove);
    for (const auto action : allContainerActions) {
        if (dockerVerb(action).toStdString() == verb)
            return can(state, action);
    }
    return true;
}

bool isTaken(const LinePosition &position, std::string_view name, std::string_view id)
{
    return std::ranges::any_of(position.arguments,
        [&](const std::string &argument) { return argument == name || (argument.size() >= 4 && id.starts_with(argument)); });
}

void addContainers(Collector &to, const LinePosition &position, NameSource &source, bool all, std::string_view ending = {})
{
    for (const auto &container : source.containers()) {
        if (!all && (!fits(position, container.state) || isTaken(position, container.name, container.id)))
            continue;
        to.add(container.name + std::string(ending), container.description);
        if (ending.empty())
            to.addId(container.id, container.name + ", " + container.description);
    }
}

void addImages(Collector &to, const LinePosition &position, std::string_view current, NameSource &source)
{
    constexpr std::string_view latest = ":latest";
    for (const auto &image : source.images()) {
        if (isTaken(position, image.name, image.id))
            continue;
        // "redis" says the same as "redis:latest" until somebody types the colon.
        std::string_view name = image.name;
        if (name.ends_with(latest) && !current.contains(':'))
            name.remove_suffix(latest.size());
        if (!name.empty() && !isTaken(position, name, image.id))
            to.add(name, image.description);
        to.addId(image.id, image.name.empty() ? image.description : image.name);
    }
}

void addVolumes(Collector &to, const LinePosition &position, NameSource &source, std::string_view ending = {})
{
    for (const auto &volume : source.volumes()) {
        if (!isTaken(position, volume, {}))
            to.add(volume + std::string(ending));
    }
}

// all: also those that are there always.
void addNetworks(Collector &to, const LinePosition &position, NameSource &source, bool all)
{
    for (const auto &network : source.networks()) {
        const bool isBuiltIn = network == "bridge" || network == "host" || network == "none";
        if ((all || !isBuiltIn) && !isTaken(position, network, {}))
            to.add(network);
    }
}

// A network, or "container:" and one that runs.
void addNetworkModes(Collector &to, std::string_view current, NameSource &source)
{
    constexpr std::string_view prefix = "container:";
    addNetworks(to, {}, source, true);
    if (!current.starts_with(prefix)) {
        to.add(prefix);
        return;
    }
    for (const auto &container : source.containers()) {
        if (isUp(container.state))
            to.add(std::string(prefix) + container.name, container.description);
    }
}

Completion completeFilter(const LinePosition &position, std::string_view current, NameSource &source)
{
    const auto equals = current.find('=');
    if (equals == current.npos) {
        Collector keys(current);
        keys.add(filterKeys(position.path));
        return keys.take();
    }
    const auto key = current.substr(0, equals);
    Collector values(current.substr(equals + 1), std::string(current.substr(0, equals + 1)));
    if (key == "status")
        values.add(states);
    else if (key == "dangling")
        values.add(booleans);
    else if (key == "type")
        values.add(position.path.starts_with("network") ? Words(networkTypes) : Words(objectTypes));
    else if (key == "network" || (key == "name" && position.path.starts_with("network")))
        addNetworks(values, {}, source, true);
    else if (key == "ancestor" || key == "image" || (position.path.starts_with("image") && (key == "before" || key == "since")))
        addImages(values, {}, current.substr(equals + 1), source);
    else if (key == "name" || key == "container" || key == "before" || key == "since")
        addContainers(values, position, source, true);
    else if (key == "volume")
        addVolumes(values, {}, source);
    return values.take();
}

} // namespace

Completion completeValue(const Flag &flag, const LinePosition &position, std::string_view current, NameSource &source)
{
    if (flag.name == "filter")
        return completeFilter(position, current, source);
    Collector values(current);
    if (const auto closed = std::ranges::find(closedValues, flag.name, &ClosedValues::flag); closed != std::end(closedValues)) {
        values.add(closed->values);
    } else if (std::ranges::contains(fileFlags, flag.name)) {
        values.addFiles(FileKind::Files);
    } else if (flag.name == "volume" && !current.contains(':')) {
        addVolumes(values, {}, source, ":");
        values.addFiles(FileKind::Folders);
    } else if (flag.name == "network" || flag.name == "net") {
        addNetworkModes(values, current, source);
    } else if (flag.name == "volumes-from") {
        addContainers(values, position, source, true);
    } else if (flag.name == "link") {
        addContainers(values, position, source, true, ":");
    }
    return values.take();
}

Completion completeArgument(SlotKind kind, const LinePosition &position, std::string_view current, NameSource &source)
{
    Collector values(current);
    switch (kind) {
    case SlotKind::Container: addContainers(values, position, source, false); break;
    case SlotKind::ContainerPath:
        if (!current.contains(':')) {
            addContainers(values, position, source, true, ":");
            values.addFiles(FileKind::Files);
        }
        break;
    case SlotKind::Image: addImages(values, position, current, source); break;
    case SlotKind::Network:
        if (!position.path.ends_with("create"))
            addNetworks(values, position, source, !position.path.ends_with("rm"));
        break;
    case SlotKind::Volume:
        if (!position.path.ends_with("create"))
            addVolumes(values, position, source);
        break;
    case SlotKind::Object:
        addContainers(values, position, source, false);
        addImages(values, position, current, source);
        addNetworks(values, position, source, true);
        addVolumes(values, position, source);
        break;
    case SlotKind::File: values.addFiles(FileKind::Files); break;
    case SlotKind::Other: break;
    }
    return values.take();
}

} // namespace berth
