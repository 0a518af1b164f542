// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/tarreader.h"
#include "base/uniquefd.h"
#include "layerer/attributes.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace berth {

// One folder of the tree: a descriptor (O_PATH) and where it really is, without links in the path. The
// descriptor is the tree's; it is good until replace() or the second next call of folder().
struct FolderPlace {
    int fd = -1;
    std::string path;   // "" is the root
    [[nodiscard]] std::string child(const std::string &name) const { return path.empty() ? name : path + '/' + name; }
};

// Something that a later entry of the same stream replaced; kept because the stream has its contents.
struct MovedAside {
    std::uint64_t ordinal = 0; // of the entry that replaced it; its name below aside/
    std::string path;
};

// The tree of one layer while it is written. Every name of the archive is resolved here, part by part,
// with links followed inside the tree only, so no entry can reach or change anything outside of it.
class LayerTree {
public:
    static Result<LayerTree> create(int layerFolder);
    // Of the real path of any entry; Linux takes no longer ones, so a longer one could not be packed again.
    static constexpr std::size_t maxPathLength = 4095;

    enum class Missing {
        Create,   // 0755 root, as image builders expect
        Refuse,   // NotFound
    };
    // path as cleanTarName gives it. NotFound also where a whiteout of this layer hides the path.
    Result<FolderPlace> folder(const std::string &path, Missing missing);

    // A folder entry: made, or merged with the one that is there.
    Result<> addFolder(const FolderPlace &parent, const std::string &name, Attributes attributes, std::uint64_t ordinal);
    void setRootAttributes(Attributes attributes);
    // "name was here in lower layers and is gone". Entries of this layer survive it.
    Result<> addWhiteout(const FolderPlace &parent, const std::string &name);
    // Nothing of the lower layers shows through folder.
    void setOpaque(const FolderPlace &folder);

    // Makes way for an entry called name: deletes what this layer had there, or moves it aside.
    Result<> replace(const FolderPlace &parent, const std::string &name, std::uint64_t ordinal);
    // Opens the folder aside/, making it when needed.
    Result<int> aside();

    // Owner, mode and times of the folders, now that nothing is created in them any more. Gives how many
    // owners had to be changed.
    Result<std::uint32_t> finish();

    [[nodiscard]] int root() const { return m_root.get(); }
    [[nodiscard]] const std::vector<MovedAside> &moved() const { return m_moved; }

private:
    struct Folder {
        Attributes attributes;
        bool isExplicit = false; // had an entry of its own
        bool isOpaque = false;
        bool hasOtherMode = false; // than its entry says, for it was made before
    };
    struct CachedFolder {
        std::string path;     // as asked
        std::string realPath;
        UniqueFd fd;
    };

    explicit LayerTree(int layerFolder, UniqueFd root);
    Result<UniqueFd> openReal(const std::string &path, int flags) const;
    FolderPlace remember(const std::string &path, std::string realPath, UniqueFd fd);
    // Counts what is remembered until the end: Corrupt beyond maxRememberedBytes.
    Result<> remembered(std::size_t bytes);
    Result<FolderPlace> walk(const std::string &path, Missing missing);
    Result<UniqueFd> enterMissing(int parent, const std::string &name, const std::string &realPath, bool isWhiteout);
    Result<> finishFolder(const std::string &path, Folder &folder, std::uint32_t &changedOwners);
    [[nodiscard]] bool isHidden(std::string path) const;
    Result<> dropHiddenWhiteouts();

    int m_layerFolder;
    UniqueFd m_root;
    UniqueFd m_aside;
    std::map<std::string, Folder> m_folders; // by real path; ordered, so that a subtree is a range
    std::array<CachedFolder, 16> m_open;     // parents of late; archives list a folder's files together
    std::size_t m_oldest = 0;
    std::vector<MovedAside> m_moved;
    std::size_t m_rememberedBytes = 0;
    bool m_hasWhiteouts = false;
};

// Whether the named entry is a whiteout in overlay form.
bool isWhiteout(int folder, const std::string &name);

} // namespace berth
