// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "store/enginepaths.h"
#include "wire/monitormessage.h"

#include <QString>

#include <vector>

namespace berth {

// A client's connection to the monitor of one container. Blocking; fd() may be polled.
class MonitorLink {
public:
    // Unavailable when no monitor of this container is alive.
    static Result<MonitorLink> connect(const EnginePaths &paths, const QString &containerId);
    // Deletes the socket of a monitor that was killed. Only when its lock is known to be free.
    static void removeSocket(const EnginePaths &paths, const QString &containerId);
    explicit MonitorLink(UniqueFd socket) : m_socket(std::move(socket)) {}

    [[nodiscard]] int fd() const { return m_socket.get(); }
    Result<> send(const monitor::Message &message);

    struct Received {
        monitor::Message message;
        std::vector<UniqueFd> fds;
    };
    // Unavailable when the monitor closed the connection.
    Result<Received> receive();
    // Sends a request and returns its answer (Done, Failed → error); Output in between is dropped.
    Result<> request(const monitor::Message &message);

private:
    UniqueFd m_socket;
};

} // namespace berth
