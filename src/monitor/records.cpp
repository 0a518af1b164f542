// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/records.h"

#include "base/io.h"
#include "runtime/procfiles.h"
#include "wire/healthrecord.h"

#include <charconv>

#include <fcntl.h>
#include <unistd.h>

namespace berth {
namespace {

// As writeFileAtomically, without waiting for the disk.
Result<> replaceFile(int folder, const std::string &name, std::string_view bytes)
{
    const std::string temporary = "." + name + ".new";
    auto file = openFile(folder, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    if (auto written = writeAll(file->get(), bytes); !written)
        return written;
    if (::renameat(folder, temporary.c_str(), folder, name.c_str()) < 0)
        return failErrno("cannot rename " + name);
    return {};
}

} // namespace

Result<> writeRunRecord(int containerFolder, const RunRecord &record)
{
    return replaceFile(containerFolder, std::string(runRecordName), encode(record));
}

Result<> writeExitRecord(int containerFolder, const ExitRecord &record, bool durable)
{
    const std::string name(exitRecordName);
    return durable ? writeFileAtomically(containerFolder, name, encode(record))
                   : replaceFile(containerFolder, name, encode(record));
}

Result<> writeHealth(int containerFolder, std::string_view json)
{
    return replaceFile(containerFolder, std::string(healthRecordName), json);
}

Result<std::uint64_t> startTimeOf(int hostProc, pid_t pid)
{
    auto text = readProcFile(hostProc, std::to_string(pid) + "/stat");
    if (!text)
        return std::unexpected(text.error());
    // The second field is the program's name in parentheses and may hold anything but its end.
    std::size_t at = text->rfind(')');
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = text->find(' ', at + 1);
    std::uint64_t ticks = 0;
    if (at == std::string::npos || std::from_chars(text->data() + at + 1, text->data() + text->size(), ticks).ec != std::errc())
        return fail(ErrorCode::Corrupt, "the state of process " + std::to_string(pid) + " cannot be read");
    return ticks;
}

} // namespace berth
