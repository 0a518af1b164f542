// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "wire/portspec.h"

#include <string>
#include <string_view>
#include <vector>

// What a container's monitor and its forwarder say to each other, over a SOCK_SEQPACKET pair whose one end is
// descriptor 3 of the forwarder. The monitor sends Publish with {holder's user namespace, holder's network
// namespace} beside it, the forwarder answers once, and from then on the monitor only sends Retarget. When the
// monitor's end is closed, the forwarder ends.
namespace berth::forwarder {

// Where connections lead: the container's place in the router.
struct Target {
    std::uint32_t address = 0;  // 10.0.0.1 is 0x0a000001; 0: it does not run now
    std::string interface;      // its bridge: another store's may have the same addresses

    friend bool operator==(const Target &, const Target &) = default;
};

struct Publish {
    std::vector<PortSpec> ports;
    Target target;

    friend bool operator==(const Publish &, const Publish &) = default;
};

// From now on; connections that are there already stay.
struct Retarget {
    Target target;
};

struct Answer {
    bool isDone = false;
    Error error;                // when it is not: nothing is published
    std::vector<PublishedPort> ports;
};

std::string encode(const Publish &publish);
Result<Publish> decodePublish(std::string_view bytes);
std::string encode(const Retarget &retarget);
Result<Retarget> decodeRetarget(std::string_view bytes);
std::string encode(const Answer &answer);
Result<Answer> decodeAnswer(std::string_view bytes);

} // namespace berth::forwarder
