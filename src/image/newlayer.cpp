// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/newlayer.h"

#include "base/io.h"

#include <array>
#include <cstdio>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int cancelCheckMilliseconds = 50; // how late a cancel may be noticed
constexpr int pipeSize = 1 << 20;           // what an ordinary user may ask for
constexpr const char *unfinishedName = "new";

std::unexpected<Error> wrongAnswer() { return fail(ErrorCode::Internal, "the program that unpacks layers gave a wrong answer"); }

// The folder gets the name that only its contents could tell.
Result<UnpackedLayer> finishLayer(const Staging &staging, const layerer::Unpacked &unpacked, const Digest &parent)
{
    const auto diffId = Digest::fromBytes(unpacked.diffId);
    const auto chainId = parent.isNull() ? diffId : Digest::chain(parent, diffId);
    if (::renameat(staging.fd(), unfinishedName, staging.fd(), chainId.hex().toStdString().c_str()) < 0)
        return failErrno("cannot rename an unpacked layer");
    return UnpackedLayer{{.chainId = chainId,
                             .diffId = diffId,
                             .size = static_cast<qint64>(unpacked.size),
                             .tarSize = static_cast<qint64>(unpacked.tarSize),
                             .entries = static_cast<qint64>(unpacked.entries)},
        static_cast<int>(unpacked.skippedDevices), static_cast<int>(unpacked.changedOwners)};
}

// Two layerers at work on one stream.
class Packing {
public:
    Packing(LayererLink packer, LayererLink unpacker) : m_packer(std::move(packer)), m_unpacker(std::move(unpacker)) {}

    Result<> begin(const Staging &staging, const ContainerChanges &changes);
    Result<layerer::Unpacked> wait(const std::function<void()> &wasRead, Progress &progress);

private:
    Result<> sendLower(const ContainerChanges &changes);
    Result<> hear(const LayererLink &link, std::optional<Result<layerer::Message>> &reply, Progress &progress);

    LayererLink m_packer;
    LayererLink m_unpacker;
    std::optional<Result<layerer::Message>> m_packed;
    std::optional<Result<layerer::Message>> m_unpacked;
};

Result<> Packing::sendLower(const ContainerChanges &changes)
{
    std::vector<int> fds;
    for (const auto &tree : changes.lower) {
        fds.push_back(tree.get());
        if (fds.size() < maxMessageFds && &tree != &changes.lower.back())
            continue;
        if (auto sent = m_packer.send(layerer::LowerTrees{}, fds); !sent)
            return sent;
        fds.clear();
    }
    return {};
}

Result<> Packing::begin(const Staging &staging, const ContainerChanges &changes)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) < 0)
        return failErrno("cannot make a pipe");
    const UniqueFd output(ends[0]);
    const UniqueFd input(ends[1]);
    (void)::fcntl(input.get(), F_SETPIPE_SZ, pipeSize); // a smaller one is only slower
    const auto folder = makeDirectory(staging.fd(), unfinishedName, 0700);
    if (!folder)
        return std::unexpected(folder.error());
    auto sent = sendLower(changes);
    const std::array packed{changes.upper.get(), input.get()};
    const std::array unpacked{output.get(), folder->get()};
    if (sent)
        sent = m_packer.send(layerer::PackTree{changes.hidden}, packed);
    return sent ? m_unpacker.send(layerer::Unpack{}, unpacked) : sent;
}

Result<> Packing::hear(const LayererLink &link, std::optional<Result<layerer::Message>> &reply, Progress &progress)
{
    auto message = link.receive();
    const auto *step = message ? std::get_if<layerer::Progress>(&*message) : nullptr;
    const auto *failed = message ? std::get_if<layerer::Failed>(&*message) : nullptr;
    if (failed)
        reply = std::unexpected(failed->error);
    else if (!step)
        reply = std::move(message);
    else if (&link == &m_packer)
        progress.report(static_cast<qint64>(step->bytes), 0);
    return {};
}

Result<layerer::Unpacked> Packing::wait(const std::function<void()> &wasRead, Progress &progress)
{
    while (!m_packed || !m_unpacked) {
        if (progress.isCancelled())
            return fail(ErrorCode::Cancelled, "cancelled");
        std::array<pollfd, 2> waiting{
            {{m_packed ? -1 : m_packer.channel(), POLLIN, 0}, {m_unpacked ? -1 : m_unpacker.channel(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), cancelCheckMilliseconds) <= 0)
            continue;
        if (waiting[0].revents) {
            if (auto heard = hear(m_packer, m_packed, progress); !heard)
                return std::unexpected(heard.error());
            if (m_packed)
                wasRead();
        }
        if (waiting[1].revents) {
            if (auto heard = hear(m_unpacker, m_unpacked, progress); !heard)
                return std::unexpected(heard.error());
        }
    }
    // When the reader of the stream fails (a full disk) the writer has a broken pipe, which explains nothing.
    const bool isPipeBroken = !*m_packed && m_packed->error().detail.starts_with("cannot write");
    if (!*m_packed && !(isPipeBroken && !*m_unpacked))
        return std::unexpected(m_packed->error());
    if (!*m_unpacked)
        return std::unexpected(m_unpacked->error());
    const auto *packed = std::get_if<layerer::Packed>(&**m_packed);
    const auto *unpacked = std::get_if<layerer::Unpacked>(&**m_unpacked);
    if (!packed || !unpacked || packed->size != unpacked->tarSize)
        return wrongAnswer();
    return *unpacked;
}

} // namespace

Result<UnpackedLayer> unpackNewLayer(
    const Staging &staging, int input, const Digest &parent, const StartLayerer &start, Progress &progress, qint64 total)
{
    const auto folder = makeDirectory(staging.fd(), unfinishedName, 0700);
    if (!folder)
        return std::unexpected(folder.error());
    auto link = start();
    if (!link)
        return std::unexpected(link.error());
    const std::array fds{input, folder->get()};
    const auto reply = link->ask(layerer::Unpack{}, fds, progress, total);
    if (!reply)
        return std::unexpected(reply.error());
    const auto *unpacked = std::get_if<layerer::Unpacked>(&*reply);
    return unpacked ? finishLayer(staging, *unpacked, parent) : wrongAnswer();
}

Result<std::optional<UnpackedLayer>> packNewLayer(const Staging &staging, const ContainerChanges &changes, const Digest &parent,
    const StartLayerer &start, const std::function<void()> &wasRead, Progress &progress)
{
    auto packer = start();
    auto unpacker = packer ? start() : std::unexpected(packer.error());
    if (!unpacker)
        return std::unexpected(unpacker.error());
    Packing packing(std::move(*packer), std::move(*unpacker));
    if (auto begun = packing.begin(staging, changes); !begun)
        return std::unexpected(begun.error());
    const auto unpacked = packing.wait(wasRead, progress);
    if (!unpacked)
        return std::unexpected(unpacked.error());
    if (unpacked->entries == 0)
        return std::nullopt;
    return finishLayer(staging, *unpacked, parent);
}

Result<Digest> recordNewImage(Store &store, const Staging &staging, const std::optional<UnpackedLayer> &layer,
    const QByteArray &config, const QList<Digest> &lower, const QList<ImageReference> &names)
{
    const auto layers = store.folder(QStringLiteral("layers"));
    if (!layers)
        return std::unexpected(layers.error());
    // Data first: once the layer is recorded its files must survive a power cut.
    if (layer && ::syncfs(staging.fd()) < 0)
        return failErrno("cannot write the layer to the disk");
    // From here to the record nobody may remove layers; whoever wants to waits for us.
    const auto lock = store.lockLayers(LockKind::Shared);
    if (!lock)
        return std::unexpected(lock.error());
    QList<LayerRecord> records;
    for (const Digest &chainId : lower) {
        const auto known = store.layer(chainId);
        if (!known)
            return std::unexpected(known.error());
        if (!*known)
            return fail(ErrorCode::NotFound, "a layer of the image was removed meanwhile");
        records += **known;
    }
    if (layer) {
        const auto name = layer->record.chainId.hex().toStdString();
        const bool moved = ::renameat2(staging.fd(), name.c_str(), layers->get(), name.c_str(), RENAME_NOREPLACE) == 0;
        if (!moved && errno != EEXIST) // the same layer may be there already
            return failErrno("cannot move the layer into place");
        if (moved && ::fsync(layers->get()) < 0)
            return failErrno("cannot write the folder of layers to the disk");
        records += layer->record;
    }
    if (auto added = store.addImage(config, records, names); !added)
        return std::unexpected(added.error());
    return Digest::ofBytes(config);
}

} // namespace berth
