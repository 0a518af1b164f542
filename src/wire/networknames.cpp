// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/networknames.h"

#include "base/io.h"

#include <algorithm>
#include <charconv>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace berth {
namespace {

constexpr std::size_t maxNamesFile = 4U << 20;  // ten thousand containers with ten names each
constexpr std::size_t maxHostsFile = 1U << 20;  // a container may write into its own

bool parseAddress(std::string_view text, std::uint32_t &address)
{
    address = 0;
    for (int i = 0; i < 4; ++i) {
        unsigned part = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
        if (error != std::errc() || part > 255)
            return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        address = address << 8 | part;
        if (i < 3 && (text.empty() || text.front() != '.'))
            return false;
        if (i < 3)
            text.remove_prefix(1);
    }
    return text.empty();
}

std::string_view takeWord(std::string_view &line)
{
    const auto end = std::min(line.find(' '), line.size());
    const auto word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

std::string_view takeLine(std::string_view &text)
{
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

// Two parts for each network: what only its container knows, and who else is there.
std::string ownPart(const std::string &networkId) { return "network " + networkId.substr(0, 12); }
std::string othersPart(const std::string &networkId) { return "others on network " + networkId.substr(0, 12); }

Result<UniqueFd> lockNames(int dataFolder)
{
    auto folder = makeDirectory(dataFolder, std::string(namesFolder));
    if (!folder)
        return folder;
    while (::flock(folder->get(), LOCK_EX) < 0) {
        if (errno != EINTR)
            return failErrno("cannot lock the names of the networks");
    }
    return folder;
}

Result<std::vector<NamedContainer>> readFrom(int names, const std::string &networkId)
{
    const auto text = readSmallFile(names, networkId, maxNamesFile);
    if (text)
        return decodeNames(*text);
    if (text.error().code == ErrorCode::NotFound)
        return std::vector<NamedContainer>();
    return std::unexpected(text.error());
}

// Whoever reads while we write sees the old text, or the new one, or the new one with the rest of a longer old
// one, which ends in lines of hosts: no half of a name is ever at an end.
Result<> writeInPlace(int file, const std::string &text)
{
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::pwrite(file, text.data() + done, text.size() - done, static_cast<off_t>(done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return failErrno("cannot write a file of hosts");
        done += static_cast<std::size_t>(written);
    }
    if (::ftruncate(file, static_cast<off_t>(text.size())) < 0)
        return failErrno("cannot shorten a file of hosts");
    return {};
}

// Not synced: what a loss of power leaves of it is made again by the next start.
Result<> replaceNames(int names, const std::string &networkId, const std::vector<NamedContainer> &all)
{
    constexpr const char *temporary = ".new"; // one writer at a time has the lock
    const auto file = openFile(names, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (!file)
        return std::unexpected(file.error());
    if (auto written = writeAll(file->get(), encode(all)); !written)
        return written;
    if (::renameat(names, temporary, names, networkId.c_str()) < 0)
        return failErrno("cannot write the names of a network");
    return {};
}

struct Part {
    std::string title;
    std::vector<HostLine> lines;
};

template<typename Change> Result<> changeHosts(int containers, const std::string &containerId, Change change)
{
    const auto folder = openFile(containers, containerId, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (!folder)
        return std::unexpected(folder.error());
    const auto file = openFile(folder->get(), "hosts", O_RDWR | O_NOFOLLOW | O_NONBLOCK);
    if (!file)
        return std::unexpected(file.error());
    const auto text = readAll(file->get(), maxHostsFile);
    if (!text)
        return std::unexpected(text.error());
    const std::string changed = change(*text);
    return changed == *text ? Result<>() : writeInPlace(file->get(), changed);
}

Result<> writeParts(int containers, const std::string &containerId, const std::vector<Part> &parts)
{
    return changeHosts(containers, containerId, [&](const std::string &text) {
        std::string changed = text;
        for (const auto &part : parts)
            changed = hostsWithPart(changed, part.title, part.lines);
        return changed;
    });
}

Part othersOf(const std::string &containerId, const std::string &networkId, const std::vector<NamedContainer> &all)
{
    Part part{othersPart(networkId), {}};
    for (const auto &other : all) {
        if (other.containerId != containerId)
            part.lines.push_back(other.line);
    }
    return part;
}

void tellEverybody(int containers, const std::string &networkId, const std::vector<NamedContainer> &all)
{
    for (const auto &reader : all)
        (void)writeParts(containers, reader.containerId, {othersOf(reader.containerId, networkId, all)});
}

Result<UniqueFd> openContainers(int dataFolder) { return openFile(dataFolder, "containers", O_PATH | O_DIRECTORY | O_NOFOLLOW); }

} // namespace

std::string addressText(std::uint32_t address)
{
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8)
        text += std::to_string(address >> shift & 255) + (shift > 0 ? "." : "");
    return text;
}

std::string encode(const std::vector<NamedContainer> &containers)
{
    std::string text;
    for (const auto &container : containers) {
        text += container.containerId + ' ' + addressText(container.line.address);
        for (const auto &name : container.line.names)
            text += ' ' + name;
        text += '\n';
    }
    return text;
}

std::vector<NamedContainer> decodeNames(std::string_view text)
{
    std::vector<NamedContainer> containers;
    while (!text.empty()) {
        auto line = takeLine(text);
        NamedContainer container;
        container.containerId = takeWord(line);
        if (!parseAddress(takeWord(line), container.line.address))
            continue;
        while (!line.empty())
            container.line.names.emplace_back(takeWord(line));
        containers.push_back(std::move(container));
    }
    return containers;
}

Result<std::vector<NamedContainer>> readNames(int dataFolder, const std::string &networkId)
{
    const auto names = openFile(dataFolder, std::string(namesFolder), O_PATH | O_DIRECTORY);
    if (!names)
        return names.error().code == ErrorCode::NotFound ? Result<std::vector<NamedContainer>>() : std::unexpected(names.error());
    return readFrom(names->get(), networkId);
}

std::string hostsWithPart(std::string_view hosts, std::string_view title, const std::vector<HostLine> &lines)
{
    const std::string begin = "# " + std::string(title), end = "# end of " + std::string(title);
    std::string part;
    if (!lines.empty()) {
        part = begin + '\n';
        for (const auto &line : lines) {
            if (line.names.empty())
                continue;
            part += addressText(line.address) + '\t';
            for (std::size_t i = 0; i < line.names.size(); ++i)
                part += (i > 0 ? " " : "") + line.names[i];
            part += '\n';
        }
        part += end + '\n';
    }
    std::string text;
    bool isPut = false;
    for (std::string_view rest = hosts; !rest.empty();) {
        const auto line = takeLine(rest);
        if (line != begin) {
            text += std::string(line) + '\n';
            continue;
        }
        // Without its end the part is what a person left of it: only the mark goes.
        if (const auto last = rest.find(end + '\n'); last != rest.npos) {
            rest.remove_prefix(last);
            takeLine(rest);
        }
        if (!isPut)
            text += part;
        isPut = true;
    }
    return isPut ? text : text + part;
}

std::string hostsWithoutParts(std::string_view hosts)
{
    constexpr std::string_view titles[] = {"# network ", "# others on network "};
    std::string text;
    for (std::string_view rest = hosts; !rest.empty();) {
        const auto line = takeLine(rest);
        const bool isMark = std::ranges::any_of(titles, [line](std::string_view title) { return line.starts_with(title); });
        const auto end = isMark ? rest.find("# end of " + std::string(line.substr(2)) + '\n') : rest.npos;
        if (end == rest.npos) {
            text += std::string(line) + '\n';
            continue;
        }
        rest.remove_prefix(end);
        takeLine(rest);
    }
    return text;
}

Result<> publishNames(
    int dataFolder, const std::string &containerId, const std::vector<std::string> &ownNames, const NetworkSpec &network)
{
    const auto containers = openContainers(dataFolder);
    if (!containers)
        return std::unexpected(containers.error());
    HostLine own{.address = network.address, .names = ownNames};
    for (const auto &name : network.names) {
        if (!std::ranges::contains(own.names, name))
            own.names.push_back(name);
    }
    Part part{ownPart(network.id), {own}};
    part.lines.insert(part.lines.end(), network.links.begin(), network.links.end());
    if (!network.hasNames) {
        (void)writeParts(containers->get(), containerId, {part});
        return {};
    }
    const auto names = lockNames(dataFolder);
    if (!names)
        return std::unexpected(names.error());
    auto all = readFrom(names->get(), network.id);
    if (!all)
        return std::unexpected(all.error());
    std::erase_if(*all, [&](const NamedContainer &other) {
        return other.containerId == containerId || other.line.address == network.address; // who had it before is gone
    });
    all->push_back({containerId, {network.address, network.names}});
    if (auto written = replaceNames(names->get(), network.id, *all); !written)
        return written;
    (void)writeParts(containers->get(), containerId, {part});
    tellEverybody(containers->get(), network.id, *all);
    return {};
}

Result<> withdrawNames(int dataFolder, const std::string &containerId, const std::string &networkId)
{
    const auto containers = openContainers(dataFolder);
    if (!containers)
        return std::unexpected(containers.error());
    (void)writeParts(containers->get(), containerId, {{ownPart(networkId), {}}, {othersPart(networkId), {}}});
    const auto names = lockNames(dataFolder);
    if (!names)
        return std::unexpected(names.error());
    auto all = readFrom(names->get(), networkId);
    if (!all)
        return std::unexpected(all.error());
    if (std::erase_if(*all, [&](const NamedContainer &other) { return other.containerId == containerId; }) == 0)
        return {};
    if (auto written = replaceNames(names->get(), networkId, *all); !written)
        return written;
    tellEverybody(containers->get(), networkId, *all);
    return {};
}

void forgetHosts(int dataFolder, const std::string &containerId)
{
    if (const auto containers = openContainers(dataFolder))
        (void)changeHosts(containers->get(), containerId, hostsWithoutParts);
}

void forgetNames(int dataFolder, const std::string &networkId)
{
    if (const auto names = lockNames(dataFolder))
        ::unlinkat(names->get(), networkId.c_str(), 0);
}

} // namespace berth
