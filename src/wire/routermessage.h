// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace berth::router {

// One request to berth-router over descriptor 3, beside which (descriptor 4) is the network namespace of the
// holder; one answer, and it ends.
struct Request {
    bool prepares = false;                    // settings and rules, whatever was there before
    std::vector<std::string> removedBridges;  // interfaces; one that is missing is no error

    friend bool operator==(const Request &, const Request &) = default;
};
struct Answer {
    bool isDone = false;
    Error error{ErrorCode::Internal, {}};     // unless it is
};

std::string encode(const Request &request);
Result<Request> decodeRequest(std::string_view bytes);
std::string encode(const Answer &answer);
Result<Answer> decodeAnswer(std::string_view bytes);

// Names of interfaces in the router. A bridge of an internal network, which nothing leaves, is "in-<12 digits of the
// network's id>", any other "br-…"; the rules go by these beginnings.
std::string bridgeName(std::string_view networkId, bool internal);

// Of the rules and settings. A router that was made by another version is prepared again.
inline constexpr int routerVersion = 1;

} // namespace berth::router
