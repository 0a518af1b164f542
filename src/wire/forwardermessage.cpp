// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/forwardermessage.h"

#include "wire/messagecoding.h"

namespace berth::forwarder {
namespace {

void put(Encoder &out, const Target &target)
{
    out.number(target.address);
    out.text(target.interface);
}

Target takeTarget(Decoder &in)
{
    Target target;
    target.address = in.number<std::uint32_t>();
    target.interface = in.text();
    return target;
}

} // namespace

std::string encode(const Publish &publish)
{
    Encoder out;
    out.list(publish.ports, [](Encoder &to, const auto &port) { berth::encode(to, port); });
    put(out, publish.target);
    return out.bytes();
}

Result<Publish> decodePublish(std::string_view bytes)
{
    Decoder in(bytes);
    Publish publish;
    publish.ports = in.list(decodePortSpec);
    publish.target = takeTarget(in);
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "a request to the forwarder is damaged");
    return publish;
}

std::string encode(const Retarget &retarget)
{
    Encoder out;
    put(out, retarget.target);
    return out.bytes();
}

Result<Retarget> decodeRetarget(std::string_view bytes)
{
    Decoder in(bytes);
    Retarget retarget{takeTarget(in)};
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "a request to the forwarder is damaged");
    return retarget;
}

std::string encode(const Answer &answer)
{
    Encoder out;
    out.flag(answer.isDone);
    putError(out, answer.error);
    out.list(answer.ports, [](Encoder &to, const auto &port) { berth::encode(to, port); });
    return out.bytes();
}

Result<Answer> decodeAnswer(std::string_view bytes)
{
    Decoder in(bytes);
    Answer answer;
    answer.isDone = in.flag();
    answer.error = takeError(in);
    answer.ports = in.list(decodePublishedPort);
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "an answer of the forwarder is damaged");
    return answer;
}

} // namespace berth::forwarder
