// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/archive.h"
#include "image/layererlink.h"

namespace berth {

// What a person named: an archive (compressed or not), a layout folder, or "-" for standard input.
struct OpenedFile {
    UniqueFd fd;
    bool isFolder = false;
    bool isSeekable = false;             // a regular file, read from its beginning
    qint64 size = 0;                     // bytes; 0 for a folder or a pipe
    Compression compression = Compression::None; // of a seekable file
};
Result<OpenedFile> openNamedFile(const QString &path);

// Makes the file readable by position: as it is when it can be, else unpacked into a file without a name
// below staging/, by a layerer. total is what progress is to be told of.
Result<Archive> openArchive(const Store &store, OpenedFile file, const StartLayerer &start, Progress &progress, qint64 total);

} // namespace berth
