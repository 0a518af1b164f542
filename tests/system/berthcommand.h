// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/layererlink.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

namespace berth::test {

struct Answer {
    int code = -1; // 128+n when a signal ended the command, -2 when it hung
    QByteArray out;
    QByteArray err;
};

// The installed `berth` with a store of its own. Containers are ended and all files deleted at the end.
class BerthCommand {
public:
    explicit BerthCommand(const QString &disk = QDir::homePath()) : m_home(disk + QStringLiteral("/system-XXXXXX"))
    {
        environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.path() + QStringLiteral("/data"));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    }
    ~BerthCommand()
    {
        removeContainers();
        // What is left of images and volumes belongs to other ids: a layerer deletes it.
        const auto runtime = EnginePaths::fromEnvironment();
        const UniqueFd folder(::open(m_home.path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        auto store = runtime ? Store::open({.data = dataFolder(), .runtime = runtime->runtime})
                             : std::unexpected(runtime.error());
        auto link = store ? layererInHolder(*store)() : std::unexpected(store.error());
        NoProgress progress;
        const int fds[] = {folder.get()};
        if (link)
            (void)link->ask(layerer::Remove{{"data"}, false}, fds, progress, 0);
    }
    BerthCommand(const BerthCommand &) = delete;
    BerthCommand &operator=(const BerthCommand &) = delete;

    QProcessEnvironment environment;

    [[nodiscard]] QString path(const QString &name) const { return m_home.filePath(name); }
    [[nodiscard]] QString dataFolder() const { return m_home.filePath(QStringLiteral("data/berth")); }
    static QString imageArchive(const QString &name) { return qEnvironmentVariable("BERTH_TEST_IMAGES") + u'/' + name; }

    // Starts it and returns at once; the caller ends it.
    void start(QProcess &process, const QList<QByteArray> &arguments) const
    {
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_home.path());
        QStringList texts;
        for (const auto &argument : arguments)
            texts += QString::fromUtf8(argument);
        process.start(QStringLiteral("berth"), texts);
    }
    [[nodiscard]] Answer run(const QList<QByteArray> &arguments, const QByteArray &input, int timeout = 60'000) const
    {
        QProcess process;
        start(process, arguments);
        if (!input.isEmpty())
            process.write(input);
        process.closeWriteChannel();
        return finish(process, timeout);
    }
    Answer run(const QList<QByteArray> &arguments) const { return run(arguments, {}); }
    static Answer finish(QProcess &process, int timeout = 60'000)
    {
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(timeout)) {
            process.kill();
            process.waitForFinished();
            return {-2, process.readAllStandardOutput(), process.readAllStandardError() + "(it hung)"};
        }
        const bool wasSignal = process.exitStatus() == QProcess::CrashExit;
        return {process.exitCode() + (wasSignal ? 128 : 0), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Answer load(const QString &archive) const { return run({"load", "-q", "-i", imageArchive(archive).toUtf8()}); }
    void removeContainers() const
    {
        const auto containers = lines(run({"ps", "-aq", "--no-trunc"}).out);
        if (!containers.isEmpty())
            run(QList<QByteArray>{"rm", "-f", "-v"} + containers);
    }
    static QList<QByteArray> lines(const QByteArray &text)
    {
        auto list = text.split('\n');
        list.removeAll(QByteArray());
        return list;
    }

private:
    QTemporaryDir m_home;
};

} // namespace berth::test

// A command that must succeed, with what it said when it did not.
#define VERIFY_OK(answer) \
    do { \
        const berth::test::Answer &checked = (answer); \
        QVERIFY2(checked.code == 0, "exit code " + QByteArray::number(checked.code) + ": " + checked.err + checked.out); \
    } while (false)

// Exit code and whole texts of a command.
#define COMPARE_ANSWER(answer, expectedCode, expectedOut, expectedErr) \
    do { \
        const berth::test::Answer checked = (answer); \
        QCOMPARE(checked.err, QByteArray(expectedErr)); \
        QCOMPARE(checked.out, QByteArray(expectedOut)); \
        QCOMPARE(checked.code, (expectedCode)); \
    } while (false)
