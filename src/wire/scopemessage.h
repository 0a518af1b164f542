// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::scope {

// One request to berth-scope over descriptor 3, one answer, and it ends.
struct Request {
    std::string unit;         // name of the scope, with ".scope"
    std::string description;  // one line, for people who list units
    std::uint32_t pid = 0;    // who is put into it; a process of this user
    bool isDelegated = false; // whether the process manages control groups below

    friend bool operator==(const Request &, const Request &) = default;
};
struct Answer {
    bool isDone = false;
    Error error{ErrorCode::Internal, {}}; // unless it is

    friend bool operator==(const Answer &, const Answer &) = default;
};

std::string encode(const Request &request);
Result<Request> decodeRequest(std::string_view bytes);
std::string encode(const Answer &answer);
Result<Answer> decodeAnswer(std::string_view bytes);

} // namespace berth::scope
