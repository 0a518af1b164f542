// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/collectgarbage.h"
#include "image/layererlink.h"
#include "image/staging.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth::test {

// A fresh store on a real disk that uses the user's own holder, so layers are unpacked by the installed
// layerer in its namespaces. What it leaves belongs to other ids and is deleted by a layerer as well.
class LayerFixture {
public:
    LayerFixture()
        : m_folder(QDir::homePath() + QStringLiteral("/layertest-XXXXXX")), m_paths(pathsIn(m_folder.path())),
          m_store(Store::open(m_paths).value()), m_start(layererInHolder(m_store))
    {
    }
    ~LayerFixture()
    {
        // The store's folders, not the database files that are still open.
        UniqueFd top(::open(m_folder.path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (auto link = m_start(); link && top) {
            NoProgress progress;
            const int fds[] = {top.get()};
            (void)link->ask(layerer::Remove{{"data", "work"}, false}, fds, progress, 0);
        }
    }

    Store &store() { return m_store; }
    const StartLayerer &start() { return m_start; }
    [[nodiscard]] QString path(const QString &name = {}) const { return m_folder.path() + u'/' + name; }
    [[nodiscard]] QString dataPath(const QString &name) const { return m_paths.data + u'/' + name; }
    [[nodiscard]] const EnginePaths &paths() const { return m_paths; }

    QString write(const QString &name, const std::string &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            return {};
        return file.fileName();
    }

    // A folder for one layer below work/.
    UniqueFd layerFolder(const QString &name)
    {
        QDir().mkpath(path(QLatin1StringView("work/") + name));
        return UniqueFd(
            ::open(path(QLatin1StringView("work/") + name).toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }
    struct Outcome {
        layerer::Unpacked unpacked;
        std::string error;     // empty: it went well
        ErrorCode code = ErrorCode::Internal;
        bool needsLower = false;
    };
    Outcome unpack(const QString &name, const std::string &bytes, const std::string &tar, const std::vector<int> &lower = {})
    {
        const UniqueFd input = memory(bytes);
        const UniqueFd folder = layerFolder(name);
        auto link = m_start();
        if (!link)
            return {.unpacked = {}, .error = link.error().detail};
        if (!lower.empty())
            (void)link->send(layerer::LowerTrees{}, lower);
        const int fds[] = {input.get(), folder.get()};
        layerer::Unpack request;
        request.diffId = rawDigest(Digest::ofBytes(QByteArrayView(tar.data(), static_cast<qsizetype>(tar.size()))));
        if (auto sent = link->send(request, fds); !sent)
            return {.unpacked = {}, .error = sent.error().detail};
        for (;;) {
            const auto message = link->receive();
            if (!message)
                return {.unpacked = {}, .error = message.error().detail};
            if (const auto *done = std::get_if<layerer::Unpacked>(&*message))
                return {.unpacked = *done, .error = {}};
            if (const auto *failed = std::get_if<layerer::Failed>(&*message))
                return {{}, failed->error.detail, failed->error.code, failed->needsLower};
        }
    }
    Outcome unpack(const QString &name, const std::string &tar) { return unpack(name, tar, tar); }

    // The tar stream of an unpacked layer, or "!" and why not.
    std::string pack(const QString &name, const std::string &expected)
    {
        const UniqueFd folder = layerFolder(name);
        const UniqueFd output = memory({});
        auto link = m_start();
        const int fds[] = {folder.get(), output.get()};
        NoProgress progress;
        layerer::Pack request;
        request.diffId = rawDigest(Digest::ofBytes(QByteArrayView(expected.data(), static_cast<qsizetype>(expected.size()))));
        const auto reply = link ? link->ask(request, fds, progress, 0) : std::unexpected(link.error());
        if (!reply)
            return "!" + reply.error().detail;
        std::string bytes(static_cast<std::size_t>(::lseek(output.get(), 0, SEEK_END)), '\0');
        return ::pread(output.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()) ? bytes : "!short";
    }

    // lstat of an entry of an unpacked layer; st_mode 0 when it is not there.
    [[nodiscard]] struct stat statusOf(const QString &layer, const QString &entry) const
    {
        struct stat status = {};
        if (::lstat(
                (path(QLatin1StringView("work/") + layer) + QStringLiteral("/tree/") + entry).toLocal8Bit().constData(), &status)
            < 0)
            status.st_mode = 0;
        return status;
    }
    [[nodiscard]] QByteArray contentOf(const QString &layer, const QString &entry) const
    {
        QFile file(path(QLatin1StringView("work/") + layer) + QStringLiteral("/tree/") + entry);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("!") + file.errorString().toLocal8Bit();
    }

    static UniqueFd memory(const std::string &bytes)
    {
        UniqueFd fd(::memfd_create("test", MFD_CLOEXEC));
        [[maybe_unused]] const auto written = ::write(fd.get(), bytes.data(), bytes.size());
        return fd;
    }

private:
    // Where the installed command finds it when XDG_DATA_HOME is path("data").
    static EnginePaths pathsIn(const QString &folder)
    {
        const QString data = folder + QStringLiteral("/data/berth");
        QDir().mkpath(data);
        QFile::setPermissions(data, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return {.data = data, .runtime = EnginePaths::fromEnvironment().value().runtime};
    }

    QTemporaryDir m_folder;
    EnginePaths m_paths;
    Store m_store;
    StartLayerer m_start;
};

} // namespace berth::test
