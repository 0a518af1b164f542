// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/scopemessage.h"

#include "wire/encoding.h"

namespace berth::scope {

std::string encode(const Request &request)
{
    Encoder out;
    out.text(request.unit);
    out.text(request.description);
    out.number(request.pid);
    out.flag(request.isDelegated);
    return out.bytes();
}

Result<Request> decodeRequest(std::string_view bytes)
{
    Decoder in(bytes);
    Request request;
    request.unit = in.text();
    request.description = in.text();
    request.pid = in.number<std::uint32_t>();
    request.isDelegated = in.flag();
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "a request for a scope is damaged");
    return request;
}

std::string encode(const Answer &answer)
{
    Encoder out;
    out.flag(answer.isDone);
    out.number(static_cast<std::uint8_t>(answer.error.code));
    out.text(answer.error.detail);
    return out.bytes();
}

Result<Answer> decodeAnswer(std::string_view bytes)
{
    Decoder in(bytes);
    Answer answer;
    answer.isDone = in.flag();
    answer.error.code = in.enumeration(ErrorCode::Internal);
    answer.error.detail = in.text();
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "an answer of berth-scope is damaged");
    return answer;
}

} // namespace berth::scope
