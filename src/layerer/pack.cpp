// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "base/rootpath.h"
#include "layerer/checksum.h"
#include "layerer/record.h"
#include "layerer/work.h"
#include "wire/encoding.h"

#include <algorithm>
#include <map>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxMovedList = 1024UL * 1024 * 1024; // 4 million entries of 250 bytes
constexpr std::size_t copyBufferSize = 1024 * 1024;

// Writes a tar stream again and hashes it.
class Packer {
public:
    Packer(int layerFolder, int output, Reporter &reporter)
        : m_layerFolder(layerFolder), m_output(output), m_reporter(reporter), m_buffer(copyBufferSize)
    {
    }

    Result<layerer::Packed> run(const layerer::Sha256 &diffId);

private:
    Result<> openFolders();
    Result<> readMoved();
    Result<> copyFile(const RecordedFile &file);
    Result<UniqueFd> openRecorded(const RecordedFile &file) const;
    Result<> put(std::span<const char> bytes);

    int m_layerFolder;
    int m_output;
    Reporter &m_reporter;
    std::vector<char> m_buffer;
    UniqueFd m_tree;
    UniqueFd m_aside;
    std::map<std::string, std::vector<std::uint64_t>> m_moved; // ordinals rise
    Sha256Hash m_hash;
    std::uint64_t m_size = 0;
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

Result<> Packer::put(std::span<const char> bytes)
{
    m_hash.add(bytes);
    m_size += bytes.size();
    if (auto written = writeAll(m_output, {bytes.data(), bytes.size()}); !written)
        return written;
    return m_reporter.report(m_size);
}

Result<> Packer::copyFile(const RecordedFile &file)
{
    const auto source = openRecorded(file);
    if (!source)
        return std::unexpected(source.error());
    std::uint64_t crc = 0;
    for (const auto &segment : file.segments) {
        for (std::uint64_t done = 0; done < segment.size;) {
            const auto wanted = std::min<std::uint64_t>(m_buffer.size(), segment.size - done);
            const ssize_t count = ::pread(
                source->get(), m_buffer.data(), static_cast<std::size_t>(wanted), static_cast<off_t>(segment.offset + done));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failErrno("cannot read " + printableName(file.path));
            if (count == 0)
                return fail(ErrorCode::Corrupt, printableName(file.path) + " of the layer is shorter than it was");
            const auto part = std::span<const char>(m_buffer).first(static_cast<std::size_t>(count));
            crc = addCrc64(crc, part);
            if (auto written = put(part); !written)
                return written;
            done += part.size();
        }
    }
    if (crc != file.crc)
        return fail(ErrorCode::Corrupt, printableName(file.path) + " of the layer was altered");
    return {};
}

Result<layerer::Packed> Packer::run(const layerer::Sha256 &diffId)
{
    if (auto opened = openFolders(); !opened)
        return std::unexpected(opened.error());
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
            return std::unexpected(done.error());
    }
    if (const auto digest = m_hash.finish(); digest != diffId)
        return fail(ErrorCode::Corrupt, "the layer no longer has the digest " + digestText(diffId));
    return layerer::Packed{m_size};
}

} // namespace

Result<layerer::Packed> packLayer(const layerer::Pack &request, int layerFolder, int output, Reporter &reporter)
{
    return Packer(layerFolder, output, reporter).run(request.diffId);
}

} // namespace berth
