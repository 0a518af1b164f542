// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/tarreader.h"
#include "base/uniquefd.h"
#include "tree/taroutput.h"

#include <map>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace berth {

// Writes files and folders that are in use as a tar stream. Everything below the first entry is reached
// by one descriptor and one name at a time, never through a link; only regular files are ever opened for
// reading, and only after they were proven to be some (O_PATH first), so nothing blocks and no device is touched.
class TreeReader {
public:
    // containerRoot: the folder whose own dev/, proc/ and sys/ show up empty when they are mounts; -1: none.
    explicit TreeReader(TarOutput &output, int containerRoot = -1);

    // entry is an O_PATH descriptor, of a link itself where it is one. name without a slash at its end,
    // but "/" for a root; "." gives "./", "./a" and so on.
    Result<> add(UniqueFd entry, const std::string &name);
    // What is in folder, under its own names.
    Result<> addContents(const UniqueFd &folder);
    Result<> finish();

    // Names of sockets, which no archive can hold, and of devices, which nobody could make from it.
    [[nodiscard]] const std::vector<std::string> &skipped() const { return m_skipped; }

private:
    struct Place {
        dev_t device = 0;
        std::uint64_t mount = 0;
        ino_t inode = 0;
    };
    static Result<Place> placeOf(int fd);

    Result<> addFolder(UniqueFd entry, const struct stat &status, const std::string &name, int depth);
    Result<> addFolderContents(const UniqueFd &folder, const std::string &prefix, int depth);
    Result<> addEntry(UniqueFd entry, const std::string &name, int depth);
    Result<> addFile(const UniqueFd &entry, const struct stat &status, const std::string &name);
    Result<> addLink(const UniqueFd &entry, const struct stat &status, const std::string &name);
    Result<> addHeader(const TarEntry &member);
    void skip(const std::string &name);
    Result<> copyData(int file, std::uint64_t size, const std::string &name);
    [[nodiscard]] bool isHidden(const Place &parent, const std::string &name, int entry) const;

    TarOutput &m_output;
    int m_containerRoot;
    Place m_root;
    std::map<std::pair<dev_t, ino_t>, std::string> m_links; // first name of files that have several
    std::size_t m_linkBytes = 0;
    std::vector<std::string> m_skipped;
    std::vector<char> m_buffer;
};

// proc, sysfs, control groups and the like: their files are the kernel's and are never copied.
[[nodiscard]] bool isKernelFilesystem(int fd);

} // namespace berth
