// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/uplink.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

// UplinkEnsure and UplinkRelease. The caller says only which of its holders; what is made, where, and with
// which addresses follows from that and from /etc/berth/helper.conf. Nothing here enters the holder's
// namespace: the end in there is given into it by the kernel, down and bare, and its owner does the rest.
namespace berth::helper {
namespace {

// The longest that a request can last is the watchdog's eight seconds; a record that is older and has no link
// was left by one that was killed.
constexpr std::uint64_t abandonedMilliseconds = 10'000;
// How many pairs are tried in a pool. Those before were taken by others, or are not free.
constexpr std::uint32_t mostCandidates = 4096;
// A route this short covers so much that it is a default in all but name (two halves make one).
constexpr std::uint8_t defaultLength = 7;
// In the second round: a whole private range that leads elsewhere, by a tunnel usually, may lose two addresses.
constexpr std::uint8_t rangeLength = 15;

struct Host {
    Task &task;
    UniqueFd proc;
    Lease lease;
    NetlinkSocket route, netfilter;

    [[nodiscard]] int folder() const { return lease.folder.get(); }
};

Status refused(Host &host, UplinkStep step)
{
    host.task.reply.detail = static_cast<std::uint32_t>(step);
    return Status::UplinkRefused;
}

// ---- whose namespaces -----------------------------------------------------------------------------

bool isNamespace(int fd, int type, struct stat &status)
{
    struct statfs system = {};
    return fstatfs(fd, &system) == 0 && system.f_type == NSFS_MAGIC && ioctl(fd, NS_GET_NSTYPE) == type
        && fstat(fd, &status) == 0;
}

bool isSame(int fd, const struct stat &other)
{
    struct stat status = {};
    return fd >= 0 && fstat(fd, &status) == 0 && status.st_dev == other.st_dev && status.st_ino == other.st_ino;
}

// A user namespace that belongs to the caller and is a child of this one (so of no container), and a network
// namespace that belongs to it (so not this one).
bool areCallers(const Host &host, HolderNamespaces &namespaces)
{
    const int user = host.task.namespaces.userNamespace.get(), network = host.task.namespaces.networkNamespace.get();
    struct stat userStatus = {}, networkStatus = {}, ours = {};
    uid_t owner = ~uid_t{0};
    if (!isNamespace(user, CLONE_NEWUSER, userStatus) || !isNamespace(network, CLONE_NEWNET, networkStatus)
        || fstatat(host.proc.get(), "self/ns/user", &ours, 0) < 0)
        return false;
    const UniqueFd parent(ioctl(user, NS_GET_PARENT)), owning(ioctl(network, NS_GET_USERNS));
    if (!isSame(parent.get(), ours) || !isSame(owning.get(), userStatus) || ioctl(user, NS_GET_OWNER_UID, &owner) < 0
        || owner != host.task.caller.user)
        return false;
    namespaces = {userStatus.st_ino, networkStatus.st_ino};
    return true;
}

// ---- records --------------------------------------------------------------------------------------

bool readRecord(int folder, const char *name, UplinkRecord &record)
{
    const UniqueFd file(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    UplinkRecord found;
    const bool isRead = file && read(file.get(), &found, sizeof found) == sizeof found
        && memcmp(found.magic, UplinkRecord().magic, sizeof found.magic) == 0;
    if (isRead)
        record = found;
    return isRead;
}

// False: there is one of this address already, or nothing can be written.
bool writeRecord(const Host &host, const UplinkRecord &record)
{
    return publish(host.folder(), host.proc.get(), record.file().bytes, &record, sizeof record) == 0;
}

// ---- the link -------------------------------------------------------------------------------------

// 0: there is none. -1: the kernel does not say.
int linkIndex(NetlinkSocket &route, const UplinkRecord &uplink)
{
    int index = 0;
    NetlinkMessage message;
    message.begin(RTM_GETLINK, 0).header<ifinfomsg>();
    message.text(IFLA_IFNAME, uplink.link().bytes);
    const int error = route.ask(message, [&index](const nlmsghdr &answer) {
        if (const auto *header = netlinkHeader<ifinfomsg>(answer))
            index = header->ifi_index;
        return 0;
    });
    return error == 0 || error == ENODEV ? index : -1;
}

void removeLink(NetlinkSocket &route, const UplinkRecord &uplink)
{
    NetlinkMessage message;
    message.begin(RTM_DELLINK, 0).header<ifinfomsg>();
    message.text(IFLA_IFNAME, uplink.link().bytes);
    route.request(message);
}

// The record last: until then it says what may be left.
void remove(Host &host, const UplinkRecord &uplink)
{
    removeLink(host.route, uplink);
    removeFromFirewall(host.netfilter, uplink);
    removeUplinkRules(host.route, uplink);
    unlinkat(host.folder(), uplink.file().bytes, 0);
}

// Set, so that no daemon thinks it has to choose one, and both ends may rely on it.
void putHardwareAddress(NetlinkMessage &message, std::uint16_t type, const UplinkRecord &uplink, bool isHostEnd)
{
    const auto address = uplinkHardwareAddress(uplink.hostAddress, isHostEnd);
    message.bytes(type, address.data(), address.size());
}

bool makeLink(Host &host, const UplinkRecord &uplink)
{
    const auto make = [&] {
        NetlinkMessage message;
        message.begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL).header<ifinfomsg>();
        message.text(IFLA_IFNAME, uplink.link().bytes);
        putHardwareAddress(message, IFLA_ADDRESS, uplink, true);
        {
            const auto info = message.nest(IFLA_LINKINFO);
            message.text(IFLA_INFO_KIND, "veth");
            const auto data = message.nest(IFLA_INFO_DATA);
            const auto peer = message.nest(VETH_INFO_PEER);
            message.header<ifinfomsg>();
            message.text(IFLA_IFNAME, uplinkInnerName);
            putHardwareAddress(message, IFLA_ADDRESS, uplink, false);
            message.u32(IFLA_NET_NS_FD, static_cast<std::uint32_t>(host.task.namespaces.networkNamespace.get()));
        }
        return host.route.request(message);
    };
    int error = make();
    // The record is ours alone, so a link of that name can only be one whose record was lost.
    if (error == EEXIST && linkIndex(host.route, uplink) > 0) {
        removeLink(host.route, uplink);
        error = make();
    }
    return error == 0;
}

// No IPv6 at all: the host must learn no router and no prefix from containers.
bool disableIpv6(int proc, const UplinkRecord &uplink)
{
    ShortText name;
    name.add("sys/net/ipv6/conf/").add(uplink.link().bytes).add("/disable_ipv6");
    const UniqueFd ipv6(openat(proc, "sys/net/ipv6", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    return !ipv6 || (writeSetting(proc, name.bytes, "1") && readSetting(proc, name.bytes) == 1);
}

// May be done again and again. The link comes up last, when the firewall knows it.
bool configureLink(Host &host, const UplinkRecord &uplink, int index)
{
    if (!disableIpv6(host.proc.get(), uplink))
        return false;
    NetlinkMessage settings;
    settings.begin(RTM_SETLINK, 0).header<ifinfomsg>().ifi_index = index;
    {
        const auto families = settings.nest(IFLA_AF_SPEC);
        const auto family = settings.nest(AF_INET);
        const auto values = settings.nest(IFLA_INET_CONF);
        settings.u32(IPV4_DEVCONF_FORWARDING, 1).u32(IPV4_DEVCONF_RP_FILTER, 1).u32(IPV4_DEVCONF_PROXY_ARP, 0);
        settings.u32(IPV4_DEVCONF_ACCEPT_REDIRECTS, 0).u32(IPV4_DEVCONF_SEND_REDIRECTS, 0);
        settings.u32(IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE, 0).u32(IPV4_DEVCONF_ROUTE_LOCALNET, 0);
        settings.u32(IPV4_DEVCONF_ARP_IGNORE, 1).u32(IPV4_DEVCONF_ARP_ACCEPT, 0);
    }
    auto &address = settings.begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE).header<ifaddrmsg>();
    address.ifa_family = AF_INET;
    address.ifa_prefixlen = 31;
    address.ifa_index = static_cast<std::uint32_t>(index);
    settings.u32be(IFA_LOCAL, uplink.hostAddress).u32be(IFA_ADDRESS, uplink.hostAddress);
    return host.route.request(settings) == 0;
}

bool raiseLink(NetlinkSocket &route, const UplinkRecord &uplink, int index)
{
    NetlinkMessage message;
    auto &header = message.begin(RTM_SETLINK, 0).header<ifinfomsg>();
    header.ifi_index = index;
    header.ifi_flags = header.ifi_change = IFF_UP;
    auto &neighbour = message.begin(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE).header<ndmsg>();
    neighbour.ndm_family = AF_INET;
    neighbour.ndm_ifindex = index;
    neighbour.ndm_state = NUD_PERMANENT;
    message.u32be(NDA_DST, uplink.innerAddress());
    putHardwareAddress(message, NDA_LLADDR, uplink, false);
    return route.request(message) == 0;
}

// ---- addresses ------------------------------------------------------------------------------------

// The route by which the machine would send to address: its length and its interface.
struct Match {
    std::uint8_t length = 0;
    std::uint32_t interface = 0;
};

// ENETUNREACH: none. Other errors are routes that refuse (a blackhole, a prohibition).
int findRoute(NetlinkSocket &route, std::uint32_t address, Match &match)
{
    NetlinkMessage message;
    auto &header = message.begin(RTM_GETROUTE, 0).header<rtmsg>();
    header.rtm_family = AF_INET;
    header.rtm_dst_len = 32;
    header.rtm_flags = RTM_F_FIB_MATCH; // the entry itself, not a copy for this address
    message.u32be(RTA_DST, address);
    return route.ask(message, [&match](const nlmsghdr &answer) {
        if (const auto *found = netlinkHeader<rtmsg>(answer))
            match = {found->rtm_dst_len, attributeU32(findAttribute(answer, sizeof(rtmsg), RTA_OIF))};
        return 0;
    });
}

// Every prefix that overlaps two neighbours contains one of them.
bool isFree(NetlinkSocket &route, std::uint32_t hostAddress, std::uint8_t longest)
{
    for (const std::uint32_t address : {hostAddress, hostAddress + 1}) {
        Match match;
        const int error = findRoute(route, address, match);
        if (error != ENETUNREACH && (error != 0 || match.length > longest))
            return false;
    }
    return true;
}

// A link that somebody's longer route leads around is of no use.
bool isRoutedTo(NetlinkSocket &route, const UplinkRecord &uplink, int index)
{
    Match match;
    return findRoute(route, uplink.innerAddress(), match) == 0 && match.interface == static_cast<std::uint32_t>(index);
}

// Where a user's own pairs are looked for first, so that they are the same tomorrow; scattered.
std::uint32_t firstPair(uid_t user, std::uint32_t count) { return (user * 2654435761U >> 8) % count; }

// Writes the record of the first pair that nobody has.
Status reserve(Host &host, UplinkRecord &uplink)
{
    Pools pools;
    if (!readPools(pools))
        return Status::PolicyUnusable;
    for (const std::uint8_t longest : {defaultLength, rangeLength}) {
        for (std::size_t i = 0; i < pools.count; ++i) {
            const std::uint32_t count = std::uint32_t{1} << (31 - pools.pools[i].bits);
            const std::uint32_t first = firstPair(uplink.user, count);
            for (std::uint32_t step = 0; step < count && step < mostCandidates; ++step) {
                uplink.hostAddress = pools.pools[i].base + 2 * ((first + step) % count);
                if (isFree(host.route, uplink.hostAddress, longest) && writeRecord(host, uplink))
                    return Status::Ok;
            }
        }
    }
    uplink.hostAddress = 0; // the last one tried is somebody else's
    return Status::NoAddresses;
}

// ---- what is there --------------------------------------------------------------------------------

// Removes what is left of uplinks whose link went with its namespace, or was never made. found: the caller's
// own for these namespaces; count: how many the caller has.
bool survey(Host &host, const HolderNamespaces &namespaces, UplinkRecord &found, std::uint32_t &count)
{
    bool isFound = false;
    const std::uint64_t now = bootMilliseconds();
    UplinkRecord uplink;
    for (UplinkList list(host.folder()); list.next(uplink);) {
        // While we have the user's lock no other request of his is under way.
        const bool isOurs = uplink.user == host.task.caller.user;
        if (linkIndex(host.route, uplink) == 0) {
            if (isOurs || now - uplink.milliseconds > abandonedMilliseconds)
                remove(host, uplink);
            continue;
        }
        count += isOurs ? 1 : 0;
        if (isOurs && uplink.namespaces.network == namespaces.network && uplink.namespaces.user == namespaces.user) {
            found = uplink;
            isFound = true;
        }
    }
    return isFound;
}

void endWithTheLast(Host &host)
{
    UplinkRecord uplink;
    if (UplinkList(host.folder()).next(uplink))
        return;
    restoreForwarding(host.route, host.folder(), host.proc.get());
    removeFirewall(host.netfilter);
    // Somebody may have begun meanwhile, and found everything in place.
    if (!UplinkList(host.folder()).next(uplink))
        return;
    ensureForwarding(host.route, host.folder(), host.proc.get(), true);
    ensureFirewall(host.netfilter, host.folder());
}

Status begin(Host &host, HolderNamespaces &namespaces)
{
    host.proc = openProc();
    if (!host.proc)
        return Status::Internal;
    if (!areCallers(host, namespaces))
        return Status::ForeignNamespace;
    UniqueFd folder;
    Status status = openStateFolder(folder);
    if (status == Status::Ok)
        status = takeLease(static_cast<UniqueFd &&>(folder), host.task.caller.user, 0, uplinkCost, 0, host.proc.get(), host.lease,
            host.task.reply.detail);
    if (status != Status::Ok)
        return status;
    if (host.route.open(NETLINK_ROUTE) != 0 || host.netfilter.open(NETLINK_NETFILTER) != 0)
        return refused(host, UplinkStep::Socket);
    return Status::Ok;
}

Status make(Host &host, UplinkRecord &uplink)
{
    const Status status = reserve(host, uplink);
    if (status != Status::Ok)
        return status;
    return makeLink(host, uplink) ? Status::Ok : refused(host, UplinkStep::Link);
}

Status complete(Host &host, const UplinkRecord &uplink)
{
    const int index = linkIndex(host.route, uplink);
    if (index <= 0 || !configureLink(host, uplink, index))
        return refused(host, UplinkStep::Address);
    if (!ensureFirewall(host.netfilter, host.folder()) || !addToFirewall(host.netfilter, uplink))
        return refused(host, UplinkStep::Firewall);
    if (!addUplinkRules(host.route, uplink))
        return refused(host, UplinkStep::Rules);
    if (!ensureForwarding(host.route, host.folder(), host.proc.get()))
        return refused(host, UplinkStep::Forwarding);
    if (!raiseLink(host.route, uplink, index))
        return refused(host, UplinkStep::Link);
    return isRoutedTo(host.route, uplink, index) ? Status::Ok : Status::NoAddresses;
}

} // namespace

int publish(int folder, int proc, const char *name, const void *bytes, std::size_t size)
{
    const UniqueFd file(openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    if (!file)
        return errno;
    if (write(file.get(), bytes, size) != static_cast<ssize_t>(size))
        return EIO;
    // By this name, since to link a descriptor itself takes a capability that we do not keep.
    ShortText own;
    own.add("self/fd/").add(static_cast<std::uint32_t>(file.get()));
    return linkat(proc, own.bytes, folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

ShortText UplinkRecord::link() const
{
    ShortText name;
    name.add(uplinkHostPrefix).addHex(hostAddress);
    return name;
}

ShortText UplinkRecord::file() const
{
    ShortText name;
    name.add("uplink-").addHex(hostAddress);
    return name;
}

UplinkList::UplinkList(int folder) : m_folder(folder) { lseek(folder, 0, SEEK_SET); }

bool UplinkList::next(UplinkRecord &record)
{
    struct Entry { // linux_dirent64 of getdents(2)
        std::uint64_t inode;
        std::int64_t offset;
        std::uint16_t size;
        std::uint8_t type;
        char name[1];
    };
    for (;;) {
        if (m_at == m_size) {
            m_at = 0;
            m_size = syscall(SYS_getdents64, m_folder, m_entries, sizeof m_entries);
            if (m_size <= 0)
                return m_size = 0, false;
        }
        const auto *entry = reinterpret_cast<const Entry *>(m_entries + m_at);
        m_at += entry->size;
        UplinkRecord found;
        // By its name first: to open and close the user's lock file would release the lock (fcntl(2)).
        if (!std::string_view(entry->name).starts_with("uplink-") || !readRecord(m_folder, entry->name, found)
            || std::string_view(found.file().bytes) != entry->name)
            continue;
        record = found;
        return true;
    }
}

Status ensureUplink(Task &task)
{
    Host host{task, {}, {}, {}, {}};
    HolderNamespaces namespaces;
    Status status = begin(host, namespaces);
    if (status != Status::Ok)
        return status;
    if (!holdsNamespaces(host.lease, host.proc.get(), namespaces))
        return Status::ForeignNamespace;
    UplinkRecord uplink;
    std::uint32_t count = 0;
    bool isThere = survey(host, namespaces, uplink, count);
    if (isThere && !isRoutedTo(host.route, uplink, linkIndex(host.route, uplink))) {
        // The machine's routes changed: another pair.
        remove(host, uplink);
        isThere = false;
        --count;
    }
    if (!isThere) {
        if (count >= task.maximum) {
            task.reply.detail = task.maximum;
            return Status::QuotaExceeded;
        }
        uplink = UplinkRecord();
        uplink.user = task.caller.user;
        uplink.namespaces = namespaces;
        uplink.milliseconds = bootMilliseconds();
        status = make(host, uplink);
    }
    if (status == Status::Ok)
        status = complete(host, uplink);
    if (status != Status::Ok) {
        if (uplink.hostAddress != 0 && !isThere)
            remove(host, uplink);
        endWithTheLast(host);
        return status;
    }
    task.reply.uplink.hostAddress = uplink.hostAddress;
    task.reply.uplink.innerAddress = uplink.innerAddress();
    describeTraffic(host.netfilter, host.proc.get(), task.reply.uplink);
    return Status::Ok;
}

Status releaseUplink(Task &task)
{
    Host host{task, {}, {}, {}, {}};
    HolderNamespaces namespaces;
    const Status status = begin(host, namespaces);
    if (status != Status::Ok)
        return status;
    UplinkRecord uplink;
    std::uint32_t count = 0;
    if (survey(host, namespaces, uplink, count))
        remove(host, uplink);
    endWithTheLast(host);
    return Status::Ok;
}

} // namespace berth::helper
