// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flags.h"

#include "cli/suggest.h"

#include <algorithm>
#include <charconv>
#include <expected>
#include <format>
#include <limits>
#include <optional>

namespace berth {
namespace {

// Exactly the words that Go's strconv.ParseBool takes.
std::optional<bool> parseBoolean(std::string_view text)
{
    for (const auto *word : {"1", "t", "T", "true", "TRUE", "True"}) {
        if (text == word)
            return true;
    }
    for (const auto *word : {"0", "f", "F", "false", "FALSE", "False"}) {
        if (text == word)
            return false;
    }
    return std::nullopt;
}

// The error is why not, as Go says it.
std::expected<std::int64_t, std::string_view> parseInteger(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument)
        return std::unexpected("invalid syntax");
    if (error != std::errc())
        return std::unexpected("value out of range");
    return value;
}

std::unexpected<Error> unknownFlag(std::span<const Flag> flags, std::string_view name)
{
    std::vector<std::string_view> names;
    for (const auto &flag : flags) {
        if (flag.use == FlagUse::Shown)
            names.push_back(flag.name);
    }
    auto text = std::format("unknown flag: --{}", name);
    if (const auto near = nearest(name, names); !near.empty())
        text += std::format("\n\nDid you mean --{}?", near);
    return fail(ErrorCode::InvalidArgument, text);
}

// Walks the words once; value() takes the next word when a flag needs one.
class LineParser {
public:
    LineParser(std::span<const Flag> flags, std::span<const std::string> words)
        : m_flags(flags), m_words(words), m_line{FlagValues(flags), {}, false}
    {
    }

    Result<ParsedLine> parse(bool stopsAtArgument)
    {
        while (m_next < m_words.size()) {
            const auto &word = m_words[m_next++];
            if (word.size() < 2 || word[0] != '-') {
                m_line.arguments.push_back(word);
                if (stopsAtArgument)
                    break;
                continue;
            }
            if (word == "--")
                break;
            const auto parsed = word[1] == '-' ? parseLong(word) : parseShorthands(word);
            if (!parsed)
                return std::unexpected(parsed.error());
            if (m_line.wantsHelp)
                return std::move(m_line);
        }
        m_line.arguments.insert(m_line.arguments.end(), m_words.begin() + static_cast<std::ptrdiff_t>(m_next), m_words.end());
        return std::move(m_line);
    }

private:
    Result<> parseLong(std::string_view word)
    {
        const auto body = word.substr(2);
        const auto equals = body.find('=');
        const auto name = body.substr(0, equals);
        if (name.empty() || name[0] == '-')
            return fail(ErrorCode::InvalidArgument, std::format("bad flag syntax: {}", word));
        const auto *flag = findFlag(m_flags, name);
        if (!flag && name == "help")
            return takeHelp(equals == body.npos ? "true" : body.substr(equals + 1));
        if (!flag)
            return unknownFlag(m_flags, name);
        if (equals != body.npos)
            return m_line.flags.add(*flag, body.substr(equals + 1));
        if (flag->kind == FlagKind::Boolean)
            return m_line.flags.add(*flag, "true");
        if (m_next == m_words.size())
            return fail(ErrorCode::InvalidArgument, std::format("flag needs an argument: {}", word));
        return m_line.flags.add(*flag, m_words[m_next++]);
    }

    Result<> parseShorthands(std::string_view word)
    {
        for (auto rest = word.substr(1); !rest.empty();) {
            const char letter = rest[0];
            const auto *flag = findShorthand(m_flags, letter);
            if (!flag && letter == 'h')
                return takeHelp("true");
            if (!flag) {
                return fail(ErrorCode::InvalidArgument, std::format("unknown shorthand flag: '{}' in -{}", letter, rest));
            }
            const auto left = rest; // what an error names: those before were understood
            rest.remove_prefix(1);
            if (rest.size() > 1 && rest[0] == '=')
                return m_line.flags.add(*flag, rest.substr(1));
            if (flag->kind != FlagKind::Boolean)
                return addShorthandValue(*flag, rest, left);
            if (const auto added = m_line.flags.add(*flag, "true"); !added)
                return added;
        }
        return {};
    }

    Result<> addShorthandValue(const Flag &flag, std::string_view rest, std::string_view left)
    {
        if (!rest.empty())
            return m_line.flags.add(flag, rest);
        if (m_next < m_words.size())
            return m_line.flags.add(flag, m_words[m_next++]);
        return fail(ErrorCode::InvalidArgument, std::format("flag needs an argument: '{}' in -{}", flag.shorthand, left));
    }

    Result<> takeHelp(std::string_view value)
    {
        const auto wanted = parseBoolean(value);
        if (!wanted) {
            return invalidFlagValue({.name = "help"}, value, std::format("parsing \"{}\": invalid syntax", value));
        }
        m_line.wantsHelp = *wanted;
        return {};
    }

    std::span<const Flag> m_flags;
    std::span<const std::string> m_words;
    std::size_t m_next = 0;
    ParsedLine m_line;
};

} // namespace

const Flag *findFlag(std::span<const Flag> flags, std::string_view name)
{
    const auto found = std::ranges::find(flags, name, &Flag::name);
    return found == flags.end() ? nullptr : &*found;
}

const Flag *findShorthand(std::span<const Flag> flags, char letter)
{
    const auto found = std::ranges::find(flags, letter, &Flag::shorthand);
    return found == flags.end() ? nullptr : &*found;
}

bool FlagValues::boolean(std::string_view name) const { return parseBoolean(text(name)).value_or(false); }

std::string FlagValues::text(std::string_view name) const
{
    if (const auto found = m_values.find(name); found != m_values.end())
        return found->second.back();
    const auto *flag = findFlag(m_flags, name);
    return std::string(flag ? flag->fallback : std::string_view());
}

const std::vector<std::string> &FlagValues::list(std::string_view name) const
{
    static const std::vector<std::string> none;
    const auto found = m_values.find(name);
    return found == m_values.end() ? none : found->second;
}

std::int64_t FlagValues::number(std::string_view name) const { return parseInteger(text(name)).value_or(0); }

int FlagValues::integer(std::string_view name) const
{
    using Limits = std::numeric_limits<int>;
    return static_cast<int>(std::clamp<std::int64_t>(number(name), Limits::min(), Limits::max()));
}

Result<> FlagValues::add(const Flag &flag, std::string_view value)
{
    if (flag.kind == FlagKind::Boolean && !parseBoolean(value)) {
        return invalidFlagValue(flag, value, std::format("strconv.ParseBool: parsing \"{}\": invalid syntax", value));
    }
    if (flag.kind == FlagKind::Integer) {
        if (const auto number = parseInteger(value); !number)
            return invalidFlagValue(flag, value, std::format("strconv.ParseInt: parsing \"{}\": {}", value, number.error()));
    }
    m_values[flag.name].emplace_back(value);
    return {};
}

Result<ParsedLine> parseLine(std::span<const Flag> flags, std::span<const std::string> words, bool stopsAtArgument)
{
    return LineParser(flags, words).parse(stopsAtArgument);
}

std::string flagLabel(const Flag &flag)
{
    if (flag.shorthand == 0)
        return std::format("--{}", flag.name);
    return std::format("-{}, --{}", flag.shorthand, flag.name);
}

std::unexpected<Error> invalidFlagValue(const Flag &flag, std::string_view value, std::string_view reason)
{
    return fail(
        ErrorCode::InvalidArgument, std::format("invalid argument \"{}\" for \"{}\" flag: {}", value, flagLabel(flag), reason));
}

} // namespace berth
