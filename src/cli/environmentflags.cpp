// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runrequest.h"

#include "base/io.h"

#include <QStringDecoder>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <format>

#include <fcntl.h>

namespace berth {
namespace {

// More than this is not a list of variables that a person wrote.
constexpr std::size_t maxFileSize = 16 * 1024 * 1024;

// A name without a value takes the caller's, and is dropped when the caller has none.
void addVariable(QStringList &environment, const std::string &word)
{
    if (word.contains('=')) {
        environment += QString::fromStdString(word);
        return;
    }
    if (const char *value = std::getenv(word.c_str()))
        environment += QString::fromStdString(word + '=' + value);
}

bool isUtf8(std::string_view text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    (void)QString(decoder.decode(QByteArrayView(text.data(), static_cast<qsizetype>(text.size()))));
    return !decoder.hasError();
}

// As Docker shows them: "[65 61 255]".
std::string byteList(std::string_view text)
{
    std::string list;
    for (const char byte : text)
        list += (list.empty() ? "" : " ") + std::to_string(static_cast<unsigned char>(byte));
    return '[' + list + ']';
}

std::expected<void, RequestProblem> addFile(QStringList &environment, const std::string &path)
{
    const auto problem = [&path](std::string_view reason) {
        return std::unexpected(RequestProblem{std::format("invalid env file ({}): {}", path, reason)});
    };
    const auto file = openFile(AT_FDCWD, path, O_RDONLY);
    if (!file && file.error().code == ErrorCode::NotFound)
        return std::unexpected(RequestProblem{std::format("open {}: no such file or directory", path)});
    const auto bytes = file ? readAll(file->get(), maxFileSize) : std::unexpected(file.error());
    if (!bytes)
        return std::unexpected(RequestProblem{bytes.error().detail});
    std::string_view rest(*bytes);
    if (rest.starts_with("\xef\xbb\xbf"))
        rest.remove_prefix(3);
    for (int number = 1; !rest.empty(); ++number) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (!isUtf8(line))
            return problem(std::format("invalid utf8 bytes at line {}: {}", number, byteList(line)));
        line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t\r\v\f")));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with('#'))
            continue;
        const auto name = line.substr(0, line.find('='));
        if (name.empty())
            return problem(std::format("no variable name on line '{}'", line));
        if (name.find_first_of(" \t") != name.npos)
            return problem(std::format("variable '{}' contains whitespaces", name));
        addVariable(environment, std::string(line));
    }
    return {};
}

} // namespace

std::expected<QStringList, RequestProblem> parseEnvironment(const FlagValues &flags)
{
    QStringList environment;
    for (const auto &path : flags.list("env-file")) {
        if (const auto added = addFile(environment, path); !added)
            return std::unexpected(added.error());
    }
    for (const auto &word : flags.list("env")) {
        if (word.empty() || word.starts_with('=')) {
            const auto flag = *std::ranges::find(flags.flags(), "env", &Flag::name);
            const auto reason = std::format("invalid environment variable: {}", word);
            return std::unexpected(RequestProblem{invalidFlagValue(flag, word, reason).error().detail, true});
        }
        addVariable(environment, word);
    }
    return environment;
}

} // namespace berth
