// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engineprobe.h"

#include "image/collectgarbage.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <limits>

#include <fcntl.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QString testImage(const QString &name) { return qEnvironmentVariable("BERTH_TEST_IMAGES") + u'/' + name; }

// A store on a real disk that the installed command shares with us by XDG_DATA_HOME. Its containers are
// ended and its layers, which belong to other ids, are removed at the end.
class LiveHome {
public:
    LiveHome() : m_folder(QDir::homePath() + u"/engine-XXXXXX"_s)
    {
        m_paths.runtime = EnginePaths::fromEnvironment().value().runtime;
        m_paths.data = m_folder.path() + u"/berth"_s;
        QDir().mkpath(m_paths.data);
        QFile::setPermissions(m_paths.data, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    ~LiveHome()
    {
        auto store = Store::open(m_paths);
        if (!store)
            return;
        const auto containers = store->containers().value_or(QList<ContainerInfo>());
        for (const ContainerInfo &container : containers)
            (void)removeContainer(*store, container.id, {.force = true, .volumes = true});
        const UniqueFd top(::open(QFile::encodeName(m_folder.path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (auto link = layererInHolder(*store)()) {
            NoProgress progress;
            const int fds[] = {top.get()};
            (void)link->ask(layerer::Remove{{"berth"}, false}, fds, progress, 0);
        }
    }
    [[nodiscard]] const EnginePaths &paths() const { return m_paths; }

    // The installed command in a process of its own; what it printed, or "!" and what it complained of.
    [[nodiscard]] QString command(const QStringList &arguments) const
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, m_folder.path());
        process.setProcessEnvironment(environment);
        process.start(u"berth"_s, arguments);
        if (!process.waitForFinished(60'000) || process.exitCode() != 0)
            return u'!' + QString::fromUtf8(process.readAllStandardError());
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }

private:
    QTemporaryDir m_folder;
    EnginePaths m_paths;
};

RunOptions sleeping(const QString &name)
{
    RunOptions options;
    options.image = u"busybox"_s;
    options.name = name;
    options.command = {u"sleep"_s, u"1000"_s};
    options.detached = true;
    return options;
}

// The monitor is the parent of process 1. Source: proc(5), status.
pid_t parentOf(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("PPid:"))
            return static_cast<pid_t>(line.split('\t').value(1).toInt());
    }
    return -1;
}

} // namespace

class TestLiveEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(QFile::exists(testImage(u"busybox.tar"_s)), qPrintable(testImage({}))); }

    void importsAndRuns()
    {
        const LiveHome home;
        Engine engine(home.paths());
        EngineProbe probe(engine);
        const auto preview = waited(engine.preview(testImage(u"busybox.tar"_s)));
        QVERIFY(preview.has_value());
        QCOMPARE(preview->format, u"Docker archive"_s);

        const auto import = engine.importArchive(testImage(u"busybox.tar"_s));
        QFutureWatcher<Result<QList<ImportedImage>>> watcher;
        QList<int> reported;
        connect(&watcher, &QFutureWatcherBase::progressValueChanged, this, [&](int value) { reported.append(value); });
        watcher.setFuture(import);
        const auto imported = waited(import);
        QVERIFY2(imported.has_value(), imported ? "" : imported.error().detail.c_str());
        QVERIFY(imported->first().names.contains(u"docker.io/library/busybox:latest"_s));
        QTRY_COMPARE(probe.images.size(), 1);
        QCOMPARE(probe.images.first().id, imported->first().image.id);
        QTRY_VERIFY(!reported.isEmpty());
        QVERIFY(std::ranges::is_sorted(reported));
        QCOMPARE(reported.last(), import.progressMaximum());
        QCOMPARE(import.progressMaximum(), static_cast<int>(QFileInfo(testImage(u"busybox.tar"_s)).size() / 1024));

        const auto id = waited(engine.run(sleeping(u"sleeper"_s)));
        QVERIFY2(id.has_value(), id ? "" : id.error().detail.c_str());
        QTRY_VERIFY(probe.isIn(u"sleeper"_s, ContainerState::Running));
        QCOMPARE(probe.images.first().containers, 1);
        QVERIFY(waited(engine.pause(*id, true)).has_value());
        QTRY_VERIFY(probe.isIn(u"sleeper"_s, ContainerState::Paused));
        QVERIFY(waited(engine.pause(*id, false)).has_value());
        QTRY_VERIFY(probe.isIn(u"sleeper"_s, ContainerState::Running));
        QCOMPARE(waited(engine.inspectContainer(*id)).value()["Name"_L1].toString(), u"/sleeper"_s);
        const auto processes = waited(engine.processes(*id));
        QVERIFY2(processes.has_value(), processes ? "" : processes.error().detail.c_str());
        QCOMPARE(processes->rows.size(), 1);
        QCOMPARE(processes->rows.first().last(), u"sleep 1000"_s);
        const auto figures = waited(engine.figures({u"nosuch"_s, *id}));
        QVERIFY(figures.has_value());
        QCOMPARE(figures->size(), 2);
        QVERIFY(!figures->first().isRunning);
        QVERIFY(figures->last().isRunning && figures->last().cpu && figures->last().memory.value_or(0) > 0);
        QCOMPARE(figures->last().tasks, 1);
        QCOMPARE(waited(engine.remove(*id, false)).error().code, ErrorCode::WrongState);
        QVERIFY(waited(engine.kill(*id)).has_value());
        QTRY_VERIFY(probe.isIn(u"sleeper"_s, ContainerState::Exited));
        QVERIFY(!waited(engine.figures({*id})).value().first().isRunning);
        QCOMPARE(waited(engine.processes(*id)).error().code, ErrorCode::WrongState);
        QCOMPARE(probe.named(u"sleeper"_s)->exitCode, 137);
        QVERIFY(waited(engine.remove(*id, false)).has_value());
        QTRY_VERIFY(probe.containers.isEmpty());
        QVERIFY(waited(engine.removeImage(u"busybox:stable"_s, false)).has_value() || probe.images.first().names.size() == 1);
        QVERIFY(waited(engine.removeImage(u"busybox"_s, false)).has_value());
        QTRY_VERIFY(probe.images.isEmpty());
        QCOMPARE(probe.failures, QStringList());
    }

    void cancelLeavesNothing()
    {
        const LiveHome home;
        Engine engine(home.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.imageSnapshots, 1);
        auto import = engine.importArchive(testImage(u"redis-docker.tar"_s));
        QTRY_VERIFY_WITH_TIMEOUT(import.progressValue() > 0, 20'000);
        QElapsedTimer timer;
        timer.start();
        import.cancel();
        const auto result = waited(import);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY2(timer.elapsed() < 5000, QByteArray::number(timer.elapsed()));
        QTest::qWait(100);
        QVERIFY(probe.images.isEmpty());
        // The future is cancelled at once, its thread a moment later.
        QTRY_VERIFY_WITH_TIMEOUT(QDir(home.paths().data + u"/staging"_s).isEmpty(), 20'000);
        QVERIFY(QDir(home.paths().data + u"/layers"_s).isEmpty());
        QVERIFY(waited(engine.importArchive(testImage(u"redis-docker.tar"_s))).has_value());
        QTRY_COMPARE(probe.images.size(), 1);
    }

    void closingCancelsAnImport()
    {
        const LiveHome home;
        QElapsedTimer timer;
        {
            Engine engine(home.paths());
            auto import = engine.importArchive(testImage(u"redis-docker.tar"_s));
            QTRY_VERIFY_WITH_TIMEOUT(import.progressValue() > 0, 20'000);
            timer.start();
        }
        QVERIFY2(timer.elapsed() < 5000, QByteArray::number(timer.elapsed()));
        auto store = Store::open(home.paths()).value();
        QVERIFY(store.images().value().isEmpty());
    }

    // Imports may take minutes; what a click asks for must not queue up behind them.
    void importsDoNotHoldUpTheRest()
    {
        const LiveHome home;
        Engine engine(home.paths());
        QVERIFY(waited(engine.importArchive(testImage(u"busybox.tar"_s))).has_value());
        QVERIFY(waited(engine.create(sleeping(u"one"_s))).has_value());
        auto store = Store::open(home.paths()).value();
        // Every import waits for this before it records anything.
        auto lock = store.lockLayers(LockKind::Exclusive).value();
        QList<QFuture<Result<QList<ImportedImage>>>> imports;
        for (int import = 0; import < 20; ++import)
            imports.append(engine.importArchive(testImage(u"busybox.tar"_s)));
        const auto renamed = engine.rename(u"one"_s, u"two"_s);
        const bool done = QTest::qWaitFor([&] { return renamed.isFinished(); }, 10'000);
        const bool imported = std::ranges::any_of(imports, [](const auto &import) { return import.isFinished(); });
        lock.reset();
        QVERIFY(done);
        QVERIFY(!imported);
        for (const auto &import : imports)
            QVERIFY(waited(import).has_value());
    }

    void otherProcessesAreSeen()
    {
        const LiveHome home;
        Engine engine(home.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.imageSnapshots, 1);
        const QString loaded = home.command({u"load"_s, u"-i"_s, testImage(u"busybox.tar"_s)});
        QVERIFY2(loaded.startsWith(u"Loaded image"_s), qPrintable(loaded));
        QTRY_COMPARE(probe.images.size(), 1);
        const QString id = home.command({u"run"_s, u"-d"_s, u"--name"_s, u"cli"_s, u"busybox"_s, u"sleep"_s, u"1000"_s});
        QCOMPARE(id.size(), 64);
        QTRY_VERIFY(probe.isIn(u"cli"_s, ContainerState::Running));
        QVERIFY(probe.named(u"cli"_s)->pid > 0);

        // Milliseconds from the end of the command, whose own run time is not ours, until the change is
        // seen; of several rounds the best, since the machine has other things to do. -1: never.
        const auto fastest = [&home](auto command, auto seen) {
            qint64 best = std::numeric_limits<qint64>::max();
            for (int round = 0; round < 5; ++round) {
                const QString failed = home.command(command(round));
                QElapsedTimer timer;
                timer.start();
                if (failed.startsWith(u'!') || !QTest::qWaitFor([&] { return seen(round); }))
                    return qint64(-1);
                best = std::min(best, timer.elapsed());
            }
            return best;
        };
        const auto soon = [](qint64 time) { return time >= 0 && time <= 200; };
        const qint64 container = fastest([&](int round) { return QStringList{u"rename"_s, id, u"cli%1"_s.arg(round)}; },
            [&](int round) { return probe.named(u"cli%1"_s.arg(round)) != nullptr; });
        QVERIFY2(soon(container), QByteArray::number(container));
        const qint64 image = fastest([](int round) { return QStringList{u"tag"_s, u"busybox"_s, u"seen:%1"_s.arg(round)}; },
            [&probe](int round) { return probe.images.first().names.contains(u"docker.io/library/seen:%1"_s.arg(round)); });
        QVERIFY2(soon(image), QByteArray::number(image));
        const qint64 volume = fastest(
            [](int round) { return QStringList{u"create"_s, u"-v"_s, u"seen%1:/data"_s.arg(round), u"busybox"_s}; },
            [&probe](int round) {
                const auto found = std::ranges::find(probe.volumes, u"seen%1"_s.arg(round), &VolumeInfo::name);
                return found != probe.volumes.end() && found->containers == 1; // and who uses it
            });
        QVERIFY2(soon(volume), QByteArray::number(volume));
        QCOMPARE(probe.volumes.size(), 5);
        QCOMPARE(home.command({u"rm"_s, u"-f"_s, id}), id);
        QTRY_COMPARE(probe.containers.size(), 5); // those that were only created
        for (const ContainerInfo &created : std::as_const(probe.containers))
            QCOMPARE(home.command({u"rm"_s, created.id}), created.id);
        QTRY_VERIFY(probe.containers.isEmpty());
        QCOMPARE(probe.failures, QStringList());
    }

    void killedProcessIsNoticed()
    {
        const LiveHome home;
        Engine engine(home.paths());
        EngineProbe probe(engine);
        QVERIFY(waited(engine.importArchive(testImage(u"busybox.tar"_s))).has_value());
        QVERIFY(waited(engine.run(sleeping(u"victim"_s))).has_value());
        QTRY_VERIFY(probe.isIn(u"victim"_s, ContainerState::Running));
        QCOMPARE(::kill(static_cast<pid_t>(probe.named(u"victim"_s)->pid), SIGKILL), 0);
        QTRY_VERIFY(probe.isIn(u"victim"_s, ContainerState::Exited));
        QCOMPARE(probe.named(u"victim"_s)->exitCode, 137);
        QCOMPARE(probe.named(u"victim"_s)->pid, 0);
    }

    void killedMonitorIsNoticed()
    {
        const LiveHome home;
        Engine engine(home.paths());
        EngineProbe probe(engine);
        QVERIFY(waited(engine.importArchive(testImage(u"busybox.tar"_s))).has_value());
        QVERIFY(waited(engine.run(sleeping(u"orphan"_s))).has_value());
        QTRY_VERIFY(probe.isIn(u"orphan"_s, ContainerState::Running));
        const auto pid = static_cast<pid_t>(probe.named(u"orphan"_s)->pid);
        const pid_t monitor = parentOf(pid);
        QVERIFY(monitor > 1);
        QCOMPARE(::kill(monitor, SIGKILL), 0);
        QTRY_VERIFY(probe.isIn(u"orphan"_s, ContainerState::Exited));
        QTRY_VERIFY(probe.named(u"orphan"_s)->error.contains(u"monitor"_s)); // the reason is found out a little later
        QTRY_VERIFY(::kill(pid, 0) < 0);
        // And it can be started again.
        QVERIFY(waited(engine.start(u"orphan"_s)).has_value());
        QTRY_VERIFY(probe.isIn(u"orphan"_s, ContainerState::Running));
    }

    // While the window was closed.
    void lostContainersAreSettledAtTheStart()
    {
        const LiveHome home;
        pid_t monitor = -1;
        {
            Engine engine(home.paths());
            EngineProbe probe(engine);
            QVERIFY(waited(engine.importArchive(testImage(u"busybox.tar"_s))).has_value());
            QVERIFY(waited(engine.run(sleeping(u"lost"_s))).has_value());
            QTRY_VERIFY(probe.isIn(u"lost"_s, ContainerState::Running));
            monitor = parentOf(probe.named(u"lost"_s)->pid);
        }
        QVERIFY(monitor > 1);
        QCOMPARE(::kill(monitor, 0), 0); // the container outlives the engine
        QCOMPARE(::kill(monitor, SIGKILL), 0);
        Engine engine(home.paths());
        EngineProbe probe(engine);
        QTRY_VERIFY(probe.isIn(u"lost"_s, ContainerState::Exited));
    }

    void idleWithARunningContainer()
    {
        const LiveHome home;
        Engine engine(home.paths());
        EngineProbe probe(engine);
        QVERIFY(waited(engine.importArchive(testImage(u"busybox.tar"_s))).has_value());
        QVERIFY(waited(engine.run(sleeping(u"quiet"_s))).has_value());
        QTRY_VERIFY(probe.isIn(u"quiet"_s, ContainerState::Running));
        QTest::qWait(700); // what the start touched, and the time after which a loss is looked for
        const auto before = threadSwitches();
        QTest::qSleep(1000);
        for (const auto &[task, switches] : threadSwitches().asKeyValueRange()) {
            if (task != QString::number(QCoreApplication::applicationPid()))
                QCOMPARE(switches, before.value(task));
        }
    }
};

QTEST_GUILESS_MAIN(TestLiveEngine)
#include "tst_liveengine.moc"
