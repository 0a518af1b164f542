// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/rootpath.h"
#include "layerer/checksum.h"
#include "layerer/record.h"
#include "layerer/ring.h"
#include "layerer/work.h"
#include "wire/encoding.h"

#include <algorithm>
#include <map>
#include <thread>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxMovedList = 1024UL * 1024 * 1024; // 4 million entries of 250 bytes
constexpr int pipeSize = 1 << 20; // what an ordinary user may ask for

// Fills the ring with a tar stream as it was.
class Packer {
public:
    Packer(int layerFolder, Ring &ring) : m_layerFolder(layerFolder), m_ring(ring) {}

    Result<> run();

private:
    Result<> openFolders();
    Result<> readMoved();
    Result<> copyFile(const RecordedFile &file);
    Result<UniqueFd> openRecorded(const RecordedFile &file) const;
    Result<> put(std::span<const char> bytes);
    Result<std::span<char>> room();
    void publish();

    int m_layerFolder;
    Ring &m_ring;
    std::span<char> m_buffer; // of the ring
    std::size_t m_used = 0;   // of the buffer
    UniqueFd m_tree;
    UniqueFd m_aside;
    std::map<std::string, std::vector<std::uint64_t>> m_moved; // ordinals rise
};

Result<UniqueFd> openBeneath(int folder, const std::string &path)
{
    open_how how{};
    how.flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
    const long fd = ::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
    if (fd < 0)
        return failErrno("cannot open " + printableName(path) + " of the layer");
    return UniqueFd(static_cast<int>(fd));
}

Result<> Packer::openFolders()
{
    auto tree = openFile(m_layerFolder, treeName, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (!tree)
        return std::unexpected(tree.error());
    m_tree = std::move(*tree);
    auto aside = openFile(m_layerFolder, asideName, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (!aside)
        return aside.error().code == ErrorCode::NotFound ? Result<>() : std::unexpected(aside.error());
    m_aside = std::move(*aside);
    return readMoved();
}

Result<> Packer::readMoved()
{
    const auto bytes = readSmallFile(m_aside.get(), movedListName, maxMovedList);
    if (!bytes)
        return bytes.error().code == ErrorCode::NotFound ? Result<>() : std::unexpected(bytes.error());
    Decoder decoder(*bytes);
    while (!decoder.failed() && !decoder.isComplete()) {
        const auto ordinal = decoder.number<std::uint64_t>();
        m_moved[decoder.text()].push_back(ordinal);
    }
    return decoder.failed() ? fail(ErrorCode::Corrupt, "the list of replaced files is damaged") : Result<>();
}

// A file is where its entry put it, unless a later entry replaced it or a folder above it.
Result<UniqueFd> Packer::openRecorded(const RecordedFile &file) const
{
    if (file.path.starts_with(aufsLinkFolder))
        return openBeneath(m_aside.get(), std::to_string(file.ordinal));
    std::uint64_t moved = 0;
    std::size_t movedLength = 0;
    for (std::size_t end = 0; !m_moved.empty() && end != std::string::npos;) {
        end = file.path.find('/', end + 1);
        const auto list = m_moved.find(file.path.substr(0, end));
        if (list == m_moved.end())
            continue;
        const auto later = std::ranges::upper_bound(list->second, file.ordinal);
        if (later == list->second.end() || (moved != 0 && *later > moved))
            continue;
        moved = *later;
        movedLength = std::min(end, file.path.size());
    }
    if (moved == 0)
        return openBeneath(m_tree.get(), file.path);
    return openBeneath(m_aside.get(), std::to_string(moved) + file.path.substr(movedLength));
}

void Packer::publish()
{
    if (m_used > 0)
        m_ring.publish(m_used);
    m_used = 0;
    m_buffer = {};
}

// Never empty.
Result<std::span<char>> Packer::room()
{
    if (m_used == m_buffer.size()) {
        publish();
        m_buffer = m_ring.acquire();
        if (m_buffer.empty())
            return fail(ErrorCode::Cancelled, "stopped");
    }
    return m_buffer.subspan(m_used);
}

Result<> Packer::put(std::span<const char> bytes)
{
    while (!bytes.empty()) {
        const auto space = room();
        if (!space)
            return std::unexpected(space.error());
        const auto part = bytes.first(std::min(space->size(), bytes.size()));
        std::ranges::copy(part, space->begin());
        m_used += part.size();
        bytes = bytes.subspan(part.size());
    }
    return {};
}

Result<> Packer::copyFile(const RecordedFile &file)
{
    const auto source = openRecorded(file);
    if (!source)
        return std::unexpected(source.error());
    std::uint64_t crc = 0;
    for (const auto &segment : file.segments) {
        for (std::uint64_t done = 0; done < segment.size;) {
            const auto space = room();
            if (!space)
                return std::unexpected(space.error());
            const auto wanted = std::min<std::uint64_t>(space->size(), segment.size - done);
            const ssize_t count = ::pread(
                source->get(), space->data(), static_cast<std::size_t>(wanted), static_cast<off_t>(segment.offset + done));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failErrno("cannot read " + printableName(file.path));
            if (count == 0)
                return fail(ErrorCode::Corrupt, printableName(file.path) + " of the layer is shorter than it was");
            const auto part = space->first(static_cast<std::size_t>(count));
            crc = addCrc64(crc, part);
            m_used += part.size();
            done += part.size();
        }
    }
    if (crc != file.crc)
        return fail(ErrorCode::Corrupt, printableName(file.path) + " of the layer was altered");
    return {};
}

Result<> Packer::run()
{
    if (auto opened = openFolders(); !opened)
        return opened;
    auto record = RecordReader::open(m_layerFolder);
    if (!record)
        return std::unexpected(record.error());
    for (;;) {
        const auto item = record->next();
        if (!item)
            return std::unexpected(item.error());
        Result<> done;
        if (const auto *bytes = std::get_if<RecordedBytes>(&*item))
            done = put(bytes->bytes);
        else if (const auto *file = std::get_if<RecordedFile>(&*item))
            done = copyFile(*file);
        else
            break;
        if (!done)
            return done;
    }
    publish();
    return {};
}

// The size of the stream.
Result<std::uint64_t> writeRing(Ring &ring, int output, Reporter &reporter)
{
    (void)::fcntl(output, F_SETPIPE_SZ, pipeSize); // another kind of file has none, and a smaller one is only slower
    std::uint64_t size = 0;
    for (;;) {
        const auto buffer = ring.next(Ring::Writer);
        if (!buffer)
            return std::unexpected(buffer.error());
        if (buffer->empty())
            return size;
        auto written = writeAll(output, {buffer->data(), buffer->size()});
        size += buffer->size();
        if (written)
            written = reporter.report(size);
        if (!written)
            return std::unexpected(written.error());
    }
}

} // namespace

Result<layerer::Packed> packLayer(const layerer::Pack &request, int layerFolder, int output, Reporter &reporter)
{
    Ring ring;
    Result<layerer::Sha256> diffId;
    std::thread filler([&] {
        if (auto filled = Packer(layerFolder, ring).run(); filled)
            ring.finish();
        else
            ring.finish(filled.error());
    });
    std::thread hasher([&] { diffId = hashRing(ring); });
    const auto size = writeRing(ring, output, reporter);
    if (!size)
        ring.stop();
    filler.join();
    hasher.join();
    if (!size)
        return std::unexpected(size.error());
    if (!diffId || *diffId != request.diffId)
        return fail(ErrorCode::Corrupt, "the layer no longer has the digest " + digestText(request.diffId));
    return layerer::Packed{*size};
}

} // namespace berth
