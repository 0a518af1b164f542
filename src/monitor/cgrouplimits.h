// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/resourcespec.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// One file of a control group and what is written into it.
// Source: the kernel's Documentation/admin-guide/cgroup-v2.rst.
struct CgroupValue {
    std::string_view controller; // "memory"
    std::string_view purpose;    // for sentences: "limit memory"
    const char *file;            // "memory.max"
    std::string text;
    bool mayLack = false;        // a kernel without that file does nothing worse than was asked for
};

// What holds a group to wanted, given that it is held to current; in the order of writing.
std::vector<CgroupValue> cgroupValues(const ResourceSpec &wanted, const ResourceSpec &current = {});

// The weight 1 … 10000 of Docker's shares 2 … 262144, where 1024 becomes 100: both what a group has that asks for
// nothing. Source: opencontainers/cgroups utils.go, as runc uses it since 1.4; before, 1024 became 39.
std::uint64_t cpuWeight(std::int64_t shares);

// Writes them into a group's folder, which has the controllers.
Result<> writeCgroupValues(int folder, const std::vector<CgroupValue> &values);

// "cpu memory": whether the list has the word.
bool hasWord(std::string_view list, std::string_view word);

// Which of wanted the children of folder get: enables those that folder has and its children lack, and returns the
// words that they do not have after that. A failure to write shows as such words.
std::vector<std::string_view> enableControllers(int folder, const std::vector<std::string_view> &wanted);

// Why a limit cannot be kept in the group of folder, and what to do: one sentence.
Error missingController(int folder, const CgroupValue &value);

} // namespace berth
