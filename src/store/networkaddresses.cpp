// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is on which network, and with which address.
#include "store/containerfiles.h"
#include "store/storeprivate.h"
#include "wire/monitormessage.h"

#include <QHash>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

const char *const exitRecordPath = exitRecordName.data(); // ends in NUL, as every literal

Result<QList<NetworkAttachment>> readAttachments(const Database &database, const QString &where, const QVariantList &values)
{
    const auto rows = database.run(attachmentColumns + where, values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<NetworkAttachment> attachments;
    for (const QVariantList &row : *rows)
        attachments += readAttachment(row);
    return attachments;
}

// The choice for one container on one bridge. Whoever held an address and is not up any more has lost it.
class Choosing {
public:
    Choosing(const Store &store, const NetworkInfo &network, const NetworkAttachment &own, const QList<NetworkAttachment> &others)
        : m_store(store), m_network(network), m_own(own), m_others(others)
    {
    }

    // The address, and who has to give it up.
    struct Choice {
        QString address;
        QString loser; // id of a container; empty: nobody
    };
    Result<Choice> choose();

private:
    [[nodiscard]] bool isHeld(const NetworkAttachment &other);
    [[nodiscard]] const NetworkAttachment *ownerOf(const QString &address) const;
    Result<Choice> take(const QString &address);

    const Store &m_store;
    const NetworkInfo &m_network;
    const NetworkAttachment &m_own;
    const QList<NetworkAttachment> &m_others;
    QHash<QString, bool> m_held;
};

bool Choosing::isHeld(const NetworkAttachment &other)
{
    const auto known = m_held.constFind(other.containerId);
    if (known != m_held.constEnd())
        return *known;
    const bool held = m_store.isHeld(other.containerId).value_or(true);
    m_held.insert(other.containerId, held);
    return held;
}

const NetworkAttachment *Choosing::ownerOf(const QString &address) const
{
    for (const NetworkAttachment &other : m_others) {
        if (other.address == address)
            return &other;
    }
    return nullptr;
}

Result<Choosing::Choice> Choosing::take(const QString &address)
{
    const auto *owner = ownerOf(address);
    if (owner && isHeld(*owner))
        return fail(ErrorCode::AlreadyExists, "Address already in use");
    return Choice{address, owner ? owner->containerId : QString()};
}

Result<Choosing::Choice> Choosing::choose()
{
    const auto subnet = Subnet::parse(m_network.subnet);
    const auto range = m_network.range();
    if (!subnet || !range)
        return fail(ErrorCode::Corrupt, "network " + m_network.name.toStdString() + " has no subnet");
    if (!m_own.fixedAddress.isEmpty()) {
        const auto asked = parseIpv4(m_own.fixedAddress);
        if (!asked || !subnet->contains(*asked))
            return fail(
                ErrorCode::InvalidArgument, "no configured subnet contains IP address " + m_own.fixedAddress.toStdString());
        if (m_own.fixedAddress == m_network.gateway || *asked == subnet->base || *asked == subnet->last())
            return fail(ErrorCode::AlreadyExists, "Address already in use");
        return take(m_own.fixedAddress);
    }
    if (const auto last = parseIpv4(m_own.address); last && range->contains(*last))
        return Choice{m_own.address, {}}; // nobody has taken it meanwhile, or it were not ours
    // By address: with hundreds of containers each number is looked at once.
    QHash<QString, const NetworkAttachment *> owners;
    for (const NetworkAttachment &other : m_others) {
        if (!other.address.isEmpty())
            owners.insert(other.address, &other);
        if (!other.fixedAddress.isEmpty())
            owners.insert(other.fixedAddress, nullptr); // waits for somebody
    }
    const auto free = lowestFree(*subnet, *range, [&](Ipv4 address) {
        const QString text = ipv4Text(address);
        if (text == m_network.gateway)
            return true;
        const auto owner = owners.constFind(text);
        return owner != owners.constEnd() && (!*owner || isHeld(**owner));
    });
    if (!free)
        return fail(ErrorCode::NoSpace,
            "no available IPv4 addresses on this network's address pools: " + m_network.name.toStdString() + " ("
                + m_network.id.toStdString() + ")");
    return take(ipv4Text(*free));
}

} // namespace

Result<QList<NetworkAttachment>> Store::attachments() const
{
    return readAttachments(d->database, u"ORDER BY container_id, position"_s, {});
}

Result<QList<NetworkAttachment>> Store::attachmentsOf(const QString &containerId) const
{
    return readAttachments(d->database, u"WHERE container_id = ? ORDER BY position"_s, {containerId});
}

Result<QList<NetworkAttachment>> Store::attachmentsOn(const QString &networkId) const
{
    return readAttachments(d->database, u"WHERE network = ? ORDER BY container_id"_s, {networkId});
}

Result<NetworkAttachment> Store::attach(NetworkAttachment attachment)
{
    auto attached = d->database.transaction([&]() -> Result<> {
        const auto present = attachmentsOf(attachment.containerId);
        if (!present)
            return std::unexpected(present.error());
        attachment.position = present->isEmpty() ? 0 : present->last().position + 1;
        return insertAttachment(d->database, attachment);
    });
    touch();
    return attached ? Result<NetworkAttachment>(std::move(attachment)) : std::unexpected(attached.error());
}

Result<> Store::detach(const QString &containerId, const QString &networkId)
{
    const auto rows = d->database.run(
        u"DELETE FROM attachments WHERE container_id = ? AND network = ? RETURNING network"_s, {containerId, networkId});
    touch();
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound,
            "container " + containerId.toStdString() + " is not connected to network " + networkId.toStdString());
    return {};
}

Result<QList<NetworkAttachment>> Store::claimAddresses(const QString &containerId)
{
    QList<NetworkAttachment> claimed;
    auto done = d->database.transaction([&]() -> Result<> {
        auto own = attachmentsOf(containerId);
        if (!own)
            return std::unexpected(own.error());
        for (NetworkAttachment &attachment : *own) {
            const auto network = findNetwork(attachment.networkId);
            if (!network)
                return std::unexpected(network.error());
            if (!network->isBridge())
                continue;
            const auto others = readAttachments(
                d->database, u"WHERE network = ? AND container_id <> ?"_s, {attachment.networkId, containerId});
            if (!others)
                return std::unexpected(others.error());
            const auto choice = Choosing(*this, *network, attachment, *others).choose();
            if (!choice)
                return std::unexpected(choice.error());
            if (choice->address == attachment.address)
                continue;
            attachment.address = choice->address;
            auto written = d->database.run(u"UPDATE attachments SET address = NULL WHERE container_id = ? AND network = ?"_s,
                {choice->loser, attachment.networkId});
            if (written)
                written = d->database.run(u"UPDATE attachments SET address = ? WHERE container_id = ? AND network = ?"_s,
                    {attachment.address, containerId, attachment.networkId});
            if (!written)
                return std::unexpected(written.error());
        }
        claimed = std::move(*own);
        return {};
    });
    return done ? Result<QList<NetworkAttachment>>(std::move(claimed)) : std::unexpected(done.error());
}

Result<bool> Store::isHeld(const QString &containerId) const
{
    const auto folder = containerFolder(containerId);
    if (!folder) // removed, but for its record
        return folder.error().code == ErrorCode::NotFound ? Result<bool>(false) : std::unexpected(folder.error());
    // In this order: who starts a container has its lock until its monitor has the other one.
    for (const auto &name : {std::string("lock"), std::string(monitorLockName)}) {
        const auto locked = isLocked(folder->get(), name);
        if (!locked)
            return locked;
        if (!*locked)
            continue;
        // After the end a monitor still has to leave, which is nobody's business here.
        const bool mayHaveEnded = name == monitorLockName && ::faccessat(folder->get(), exitRecordPath, F_OK, 0) == 0;
        const auto files = mayHaveEnded ? readContainerFiles(folder->get()) : Result<ContainerFiles>();
        return !files || !files->exit || files->isRestarting();
    }
    return false;
}

} // namespace berth
