// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/routermessage.h"

#include "wire/messagecoding.h"

namespace berth::router {

std::string bridgeName(std::string_view networkId, bool internal)
{
    return (internal ? "in-" : "br-") + std::string(networkId.substr(0, 12));
}

std::string encode(const Request &request)
{
    Encoder out;
    out.flag(request.prepares);
    out.texts(request.removedBridges);
    return out.bytes();
}

Result<Request> decodeRequest(std::string_view bytes)
{
    Decoder in(bytes);
    Request request;
    request.prepares = in.flag();
    request.removedBridges = in.texts();
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "a request to the router is damaged");
    return request;
}

std::string encode(const Answer &answer)
{
    Encoder out;
    out.flag(answer.isDone);
    putError(out, answer.error);
    return out.bytes();
}

Result<Answer> decodeAnswer(std::string_view bytes)
{
    Decoder in(bytes);
    Answer answer;
    answer.isDone = in.flag();
    answer.error = takeError(in);
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "an answer of the router is damaged");
    return answer;
}

} // namespace berth::router
