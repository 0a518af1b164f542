// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/archive.h"

#include "base/rootpath.h"
#include "base/tarreader.h"

#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr qsizetype maxMembers = 200'000; // image archives have a few files per layer; bounds memory and time
constexpr int maxLinks = 16;              // real archives have one link in a row

// Reads headers where they are and hops over the data.
class PositionedInput final : public TarInput {
public:
    explicit PositionedInput(int fd) : m_fd(fd) {}

    Result<std::size_t> read(std::span<char> buffer) override
    {
        std::size_t filled = 0;
        while (filled < buffer.size()) {
            const ssize_t count = ::pread(m_fd, buffer.data() + filled, buffer.size() - filled, m_position);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failErrno("cannot read the archive");
            if (count == 0)
                break;
            filled += static_cast<std::size_t>(count);
            m_position += count;
        }
        return filled;
    }
    [[nodiscard]] qint64 position() const { return m_position; }
    void skip(qint64 count) { m_position += count; }

private:
    int m_fd;
    off_t m_position = 0;
};

// Where a link of the archive leads: a symbolic one from its own folder, a hard one from the root.
Result<QByteArray> linkTarget(const TarEntry &entry, const std::string &name)
{
    std::string target = entry.linkName;
    if (entry.type == tartype::symbolicLink && !target.starts_with('/')) {
        const auto slash = name.rfind('/');
        target = (slash == std::string::npos ? std::string() : name.substr(0, slash + 1)) + target;
    }
    const auto clean = cleanTarName(target);
    if (!clean)
        return wrap("the link " + printableName(name), clean.error());
    return QByteArray::fromStdString(*clean);
}

Result<std::string> cleanMemberName(const QByteArray &name)
{
    auto clean = cleanTarName(name.toStdString());
    if (!clean)
        return wrap("the archive's own list names " + printableName(name.toStdString()), clean.error());
    return clean;
}

std::unexpected<Error> missing(const QByteArray &name)
{
    return fail(ErrorCode::NotFound, printableName(name.toStdString()) + " is not in the archive");
}

} // namespace

Result<Archive> Archive::openTar(UniqueFd file)
{
    Archive archive;
    archive.m_file = std::make_shared<UniqueFd>(std::move(file));
    if (auto read = archive.readIndex(); !read)
        return std::unexpected(read.error());
    return archive;
}

Result<Archive> Archive::openFolder(UniqueFd folder)
{
    Archive archive;
    archive.m_folder = std::move(folder);
    return archive;
}

Result<> Archive::readIndex()
{
    struct stat status = {};
    if (::fstat(m_file->get(), &status) < 0)
        return failErrno("cannot examine the archive");
    PositionedInput input(m_file->get());
    TarReader reader(input);
    TarEntry entry;
    for (qsizetype count = 0;; ++count) {
        const auto more = reader.next(entry);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return {};
        const auto name = cleanTarName(entry.name);
        if (!name)
            return wrap("the member " + printableName(entry.name), name.error());
        Entry found;
        found.offset = input.position();
        found.size = static_cast<qint64>(entry.size);
        if (found.size > status.st_size - found.offset)
            return fail(ErrorCode::Corrupt, "the archive ends in the middle of " + printableName(entry.name));
        if (entry.isSparse)
            return fail(ErrorCode::Unsupported, "the member " + printableName(entry.name) + " is a sparse file");
        found.isFile = entry.type == tartype::regular;
        if (entry.type == tartype::symbolicLink || entry.type == tartype::hardLink) {
            auto target = linkTarget(entry, *name);
            if (!target)
                return std::unexpected(target.error());
            found.link = std::move(*target);
        }
        m_entries.insert(QByteArray::fromStdString(*name), found);
        if (count >= maxMembers)
            return fail(ErrorCode::Corrupt, "the archive has more than " + std::to_string(maxMembers) + " members");
        input.skip(found.size + entry.padding);
    }
}

Result<Member> Archive::member(const QByteArray &name) const
{
    const auto clean = cleanMemberName(name);
    if (!clean)
        return std::unexpected(clean.error());
    if (m_folder) {
        auto file = openRegularInRoot(m_folder.get(), *clean);
        if (!file && file.error().code == ErrorCode::NotFound)
            return missing(name);
        if (!file)
            return std::unexpected(file.error());
        struct stat status = {};
        if (::fstat(file->get(), &status) < 0)
            return failErrno("cannot examine " + *clean);
        return Member{std::make_shared<UniqueFd>(std::move(*file)), 0, status.st_size};
    }
    QByteArray current = QByteArray::fromStdString(*clean);
    for (int links = 0; links <= maxLinks; ++links) {
        const auto entry = m_entries.constFind(current);
        if (entry == m_entries.cend())
            return missing(name);
        if (entry->isFile)
            return Member{m_file, entry->offset, entry->size};
        if (entry->link.isEmpty())
            return fail(ErrorCode::Corrupt, printableName(name.toStdString()) + " of the archive is not a file");
        current = entry->link;
    }
    return fail(ErrorCode::Corrupt, "the link " + printableName(name.toStdString()) + " of the archive leads nowhere");
}

bool Archive::contains(const QByteArray &name) const { return member(name).has_value(); }

Result<QByteArray> Archive::read(const QByteArray &name, qint64 limit) const
{
    const auto found = member(name);
    if (!found)
        return std::unexpected(found.error());
    if (found->size > limit)
        return fail(ErrorCode::Corrupt,
            printableName(name.toStdString()) + " of the archive has " + std::to_string(found->size) + " bytes, more than the "
                + std::to_string(limit) + " that are allowed");
    QByteArray bytes(found->size, Qt::Uninitialized);
    for (qint64 done = 0; done < bytes.size();) {
        const ssize_t count = ::pread(
            found->file->get(), bytes.data() + done, static_cast<std::size_t>(bytes.size() - done), found->offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("cannot read " + printableName(name.toStdString()));
        if (count == 0)
            return fail(ErrorCode::Corrupt, printableName(name.toStdString()) + " of the archive is cut");
        done += count;
    }
    return bytes;
}

} // namespace berth
