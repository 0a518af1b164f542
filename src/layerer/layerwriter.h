// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layerer/layerstream.h"
#include "layerer/layertree.h"
#include "layerer/lowertrees.h"
#include "layerer/record.h"

#include <unordered_map>
#include <unordered_set>

namespace berth {

// Writes the entries of one layer into its folder: files into tree/, the rest of the stream into record.
class LayerWriter {
public:
    static Result<LayerWriter> create(int layerFolder, LayerStream &stream, const LowerTrees &lower);

    // The entry whose headers the reader has just read; consumes its data and padding.
    Result<> add(TarEntry &entry);
    // After the last entry; rest is what the reader read of the end marker. Copies the remaining bytes
    // of the stream and finishes the tree.
    Result<> finish(const std::string &rest);
    // Closes the record, once the digest of the whole stream is known to be right.
    Result<> seal(const RecordedEnd &end);

    [[nodiscard]] const layerer::Unpacked &result() const { return m_result; }
    // A hard link names a file that is not in this layer, and no lower trees were given.
    [[nodiscard]] bool needsLower() const { return m_needsLower; }

private:
    LayerWriter(LayerTree tree, RecordWriter record, int layerFolder, LayerStream &stream, const LowerTrees &lower);

    Result<> addClean(TarEntry &entry, const std::string &path);
    Result<> addMarker(TarEntry &entry, const std::string &parent, const std::string &name);
    Result<> addAufs(TarEntry &entry, const std::string &path);
    Result<> addFile(TarEntry &entry, const std::string &parent, const std::string &name);
    Result<> addLink(TarEntry &entry, const std::string &parent, const std::string &name);
    Result<> addHardLink(TarEntry &entry, const std::string &parent, const std::string &name);
    Result<> copyFromLower(const TarEntry &entry, const std::string &target, const FolderPlace &place, const std::string &name);
    Result<> addFifo(TarEntry &entry, const std::string &parent, const std::string &name);
    Result<UniqueFd> createFile(const FolderPlace &place, const std::string &name, mode_t mode);
    Result<> writeFile(TarEntry &entry, UniqueFd file, const std::string &recordedPath);
    Result<> writeSegment(int fd, const TarSegment &segment, std::uint64_t &crc, const std::string &name);
    Result<> checkSpace(std::uint64_t size);
    Result<> skipDevice(const std::string &path);
    Result<> recordData(std::uint64_t size, const std::string &name);
    Result<> countLoose(std::uint64_t bytes);
    Result<> writeMoved();

    LayerTree m_tree;
    RecordWriter m_record;
    int m_layerFolder;
    LayerStream &m_stream;
    const LowerTrees &m_lower;
    layerer::Unpacked m_result;
    std::unordered_map<std::string, std::string> m_aufsFiles; // ".wh..wh.plnk/…" → name below aside/
    std::unordered_set<std::string> m_skipped; // devices, so that hard links to them are skipped as well
    std::uint64_t m_looseBytes = 0;            // of the stream that belong to no file
    std::uint64_t m_spaceLeft = 0;
    bool m_hasWhiteouts = false;
    bool m_needsLower = false;
};

} // namespace berth
