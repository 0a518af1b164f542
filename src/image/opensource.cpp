// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/opensource.h"

#include "base/io.h"

#include <QFile>

#include <array>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {

Result<OpenedFile> openNamedFile(const QString &path)
{
    OpenedFile file;
    if (path == u'-') {
        file.fd.reset(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
        if (!file.fd)
            return failErrno("cannot read standard input");
    } else {
        // O_NONBLOCK: a FIFO without a writer must not hang a window that was only shown its name.
        auto fd = openFile(AT_FDCWD, QFile::encodeName(path).toStdString(), O_RDONLY | O_NONBLOCK | O_NOCTTY);
        if (!fd)
            return std::unexpected(fd.error());
        file.fd = std::move(*fd);
    }
    struct stat status = {};
    if (::fstat(file.fd.get(), &status) < 0)
        return failErrno("cannot examine " + path.toStdString());
    file.isFolder = S_ISDIR(status.st_mode);
    file.isSeekable = S_ISREG(status.st_mode) && ::lseek(file.fd.get(), 0, SEEK_CUR) == 0;
    if (!file.isFolder && path != u'-' && !S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, path.toStdString() + " is neither a file nor a folder");
    if (!file.isSeekable)
        return file;
    file.size = status.st_size;
    std::array<char, compressionMagicSize> magic{};
    const ssize_t count = ::pread(file.fd.get(), magic.data(), magic.size(), 0);
    if (count < 0)
        return failErrno("cannot read " + path.toStdString());
    file.compression = detectCompression({magic.data(), static_cast<std::size_t>(count)});
    return file;
}

Result<Archive> openArchive(const Store &store, OpenedFile file, const StartLayerer &start, Progress &progress, qint64 total)
{
    if (file.isFolder)
        return Archive::openFolder(std::move(file.fd));
    if (file.isSeekable && file.compression == Compression::None)
        return Archive::openTar(std::move(file.fd));
    const auto staging = store.folder(QStringLiteral("staging"));
    if (!staging)
        return std::unexpected(staging.error());
    auto spool = openFile(staging->get(), ".", O_RDWR | O_TMPFILE, 0600);
    if (!spool)
        return wrap("cannot make room for the unpacked archive", spool.error());
    auto link = start();
    if (!link)
        return std::unexpected(link.error());
    const int fds[] = {file.fd.get(), spool->get()};
    if (auto inflated = link->ask(layerer::Inflate{}, fds, progress, total); !inflated)
        return std::unexpected(inflated.error());
    return Archive::openTar(std::move(*spool));
}

} // namespace berth
