// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/livecontainer.h"

#include "base/io.h"
#include "runtime/capabilities.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr int patience = 20000; // ms; a loaded machine is no failure

bool writeFile(const QString &path, QByteArrayView text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.data(), text.size()) == text.size();
}

// A monitor tells the end first and lets go of its container a moment later.
bool waitForLock(const QString &folder)
{
    const auto file = openFile(AT_FDCWD, folder.toStdString() + '/' + std::string(monitorLockName), O_RDONLY);
    for (int waited = 0; file && waited < patience; waited += 2) {
        struct flock whole{};
        whole.l_type = F_WRLCK;
        whole.l_whence = SEEK_SET;
        if (::fcntl(file->get(), F_OFD_GETLK, &whole) == 0 && whole.l_type == F_UNLCK)
            return true;
        ::poll(nullptr, 0, 2);
    }
    return false;
}

std::string readPipe(int fd) { return readAll(fd, 64U << 20).value_or("(unreadable)"); }

} // namespace

LiveStore::LiveStore(HolderLinks links) : m_folder(QDir::homePath() + u"/live-XXXXXX"_s), m_links(std::move(links)) {}

QString LiveStore::layerTree(QStringView layer) const { return path() + u"/layers/"_s + layer.toString() + u"/tree"_s; }

Result<std::unique_ptr<LiveStore>> LiveStore::make()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/berth"_s;
    if (!QDir().mkpath(runtime) || !QFile::setPermissions(runtime, QFile::Permissions(0x7000)))
        return fail(ErrorCode::Internal, "no runtime folder");
    auto links = ensureHolder(runtime.toStdString());
    if (!links)
        return std::unexpected(links.error());
    std::unique_ptr<LiveStore> store(new LiveStore(std::move(*links)));
    if (auto filled = store->fill(); !filled)
        return std::unexpected(filled.error());
    return store;
}

QString LiveStore::addLayer(const QString &name)
{
    QDir().mkpath(layerTree(name));
    return layerTree(name);
}

Result<> LiveStore::fill()
{
    QDir().mkpath(path() + u"/containers"_s);
    QDir().mkpath(runtimeFolder());
    const QString root = addLayer(u"base"_s);
    for (const auto &name : {u"bin"_s, u"etc"_s, u"tmp"_s, u"root"_s, u"var"_s})
        QDir().mkpath(root + u'/' + name);
    QFile::setPermissions(root + u"/tmp"_s, QFile::Permissions(0x7777));
    if (!QFile::copy(u"/bin/busybox"_s, root + u"/bin/busybox"_s)
        || !QFile::copy(QStringLiteral(PROBE_PATH), root + u"/bin/probe"_s))
        return fail(ErrorCode::Internal, "cannot copy busybox and the probe");
    QFile::setPermissions(root + u"/bin/probe"_s, QFile::Permissions(0x7755));
    QFile::setPermissions(root + u"/bin/busybox"_s, QFile::Permissions(0x7755));
    for (const auto &name : {u"sh"_s, u"cat"_s, u"echo"_s, u"ls"_s, u"id"_s, u"sleep"_s, u"true"_s, u"head"_s, u"stty"_s,
             u"tty"_s, u"env"_s, u"pwd"_s, u"hostname"_s, u"mount"_s, u"grep"_s, u"yes"_s, u"kill"_s, u"touch"_s, u"mkdir"_s,
             u"ps"_s, u"ping"_s, u"stat"_s, u"wc"_s, u"seq"_s, u"rm"_s, u"dd"_s, u"ln"_s, u"mv"_s, u"df"_s, u"chmod"_s})
        QFile::link(u"busybox"_s, root + u"/bin/"_s + name);
    writeFile(root + u"/etc/passwd"_s, "root:x:0:0:root:/root:/bin/sh\napp:x:1234:1234::/home/app:/bin/sh\n");
    writeFile(root + u"/etc/group"_s, "root:x:0:\napp:x:1234:\nextra:x:77:app\n");
    return {};
}

LiveContainer::LiveContainer(LiveStore &store) : m_store(store)
{
    for (int i = 0; i < 4; ++i)
        spec.containerId += QString::number(QRandomGenerator::global()->generate64(), 16).rightJustified(16, u'0').toStdString();
    spec.layers = {"base"};
    spec.environment = {"PATH=/bin"};
    spec.capabilities = defaultCapabilities;
    spec.hostname = "testhost";
}

LiveContainer::~LiveContainer()
{
    if (m_pid == 0 || m_hasExited)
        return;
    if (!m_link) {
        if (auto link = connect())
            m_link = std::move(*link);
    }
    // Exited comes when all records are written.
    if (m_link && send(monitor::KillAll{}))
        (void)finish();
    m_link.reset();
    for (int i = 0; i < 200 && ::kill(m_pid, 0) == 0; ++i)
        ::poll(nullptr, 0, 10);
}

pid_t LiveContainer::monitorPid() const
{
    QFile file(folder() + u'/' + QLatin1StringView(runRecordName));
    const auto record = decodeRunRecord(file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string());
    return record ? record->monitorPid : 0;
}

QString LiveContainer::folder() const { return m_store.path() + u"/containers/"_s + id(); }

Result<> LiveContainer::start()
{
    if (!QDir().mkpath(folder()))
        return fail(ErrorCode::Internal, "cannot make the container's folder");
    if (m_hasExited && !waitForLock(folder()))
        return fail(ErrorCode::Internal, "the last monitor does not let go");
    auto ends = socketPair();
    auto data = openFile(AT_FDCWD, m_store.path().toStdString(), O_RDONLY | O_DIRECTORY);
    if (!ends || !data)
        return fail(ErrorCode::Internal, "cannot prepare a start");
    const pid_t child = ::fork();
    if (child == 0) {
        if (::dup2(ends->second.get(), 3) == 3)
            ::execl(MONITOR_PATH, "berth-monitor", nullptr);
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
        return fail(ErrorCode::Unavailable, "the monitor cannot be started");
    m_link = std::move(ends->first);
    ends->second.reset();
    const int fds[] = {data->get(), m_store.links().userNamespace.get(), m_store.links().mountNamespace.get(),
        m_store.links().networkNamespace.get()};
    const monitor::Message message = monitor::Start{
        spec, enginePath.toStdString(), m_store.runtimeFolder().toStdString(), attach};
    if (auto sent = sendMessage(m_link.get(), monitor::encode(message), fds); !sent)
        return sent;
    auto answer = receive();
    if (!answer)
        return std::unexpected(answer.error());
    if (const auto *failed = std::get_if<monitor::Failed>(&answer->message))
        return std::unexpected(failed->error);
    const auto *started = std::get_if<monitor::Started>(&answer->message);
    if (!started)
        return fail(ErrorCode::Corrupt, "the monitor did not answer a start");
    m_pid = started->pid;
    m_hasExited = false;
    return {};
}

Result<UniqueFd> LiveContainer::connect() const
{
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    auto folder = openFile(AT_FDCWD, m_store.runtimeFolder().toStdString(), O_PATH | O_DIRECTORY);
    if (!socket || !folder)
        return failErrno("cannot make a socket");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder->get()) + '/' + monitorSocketName(spec.containerId);
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0)
        return failErrno("cannot connect to the monitor");
    return socket;
}

Result<> LiveContainer::send(const monitor::Message &message, const UniqueFd *link)
{
    return sendMessage(link ? link->get() : m_link.get(), monitor::encode(message));
}

Result<LiveContainer::Received> LiveContainer::receive(const UniqueFd *link)
{
    const int socket = link ? link->get() : m_link.get();
    pollfd polled{socket, POLLIN, 0};
    if (::poll(&polled, 1, patience) != 1)
        return fail(ErrorCode::Unavailable, "the monitor said nothing for 20 seconds");
    auto received = receiveMessage(socket);
    if (!received)
        return std::unexpected(received.error());
    if (received->bytes.empty())
        return fail(ErrorCode::Unavailable, "the monitor closed the connection");
    auto message = monitor::decode(received->bytes);
    if (!message)
        return std::unexpected(message.error());
    if (const auto *output = std::get_if<monitor::Output>(&*message)) {
        auto &text = output->stream == monitor::Stream::Stdout ? m_outcome.out : m_outcome.err;
        text.append(output->bytes.data(), static_cast<qsizetype>(output->bytes.size()));
    }
    return Received{std::move(*message), std::move(received->fds)};
}

Result<> LiveContainer::request(const monitor::Message &message)
{
    if (auto sent = send(message); !sent)
        return sent;
    for (;;) {
        auto answer = receive();
        if (!answer)
            return std::unexpected(answer.error());
        if (const auto *failed = std::get_if<monitor::Failed>(&answer->message))
            return std::unexpected(failed->error);
        if (std::holds_alternative<monitor::Done>(answer->message))
            return {};
        if (const auto *exited = std::get_if<monitor::Exited>(&answer->message))
            return fail(ErrorCode::WrongState, "exited with " + std::to_string(exited->status.exitCode));
    }
}

Result<Outcome> LiveContainer::finish()
{
    for (;;) {
        auto received = receive();
        if (!received)
            return std::unexpected(received.error());
        if (const auto *exited = std::get_if<monitor::Exited>(&received->message)) {
            m_outcome.status = exited->status;
            m_hasExited = true;
            return std::move(m_outcome);
        }
    }
}

Result<Outcome> LiveContainer::run()
{
    if (auto started = start(); !started)
        return std::unexpected(started.error());
    return finish();
}

bool LiveContainer::waitForOutput(QByteArrayView text)
{
    while (!m_outcome.out.contains(text)) {
        if (const auto received = receive(); !received) {
            qWarning("%s; so far: %s", received.error().detail.c_str(), m_outcome.out.constData());
            return false;
        }
    }
    return true;
}

Result<Outcome> LiveContainer::exec(std::vector<std::string> arguments, const QByteArray &input)
{
    ExecSpec wanted;
    wanted.arguments = std::move(arguments);
    return exec(wanted, input);
}

Result<Outcome> LiveContainer::exec(const ExecSpec &wanted, const QByteArray &input)
{
    auto link = connect();
    if (!link)
        return std::unexpected(link.error());
    if (auto sent = send(monitor::Exec{wanted}, &*link); !sent)
        return std::unexpected(sent.error());
    auto answer = receive(&*link);
    if (!answer)
        return std::unexpected(answer.error());
    if (const auto *failed = std::get_if<monitor::Failed>(&answer->message))
        return std::unexpected(failed->error);
    if (!std::holds_alternative<monitor::ExecStarted>(answer->message))
        return fail(ErrorCode::Corrupt, "the monitor did not answer an exec");
    Outcome outcome;
    auto &fds = answer->fds;
    if (wanted.openStdin && !wanted.terminal && !wanted.detached) {
        if (auto written = writeAll(fds[0].get(), std::string_view(input.data(), static_cast<std::size_t>(input.size())));
            !written)
            return std::unexpected(written.error());
        fds.erase(fds.begin());
    }
    if (!wanted.detached && !wanted.terminal) {
        outcome.out = QByteArray::fromStdString(readPipe(fds[0].get()));
        outcome.err = QByteArray::fromStdString(readPipe(fds[1].get()));
    } else if (wanted.terminal) {
        char buffer[4096];
        for (ssize_t count; (count = ::read(fds[0].get(), buffer, sizeof buffer)) > 0;)
            outcome.out.append(buffer, count);
    }
    auto exited = receive(&*link);
    if (!exited)
        return std::unexpected(exited.error());
    const auto *end = std::get_if<monitor::ExecExited>(&exited->message);
    if (!end)
        return fail(ErrorCode::Corrupt, "the monitor did not report the end of an exec");
    outcome.status = end->status;
    return outcome;
}

std::vector<std::string> shell(const char *line) { return {"/bin/sh", "-c", line}; }

} // namespace berth
