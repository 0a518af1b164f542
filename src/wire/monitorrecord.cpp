// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/monitormessage.h"

#include <charconv>
#include <map>

namespace berth {
namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

// One line per field; the only bytes that need an escape are those that would end the line.
void putLine(std::string &text, std::string_view name, std::string_view value)
{
    text.append(name).push_back('=');
    for (const char byte : value) {
        if (byte == '\n')
            text += "\\n";
        else if (byte == '\\')
            text += "\\\\";
        else
            text.push_back(byte);
    }
    text.push_back('\n');
}

std::string unescaped(std::string_view value)
{
    std::string plain;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\' && i + 1 < value.size())
            plain.push_back(value[++i] == 'n' ? '\n' : value[i]);
        else
            plain.push_back(value[i]);
    }
    return plain;
}

// Unknown names are kept out of the way: an older program may read the record of a newer one.
Result<Fields> splitLines(std::string_view text)
{
    Fields fields;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto equals = text.find('=');
        if (end == std::string_view::npos || equals == std::string_view::npos || equals > end)
            return fail(ErrorCode::Corrupt, "a line of the record has no value or no end");
        fields.emplace(text.substr(0, equals), unescaped(text.substr(equals + 1, end - equals - 1)));
        text.remove_prefix(end + 1);
    }
    return fields;
}

template<typename T> bool takeNumber(const Fields &fields, std::string_view name, T &value)
{
    const auto field = fields.find(name);
    if (field == fields.end())
        return false;
    const std::string &digits = field->second;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
}

bool takeFlag(const Fields &fields, std::string_view name, bool &value)
{
    int number = 0;
    if (!takeNumber(fields, name, number) || number < 0 || number > 1)
        return false;
    value = number == 1;
    return true;
}

bool takeText(const Fields &fields, std::string_view name, std::string &value)
{
    const auto field = fields.find(name);
    if (field == fields.end())
        return false;
    value = field->second;
    return true;
}

} // namespace

std::string encode(const RunRecord &record)
{
    std::string text;
    putLine(text, "pid", std::to_string(record.pid));
    putLine(text, "pidStartTime", std::to_string(record.pidStartTime));
    putLine(text, "monitorPid", std::to_string(record.monitorPid));
    putLine(text, "startedAt", record.startedAt);
    putLine(text, "cgroup", record.cgroup);
    putLine(text, "restartCount", std::to_string(record.restartCount));
    putLine(text, "health", record.health);
    putLine(text, "ports", portsText(record.ports));
    if (record.outOfMemory)
        putLine(text, "outOfMemory", "1");
    putLine(text, "paused", record.paused ? "1" : "0"); // last: without it a record is not whole
    return text;
}

Result<RunRecord> decodeRunRecord(std::string_view text)
{
    auto fields = splitLines(text);
    if (!fields)
        return wrap("run record", fields.error());
    RunRecord record;
    if (!takeNumber(*fields, "pid", record.pid) || !takeNumber(*fields, "pidStartTime", record.pidStartTime)
        || !takeNumber(*fields, "monitorPid", record.monitorPid) || !takeText(*fields, "startedAt", record.startedAt)
        || !takeText(*fields, "cgroup", record.cgroup) || !takeNumber(*fields, "restartCount", record.restartCount)
        || !takeText(*fields, "health", record.health) || !takeFlag(*fields, "paused", record.paused))
        return fail(ErrorCode::Corrupt, "the run record lacks a field");
    if (std::string ports; takeText(*fields, "ports", ports)) { // a monitor that was there before this field lives on
        auto parsed = parsePortsText(ports);
        if (!parsed)
            return std::unexpected(parsed.error());
        record.ports = std::move(*parsed);
    }
    if (fields->contains("outOfMemory") && !takeFlag(*fields, "outOfMemory", record.outOfMemory))
        return fail(ErrorCode::Corrupt, "the run record has a field that is damaged");
    return record;
}

std::string encode(const ExitRecord &record)
{
    std::string text;
    putLine(text, "exitCode", std::to_string(record.status.exitCode));
    putLine(text, "signal", std::to_string(record.status.signal));
    putLine(text, "outOfMemory", record.status.outOfMemory ? "1" : "0");
    putLine(text, "finishedAt", record.finishedAt);
    putLine(text, "restarting", record.restarting ? "1" : "0");
    putLine(text, "error", record.error);
    return text;
}

Result<ExitRecord> decodeExitRecord(std::string_view text)
{
    auto fields = splitLines(text);
    if (!fields)
        return wrap("exit record", fields.error());
    ExitRecord record;
    if (!takeNumber(*fields, "exitCode", record.status.exitCode) || !takeNumber(*fields, "signal", record.status.signal)
        || !takeFlag(*fields, "outOfMemory", record.status.outOfMemory) || !takeText(*fields, "finishedAt", record.finishedAt)
        || !takeFlag(*fields, "restarting", record.restarting) || !takeText(*fields, "error", record.error))
        return fail(ErrorCode::Corrupt, "the exit record lacks a field");
    return record;
}

} // namespace berth
