// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "holder/holderlinks.h"
#include "wire/monitormessage.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace berth {

// A store folder with one layer made of the machine's static busybox and of our probe, and the user's
// real holder. Tests start real containers in it through the installed berth-monitor.
class LiveStore {
public:
    // Fails with the engine's own sentence when there is no helper or holder on this machine.
    static Result<std::unique_ptr<LiveStore>> make();

    [[nodiscard]] QString path() const { return m_folder.path() + QStringLiteral("/data"); }
    [[nodiscard]] QString tree() const { return layerTree(u"base"); } // of the base layer
    [[nodiscard]] QString layerTree(QStringView layer) const;
    // An additional layer, empty.
    QString addLayer(const QString &name);
    [[nodiscard]] QString runtimeFolder() const { return m_folder.path() + QStringLiteral("/run"); }
    [[nodiscard]] const HolderLinks &links() const { return m_links; }

private:
    explicit LiveStore(HolderLinks links);
    Result<> fill();

    QTemporaryDir m_folder;
    HolderLinks m_links;
};

// What came back from a process in a container.
struct Outcome {
    ExitStatus status;
    QByteArray out;
    QByteArray err;
};

// One container and one connection to its monitor. Killed at the end of the test.
class LiveContainer {
public:
    explicit LiveContainer(LiveStore &store);
    ~LiveContainer();

    RunSpec spec; // prepared: busybox, default capabilities; change before start()
    monitor::Hello attach{.wantsStdout = true, .wantsStderr = true, .sendsStdin = true};
    QString enginePath;

    Result<> start();
    [[nodiscard]] pid_t pid() const { return m_pid; } // of process 1, on the host
    [[nodiscard]] pid_t monitorPid() const; // 0: there is no run record
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString id() const { return QString::fromStdString(spec.containerId); }
    [[nodiscard]] int fd() const { return m_link.get(); }

    // Another connection.
    Result<UniqueFd> connect() const;

    Result<> send(const monitor::Message &message, const UniqueFd *link = nullptr);
    struct Received {
        monitor::Message message;
        std::vector<UniqueFd> fds;
    };
    // Waits at most 20 seconds for one message.
    Result<Received> receive(const UniqueFd *link = nullptr);
    // Sends and waits for Done or Failed; output in between is kept.
    Result<> request(const monitor::Message &message);
    // Until Exited.
    Result<Outcome> finish();
    // start() and finish().
    Result<Outcome> run();
    void disconnect() { m_link.reset(); }
    // Output received so far, until it contains text.
    bool waitForOutput(QByteArrayView text);

    // Runs another process to its end.
    Result<Outcome> exec(std::vector<std::string> arguments, const QByteArray &input = {});
    Result<Outcome> exec(const ExecSpec &spec, const QByteArray &input = {});

private:
    LiveStore &m_store;
    UniqueFd m_link;
    Outcome m_outcome;
    pid_t m_pid = 0;
    bool m_hasExited = false;
};

// A shell line as arguments.
std::vector<std::string> shell(const char *line);

} // namespace berth
