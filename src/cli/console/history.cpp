// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/history.h"

#include "base/io.h"

#include <algorithm>
#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>

namespace berth {
namespace {

constexpr auto fileName = "history";
constexpr auto lockName = "history.lock";
// Twice the lines at a generous length; a file beyond that is not ours.
constexpr std::size_t largestFile = 16 * 1024 * 1024;

// Variables that are not absolute paths must be ignored. Source: XDG Base Directory Specification.
std::string stateFolder()
{
    if (const char *state = std::getenv("XDG_STATE_HOME"); state && *state == '/')
        return std::string(state) + "/berth";
    const char *home = std::getenv("HOME");
    return home && *home == '/' ? std::string(home) + "/.local/state/berth" : std::string();
}

Result<> makeFolders(const std::string &path)
{
    for (auto slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const auto part = path.substr(0, slash);
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST && errno != EROFS && errno != EACCES)
            return failErrno("cannot create the folder " + part);
        if (slash == path.npos)
            return {};
    }
}

std::string encoded(std::string_view line)
{
    std::string text;
    for (const char letter : line) {
        if (letter == '\n')
            text += "\\n";
        else if (letter == '\\')
            text += "\\\\";
        else
            text += letter;
    }
    return text + '\n';
}

std::string decoded(std::string_view record)
{
    std::string line;
    for (std::size_t i = 0; i < record.size(); ++i) {
        if (record[i] == '\\' && i + 1 < record.size())
            line += record[++i] == 'n' ? '\n' : record[i];
        else
            line += record[i];
    }
    return line;
}

// Exclusive until the descriptor is closed, however we end.
Result<UniqueFd> lock(int folder)
{
    auto file = openFile(folder, lockName, O_RDWR | O_CREAT | O_NOFOLLOW);
    if (!file)
        return file;
    struct flock whole{};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    int locked = 0;
    do
        locked = ::fcntl(file->get(), F_OFD_SETLKW, &whole);
    while (locked != 0 && errno == EINTR);
    if (locked != 0)
        return failErrno("cannot lock the history");
    return file;
}

// The newest half, when there are too many.
Result<> shorten(int folder)
{
    const auto text = readSmallFile(folder, fileName, largestFile);
    if (!text)
        return std::unexpected(text.error());
    const auto count = static_cast<std::size_t>(std::ranges::count(*text, '\n'));
    if (count < 2 * History::mostLines)
        return {};
    std::size_t begin = 0;
    for (auto surplus = count - History::mostLines; surplus > 0; --surplus)
        begin = text->find('\n', begin) + 1;
    return writeFileAtomically(folder, fileName, std::string_view(*text).substr(begin));
}

} // namespace

Result<History> History::open()
{
    const auto folder = stateFolder();
    if (folder.empty())
        return fail(ErrorCode::NotFound, "neither XDG_STATE_HOME nor HOME names a folder");
    return open(folder);
}

Result<History> History::open(const std::string &folder)
{
    if (const auto made = makeFolders(folder); !made)
        return std::unexpected(made.error());
    auto opened = openFile(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!opened)
        return std::unexpected(opened.error());
    return History(std::move(*opened));
}

Result<std::vector<std::string>> History::lines() const
{
    const auto text = readSmallFile(m_folder.get(), fileName, largestFile);
    if (!text && text.error().code == ErrorCode::NotFound)
        return std::vector<std::string>();
    if (!text)
        return std::unexpected(text.error());
    std::vector<std::string> lines;
    std::string_view rest = *text;
    for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
        lines.push_back(decoded(rest.substr(0, end)));
        rest.remove_prefix(end + 1);
    }
    if (lines.size() > mostLines)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(mostLines));
    return lines;
}

Result<> History::add(std::string_view line) const
{
    if (line.size() > longestLine)
        return {};
    const auto held = lock(m_folder.get());
    if (!held)
        return std::unexpected(held.error());
    {
        const auto file = openFile(m_folder.get(), fileName, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW);
        if (!file)
            return std::unexpected(file.error());
        if (const auto written = writeAll(file->get(), encoded(line)); !written)
            return written;
        struct stat status{};
        // Counting needs a read of the whole; a short file cannot have too many lines.
        if (::fstat(file->get(), &status) != 0 || static_cast<std::size_t>(status.st_size) < 4 * mostLines)
            return {};
    }
    return shorten(m_folder.get());
}

} // namespace berth
