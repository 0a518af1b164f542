// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// The byte layout of every message between our own unprivileged programs: integers little-endian
// and of fixed width, strings and lists with a 32-bit length before them. A decoder never
// allocates more than the bytes it was given can describe.
class Encoder {
public:
    template<std::integral T> void number(T value) { m_bytes.append(reinterpret_cast<const char *>(&value), sizeof value); }
    void flag(bool value) { number<std::uint8_t>(value ? 1 : 0); }
    void text(std::string_view value)
    {
        number(static_cast<std::uint32_t>(value.size()));
        m_bytes.append(value);
    }
    void texts(const std::vector<std::string> &values)
    {
        number(static_cast<std::uint32_t>(values.size()));
        for (const auto &value : values)
            text(value);
    }
    // put(*this, value) writes one of them.
    template<typename Values, typename Put> void list(const Values &values, Put put)
    {
        number(static_cast<std::uint32_t>(values.size()));
        for (const auto &value : values)
            put(*this, value);
    }
    [[nodiscard]] const std::string &bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

// Reads what Encoder wrote. The first short or oversized field makes the decoder fail for good;
// callers read all fields and ask isComplete() once at the end.
class Decoder {
public:
    explicit Decoder(std::string_view bytes) : m_bytes(bytes) {}

    template<std::integral T> T number()
    {
        T value{};
        if (m_bytes.size() < sizeof value) {
            m_failed = true;
            return value;
        }
        std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(sizeof value);
        return value;
    }
    bool flag()
    {
        const auto value = number<std::uint8_t>();
        m_failed = m_failed || value > 1;
        return value == 1;
    }
    std::string text()
    {
        const auto size = number<std::uint32_t>();
        if (m_failed || size > m_bytes.size()) {
            m_failed = true;
            return {};
        }
        std::string value(m_bytes.substr(0, size));
        m_bytes.remove_prefix(size);
        return value;
    }
    std::vector<std::string> texts()
    {
        std::vector<std::string> values;
        const auto count = number<std::uint32_t>();
        if (m_failed || count > m_bytes.size() / sizeof(std::uint32_t)) {
            m_failed = true;
            return values;
        }
        values.reserve(count);
        for (std::uint32_t i = 0; i < count && !m_failed; ++i)
            values.push_back(text());
        return values;
    }
    // take(*this) reads one of them, and at least one byte.
    template<typename Take> auto list(Take take)
    {
        std::vector<decltype(take(*this))> values;
        for (auto count = number<std::uint32_t>(); count > 0 && !m_failed; --count)
            values.push_back(take(*this));
        return values;
    }
    // For an enumeration whose last value is given; anything above it fails.
    template<typename E> E enumeration(E last)
    {
        const auto value = number<std::uint8_t>();
        m_failed = m_failed || value > static_cast<std::uint8_t>(last);
        return m_failed ? E{} : static_cast<E>(value);
    }
    void reject() { m_failed = true; }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool isComplete() const { return !m_failed && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_failed = false;
};

} // namespace berth
