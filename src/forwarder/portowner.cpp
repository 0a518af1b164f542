// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "forwarder/portowner.h"

#include "base/io.h"

#include <charconv>
#include <format>
#include <memory>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace berth::forwarder {
namespace {

constexpr std::size_t maxTable = 16U << 20; // 150 bytes a socket

using Folder = std::unique_ptr<DIR, decltype([](DIR *folder) { ::closedir(folder); })>;

std::string_view takeWord(std::string_view &line)
{
    const auto start = line.find_first_not_of(' ');
    line.remove_prefix(start == line.npos ? line.size() : start);
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    return word;
}

template<typename T> std::optional<T> number(std::string_view word, int base = 10)
{
    T value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
    return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

struct Holder {
    std::uint32_t uid = 0;
    std::uint64_t inode = 0;
};

// Lines of proc(5) "tcp": number, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode.
std::optional<Holder> findHolder(std::string_view table, std::uint16_t port, bool mustListen)
{
    for (auto rest = table; !rest.empty();) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        takeWord(line);
        const auto local = takeWord(line);
        const auto remote = takeWord(line);
        const auto state = takeWord(line);
        for (int i = 0; i < 3; ++i)
            takeWord(line);
        const auto uid = number<std::uint32_t>(takeWord(line));
        takeWord(line);
        const auto inode = number<std::uint64_t>(takeWord(line));
        const auto colon = local.rfind(':');
        if (colon == local.npos || number<std::uint16_t>(local.substr(colon + 1), 16) != port || remote.empty())
            continue;
        if (uid && inode && (!mustListen || state == "0A"))
            return Holder{*uid, *inode};
    }
    return std::nullopt;
}

// What is said of a process: a forwarder by its container's name, which is its first argument.
std::string describe(std::string_view pid)
{
    const std::string folder = std::format("/proc/{}/", pid);
    auto name = readSmallFile(AT_FDCWD, folder + "comm", 256).value_or("");
    while (name.ends_with('\n'))
        name.pop_back();
    const auto line = readSmallFile(AT_FDCWD, folder + "cmdline", 1U << 20).value_or("");
    const auto first = line.find('\0');
    if (name == "berth-forwarder" && first != line.npos)
        return "container " + line.substr(first + 1, line.find('\0', first + 1) - first - 1);
    return std::format("process {} ({})", pid, name);
}

bool hasSocket(std::string_view pid, const std::string &wanted)
{
    const std::string path = std::format("/proc/{}/fd", pid);
    const Folder folder(::opendir(path.c_str()));
    for (const dirent *entry = folder ? ::readdir(folder.get()) : nullptr; entry; entry = ::readdir(folder.get())) {
        char target[64];
        const ssize_t size = ::readlinkat(::dirfd(folder.get()), entry->d_name, target, sizeof target);
        if (size > 0 && std::string_view(target, static_cast<std::size_t>(size)) == wanted)
            return true;
    }
    return false;
}

} // namespace

std::string processOfSocket(std::uint64_t inode)
{
    const std::string wanted = std::format("socket:[{}]", inode);
    const Folder processes(::opendir("/proc"));
    for (const dirent *entry = processes ? ::readdir(processes.get()) : nullptr; entry; entry = ::readdir(processes.get())) {
        if (number<int>(entry->d_name) && hasSocket(entry->d_name, wanted))
            return describe(entry->d_name);
    }
    return {};
}

std::string portOwner(PortProtocol protocol, std::uint16_t port)
{
    const bool isTcp = protocol == PortProtocol::Tcp;
    for (const auto *family : {"", "6"}) {
        const auto table = readSmallFile(AT_FDCWD, std::format("/proc/self/net/{}{}", protocolName(protocol), family), maxTable);
        const auto holder = table ? findHolder(*table, port, isTcp) : std::nullopt;
        if (!holder)
            continue;
        const auto process = processOfSocket(holder->inode);
        return process.empty() ? std::format("a process of user {}", holder->uid) : process;
    }
    return {};
}

} // namespace berth::forwarder
