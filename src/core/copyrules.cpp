// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/copyrules.h"

#include <vector>

namespace berth {
namespace {

// Lexically: links are not looked at. "" becomes ".".
std::string cleanPath(std::string_view path)
{
    const bool isAbsolute = path.starts_with('/');
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const auto slash = path.find('/');
        const auto part = path.substr(0, slash);
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (!isAbsolute)
            parts.push_back(part);
    }
    std::string clean;
    for (const auto part : parts)
        clean.append(isAbsolute || !clean.empty() ? "/" : "").append(part);
    if (clean.empty())
        return isAbsolute ? "/" : ".";
    return clean;
}

bool namesCurrentFolder(std::string_view path) { return entryName(path) == "."; }

// What cleaning took from the end.
std::string keepEnding(std::string clean, std::string_view original)
{
    if (!namesCurrentFolder(clean) && namesCurrentFolder(original))
        clean += clean.ends_with('/') ? "." : "/.";
    if (!clean.ends_with('/') && original.ends_with('/'))
        clean += '/';
    return clean;
}

} // namespace

std::string entryName(std::string_view path)
{
    if (path.empty())
        return ".";
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    if (path == "/")
        return "/";
    return std::string(path.substr(path.rfind('/') + 1));
}

std::string entryFolder(std::string_view path)
{
    auto clean = cleanPath(path);
    if (namesCurrentFolder(path) && clean != ".")
        return clean;
    const auto slash = clean.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : clean.substr(0, slash);
}

bool assertsFolder(std::string_view path) { return path.ends_with('/') || namesCurrentFolder(path); }

std::string absolutePath(std::string_view of, std::string_view path)
{
    const auto joined = path.starts_with('/') ? std::string(path) : std::string(of) + '/' + std::string(path);
    return keepEnding(cleanPath(joined), path);
}

CopyArgument parseCopyArgument(std::string_view argument)
{
    const auto colon = argument.find(':');
    if (argument.starts_with('/') || argument.starts_with('.') || colon == argument.npos)
        return {{}, std::string(argument)};
    return {std::string(argument.substr(0, colon)), std::string(argument.substr(colon + 1))};
}

Result<CopyRequest> parseCopyRequest(std::string_view source, std::string_view target)
{
    if (source.empty())
        return fail(ErrorCode::InvalidArgument, "source can not be empty");
    if (target.empty())
        return fail(ErrorCode::InvalidArgument, "destination can not be empty");
    auto from = parseCopyArgument(source);
    auto to = parseCopyArgument(target);
    if (!from.container.empty() && !to.container.empty())
        return fail(ErrorCode::InvalidArgument, "copying between containers is not supported");
    if (!from.container.empty())
        return CopyRequest{false, std::move(from.container), std::move(from.path), std::move(to.path)};
    if (!to.container.empty())
        return CopyRequest{true, std::move(to.container), std::move(to.path), std::move(from.path)};
    return fail(ErrorCode::InvalidArgument, "must specify at least one container source");
}

Result<CopyPlan> planCopy(bool sourceIsFolder, const std::string &sourceName, const CopyEnd &target)
{
    if (target.exists && target.isFolder)
        return CopyPlan{target.path, sourceName};
    if (target.exists && sourceIsFolder)
        return fail(ErrorCode::InvalidArgument, "cannot copy directory");
    if (!target.exists && !sourceIsFolder && assertsFolder(target.path))
        return fail(ErrorCode::InvalidArgument, "no such directory");
    return CopyPlan{entryFolder(target.path), entryName(target.path)};
}

} // namespace berth
