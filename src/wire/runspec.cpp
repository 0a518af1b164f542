// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/runspec.h"

#include "wire/encoding.h"

namespace berth {
namespace {

// Raised whenever the fields change, so that a monitor never obeys a specification it would misread.
constexpr std::uint32_t runSpecVersion = 5;
constexpr std::uint32_t execSpecVersion = 1;

void encodeMount(Encoder &out, const MountSpec &mount)
{
    out.number(static_cast<std::uint8_t>(mount.kind));
    out.text(mount.source);
    out.text(mount.target);
    out.flag(mount.readOnly);
    out.number(mount.size);
    out.number(mount.mode);
    out.flag(mount.executable);
    out.flag(mount.noCopy);
}

MountSpec decodeMount(Decoder &in)
{
    MountSpec mount;
    mount.kind = in.enumeration(MountKind::Tmpfs);
    mount.source = in.text();
    mount.target = in.text();
    mount.readOnly = in.flag();
    mount.size = in.number<std::uint64_t>();
    mount.mode = in.number<std::uint32_t>();
    mount.executable = in.flag();
    mount.noCopy = in.flag();
    return mount;
}

void encodeHealth(Encoder &out, const HealthSpec &health)
{
    out.texts(health.arguments);
    out.number(health.interval);
    out.number(health.timeout);
    out.number(health.startPeriod);
    out.number(health.startInterval);
    out.number(health.retries);
}

HealthSpec decodeHealth(Decoder &in)
{
    HealthSpec health;
    health.arguments = in.texts();
    health.interval = in.number<std::uint64_t>();
    health.timeout = in.number<std::uint64_t>();
    health.startPeriod = in.number<std::uint64_t>();
    health.startInterval = in.number<std::uint64_t>();
    health.retries = in.number<std::uint32_t>();
    return health;
}

void encodeLimit(Encoder &out, const LimitSpec &limit)
{
    out.number(limit.resource);
    out.number(limit.soft);
    out.number(limit.hard);
}

LimitSpec decodeLimit(Decoder &in)
{
    LimitSpec limit;
    limit.resource = in.number<std::uint32_t>();
    limit.soft = in.number<std::uint64_t>();
    limit.hard = in.number<std::uint64_t>();
    return limit;
}

void encodeDevice(Encoder &out, const DeviceSpec &device)
{
    out.text(device.source);
    out.text(device.target);
}

DeviceSpec decodeDevice(Decoder &in)
{
    DeviceSpec device;
    device.source = in.text();
    device.target = in.text();
    return device;
}

void encodeLine(Encoder &out, const HostLine &line)
{
    out.number(line.address);
    out.texts(line.names);
}

HostLine decodeLine(Decoder &in)
{
    HostLine line;
    line.address = in.number<std::uint32_t>();
    line.names = in.texts();
    return line;
}

} // namespace

void encode(Encoder &out, const NetworkSpec &network)
{
    out.text(network.id);
    out.text(network.name);
    out.text(network.driver);
    out.number(network.address);
    out.number(network.gateway);
    out.number(network.prefix);
    for (const std::uint8_t byte : network.mac)
        out.number(byte);
    out.number(network.position);
    out.flag(network.internal);
    out.flag(network.hasNames);
    out.texts(network.names);
    out.list(network.links, encodeLine);
}

NetworkSpec decodeNetworkSpec(Decoder &in)
{
    NetworkSpec network;
    network.id = in.text();
    network.name = in.text();
    network.driver = in.text();
    network.address = in.number<std::uint32_t>();
    network.gateway = in.number<std::uint32_t>();
    network.prefix = in.number<std::uint8_t>();
    for (std::uint8_t &byte : network.mac)
        byte = in.number<std::uint8_t>();
    network.position = in.number<std::uint8_t>();
    network.internal = in.flag();
    network.hasNames = in.flag();
    network.names = in.texts();
    network.links = in.list(decodeLine);
    if (network.prefix > 32)
        in.reject();
    return network;
}

void encode(Encoder &out, const RestartSpec &restart)
{
    out.number(static_cast<std::uint8_t>(restart.kind));
    out.number(restart.maxRetries);
}

RestartSpec decodeRestartSpec(Decoder &in)
{
    RestartSpec restart;
    restart.kind = in.enumeration(RestartKind::UnlessStopped);
    restart.maxRetries = in.number<std::uint32_t>();
    return restart;
}

std::string encode(const RunSpec &spec)
{
    Encoder out;
    out.number(runSpecVersion);
    out.text(spec.containerId);
    out.text(spec.name);
    out.texts(spec.layers);
    out.texts(spec.arguments);
    out.texts(spec.environment);
    out.text(spec.workingDirectory);
    out.text(spec.user);
    out.texts(spec.extraGroups);
    out.text(spec.hostname);
    out.text(spec.domainname);
    out.list(spec.mounts, encodeMount);
    out.flag(spec.terminal);
    out.flag(spec.openStdin);
    out.flag(spec.stdinOnce);
    out.flag(spec.readOnlyRoot);
    out.flag(spec.init);
    out.flag(spec.autoRemove);
    out.number(spec.columns);
    out.number(spec.rows);
    out.number(spec.capabilities);
    out.number(spec.shmSize);
    out.list(spec.limits, encodeLimit);
    encode(out, spec.resources);
    out.number(spec.oomScoreAdjust);
    out.list(spec.devices, encodeDevice);
    out.flag(spec.noNewPrivileges);
    out.number(spec.stopSignal);
    encode(out, spec.restart);
    encodeHealth(out, spec.health);
    out.number(static_cast<std::uint8_t>(spec.networkKind));
    out.list(spec.networks, [](Encoder &to, const auto &network) { encode(to, network); });
    out.list(spec.ports, [](Encoder &to, const auto &port) { encode(to, port); });
    out.text(spec.hostFilesOf);
    out.number(spec.logMaxSize);
    out.number(spec.logMaxFiles);
    return out.bytes();
}

Result<RunSpec> decodeRunSpec(std::string_view bytes)
{
    Decoder in(bytes);
    if (in.number<std::uint32_t>() != runSpecVersion)
        return fail(ErrorCode::Corrupt, "the run specification has another version");
    RunSpec spec;
    spec.containerId = in.text();
    spec.name = in.text();
    spec.layers = in.texts();
    spec.arguments = in.texts();
    spec.environment = in.texts();
    spec.workingDirectory = in.text();
    spec.user = in.text();
    spec.extraGroups = in.texts();
    spec.hostname = in.text();
    spec.domainname = in.text();
    spec.mounts = in.list(decodeMount);
    spec.terminal = in.flag();
    spec.openStdin = in.flag();
    spec.stdinOnce = in.flag();
    spec.readOnlyRoot = in.flag();
    spec.init = in.flag();
    spec.autoRemove = in.flag();
    spec.columns = in.number<std::uint16_t>();
    spec.rows = in.number<std::uint16_t>();
    spec.capabilities = in.number<std::uint64_t>();
    spec.shmSize = in.number<std::uint64_t>();
    spec.limits = in.list(decodeLimit);
    spec.resources = decodeResourceSpec(in);
    spec.oomScoreAdjust = in.number<std::int32_t>();
    spec.devices = in.list(decodeDevice);
    spec.noNewPrivileges = in.flag();
    spec.stopSignal = in.number<std::int32_t>();
    spec.restart = decodeRestartSpec(in);
    spec.health = decodeHealth(in);
    spec.networkKind = in.enumeration(NetworkKind::Shared);
    spec.networks = in.list(decodeNetworkSpec);
    spec.ports = in.list(decodePortSpec);
    spec.hostFilesOf = in.text();
    spec.logMaxSize = in.number<std::uint64_t>();
    spec.logMaxFiles = in.number<std::uint32_t>();
    if (!in.isComplete() || spec.arguments.empty())
        return fail(ErrorCode::Corrupt, "the run specification is damaged");
    return spec;
}

std::string encode(const ExecSpec &spec)
{
    Encoder out;
    out.number(execSpecVersion);
    out.texts(spec.arguments);
    out.texts(spec.environment);
    out.text(spec.workingDirectory);
    out.text(spec.user);
    out.flag(spec.terminal);
    out.flag(spec.openStdin);
    out.flag(spec.detached);
    out.number(spec.columns);
    out.number(spec.rows);
    return out.bytes();
}

Result<ExecSpec> decodeExecSpec(std::string_view bytes)
{
    Decoder in(bytes);
    if (in.number<std::uint32_t>() != execSpecVersion)
        return fail(ErrorCode::Corrupt, "the exec specification has another version");
    ExecSpec spec;
    spec.arguments = in.texts();
    spec.environment = in.texts();
    spec.workingDirectory = in.text();
    spec.user = in.text();
    spec.terminal = in.flag();
    spec.openStdin = in.flag();
    spec.detached = in.flag();
    spec.columns = in.number<std::uint16_t>();
    spec.rows = in.number<std::uint16_t>();
    if (!in.isComplete() || spec.arguments.empty())
        return fail(ErrorCode::Corrupt, "the exec specification is damaged");
    return spec;
}

} // namespace berth
