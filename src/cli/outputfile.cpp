// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/outputfile.h"

#include "base/io.h"
#include "operations/hosttree.h"

#include <format>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr int maxAttempts = 100; // to find a name that is free

// "." for a name alone.
std::string folderOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string nameOf(const std::string &path) { return path.substr(path.rfind('/') + 1); }

// Beside what checkOutputPath refuses: the file is put in the place of what has the name, which only a file may lose.
Result<> checkIsFile(const std::string &path)
{
    struct stat status = {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (nameOf(path).empty() || (exists && S_ISDIR(status.st_mode)))
        return fail(ErrorCode::InvalidArgument, std::format("\"{}\" is a directory", path));
    if (exists && !S_ISREG(status.st_mode))
        return fail(ErrorCode::InvalidArgument, std::format("\"{}\" is no regular file", path));
    return {};
}

} // namespace

OutputFile::OutputFile(UniqueFd folder, UniqueFd file, std::string path, std::string temporary)
    : m_folder(std::move(folder)), m_file(std::move(file)), m_path(std::move(path)), m_temporary(std::move(temporary))
{
}

Result<OutputFile> OutputFile::create(const std::string &path, const std::string &action)
{
    if (auto checked = checkOutputPath(path).and_then([&] { return checkIsFile(path); }); !checked)
        return wrap(action, checked.error());
    auto folder = openFile(AT_FDCWD, folderOf(path), O_PATH | O_DIRECTORY);
    if (!folder)
        return wrap(action, folder.error());
    const auto name = nameOf(path);
    // A file of that name may be there, left by a killed program that had our process id.
    for (int attempt = 0;; ++attempt) {
        const auto temporary = std::format(".{:.200}.{}-{}", name, ::getpid(), attempt);
        auto file = openFile(folder->get(), temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        if (file)
            return OutputFile(std::move(*folder), std::move(*file), name, temporary);
        if (file.error().code != ErrorCode::AlreadyExists || attempt == maxAttempts)
            return wrap(action, file.error());
    }
}

OutputFile::~OutputFile()
{
    if (m_file && !m_temporary.empty())
        ::unlinkat(m_folder.get(), m_temporary.c_str(), 0);
}

Result<> OutputFile::keep()
{
    if (::renameat(m_folder.get(), m_temporary.c_str(), m_folder.get(), m_path.c_str()) < 0)
        return failErrno("cannot write " + m_path);
    m_temporary.clear();
    return {};
}

} // namespace berth
