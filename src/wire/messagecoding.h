// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/encoding.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace berth {

// What the conversations of our programs share.

inline void putError(Encoder &out, const Error &error)
{
    out.number(static_cast<std::uint8_t>(error.code));
    out.text(error.detail);
}

inline Error takeError(Decoder &in)
{
    const auto code = in.enumeration(ErrorCode::Internal);
    return {code, in.text()};
}

// A message is one of a closed set of structs, a variant, and the
// first byte of it on the wire is its position there.

// write(encoder, contents) writes the fields of any of them.
template<typename Message, typename Write> std::string encodeMessage(const Message &message, Write write)
{
    Encoder out;
    out.number(static_cast<std::uint8_t>(message.index()));
    std::visit([&](const auto &contents) { write(out, contents); }, message);
    return out.bytes();
}

// read(decoder, contents) fills the fields of any of them. problem: the error of a message that is short, too long
// or of no known kind.
template<typename Message, typename Read> Result<Message> decodeMessage(std::string_view bytes, Read read, std::string problem)
{
    Decoder in(bytes);
    Message message;
    const auto kind = in.number<std::uint8_t>();
    const auto readKind = [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        return ((kind == Index ? (read(in, message.template emplace<Index>()), true) : false) || ...);
    };
    if (!readKind(std::make_index_sequence<std::variant_size_v<Message>>()) || !in.isComplete())
        return fail(ErrorCode::Corrupt, std::move(problem));
    return message;
}

} // namespace berth
