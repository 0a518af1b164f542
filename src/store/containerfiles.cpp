// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/containerfiles.h"

#include "base/io.h"
#include "store/filelock.h"

namespace berth {
namespace {

constexpr std::size_t maxRecordSize = 64 * 1024; // an error text is the only part without a fixed size

template<typename Record>
Result<std::optional<Record>> readRecord(int folder, std::string_view name, Result<Record> (*decode)(std::string_view))
{
    const auto text = readSmallFile(folder, std::string(name), maxRecordSize);
    if (!text && text.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!text)
        return std::unexpected(text.error());
    auto record = decode(*text);
    if (!record)
        return std::unexpected(record.error());
    return std::move(*record);
}

} // namespace

Result<ContainerFiles> readContainerFiles(int folder)
{
    ContainerFiles files;
    auto exit = readRecord(folder, exitRecordName, decodeExitRecord);
    auto run = readRecord(folder, runRecordName, decodeRunRecord);
    if (!exit)
        return std::unexpected(exit.error());
    if (!run)
        return std::unexpected(run.error());
    files.exit = std::move(*exit);
    files.run = std::move(*run);
    if (files.exit && !files.exit->restarting)
        return files;
    const auto locked = isLocked(folder, std::string(monitorLockName));
    if (!locked)
        return std::unexpected(locked.error());
    files.hasMonitor = *locked;
    if (files.isLost()) {
        // It may have written the exit record and gone between the two looks.
        exit = readRecord(folder, exitRecordName, decodeExitRecord);
        if (!exit)
            return std::unexpected(exit.error());
        files.exit = std::move(*exit);
    }
    return files;
}

} // namespace berth
