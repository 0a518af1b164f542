// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace berth::test {

// One member of a tar stream, with nothing checked: hostile ones are made with it as well.
struct TarMember {
    std::string name;
    std::string content;
    char type = '0';
    std::string link;
    unsigned mode = 0644;
    std::uint64_t uid = 0;
    std::uint64_t gid = 0;
    std::uint64_t mtime = 1'700'000'000;
    std::vector<std::pair<std::string, std::string>> pax; // records of an extended header before it
    std::int64_t claimedSize = -1;                        // in the header, when it is to be a lie
};

class TarWriter {
public:
    TarWriter &add(const TarMember &member)
    {
        if (!member.pax.empty())
            addPax(member.pax);
        addHeader(member);
        addPadded(member.content);
        return *this;
    }
    TarWriter &file(const std::string &name, const std::string &content, unsigned mode = 0644)
    {
        return add({.name = name, .content = content, .link = {}, .mode = mode, .pax = {}});
    }
    TarWriter &folder(const std::string &name, unsigned mode = 0755)
    {
        return add({.name = name, .content = {}, .type = '5', .link = {}, .mode = mode, .pax = {}});
    }
    TarWriter &link(const std::string &name, const std::string &target)
    {
        return add({.name = name, .content = {}, .type = '2', .link = target, .mode = 0777, .pax = {}});
    }
    TarWriter &hardLink(const std::string &name, const std::string &target)
    {
        return add({.name = name, .content = {}, .type = '1', .link = target, .pax = {}});
    }
    TarWriter &raw(const std::string &bytes)
    {
        m_bytes += bytes;
        return *this;
    }
    // A header block alone, for the kinds that add() does not know; the caller may patch it first.
    static std::string header(const TarMember &member)
    {
        std::array<char, 512> block{};
        const auto text = [&](std::size_t offset, std::size_t size, const std::string &value) {
            std::memcpy(block.data() + offset, value.data(), std::min(size, value.size()));
        };
        const auto octal = [&](std::size_t offset, int digits, std::uint64_t value) {
            char buffer[32];
            std::snprintf(buffer, sizeof buffer, "%0*llo", digits, static_cast<unsigned long long>(value));
            text(offset, static_cast<std::size_t>(digits), buffer);
        };
        text(0, 100, member.name);
        octal(100, 7, member.mode);
        number(block.data() + 108, 8, member.uid);
        number(block.data() + 116, 8, member.gid);
        number(block.data() + 124, 12,
            member.claimedSize >= 0 ? static_cast<std::uint64_t>(member.claimedSize) : member.content.size());
        octal(136, 11, member.mtime);
        block[156] = member.type;
        text(157, 100, member.link);
        std::memcpy(block.data() + 257,
            "ustar\0"
            "00",
            8);
        return sealed({block.data(), block.size()});
    }
    // With the right checksum.
    static std::string sealed(std::string block)
    {
        std::memset(block.data() + 148, ' ', 8);
        unsigned sum = 0;
        for (const char byte : block)
            sum += static_cast<unsigned char>(byte);
        std::snprintf(block.data() + 148, 8, "%06o", sum);
        return block;
    }
    // With the two zero blocks that end an archive.
    [[nodiscard]] std::string bytes() const { return m_bytes + std::string(1024, '\0'); }
    [[nodiscard]] const std::string &withoutEnd() const { return m_bytes; }

    static std::string paxRecord(const std::string &key, const std::string &value)
    {
        // The length counts its own digits.
        const std::size_t rest = key.size() + value.size() + 3;
        std::size_t length = rest + 1;
        while (length != rest + std::to_string(length).size())
            length = rest + std::to_string(length).size();
        return std::to_string(length) + ' ' + key + '=' + value + '\n';
    }

private:
    // Octal where it fits, base-256 where it does not, as GNU tar writes.
    static void number(char *field, std::size_t size, std::uint64_t value)
    {
        if (value < (std::uint64_t{1} << (3 * (size - 1)))) {
            char buffer[32];
            std::snprintf(buffer, sizeof buffer, "%0*llo", static_cast<int>(size - 1), static_cast<unsigned long long>(value));
            std::memcpy(field, buffer, size - 1);
            return;
        }
        for (std::size_t i = size; i-- > 0; value >>= 8)
            field[i] = static_cast<char>(value & 0xff);
        field[0] = static_cast<char>(0x80);
    }
    void addHeader(const TarMember &member) { m_bytes += header(member); }
    void addPadded(const std::string &content)
    {
        m_bytes += content;
        m_bytes.append((512 - content.size() % 512) % 512, '\0');
    }
    void addPax(const std::vector<std::pair<std::string, std::string>> &records)
    {
        std::string content;
        for (const auto &[key, value] : records)
            content += paxRecord(key, value);
        addHeader({.name = "PaxHeaders/x", .content = content, .type = 'x', .link = {}, .pax = {}});
        addPadded(content);
    }

    std::string m_bytes;
};

} // namespace berth::test
