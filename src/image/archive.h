// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QHash>

#include <memory>

namespace berth {

// One file of an archive: a piece of an open file.
struct Member {
    std::shared_ptr<UniqueFd> file;
    qint64 offset = 0;
    qint64 size = 0;
};

// The files of an image archive by name: an uncompressed tar, of which only the headers are read, or a
// folder. Names come from manifests, so they are cleaned and never lead outside; links inside the
// archive are followed.
class Archive {
public:
    // Corrupt when the file is not a tar archive or is cut.
    static Result<Archive> openTar(UniqueFd file);
    static Result<Archive> openFolder(UniqueFd folder);

    // NotFound when there is no such file.
    [[nodiscard]] Result<Member> member(const QByteArray &name) const;
    [[nodiscard]] bool contains(const QByteArray &name) const;
    // Corrupt when the file has more than limit bytes.
    [[nodiscard]] Result<QByteArray> read(const QByteArray &name, qint64 limit) const;
    [[nodiscard]] bool isFolder() const { return m_folder.isValid(); }

private:
    struct Entry {
        qint64 offset = 0;
        qint64 size = 0;
        bool isFile = false;
        QByteArray link;    // cleaned target; empty for a file
    };
    Archive() = default;
    Result<> readIndex();

    std::shared_ptr<UniqueFd> m_file;
    UniqueFd m_folder;
    QHash<QByteArray, Entry> m_entries;
};

} // namespace berth
