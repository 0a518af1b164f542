// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/netlinkmessage.h"
#include "helper/authority.h"

// One uplink: a veth pair from the host into the network namespace of a holder, two addresses, two routing
// policy rules and four set elements, all named after the host's address. The file uplink-<address> in
// /run/berth is written before anything else of it exists, exclusively, and goes last: so there is no lock
// that users share, which one of them could hold for ever by freezing the helper in his cgroup.
namespace berth::helper {

struct UplinkRecord {
    char magic[8] = {'B', 'e', 'r', 't', 'h', 'U', 'p', '1'};
    std::uint32_t user = 0;
    std::uint32_t hostAddress = 0; // even; the other end has the next one
    HolderNamespaces namespaces;
    std::uint64_t milliseconds = 0; // of the boot clock, when it was begun

    [[nodiscard]] std::uint32_t innerAddress() const { return hostAddress + 1; }
    [[nodiscard]] ShortText link() const;
    [[nodiscard]] ShortText file() const;
};
static_assert(sizeof(UplinkRecord) == 40);

// The records of all users, one after the other, in no order; not those that are malformed.
class UplinkList {
public:
    explicit UplinkList(int folder);
    bool next(UplinkRecord &record);

private:
    int m_folder;
    long m_size = 0, m_at = 0;
    alignas(8) char m_entries[4096];
};

// A file of the state folder that is complete from its first moment, and never over another's. 0, or errno;
// EEXIST: there is one of that name. A killed helper leaves nothing of it.
int publish(int folder, int proc, const char *name, const void *bytes, std::size_t size);

// ---- forwarding.cpp: the machine forwards for uplinks and for nobody else -------------------------

// Whether this machine forwards as a whole is its administrator's business and stays as it is. Where it
// does not, forwarding is switched on for each interface, and a routing policy rule stops all that does not
// enter or leave by an uplink. Both are put right again by each call; nothing of it is lost with the firewall.
// isOurs: what is switched on now was switched on by us, and not by the administrator.
bool ensureForwarding(NetlinkSocket &route, int folder, int proc, bool isOurs = false);
// After the last uplink.
void restoreForwarding(NetlinkSocket &route, int folder, int proc);

bool addUplinkRules(NetlinkSocket &route, const UplinkRecord &uplink);
void removeUplinkRules(NetlinkSocket &route, const UplinkRecord &uplink);

// A file below /proc/sys that holds one small number; -1 when it cannot be read.
int readSetting(int proc, const char *name);
bool writeSetting(int proc, const char *name, const char *value);

// ---- firewall.cpp: the table "ip berth" -----------------------------------------------------------

// The table as it must be: made when it is missing or was changed, together with what all uplinks on record
// have in its sets. Rules never change; an uplink is four elements.
bool ensureFirewall(NetlinkSocket &netfilter, int folder);
bool addToFirewall(NetlinkSocket &netfilter, const UplinkRecord &uplink);
void removeFromFirewall(NetlinkSocket &netfilter, const UplinkRecord &uplink);
void removeFirewall(NetlinkSocket &netfilter);
// How many packets the uplink gave and how many went on since it was last asked, and whose chain may be in
// the way.
void describeTraffic(NetlinkSocket &netfilter, int proc, UplinkAnswer &answer);

} // namespace berth::helper
