// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/monitormessage.h"

#include "wire/messagecoding.h"

namespace berth::monitor {
namespace {

void put(Encoder &out, const Hello &hello)
{
    out.flag(hello.wantsStdout);
    out.flag(hello.wantsStderr);
    out.flag(hello.sendsStdin);
    out.flag(hello.removesContainer);
}

void put(Encoder &out, const Start &start)
{
    out.text(encode(start.spec));
    out.text(start.enginePath);
    out.text(start.runtimeFolder);
    put(out, start.attach);
}

void put(Encoder &out, const ExitStatus &status)
{
    out.number(status.exitCode);
    out.number(status.signal);
    out.flag(status.outOfMemory);
}

void put(Encoder &out, const Failed &failed) { putError(out, failed.error); }

void put(Encoder &out, const Output &output)
{
    out.number(static_cast<std::uint8_t>(output.stream));
    out.text(output.bytes);
}

void put(Encoder &out, const Resize &resize)
{
    out.number(resize.columns);
    out.number(resize.rows);
}

void put(Encoder &out, const Input &input) { out.text(input.bytes); }
void put(Encoder &, const InputEnd &) {}
void put(Encoder &out, const Signal &signal)
{
    out.number(signal.number);
    out.flag(signal.isStop);
}
void put(Encoder &, const KillAll &) {}
void put(Encoder &out, const Pause &pause)
{
    out.flag(pause.paused);
    out.flag(pause.whileConnected);
}
void put(Encoder &out, const Exec &exec) { out.text(encode(exec.spec)); }
void put(Encoder &out, const SetRestart &wanted) { encode(out, wanted.restart); }
void put(Encoder &out, const Started &started) { out.number(started.pid); }
void put(Encoder &, const Done &) {}
void put(Encoder &out, const Exited &exited) { put(out, exited.status); }
void put(Encoder &out, const ExecStarted &started) { out.number(started.pid); }
void put(Encoder &out, const ExecExited &exited) { put(out, exited.status); }
void put(Encoder &, const JoinRoot &) {}
void put(Encoder &, const RootNamespaces &) {}
void put(Encoder &out, const Connect &wanted) { encode(out, wanted.network); }
void put(Encoder &out, const Disconnect &wanted) { out.text(wanted.network); }
void put(Encoder &, const JoinNetwork &) {}
void put(Encoder &, const NetworkNamespace &) {}
void put(Encoder &out, const SetResources &wanted) { encode(out, wanted.resources); }

void take(Decoder &in, Hello &hello)
{
    hello.wantsStdout = in.flag();
    hello.wantsStderr = in.flag();
    hello.sendsStdin = in.flag();
    hello.removesContainer = in.flag();
}

void take(Decoder &in, Start &start)
{
    auto spec = decodeRunSpec(in.text());
    if (spec)
        start.spec = std::move(*spec);
    else
        in.reject();
    start.enginePath = in.text();
    start.runtimeFolder = in.text();
    take(in, start.attach);
}

void take(Decoder &in, ExitStatus &status)
{
    status.exitCode = in.number<std::int32_t>();
    status.signal = in.number<std::int32_t>();
    status.outOfMemory = in.flag();
}

void take(Decoder &in, Failed &failed) { failed.error = takeError(in); }

void take(Decoder &in, Output &output)
{
    output.stream = in.enumeration(Stream::Stderr);
    output.bytes = in.text();
    if (output.stream != Stream::Stdout && output.stream != Stream::Stderr)
        in.reject();
    if (output.bytes.size() > maxChunk)
        in.reject();
}

void take(Decoder &in, Input &input)
{
    input.bytes = in.text();
    if (input.bytes.size() > maxChunk)
        in.reject();
}

void take(Decoder &in, Resize &resize)
{
    resize.columns = in.number<std::uint16_t>();
    resize.rows = in.number<std::uint16_t>();
}

void take(Decoder &in, Exec &exec)
{
    auto spec = decodeExecSpec(in.text());
    if (spec)
        exec.spec = std::move(*spec);
    else
        in.reject();
}

void take(Decoder &, InputEnd &) {}
void take(Decoder &in, Signal &signal)
{
    signal.number = in.number<std::int32_t>();
    signal.isStop = in.flag();
}
void take(Decoder &, KillAll &) {}
void take(Decoder &in, Pause &pause)
{
    pause.paused = in.flag();
    pause.whileConnected = in.flag();
}
void take(Decoder &in, SetRestart &wanted) { wanted.restart = decodeRestartSpec(in); }
void take(Decoder &in, Started &started) { started.pid = in.number<std::int32_t>(); }
void take(Decoder &, Done &) {}
void take(Decoder &in, Exited &exited) { take(in, exited.status); }
void take(Decoder &in, ExecStarted &started) { started.pid = in.number<std::int32_t>(); }
void take(Decoder &in, ExecExited &exited) { take(in, exited.status); }
void take(Decoder &, JoinRoot &) {}
void take(Decoder &, RootNamespaces &) {}
void take(Decoder &in, Connect &wanted) { wanted.network = decodeNetworkSpec(in); }
void take(Decoder &in, Disconnect &wanted) { wanted.network = in.text(); }
void take(Decoder &, JoinNetwork &) {}
void take(Decoder &, NetworkNamespace &) {}
void take(Decoder &in, SetResources &wanted) { wanted.resources = decodeResourceSpec(in); }

} // namespace

std::string encode(const Message &message)
{
    return encodeMessage(message, [](Encoder &out, const auto &contents) { put(out, contents); });
}

Result<Message> decode(std::string_view bytes)
{
    return decodeMessage<Message>(
        bytes, [](Decoder &in, auto &contents) { take(in, contents); }, "a message of the monitor is damaged");
}

} // namespace berth::monitor
