// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/roothand.h"
#include "network/userholder.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

// The second user of the machine, with a holder and an uplink of his own. The test's program runs a second
// time as him, with otherFlag and a path, and calls beTheOther.
namespace berth {

inline constexpr const char *otherFlag = "--as-the-other-user";

// Runs as the second user: makes a holder, hands its namespaces over, asks for an uplink when told to ("u"),
// and ends when the socket does.
inline int beTheOther(const char *path)
{
    const UniqueFd link(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    const UserHolder holder;
    if (::connect(link.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0 || !holder.isMade())
        return 1;
    const int fds[] = {holder.links.userNamespace.get(), holder.links.networkNamespace.get()};
    if (!sendMessage(link.get(), "h", fds))
        return 2;
    for (;;) {
        const auto word = receiveMessage(link.get());
        if (!word || word->bytes.empty())
            return 0;
        const auto operation = word->bytes == "u" ? helper::Operation::UplinkEnsure : helper::Operation::UplinkRelease;
        const helper::Answer answer = askForUplink(operation, holder.links);
        if (!sendMessage(
                link.get(), std::to_string(int(answer.status())) + " " + std::to_string(answer.reply->uplink.hostAddress)))
            return 3;
    }
}

class OtherUser {
public:
    OtherUser()
    {
        const std::string path = m_folder.path().toStdString() + "/socket";
        const UniqueFd server(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        if (::bind(server.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0
            || ::listen(server.get(), 1) < 0)
            return;
        ::chmod(m_folder.path().toLocal8Bit().constData(), 0755);
        ::chmod(path.c_str(), 0666);
        m_run = std::make_unique<RootHand>(
            "other " + QCoreApplication::applicationFilePath().toStdString() + " " + otherFlag + " " + path);
        const timeval patience{15, 0};
        ::setsockopt(server.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        m_link.reset(::accept4(server.get(), nullptr, nullptr, SOCK_CLOEXEC));
        auto message = m_link ? receiveMessage(m_link.get()) : fail(ErrorCode::Unavailable, "nobody came");
        if (!message || message->fds.size() != 2)
            return;
        userNamespace = std::move(message->fds[0]);
        networkNamespace = std::move(message->fds[1]);
    }
    ~OtherUser() { leave(); }
    OtherUser(const OtherUser &) = delete;
    void leave()
    {
        m_link.reset();
        networkNamespace.reset();
        userNamespace.reset();
        if (m_run)
            m_run->wait();
        m_run.reset();
    }
    [[nodiscard]] bool isThere() const { return networkNamespace.isValid(); }
    // "u" or "r"; the status and the address.
    std::pair<helper::Status, std::uint32_t> ask(const char *word)
    {
        if (!sendMessage(m_link.get(), word))
            return {helper::Status::Internal, 0};
        const auto answer = receiveMessage(m_link.get());
        int status = 0;
        std::uint32_t address = 0;
        if (!answer || std::sscanf(answer->bytes.c_str(), "%d %u", &status, &address) != 2)
            return {helper::Status::Internal, 0};
        return {helper::Status(status), address};
    }
    UniqueFd userNamespace, networkNamespace;

private:
    QTemporaryDir m_folder{QStringLiteral("/tmp/berth-other-XXXXXX")};
    std::unique_ptr<RootHand> m_run;
    UniqueFd m_link;
};

} // namespace berth
