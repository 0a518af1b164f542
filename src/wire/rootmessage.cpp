// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/rootmessage.h"

#include "wire/encoding.h"

namespace berth::rootmount {
namespace {

void put(Encoder &out, const Mount &mount)
{
    out.text(encode(mount.spec));
    out.text(mount.storePath);
    out.flag(mount.bare);
}

void put(Encoder &out, const Join &join) { out.flag(join.bare); }
void put(Encoder &, const Ready &) {}

void put(Encoder &out, const Failed &failed)
{
    out.number(static_cast<std::uint8_t>(failed.error.code));
    out.text(failed.error.detail);
}

void take(Decoder &in, Mount &mount)
{
    auto spec = decodeRunSpec(in.text());
    if (spec)
        mount.spec = std::move(*spec);
    else
        in.reject();
    mount.storePath = in.text();
    mount.bare = in.flag();
}

void take(Decoder &in, Join &join) { join.bare = in.flag(); }
void take(Decoder &, Ready &) {}

void take(Decoder &in, Failed &failed)
{
    failed.error.code = in.enumeration(ErrorCode::Internal);
    failed.error.detail = in.text();
}

// The kind on the wire is the position in the variant.
template<std::size_t Index = 0> void takeKind(Decoder &in, std::size_t kind, Message &message)
{
    if constexpr (Index == std::variant_size_v<Message>) {
        in.reject();
    } else if (kind == Index) {
        take(in, message.emplace<Index>());
    } else {
        takeKind<Index + 1>(in, kind, message);
    }
}

} // namespace

std::string encode(const Message &message)
{
    Encoder out;
    out.number(static_cast<std::uint8_t>(message.index()));
    std::visit([&out](const auto &contents) { put(out, contents); }, message);
    return out.bytes();
}

Result<Message> decode(std::string_view bytes)
{
    Decoder in(bytes);
    Message message;
    takeKind(in, in.number<std::uint8_t>(), message);
    if (!in.isComplete())
        return fail(ErrorCode::Corrupt, "a message of berth-rootmount is damaged");
    return message;
}

} // namespace berth::rootmount
