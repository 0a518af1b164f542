// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/hostfiles.h"

#include "base/io.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace berth {
namespace {

Result<> makeFile(int folder, const char *name, const std::string &text)
{
    struct stat status = {};
    if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_size > 0)
        return {};
    const auto file = openFile(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0644);
    if (!file)
        return std::unexpected(file.error());
    if (::fchmod(file->get(), 0644) < 0) // whatever the umask is: any user of the container reads them
        return failErrno(std::string("cannot set the mode of ") + name);
    return writeAll(file->get(), text);
}

// "NAME:ADDRESS", of which only the address may hold colons.
std::string extraHosts(const RunOptions &options)
{
    QString text;
    for (const QString &host : options.extraHosts)
        text += host.section(u':', 1) + u'\t' + host.section(u':', 0, 0) + u'\n';
    return text.toStdString();
}

std::string nameServers(const RunOptions &options)
{
    QString text;
    for (const QString &server : options.dns)
        text += QStringLiteral("nameserver ") + server + u'\n';
    if (!options.dnsSearch.isEmpty())
        text += QStringLiteral("search ") + options.dnsSearch.join(u' ') + u'\n';
    if (!options.dnsOptions.isEmpty())
        text += QStringLiteral("options ") + options.dnsOptions.join(u' ') + u'\n';
    return text.isEmpty() ? "# no network\n" : text.toStdString();
}

// What the machine knows, a container in its network knows.
std::string machineFile(const char *path, const std::string &fallback)
{
    constexpr std::size_t longest = 1U << 20;
    const auto text = readSmallFile(AT_FDCWD, path, longest);
    return text ? *text : fallback;
}

std::string hostLines(const RunOptions &options)
{
    const std::string hostname = options.hostname.toStdString();
    // The container's own name has its address where there is one: its monitor knows it.
    const std::string own = options.networkMode == QLatin1StringView("none") ? "127.0.1.1\t"
            + (options.domainname.isEmpty() ? "" : hostname + '.' + options.domainname.toStdString() + ' ') + hostname + "\n"
                                                                             : std::string();
    const std::string loopback = "127.0.0.1\tlocalhost\n"
                                 "::1\tlocalhost ip6-localhost ip6-loopback\n"
                                 "fe00::0\tip6-localnet\n"
                                 "ff00::0\tip6-mcastprefix\n"
                                 "ff02::1\tip6-allnodes\n"
                                 "ff02::2\tip6-allrouters\n";
    return options.networkMode == QLatin1StringView("host") ? machineFile("/etc/hosts", loopback) : loopback + own;
}

} // namespace

Result<> makeHostFiles(int folder, const RunOptions &options)
{
    const std::string hostname = options.hostname.toStdString();
    if (auto done = makeFile(folder, "hosts", hostLines(options) + extraHosts(options)); !done)
        return done;
    if (auto done = makeFile(folder, "hostname", hostname + "\n"); !done)
        return done;
    // The host's servers cannot be reached from a network of its own; an empty list fails at once
    // where a wrong one would wait.
    const std::string servers = nameServers(options);
    const bool usesMachines = options.networkMode == QLatin1StringView("host") && options.dns.isEmpty();
    return makeFile(folder, "resolv.conf", usesMachines ? machineFile("/etc/resolv.conf", servers) : servers);
}

} // namespace berth
