// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/layerwriter.h"
#include "layerer/source.h"
#include "layerer/work.h"

#include <thread>

namespace berth {
namespace {

// Thread 1: reads, inflates and hashes what is stored.
void fillRing(Ring &ring, Source &source)
{
    for (;;) {
        const auto buffer = ring.acquire();
        if (buffer.empty())
            return;
        const auto count = source.read(buffer);
        if (!count)
            return ring.finish(count.error());
        if (*count > 0)
            ring.publish(*count);
        if (*count < buffer.size())
            return ring.finish();
    }
}

// This thread writes files; another hashes the tar stream.
Result<> writeEntries(LayerWriter &writer, LayerStream &stream)
{
    TarReader reader(stream);
    TarEntry entry;
    for (;;) {
        const auto more = reader.next(entry);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return writer.finish(entry.raw);
        if (auto added = writer.add(entry); !added)
            return added;
    }
}

Result<> checkDigest(const layerer::Sha256 &actual, const layerer::Sha256 &wanted, const char *what)
{
    if (actual == wanted)
        return {};
    return fail(ErrorCode::Corrupt,
        std::string(what) + " has the wrong contents: their digest is " + digestText(actual) + ", not " + digestText(wanted));
}

} // namespace

UnpackOutcome unpackLayer(const layerer::Unpack &request, int input, int layerFolder, const LowerTrees &lower, Reporter &reporter)
{
    Ring ring;
    LayerStream stream(ring);
    auto writer = LayerWriter::create(layerFolder, stream, lower);
    if (!writer)
        return {std::unexpected(writer.error())};
    Source source(input, request.offset, request.size, [&](std::uint64_t bytes) { return reporter.report(bytes); });
    if (request.blobDigest)
        source.hashStored();

    Result<layerer::Sha256> diffId;
    std::thread filler([&] { fillRing(ring, source); });
    std::thread hasher([&] { diffId = hashRing(ring); });
    Result<> result = writeEntries(*writer, stream);
    if (!result)
        ring.stop();
    filler.join();
    hasher.join();

    if (result && !diffId)
        result = std::unexpected(diffId.error());
    // A wrong stored digest explains a wrong unpacked one, so it is told first.
    if (const auto stored = result ? source.storedDigest() : std::nullopt)
        result = checkDigest(*stored, *request.blobDigest, "the layer as stored");
    if (result && request.diffId)
        result = checkDigest(*diffId, *request.diffId, "the layer");
    if (result)
        result = writer->seal({writer->result().tarSize, *diffId});
    if (!result)
        return {std::unexpected(result.error()), writer->needsLower()};
    auto unpacked = writer->result();
    unpacked.compression = source.compression();
    unpacked.diffId = *diffId;
    return {unpacked};
}

} // namespace berth
