// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/layerermessage.h"

#include "wire/messagecoding.h"

namespace berth {

std::string_view compressionName(Compression compression)
{
    switch (compression) {
    case Compression::None: return "none";
    case Compression::Gzip: return "gzip";
    case Compression::Zstd: return "zstd";
    case Compression::Xz: return "xz";
    case Compression::Bzip2: return "bzip2";
    }
    return "none";
}

Compression detectCompression(std::string_view firstBytes)
{
    using namespace std::string_view_literals;
    if (firstBytes.starts_with("\x1f\x8b\x08"sv))
        return Compression::Gzip;
    if (firstBytes.starts_with("\x28\xb5\x2f\xfd"sv))
        return Compression::Zstd;
    // A zstd stream may begin with a skippable frame: 0x184D2A50 … 0x184D2A5F, little-endian (RFC 8878).
    if (firstBytes.size() >= 4 && (static_cast<unsigned char>(firstBytes[0]) & 0xf0) == 0x50
        && firstBytes.substr(1, 3) == "\x2a\x4d\x18"sv)
        return Compression::Zstd;
    if (firstBytes.starts_with("\xfd"
                               "7zXZ\0"sv))
        return Compression::Xz;
    // "BZh", the level, then pi (a block) or its root (an empty stream): a tar may begin with "BZh".
    if (firstBytes.starts_with("BZh"sv) && firstBytes.size() >= compressionMagicSize
        && (firstBytes.substr(4, 6) == "1AY&SY"sv || firstBytes.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"sv))
        return Compression::Bzip2;
    return Compression::None;
}

namespace layerer {
namespace {

constexpr std::uint32_t maxNames = 65536; // of one Remove or Measure; more than fit in a message anyway

void writeDigest(Encoder &encoder, const Sha256 &digest)
{
    encoder.text({reinterpret_cast<const char *>(digest.data()), digest.size()});
}

Sha256 readDigest(Decoder &decoder)
{
    Sha256 digest{};
    const std::string bytes = decoder.text();
    if (bytes.size() != digest.size())
        decoder.reject();
    else
        std::memcpy(digest.data(), bytes.data(), digest.size());
    return digest;
}

void writeOptional(Encoder &encoder, const std::optional<Sha256> &digest)
{
    encoder.flag(digest.has_value());
    if (digest)
        writeDigest(encoder, *digest);
}

std::optional<Sha256> readOptional(Decoder &decoder)
{
    return decoder.flag() ? std::optional(readDigest(decoder)) : std::nullopt;
}

struct Writer {
    Encoder &encoder;

    void operator()(const LowerTrees &) const {}
    void operator()(const Inflate &) const {}
    void operator()(const Removed &) const {}
    void operator()(const Unpack &message) const
    {
        encoder.number(message.offset);
        encoder.number(message.size);
        writeOptional(encoder, message.diffId);
        writeOptional(encoder, message.blobDigest);
    }
    void operator()(const Pack &message) const { writeDigest(encoder, message.diffId); }
    void operator()(const PackTree &message) const { encoder.texts(message.hidden); }
    void operator()(const CompareTree &message) const { encoder.texts(message.hidden); }
    void operator()(const Remove &message) const
    {
        encoder.texts(message.names);
        encoder.flag(message.detached);
    }
    void operator()(const Measure &message) const
    {
        encoder.texts(message.names);
        encoder.text(message.inside);
        encoder.texts(message.without);
    }
    void operator()(const Measured &message) const
    {
        encoder.number(static_cast<std::uint32_t>(message.sizes.size()));
        for (const auto size : message.sizes)
            encoder.number(size);
    }
    void operator()(const ExaminePath &message) const { encoder.text(message.path); }
    void operator()(const ReadTree &message) const
    {
        encoder.text(message.path);
        encoder.text(message.name);
        encoder.flag(message.followsLink);
        encoder.flag(message.contents);
    }
    void operator()(const WriteTree &message) const
    {
        encoder.text(message.path);
        encoder.flag(message.keepsOwners);
    }
    void operator()(const PathExamined &message) const
    {
        encoder.number(message.mode);
        encoder.text(message.linkTarget);
    }
    void operator()(const TreeRead &message) const
    {
        encoder.number(message.size);
        encoder.texts(message.skipped);
    }
    void operator()(const TreeWritten &message) const { encoder.number(message.skippedDevices); }
    void operator()(const Progress &message) const { encoder.number(message.bytes); }
    void operator()(const Unpacked &message) const
    {
        encoder.number(message.size);
        encoder.number(message.tarSize);
        encoder.number(message.entries);
        encoder.number(message.skippedDevices);
        encoder.number(message.changedOwners);
        encoder.number(static_cast<std::uint8_t>(message.compression));
        writeDigest(encoder, message.diffId);
    }
    void operator()(const Inflated &message) const
    {
        encoder.number(message.size);
        encoder.number(static_cast<std::uint8_t>(message.compression));
    }
    void operator()(const Packed &message) const { encoder.number(message.size); }
    void operator()(const Compared &message) const { encoder.number(message.changes); }
    void operator()(const Failed &message) const
    {
        putError(encoder, message.error);
        encoder.flag(message.needsLower);
    }
};

struct Reader {
    Decoder &decoder;

    void operator()(LowerTrees &) const {}
    void operator()(Inflate &) const {}
    void operator()(Removed &) const {}
    void operator()(Unpack &message) const
    {
        message.offset = decoder.number<std::uint64_t>();
        message.size = decoder.number<std::uint64_t>();
        message.diffId = readOptional(decoder);
        message.blobDigest = readOptional(decoder);
    }
    void operator()(Pack &message) const { message.diffId = readDigest(decoder); }
    void operator()(PackTree &message) const { message.hidden = decoder.texts(); }
    void operator()(CompareTree &message) const { message.hidden = decoder.texts(); }
    void operator()(Remove &message) const
    {
        message.names = decoder.texts();
        message.detached = decoder.flag();
        if (message.names.size() > maxNames)
            decoder.reject();
    }
    void operator()(Measure &message) const
    {
        message.names = decoder.texts();
        message.inside = decoder.text();
        message.without = decoder.texts();
        if (message.names.size() > maxNames)
            decoder.reject();
    }
    void operator()(Measured &message) const
    {
        const auto count = decoder.number<std::uint32_t>();
        if (count > maxNames)
            decoder.reject();
        for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i)
            message.sizes.push_back(decoder.number<std::uint64_t>());
    }
    void operator()(ExaminePath &message) const { message.path = decoder.text(); }
    void operator()(ReadTree &message) const
    {
        message.path = decoder.text();
        message.name = decoder.text();
        message.followsLink = decoder.flag();
        message.contents = decoder.flag();
    }
    void operator()(WriteTree &message) const
    {
        message.path = decoder.text();
        message.keepsOwners = decoder.flag();
    }
    void operator()(PathExamined &message) const
    {
        message.mode = decoder.number<std::uint32_t>();
        message.linkTarget = decoder.text();
    }
    void operator()(TreeRead &message) const
    {
        message.size = decoder.number<std::uint64_t>();
        message.skipped = decoder.texts();
    }
    void operator()(TreeWritten &message) const { message.skippedDevices = decoder.number<std::uint64_t>(); }
    void operator()(Progress &message) const { message.bytes = decoder.number<std::uint64_t>(); }
    void operator()(Unpacked &message) const
    {
        message.size = decoder.number<std::uint64_t>();
        message.tarSize = decoder.number<std::uint64_t>();
        message.entries = decoder.number<std::uint64_t>();
        message.skippedDevices = decoder.number<std::uint32_t>();
        message.changedOwners = decoder.number<std::uint32_t>();
        message.compression = decoder.enumeration(Compression::Bzip2);
        message.diffId = readDigest(decoder);
    }
    void operator()(Inflated &message) const
    {
        message.size = decoder.number<std::uint64_t>();
        message.compression = decoder.enumeration(Compression::Bzip2);
    }
    void operator()(Packed &message) const { message.size = decoder.number<std::uint64_t>(); }
    void operator()(Compared &message) const { message.changes = decoder.number<std::uint64_t>(); }
    void operator()(Failed &message) const
    {
        message.error = takeError(decoder);
        message.needsLower = decoder.flag();
    }
};

} // namespace

std::string encode(const Message &message)
{
    return encodeMessage(message, [](Encoder &encoder, const auto &contents) { Writer{encoder}(contents); });
}

Result<Message> decode(std::string_view bytes)
{
    return decodeMessage<Message>(
        bytes, [](Decoder &decoder, auto &contents) { Reader{decoder}(contents); }, "the layerer's message cannot be read");
}

} // namespace layerer
} // namespace berth
