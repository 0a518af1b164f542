// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <string>

namespace berth {

// What `-o FILE` names: written beside FILE and put in its place when it is whole, so that a command which
// fails leaves the old file as it was.
class OutputFile {
public:
    // The sentences are Docker's; action is their beginning, "failed to save image".
    static Result<OutputFile> create(const std::string &path, const std::string &action);
    OutputFile(OutputFile &&) noexcept = default;
    OutputFile &operator=(OutputFile &&) = delete;
    ~OutputFile(); // removes what was not kept

    [[nodiscard]] int fd() const { return m_file.get(); }
    Result<> keep();

private:
    OutputFile(UniqueFd folder, UniqueFd file, std::string path, std::string temporary);

    UniqueFd m_folder;
    UniqueFd m_file;
    std::string m_path;
    std::string m_temporary; // below the folder
};

} // namespace berth
