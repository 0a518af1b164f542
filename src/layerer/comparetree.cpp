// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "layerer/changewalk.h"
#include "layerer/work.h"

#include <array>

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t outputSize = 64UL << 10;
constexpr std::size_t maxLowerNames = 512UL << 20;
constexpr std::size_t maxCapabilitySize = 64; // of security.capability; the longest has 24 bytes

// Tells what changed by the rules of moby's archive.ChangesDirs: a folder counts as changed when its owner
// or mode differ or something in it changed, a file also by its time and size.
class Comparer final : public ChangeVisitor {
public:
    Comparer(const LowerTrees &lower, int output, Reporter &reporter) : m_lower(lower), m_output(output), m_reporter(reporter) {}

    Result<> visit(const ChangedEntry &entry) override;
    Result<> leave(const std::string &path) override;
    Result<> flush();
    [[nodiscard]] std::uint64_t changes() const { return m_changes; }

private:
    struct Folder {
        bool isTold = false;       // itself
        bool hasChange = false;    // told, in it
    };

    Result<> tell(char kind, const std::string &path);
    Result<> tellHidden(const ChangedEntry &entry);
    Result<bool> differs(const ChangedEntry &entry) const;

    MergedLower m_lower;
    int m_output;
    Reporter &m_reporter;
    std::vector<Folder> m_folders;
    std::string m_pending;
    std::uint64_t m_changes = 0;
};

std::string capabilityOf(int file)
{
    std::array<char, maxCapabilitySize> value{};
    const ssize_t size = ::fgetxattr(file, "security.capability", value.data(), value.size());
    return size > 0 ? std::string(value.data(), static_cast<std::size_t>(size)) : std::string();
}

Result<> Comparer::flush()
{
    auto written = writeAll(m_output, m_pending);
    m_pending.clear();
    return written;
}

Result<> Comparer::tell(char kind, const std::string &path)
{
    ++m_changes;
    m_pending += kind;
    m_pending += path;
    m_pending += '\0';
    if (!m_folders.empty())
        m_folders.back().hasChange = true;
    if (m_pending.size() < outputSize)
        return {};
    if (auto reported = m_reporter.report(m_changes); !reported)
        return reported;
    return flush();
}

Result<bool> Comparer::differs(const ChangedEntry &entry) const
{
    const struct stat &now = entry.status;
    const struct stat &before = entry.lower.status;
    if (now.st_mode != before.st_mode || now.st_uid != before.st_uid || now.st_gid != before.st_gid
        || now.st_rdev != before.st_rdev)
        return true;
    if (S_ISDIR(now.st_mode))
        return false;
    if (now.st_size != before.st_size || now.st_mtim.tv_sec != before.st_mtim.tv_sec
        || now.st_mtim.tv_nsec != before.st_mtim.tv_nsec)
        return true;
    if (!S_ISREG(now.st_mode))
        return false;
    const UniqueFd file(::openat(entry.parent, entry.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    const auto lower = m_lower.open(entry.lower, entry.path);
    if (!lower)
        return std::unexpected(lower.error());
    return file && capabilityOf(file.get()) != capabilityOf(lower->get());
}

// Below an opaque folder the names that only lower layers have are gone, without a whiteout each.
Result<> Comparer::tellHidden(const ChangedEntry &entry)
{
    std::size_t remaining = maxLowerNames;
    const auto names = m_lower.names(entry.lower.trees, entry.path, remaining);
    if (!names)
        return std::unexpected(names.error());
    for (const auto &name : *names) {
        struct stat status = {};
        if (::fstatat(entry.folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
            continue;
        if (auto told = tell('D', entry.path.empty() ? name : entry.path + '/' + name); !told)
            return told;
    }
    return {};
}

Result<> Comparer::visit(const ChangedEntry &entry)
{
    const bool isFolder = entry.folder >= 0;
    if (entry.path.empty()) {
        m_folders.push_back({.isTold = true}); // "/" is never told
        return {};
    }
    if (entry.isWhiteout)
        return entry.lower.exists ? tell('D', entry.path) : Result<>();
    // A folder that the engine made for a mount of its own is nobody's addition.
    char kind = entry.hasHidden ? '\0' : 'A';
    if (entry.lower.exists) {
        const auto different = differs(entry);
        if (!different)
            return std::unexpected(different.error());
        kind = *different ? 'C' : '\0';
    }
    if (kind) {
        if (auto told = tell(kind, entry.path); !told)
            return told;
    }
    if (!isFolder)
        return {};
    m_folders.push_back({.isTold = kind != '\0'});
    return entry.isHiddenBelow && !entry.lower.trees.empty() ? tellHidden(entry) : Result<>();
}

Result<> Comparer::leave(const std::string &path)
{
    const auto folder = m_folders.back();
    m_folders.pop_back();
    if (folder.isTold || !folder.hasChange)
        return {};
    return tell('C', path);
}

} // namespace

Result<layerer::Compared> compareTree(
    const layerer::CompareTree &request, int upper, int output, const LowerTrees &lower, Reporter &reporter)
{
    Comparer comparer(lower, output, reporter);
    auto walked = walkChanges(upper, lower, {request.hidden.begin(), request.hidden.end()}, comparer);
    if (walked)
        walked = comparer.flush();
    if (!walked)
        return std::unexpected(walked.error());
    return layerer::Compared{comparer.changes()};
}

} // namespace berth
