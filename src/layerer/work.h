// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/uniquefd.h"
#include "layerer/lowertrees.h"
#include "wire/layerermessage.h"

#include <chrono>

namespace berth {

// Tells the engine how far the work is, and finds out when the engine has left.
class Reporter {
public:
    explicit Reporter(int channel) : m_channel(channel) {}
    // Sends at most twenty messages a second. Cancelled when nobody listens any more.
    Result<> report(std::uint64_t bytes);

private:
    int m_channel;
    std::chrono::steady_clock::time_point m_next{};
};

// The requests of wire/layerermessage.h, one function each.
struct UnpackOutcome {
    Result<layerer::Unpacked> result;
    bool needsLower = false;
};
UnpackOutcome unpackLayer(
    const layerer::Unpack &request, int input, int layerFolder, const LowerTrees &lower, Reporter &reporter);
Result<layerer::Inflated> inflateStream(int input, int output, Reporter &reporter);
Result<layerer::Packed> packLayer(const layerer::Pack &request, int layerFolder, int output, Reporter &reporter);
Result<layerer::Packed> packTree(
    const layerer::PackTree &request, int upper, int output, const LowerTrees &lower, Reporter &reporter);
Result<layerer::Compared> compareTree(
    const layerer::CompareTree &request, int upper, int output, const LowerTrees &lower, Reporter &reporter);
// Of a container's root file system; treerequests.cpp.
Result<layerer::PathExamined> examinePath(const layerer::ExaminePath &request, int root);
Result<layerer::TreeRead> readTree(const layerer::ReadTree &request, int root, int output, Reporter &reporter);
Result<layerer::TreeWritten> writeTree(const layerer::WriteTree &request, int root, int input, Reporter &reporter);
Result<> removeTrees(int folder, const std::vector<std::string> &names);
// Bytes of the contents of files, as their length says; a file with several names counts once. A container may
// be at work in there: what vanishes meanwhile does not count.
Result<layerer::Measured> measureTrees(const layerer::Measure &request, int folder, Reporter &reporter);

} // namespace berth
