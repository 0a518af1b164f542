// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarreader.h"
#include "base/uniquefd.h"
#include "tree/entryattributes.h"

#include <map>
#include <string>
#include <vector>

namespace berth {

struct TreeWriteOptions {
    enum class Owners { Leave, Root, Keep }; // of what is written: the caller's, root's, as the stream says
    Owners owners = Owners::Leave;
    // Folders on the way may be links, followed inside root; else a link on the way is an error.
    bool followsLinks = false;
    bool keepsSetId = false;  // set-uid and set-gid bits of files
    std::string shownFolder;  // the folder as sentences name it
};

// Writes the entries of a tar stream into a folder that others may be changing. Every name is resolved below
// root by descriptor (base/rootpath.h), the last part is never followed, what stands in the way is replaced, so
// nothing that a stream or a neighbour does can lead outside of root. A file is replaced when the new one is
// whole. A folder never replaces something else, nor the other way round (Docker's rule for copies).
class TreeWriter {
public:
    // folder: below root, absolute there; "/" is root itself.
    TreeWriter(int root, std::string folder, TreeWriteOptions options);

    // Every entry of the stream, up to its end marker; then modes and times of the folders.
    Result<> write(TarReader &reader, TarInput &input);

    [[nodiscard]] std::uint64_t skippedDevices() const { return m_skippedDevices; }

private:
    Result<> addEntry(TarEntry &entry, TarInput &input);
    Result<int> parentOf(const std::string &path);
    Result<UniqueFd> openFolder(const std::string &path);
    Result<> makeWay(int parent, const std::string &name, const std::string &path, char type, bool &exists);
    Result<> addFolder(int parent, const std::string &name, const std::string &path, TarEntry &entry, bool exists);
    Result<> addFile(int parent, const std::string &name, TarEntry &entry, TarInput &input, bool exists);
    Result<> addHardLink(int parent, const std::string &name, const TarEntry &entry);
    Result<> addSymbolicLink(int parent, const std::string &name, TarEntry &entry);
    Result<> addFifo(int parent, const std::string &name, TarEntry &entry);
    Result<> copyData(int file, const TarEntry &entry, TarInput &input);
    Result<> copySegment(int file, const TarSegment &segment, const TarEntry &entry, TarInput &input);
    Result<> skip(std::uint64_t size, TarInput &input);
    Result<> finishFolders();
    [[nodiscard]] EntryAttributes attributesOf(TarEntry &entry) const;
    [[nodiscard]] std::string shown(const std::string &path) const;

    int m_root;
    std::string m_folder;
    TreeWriteOptions m_options;
    std::string m_parentPath;
    UniqueFd m_parent;          // of the last entry; archives list a folder's entries together
    std::map<std::string, EntryAttributes> m_folders; // to be finished, by path
    std::size_t m_rememberedBytes = 0;
    std::uint64_t m_skippedDevices = 0;
    std::vector<char> m_buffer;
};

} // namespace berth
