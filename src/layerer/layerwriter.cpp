// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/layerwriter.h"

#include "base/io.h"
#include "layerer/checksum.h"
#include "wire/encoding.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::uint64_t maxEntries = 4'000'000; // four times the largest public layers; bounds our memory
constexpr std::size_t maxKeptNames = 100'000; // a /dev of everything has a few thousand; bounds our memory
// Behind the end of the archive and in markers. Writers pad to 10 KiB, at most to a tape's block of 1 MiB;
// a compressed bomb of it would keep us busy for hours.
constexpr std::uint64_t maxLooseBytes = 64ULL << 20;
// Files of this size start on their way to the disk at once, so that the sync before an image is recorded
// finds little to do. Nine tenths of the bytes of usual layers are in such files.
constexpr std::uint64_t earlyWriteSize = 32 << 10;
constexpr std::uint64_t spaceCheckStep = 64ULL << 20; // free space is asked for again after so many bytes
// A file of zeros takes no room: what was sparse when a container was packed (the stream of a layer has no
// word for holes that other tools understand) is sparse again.
constexpr std::uint64_t leastHoleySize = 1ULL << 20;
constexpr std::size_t holeStep = 64UL << 10;
constexpr std::string_view whiteoutPrefix = ".wh.";
constexpr std::string_view aufsPrefix = ".wh..wh.";
constexpr std::string_view opaqueName = ".wh..wh..opq";

void split(const std::string &path, std::string &parent, std::string &name)
{
    const auto slash = path.rfind('/');
    parent = slash == std::string::npos ? std::string() : path.substr(0, slash);
    name = slash == std::string::npos ? path : path.substr(slash + 1);
}

bool isZero(std::string_view bytes) { return bytes[0] == '\0' && bytes.substr(1) == bytes.substr(0, bytes.size() - 1); }

// Writes bytes of a file at offset. With holes, pieces of zeros are left out; the caller sets the size.
Result<> writeAt(int fd, std::string_view bytes, std::uint64_t offset, bool withHoles)
{
    while (!bytes.empty()) {
        const auto step = bytes.substr(0, withHoles ? holeStep - offset % holeStep : bytes.size());
        ssize_t count = static_cast<ssize_t>(step.size());
        if (!withHoles || !isZero(step))
            count = ::pwrite(fd, step.data(), step.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("cannot write the file");
        bytes.remove_prefix(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

} // namespace

LayerWriter::LayerWriter(LayerTree tree, RecordWriter record, int layerFolder, LayerStream &stream, const LowerTrees &lower)
    : m_tree(std::move(tree)), m_record(std::move(record)), m_layerFolder(layerFolder), m_stream(stream), m_lower(lower)
{
}

Result<LayerWriter> LayerWriter::create(int layerFolder, LayerStream &stream, const LowerTrees &lower)
{
    auto tree = LayerTree::create(layerFolder);
    if (!tree)
        return std::unexpected(tree.error());
    auto record = RecordWriter::create(layerFolder);
    if (!record)
        return std::unexpected(record.error());
    return LayerWriter(std::move(*tree), std::move(*record), layerFolder, stream, lower);
}

Result<> LayerWriter::add(TarEntry &entry)
{
    if (++m_result.entries > maxEntries)
        return fail(ErrorCode::Corrupt,
            "the layer has more than " + std::to_string(maxEntries) + " entries (at " + printableName(entry.name) + ")");
    if (auto recorded = m_record.addBytes(entry.raw); !recorded)
        return recorded;
    const auto path = cleanTarName(entry.name);
    if (!path)
        return wrap("cannot unpack " + printableName(entry.name), path.error());
    if (auto added = addClean(entry, *path); !added)
        return wrap("cannot unpack " + printableName(entry.name), added.error());
    return recordData(entry.padding, entry.name);
}

Result<> LayerWriter::addClean(TarEntry &entry, const std::string &path)
{
    if (path.empty()) {
        if (entry.type != tartype::directory)
            return fail(ErrorCode::Corrupt, "the root of a layer must be a folder");
        m_tree.setRootAttributes(Attributes::of(entry));
        const auto counted = countLoose(entry.size);
        return counted ? recordData(entry.size, entry.name) : counted;
    }
    std::string parent;
    std::string name;
    split(path, parent, name);
    if (path.starts_with(aufsPrefix) && path != opaqueName)
        return addAufs(entry, path);
    if (name.starts_with(whiteoutPrefix))
        return addMarker(entry, parent, name);
    switch (entry.type) {
    case tartype::regular: return addFile(entry, parent, name);
    case tartype::hardLink: return addHardLink(entry, parent, name);
    case tartype::symbolicLink: return addLink(entry, parent, name);
    case tartype::fifo: return addFifo(entry, parent, name);
    case tartype::characterDevice:
    case tartype::blockDevice: return skipDevice(path);
    case tartype::directory: {
        const auto place = m_tree.folder(parent, LayerTree::Missing::Create);
        if (!place)
            return std::unexpected(place.error());
        // A folder has no data, but the oldest archives have files whose names end in a slash.
        if (auto counted = countLoose(entry.size); !counted)
            return counted;
        if (auto added = m_tree.addFolder(*place, name, Attributes::of(entry), m_result.entries); !added)
            return added;
        return recordData(entry.size, entry.name);
    }
    default: return fail(ErrorCode::Unsupported, "its type " + printableName({&entry.type, 1}) + " has no meaning in an image");
    }
}

Result<> LayerWriter::skipDevice(const std::string &path)
{
    // Nobody misses those below /dev, where every container gets nodes of its own.
    if (!path.starts_with("dev/"))
        ++m_result.skippedDevices;
    m_skipped.insert(path);
    if (m_skipped.size() > maxKeptNames)
        return fail(ErrorCode::Corrupt, "the layer has more than " + std::to_string(maxKeptNames) + " device nodes");
    return {};
}

// A whiteout is known by its name, whatever its type. Source: OCI image-spec layer.md, "Whiteouts".
Result<> LayerWriter::addMarker(TarEntry &entry, const std::string &parent, const std::string &name)
{
    if (auto counted = countLoose(entry.size); !counted)
        return counted;
    if (auto recorded = recordData(entry.size, entry.name); !recorded)
        return recorded;
    if (name == whiteoutPrefix)
        return fail(ErrorCode::Corrupt, "it is a whiteout without a name");
    if (name.starts_with(aufsPrefix) && name != opaqueName)
        return {};
    const std::string hidden = name.substr(whiteoutPrefix.size());
    if (hidden == "." || hidden == "..")
        return fail(ErrorCode::Corrupt, "it is a whiteout of a folder's own name");
    // A whiteout below a whiteout hides nothing more.
    if (m_hasWhiteouts) {
        std::string above;
        std::string last;
        split(parent, above, last);
        const auto place = m_tree.folder(above, LayerTree::Missing::Refuse);
        if (!place || (!last.empty() && isWhiteout(place->fd, last)))
            return {};
    }
    const auto place = m_tree.folder(parent, LayerTree::Missing::Create);
    if (!place)
        return std::unexpected(place.error());
    if (name == opaqueName) {
        m_tree.setOpaque(*place);
        return {};
    }
    m_hasWhiteouts = true;
    return m_tree.addWhiteout(*place, hidden);
}

// AUFS left its bookkeeping in old images. Only the targets of hard links below it matter.
Result<> LayerWriter::addAufs(TarEntry &entry, const std::string &path)
{
    if (!path.starts_with(aufsLinkFolder) || entry.type != tartype::regular) {
        const auto counted = countLoose(entry.size);
        return counted ? recordData(entry.size, entry.name) : counted;
    }
    const auto aside = m_tree.aside();
    if (!aside)
        return std::unexpected(aside.error());
    const std::string name = std::to_string(m_result.entries);
    auto file = createFile({*aside, {}}, name, entry.mode);
    if (!file)
        return std::unexpected(file.error());
    m_aufsFiles[path] = name;
    if (m_aufsFiles.size() > maxKeptNames)
        return fail(ErrorCode::Corrupt, "the layer has more than " + std::to_string(maxKeptNames) + " files of AUFS");
    return writeFile(entry, std::move(*file), path);
}

Result<UniqueFd> LayerWriter::createFile(const FolderPlace &place, const std::string &name, mode_t mode)
{
    if (place.child(name).size() > LayerTree::maxPathLength)
        return fail(ErrorCode::Corrupt, "it is too deep");
    for (bool again = false;; again = true) {
        UniqueFd file(
            ::openat(place.fd, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & ~specialBits));
        if (file)
            return file;
        if (errno != EEXIST || again)
            return failErrno("cannot create the file");
        if (auto replaced = m_tree.replace(place, name, m_result.entries); !replaced)
            return std::unexpected(replaced.error());
    }
}

Result<> LayerWriter::addFile(TarEntry &entry, const std::string &parent, const std::string &name)
{
    const auto place = m_tree.folder(parent, LayerTree::Missing::Create);
    if (!place)
        return std::unexpected(place.error());
    if (auto enough = checkSpace(entry.size); !enough)
        return enough;
    auto file = createFile(*place, name, entry.mode);
    if (!file)
        return std::unexpected(file.error());
    return writeFile(entry, std::move(*file), place->child(name));
}

Result<> LayerWriter::checkSpace(std::uint64_t size)
{
    if (size <= m_spaceLeft) {
        m_spaceLeft -= size;
        return {};
    }
    struct statvfs status = {};
    if (::fstatvfs(m_layerFolder, &status) < 0)
        return failErrno("cannot ask for the free space");
    const std::uint64_t free = status.f_bavail * status.f_frsize;
    if (size > free)
        return fail(ErrorCode::NoSpace,
            "it has " + std::to_string(size) + " bytes and only " + std::to_string(free) + " are free where images are kept");
    m_spaceLeft = std::min(spaceCheckStep, free - size);
    return {};
}

Result<> LayerWriter::writeSegment(int fd, const TarSegment &segment, std::uint64_t &crc, const std::string &name)
{
    for (std::uint64_t done = 0; done < segment.size;) {
        const auto part = m_stream.take(segment.size - done);
        if (!part)
            return std::unexpected(part.error());
        if (part->empty())
            return fail(ErrorCode::Corrupt, "the archive ends in the middle of " + printableName(name));
        crc = addCrc64(crc, *part);
        const std::string_view bytes(part->data(), part->size());
        if (auto written = writeAt(fd, bytes, segment.offset + done, segment.size >= leastHoleySize); !written)
            return written;
        done += part->size();
    }
    return {};
}

Result<> LayerWriter::writeFile(TarEntry &entry, UniqueFd file, const std::string &recordedPath)
{
    RecordedFile recorded;
    recorded.ordinal = m_result.entries;
    recorded.path = recordedPath;
    if (entry.isSparse)
        recorded.segments = std::move(entry.segments);
    else
        recorded.segments.push_back({0, entry.size});
    for (const auto &segment : recorded.segments) {
        if (auto written = writeSegment(file.get(), segment, recorded.crc, entry.name); !written)
            return written;
    }
    const bool mayEndInHole = entry.isSparse || entry.size >= leastHoleySize;
    if (mayEndInHole && ::ftruncate(file.get(), static_cast<off_t>(entry.isSparse ? entry.fileSize : entry.size)) < 0)
        return failErrno("cannot set the size of the file");
    if (entry.size >= earlyWriteSize)
        (void)::sync_file_range(file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
    m_result.size += entry.size;
    if (auto applied = applyAttributes(file.get(), Attributes::of(entry), m_result.changedOwners); !applied)
        return applied;
    return entry.size ? m_record.addFile(recorded) : Result<>();
}

Result<> LayerWriter::addLink(TarEntry &entry, const std::string &parent, const std::string &name)
{
    const auto place = m_tree.folder(parent, LayerTree::Missing::Create);
    if (!place)
        return std::unexpected(place.error());
    while (::symlinkat(entry.linkName.c_str(), place->fd, name.c_str()) < 0) {
        if (errno != EEXIST)
            return failErrno("cannot create the link");
        if (auto replaced = m_tree.replace(*place, name, m_result.entries); !replaced)
            return replaced;
    }
    m_result.size += entry.linkName.size();
    return applyAttributesAt(place->fd, name, Attributes::of(entry), m_result.changedOwners);
}

Result<> LayerWriter::addFifo(TarEntry &entry, const std::string &parent, const std::string &name)
{
    const auto place = m_tree.folder(parent, LayerTree::Missing::Create);
    if (!place)
        return std::unexpected(place.error());
    while (::mknodat(place->fd, name.c_str(), S_IFIFO | (entry.mode & ~specialBits), 0) < 0) {
        if (errno != EEXIST)
            return failErrno("cannot create the FIFO");
        if (auto replaced = m_tree.replace(*place, name, m_result.entries); !replaced)
            return replaced;
    }
    return applyAttributesAt(place->fd, name, Attributes::of(entry), m_result.changedOwners);
}

Result<> LayerWriter::addHardLink(TarEntry &entry, const std::string &parent, const std::string &name)
{
    const auto target = cleanTarName(entry.linkName);
    if (!target)
        return wrap("its target " + printableName(entry.linkName), target.error());
    std::string targetParent;
    std::string targetName;
    split(*target, targetParent, targetName);
    for (;;) {
        const auto place = m_tree.folder(parent, LayerTree::Missing::Create);
        if (!place)
            return std::unexpected(place.error());
        auto targetPlace = m_tree.folder(targetParent, LayerTree::Missing::Refuse);
        if (const auto aufs = m_aufsFiles.find(*target); aufs != m_aufsFiles.end()) {
            targetPlace = FolderPlace{*m_tree.aside(), {}};
            targetName = aufs->second;
        } else if (targetPlace && targetPlace->child(targetName) == place->child(name)
            && ::faccessat(place->fd, name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
            return {}; // a file that was given to tar twice comes out as a link to itself
        }
        const bool hidden = targetPlace && m_hasWhiteouts && isWhiteout(targetPlace->fd, targetName);
        if (targetPlace && !hidden && ::linkat(targetPlace->fd, targetName.c_str(), place->fd, name.c_str(), 0) == 0)
            return {};
        const int error = !targetPlace || hidden ? ENOENT : errno;
        struct stat status = {};
        if (error == EPERM && ::fstatat(targetPlace->fd, targetName.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0
            && S_ISDIR(status.st_mode))
            return fail(ErrorCode::Corrupt, "its target " + printableName(entry.linkName) + " is a folder");
        if (error == EEXIST) {
            if (auto replaced = m_tree.replace(*place, name, m_result.entries); !replaced)
                return replaced;
            continue;
        }
        if (error == EMLINK) { // 65,000 names is all that ext4 gives one file
            UniqueFd source(::openat(targetPlace->fd, targetName.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
            return source ? copyRegularFile(source.get(), place->fd, name) : failErrno("cannot open its target");
        }
        if (error == ENOENT && m_skipped.contains(*target))
            return skipDevice(place->child(name));
        if (error == ENOENT)
            return copyFromLower(entry, *target, *place, name);
        return failErrno("cannot link it to " + printableName(entry.linkName), error);
    }
}

Result<> LayerWriter::copyFromLower(
    const TarEntry &entry, const std::string &target, const FolderPlace &place, const std::string &name)
{
    if (m_lower.empty()) {
        m_needsLower = true;
        return fail(ErrorCode::Corrupt, "its target " + printableName(entry.linkName) + " does not exist");
    }
    auto copied = copyFromLowerTrees(m_lower, target, place.fd, name);
    if (!copied && copied.error().code == ErrorCode::AlreadyExists) {
        if (auto replaced = m_tree.replace(place, name, m_result.entries); !replaced)
            return replaced;
        copied = copyFromLowerTrees(m_lower, target, place.fd, name);
    }
    if (!copied && copied.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::Corrupt, "its target " + printableName(entry.linkName) + " does not exist");
    return copied;
}

Result<> LayerWriter::recordData(std::uint64_t size, const std::string &name)
{
    while (size > 0) {
        const auto part = m_stream.take(size);
        if (!part)
            return std::unexpected(part.error());
        if (part->empty())
            return fail(ErrorCode::Corrupt, "the archive ends in the middle of " + printableName(name));
        if (auto recorded = m_record.addBytes({part->data(), part->size()}); !recorded)
            return recorded;
        size -= part->size();
    }
    return {};
}

Result<> LayerWriter::countLoose(std::uint64_t bytes)
{
    m_looseBytes += std::min(bytes, maxLooseBytes + 1);
    if (m_looseBytes <= maxLooseBytes)
        return {};
    return fail(
        ErrorCode::Corrupt, "the layer has more than " + std::to_string(maxLooseBytes >> 20) + " MiB that belong to no file");
}

Result<> LayerWriter::finish(const std::string &rest)
{
    if (auto recorded = m_record.addBytes(rest); !recorded)
        return recorded;
    for (;;) {
        const auto part = m_stream.take(Ring::bufferSize);
        if (!part)
            return std::unexpected(part.error());
        if (part->empty())
            break;
        if (auto counted = countLoose(part->size()); !counted)
            return wrap("behind the last entry", counted.error());
        if (auto recorded = m_record.addBytes({part->data(), part->size()}); !recorded)
            return recorded;
    }
    m_result.tarSize = m_stream.position();
    const auto changedOwners = m_tree.finish();
    if (!changedOwners)
        return std::unexpected(changedOwners.error());
    m_result.changedOwners += *changedOwners;
    return writeMoved();
}

Result<> LayerWriter::writeMoved()
{
    if (m_tree.moved().empty())
        return {};
    const auto aside = m_tree.aside();
    if (!aside)
        return std::unexpected(aside.error());
    auto list = openFile(*aside, movedListName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!list)
        return std::unexpected(list.error());
    Encoder bytes;
    for (const auto &moved : m_tree.moved()) {
        bytes.number(moved.ordinal);
        bytes.text(moved.path);
    }
    return writeAll(list->get(), bytes.bytes());
}

Result<> LayerWriter::seal(const RecordedEnd &end) { return m_record.end(end); }

} // namespace berth
