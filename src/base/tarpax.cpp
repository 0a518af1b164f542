// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tarpax.h"

#include <charconv>

namespace berth {
namespace {

std::unexpected<Error> badRecord(std::string_view key)
{
    return fail(ErrorCode::Corrupt, "the extended header record " + printableName(key) + " is not valid");
}

// "1700000000.123456789", perhaps negative; more digits than nanoseconds are cut.
bool parseTime(std::string_view text, std::int64_t &seconds, std::uint32_t &nanoseconds)
{
    const auto dot = text.find('.');
    const auto whole = text.substr(0, dot);
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
    if (error != std::errc() || end != whole.data() + whole.size())
        return false;
    std::uint32_t fraction = 0;
    if (dot != std::string_view::npos) {
        std::uint32_t scale = 100'000'000;
        for (const char digit : text.substr(dot + 1)) {
            if (digit < '0' || digit > '9')
                return false;
            fraction += static_cast<std::uint32_t>(digit - '0') * scale;
            scale /= 10;
        }
    }
    // A time before 1970 counts down: -1.25 is one and a quarter second before it.
    if (whole.starts_with('-') && fraction != 0) {
        --seconds;
        fraction = 1'000'000'000 - fraction;
    }
    nanoseconds = fraction;
    return true;
}

std::optional<std::string> decodeBase64(std::string_view text)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    while (text.ends_with('='))
        text.remove_suffix(1);
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>((bits >> count) & 0xff);
        }
    }
    return bytes;
}

// libarchive escapes bytes of attribute names as %XX.
std::string decodePercent(std::string_view text)
{
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size()
            && std::from_chars(&text[i + 1], &text[i + 1] + 2, value, 16).ptr == &text[i + 1] + 2) {
            bytes += static_cast<char>(value);
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

bool parseSparseMap(std::string_view text, std::vector<TarSegment> &map)
{
    while (!text.empty()) {
        std::uint64_t values[2];
        for (auto &value : values) {
            const auto comma = text.find(',');
            const auto number = parseDecimal(text.substr(0, comma));
            if (!number)
                return false;
            value = *number;
            text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        }
        map.push_back({values[0], values[1]});
    }
    return true;
}

// Version 0.0 repeats a pair of records for each piece.
bool applySparsePiece(PaxRecords &records, std::string_view key, std::uint64_t number)
{
    if (!records.sparseMap)
        records.sparseMap.emplace();
    if (key == "GNU.sparse.offset") {
        records.sparseMap->push_back({number, 0});
        return true;
    }
    if (records.sparseMap->empty())
        return false;
    records.sparseMap->back().size = number;
    return true;
}

bool applySparse(PaxRecords &records, std::string_view key, std::string_view value)
{
    if (key == "GNU.sparse.name") {
        records.sparseName = std::string(value);
        return true;
    }
    if (key == "GNU.sparse.map")
        return parseSparseMap(value, records.sparseMap.emplace());
    const auto number = parseDecimal(value);
    if (!number)
        return false;
    if (key == "GNU.sparse.size" || key == "GNU.sparse.realsize")
        records.sparseSize = *number;
    else if (key == "GNU.sparse.major")
        records.sparseMapInData = *number == 1;
    else if (key == "GNU.sparse.offset" || key == "GNU.sparse.numbytes")
        return applySparsePiece(records, key, *number);
    return true;
}

bool applyAttribute(PaxRecords &records, std::string_view key, std::string_view value)
{
    static constexpr std::string_view schily = "SCHILY.xattr.";
    static constexpr std::string_view libarchive = "LIBARCHIVE.xattr.";
    TarAttribute attribute;
    if (key.starts_with(schily)) {
        attribute = {std::string(key.substr(schily.size())), std::string(value)};
    } else {
        auto bytes = decodeBase64(value);
        if (!bytes)
            return false;
        attribute = {decodePercent(key.substr(libarchive.size())), std::move(*bytes)};
    }
    // libarchive writes both forms of one attribute; the last one stands.
    std::erase_if(records.attributes, [&](const auto &known) { return known.name == attribute.name; });
    records.attributes.push_back(std::move(attribute));
    return true;
}

bool applyNumber(PaxRecords &records, std::string_view key, std::string_view value)
{
    if (key == "mtime") {
        std::int64_t seconds = 0;
        if (!parseTime(value, seconds, records.mtimeNanoseconds))
            return false;
        records.mtime = seconds;
        return true;
    }
    const auto number = parseDecimal(value);
    if (!number || *number > static_cast<std::uint64_t>(INT64_MAX))
        return false;
    if (key == "size")
        records.size = *number;
    else if (key == "uid")
        records.uid = static_cast<std::int64_t>(*number);
    else
        records.gid = static_cast<std::int64_t>(*number);
    return true;
}

bool apply(PaxRecords &records, std::string_view key, std::string_view value)
{
    if (key == "path" || key == "linkpath") {
        if (value.contains('\0'))
            return false;
        // An empty value takes the record back: the plain header counts.
        auto &target = key == "path" ? records.path : records.linkPath;
        target = value.empty() ? std::nullopt : std::optional(std::string(value));
        return true;
    }
    if (key == "size" || key == "uid" || key == "gid" || key == "mtime")
        return value.empty() || applyNumber(records, key, value);
    if (key.starts_with("SCHILY.xattr.") || key.starts_with("LIBARCHIVE.xattr."))
        return applyAttribute(records, key, value);
    if (key.starts_with("GNU.sparse."))
        return applySparse(records, key, value);
    return true;
}

} // namespace

std::optional<std::uint64_t> parseDecimal(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

Result<PaxRecords> parsePax(std::string_view bytes)
{
    PaxRecords records;
    while (!bytes.empty() && bytes.front() != '\0') {
        const auto space = bytes.find(' ');
        const auto length = parseDecimal(bytes.substr(0, space));
        if (space == std::string_view::npos || !length || *length > bytes.size() || *length < space + 3
            || bytes[*length - 1] != '\n')
            return badRecord("of an absurd length");
        const auto record = bytes.substr(space + 1, *length - space - 2);
        bytes.remove_prefix(*length);
        const auto equals = record.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return badRecord("without a name");
        if (!apply(records, record.substr(0, equals), record.substr(equals + 1)))
            return badRecord(record.substr(0, equals));
    }
    return records;
}

} // namespace berth
