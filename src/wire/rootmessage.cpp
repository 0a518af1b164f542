// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/rootmessage.h"

#include "wire/messagecoding.h"

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

void put(Encoder &out, const Failed &failed) { putError(out, failed.error); }

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

void take(Decoder &in, Failed &failed) { failed.error = takeError(in); }

} // namespace

std::string encode(const Message &message)
{
    return encodeMessage(message, [](Encoder &out, const auto &contents) { put(out, contents); });
}

Result<Message> decode(std::string_view bytes)
{
    return decodeMessage<Message>(
        bytes, [](Decoder &in, auto &contents) { take(in, contents); }, "a message of berth-rootmount is damaged");
}

} // namespace berth::rootmount
