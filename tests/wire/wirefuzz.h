// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QTest>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// What any decoder of wire/ must bear. decode gives a Result, encode the bytes of its value.
namespace berth {

// The largest single piece of memory that was asked for since resetLargestAllocation (wirefuzz.cpp counts
// for the whole program).
void resetLargestAllocation();
std::size_t largestAllocation();

// Decodes; what is accepted must be what the encoder writes, byte for byte, so that two readers can never
// see two meanings. False when that does not hold or when memory out of proportion was asked for.
template<typename Decode, typename Encode>
bool isSafe(std::string_view bytes, Decode decode, Encode encode, bool *isAccepted = nullptr)
{
    resetLargestAllocation();
    const auto decoded = decode(bytes);
    const std::size_t largest = largestAllocation();
    if (isAccepted)
        *isAccepted = decoded.has_value();
    if (largest > 1024 + 16 * bytes.size())
        return false;
    return !decoded || encode(*decoded) == bytes;
}

// Every truncation, every continuation, every field of every width with hostile values, and noise.
template<typename Decode, typename Encode>
void verifyBears(const std::string &whole, Decode decode, Encode encode)
{
    bool isAccepted = false;
    QVERIFY(isSafe(whole, decode, encode, &isAccepted));
    QVERIFY2(isAccepted, "the message itself was refused");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // From memory of its own, so that a sanitizer sees a byte too far.
        const std::string part(whole.data(), size);
        QVERIFY(isSafe(part, decode, encode, &isAccepted));
        QVERIFY2(!isAccepted, qPrintable(QStringLiteral("accepted when cut at %1").arg(size)));
    }
    for (const std::string &more : {std::string(1, '\0'), std::string("x"), std::string(4, '\0'), whole})
        QVERIFY(isSafe(whole + more, decode, encode, &isAccepted) && !isAccepted);
    const std::uint32_t lengths[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x10000000,
        static_cast<std::uint32_t>(whole.size()), static_cast<std::uint32_t>(whole.size() + 1)};
    for (std::size_t at = 0; at + 4 <= whole.size(); ++at) {
        std::uint32_t before = 0;
        std::memcpy(&before, whole.data() + at, 4);
        std::string changed = whole;
        for (const std::uint32_t length : lengths) {
            std::memcpy(changed.data() + at, &length, 4);
            QVERIFY2(isSafe(changed, decode, encode), qPrintable(QStringLiteral("length %1 at %2").arg(length).arg(at)));
        }
        for (const std::uint32_t length : {before + 1, before - 1}) {
            std::memcpy(changed.data() + at, &length, 4);
            QVERIFY(isSafe(changed, decode, encode));
        }
    }
    QRandomGenerator random(static_cast<quint32>(whole.size()));
    for (int round = 0; round < 5000; ++round) {
        std::string changed = whole;
        for (int count = random.bounded(1, 5); count > 0; --count)
            changed[std::size_t(random.bounded(int(changed.size())))] = char(random.generate());
        QVERIFY(isSafe(changed, decode, encode));
    }
}

} // namespace berth
