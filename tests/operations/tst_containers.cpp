// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of containers as functions, on a real store with real monitors: two programs at once, killed
// starters, killed monitors.
#include "operations/containeroperations.h"
#include "operations/imageoperations.h"
#include "store/containerfiles.h"
#include "system/berthcommand.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <future>

#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

#define VERIFY_RESULT(result) \
    do { \
        const auto &checked = (result); \
        QVERIFY2(checked, checked ? "" : checked.error().detail.c_str()); \
    } while (false)

class TestContainers : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<test::BerthCommand> m_home; // ends and deletes everything
    std::optional<Store> m_store;

    [[nodiscard]] Result<Store> open() const
    {
        return Store::open({.data = m_home->dataFolder(), .runtime = EnginePaths::fromEnvironment()->runtime});
    }
    RunOptions options(const QString &name, const QString &line = u"sleep 100"_s)
    {
        RunOptions asked;
        asked.image = u"busybox"_s;
        asked.name = name;
        asked.command = {u"sh"_s, u"-c"_s, line};
        return asked;
    }
    ContainerInfo info(const QString &name) { return m_store->findContainer(name).value_or(ContainerInfo()); }
    ContainerFiles files(const QString &id)
    {
        const auto folder = m_store->containerFolder(id);
        return folder ? readContainerFiles(folder->get()).value_or(ContainerFiles()) : ContainerFiles();
    }
    // Creates and starts.
    void run(const QString &name, const QString &line = u"sleep 100"_s)
    {
        VERIFY_RESULT(createContainer(*m_store, options(name, line)));
        VERIFY_RESULT(startContainer(*m_store, name, {}));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_home = std::make_unique<test::BerthCommand>();
        QVERIFY(QDir().mkpath(m_home->dataFolder()));
        auto store = open();
        VERIFY_RESULT(store);
        m_store.emplace(std::move(*store));
        NoProgress progress;
        VERIFY_RESULT(importArchive(*m_store, test::BerthCommand::imageArchive(u"busybox.tar"_s), progress));
    }
    void cleanup() { m_home->removeContainers(); }
    void cleanupTestCase()
    {
        m_store.reset();
        m_home.reset();
    }

    void createResolvesAndRecords()
    {
        auto asked = options(u"web"_s);
        asked.labels = {{u"a"_s, u"b"_s}};
        const auto made = createContainer(*m_store, asked);
        VERIFY_RESULT(made);
        QCOMPARE(made->state, ContainerState::Created);
        QCOMPARE(made->name, u"web"_s);
        QCOMPARE(made->arguments, QStringList({u"sh"_s, u"-c"_s, u"sleep 100"_s}));
        QCOMPARE(made->imageName, u"busybox"_s);
        QVERIFY(QFile::exists(m_home->dataFolder() + u"/containers/"_s + made->id + u"/hosts"_s));
        asked.mounts = {{.kind = MountOption::Kind::Volume, .source = {}, .target = u"/anonymous"_s}};
        const auto again = createContainer(*m_store, asked);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QVERIFY(again.error().detail.contains(made->id.toStdString()));
        // What was refused leaves nothing.
        const auto folders = [this] {
            return QDir(m_home->dataFolder() + u"/containers"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        };
        QCOMPARE(folders(), 1);
        auto missing = options(u"other"_s);
        missing.image = u"nosuch"_s;
        QCOMPARE(createContainer(*m_store, missing).error().code, ErrorCode::NotFound);
        QCOMPARE(createContainer(*m_store, options(u"a b"_s)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(folders(), 1);
        QVERIFY(QDir(m_home->dataFolder() + u"/volumes"_s).isEmpty());
    }

    void oneNameForTwoPrograms()
    {
        // Twelve programs ask for the same name at once: one gets it.
        std::vector<std::future<bool>> tries;
        for (int i = 0; i < 12; ++i) {
            tries.push_back(std::async(std::launch::async, [this] {
                auto store = open();
                return store && createContainer(*store, options(u"web"_s)).has_value();
            }));
        }
        int made = 0;
        for (auto &attempt : tries)
            made += attempt.get();
        QCOMPARE(made, 1);
        QCOMPARE(m_store->containers()->size(), 1);
        VERIFY_RESULT(reconcile(*m_store));
        QCOMPARE(QDir(m_home->dataFolder() + u"/containers"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void twoProgramsStartTheSame()
    {
        VERIFY_RESULT(createContainer(*m_store, options(u"web"_s)));
        for (int round = 0; round < 5; ++round) {
            std::vector<std::future<bool>> tries;
            for (int i = 0; i < 4; ++i) {
                tries.push_back(std::async(std::launch::async, [this] {
                    auto store = open();
                    return store && startContainer(*store, u"web"_s, {}).has_value();
                }));
            }
            for (auto &attempt : tries)
                QVERIFY(attempt.get()); // it runs, whoever did it
            QCOMPARE(info(u"web"_s).state, ContainerState::Running);
            VERIFY_RESULT(stopContainer(*m_store, u"web"_s, std::chrono::seconds(0)));
            QCOMPARE(info(u"web"_s).state, ContainerState::Exited);
        }
    }

    void stopStartRemoveFromEverywhere()
    {
        // Whoever wins, nothing is broken: at the end the container can be removed and nothing runs.
        run(u"web"_s);
        std::vector<std::future<void>> programs;
        for (int program = 0; program < 3; ++program) {
            programs.push_back(std::async(std::launch::async, [this, program] {
                auto store = open();
                for (int i = 0; store && i < 12; ++i) {
                    if ((program + i) % 3 == 0)
                        (void)stopContainer(*store, u"web"_s, std::chrono::seconds(0));
                    else if ((program + i) % 3 == 1)
                        (void)startContainer(*store, u"web"_s, {});
                    else
                        (void)killContainer(*store, u"web"_s, SIGKILL);
                }
            }));
        }
        for (auto &program : programs)
            program.get();
        const auto before = info(u"web"_s);
        QVERIFY(before.state == ContainerState::Running || before.state == ContainerState::Exited);
        VERIFY_RESULT(startContainer(*m_store, u"web"_s, {}));
        VERIFY_RESULT(removeContainer(*m_store, u"web"_s, {.force = true}));
        QVERIFY(m_store->containers()->isEmpty());
    }

    void anEndIsNeverLost()
    {
        // As soon as the end is known the container can be started again, and its code is kept.
        VERIFY_RESULT(createContainer(*m_store, options(u"web"_s, u"exit 7"_s)));
        for (int i = 0; i < 30; ++i) {
            auto link = startContainer(*m_store, u"web"_s, {});
            VERIFY_RESULT(link);
            const auto code = waitContainer(*m_store, u"web"_s);
            VERIFY_RESULT(code);
            QCOMPARE(*code, 7);
            QCOMPARE(info(u"web"_s).state, ContainerState::Exited);
            QCOMPARE(info(u"web"_s).exitCode, 7);
        }
    }

    void aProgramThatIsMissing()
    {
        auto asked = options(u"web"_s);
        asked.command = {u"/no/such"_s};
        VERIFY_RESULT(createContainer(*m_store, asked));
        const auto started = startContainer(*m_store, u"web"_s, {});
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::CommandNotFound);
        QCOMPARE(info(u"web"_s).exitCode, 127);
        QVERIFY(!info(u"web"_s).error.isEmpty());
        VERIFY_RESULT(removeContainer(*m_store, u"web"_s, {}));
    }

    void killedMonitorIsReconciled()
    {
        VERIFY_RESULT(reconcile(*m_store)); // from here on it looks only where there are sockets
        run(u"web"_s);
        const QString id = info(u"web"_s).id;
        const auto record = files(id).run;
        QVERIFY(record);
        QVERIFY(::kill(record->monitorPid, SIGKILL) == 0);
        QVERIFY(QTest::qWaitFor([&] { return !files(id).hasMonitor; }, 5000));
        VERIFY_RESULT(reconcile(*m_store));
        const auto lost = info(u"web"_s);
        QCOMPARE(lost.state, ContainerState::Exited);
        QCOMPARE(lost.exitCode, 137);
        QVERIFY(QTest::qWaitFor([&] { return ::kill(record->pid, 0) < 0; }, 5000));
        QVERIFY(!QFile::exists(m_store->paths().runtime + u'/' + QString::fromStdString(monitorSocketName(id.toStdString()))));
        VERIFY_RESULT(startContainer(*m_store, u"web"_s, {}));
        QCOMPARE(info(u"web"_s).state, ContainerState::Running);
    }

    void lossOfAnEarlierBootIsRecorded()
    {
        VERIFY_RESULT(reconcile(*m_store));
        run(u"web"_s);
        const auto container = info(u"web"_s);
        QVERIFY(::kill(files(container.id).run->monitorPid, SIGKILL) == 0);
        QVERIFY(QTest::qWaitFor([&] { return !files(container.id).hasMonitor; }, 5000));
        // What a boot does to the runtime folder, as far as this store is concerned.
        MonitorLink::removeSocket(m_store->paths(), container.id);
        struct stat status = {};
        QVERIFY(::fstat(m_store->dataFd(), &status) == 0);
        QVERIFY(QFile::remove(m_store->paths().runtime + u"/reconciled."_s + QString::number(status.st_ino)));
        QVERIFY(!files(container.id).exit);
        VERIFY_RESULT(reconcile(*m_store));
        QVERIFY(files(container.id).exit);
        QCOMPARE(info(u"web"_s).exitCode, 137);
    }

    void recordsAndFoldersBelongTogether()
    {
        // A record without a folder is what a loss of power may bring back of a removed container.
        VERIFY_RESULT(createContainer(*m_store, options(u"web"_s)));
        VERIFY_RESULT(createContainer(*m_store, options(u"kept"_s)));
        QVERIFY(QDir(m_home->dataFolder() + u"/containers/"_s + info(u"web"_s).id).removeRecursively());
        VERIFY_RESULT(reconcile(*m_store));
        QCOMPARE(m_store->findContainer(u"web"_s).error().code, ErrorCode::NotFound);
        QCOMPARE(info(u"kept"_s).state, ContainerState::Created);
    }

    void killedStarterLeavesNoOrphan()
    {
        QRandomGenerator random(20261124);
        for (int round = 0; round < 40; ++round) {
            VERIFY_RESULT(createContainer(*m_store, options(u"web"_s)));
            const QString id = info(u"web"_s).id;
            QProcess starter;
            m_home->start(starter, {"start", "web"});
            starter.waitForFinished(random.bounded(40));
            starter.kill();
            starter.waitForFinished();
            VERIFY_RESULT(removeContainer(*m_store, u"web"_s, {.force = true}));
            QVERIFY(
                !QFile::exists(m_store->paths().runtime + u'/' + QString::fromStdString(monitorSocketName(id.toStdString()))));
        }
        // All monitors of this store have gone with their containers.
        const QByteArray marker = m_home->path({}).toUtf8();
        const auto isAlive = [&marker] {
            const auto entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
            return std::ranges::any_of(entries, [&marker](const QString &entry) {
                QFile environment(u"/proc/"_s + entry + u"/environ"_s);
                QFile command(u"/proc/"_s + entry + u"/cmdline"_s);
                return command.open(QIODevice::ReadOnly) && command.readAll().startsWith("berth-monitor")
                    && environment.open(QIODevice::ReadOnly) && environment.readAll().contains(marker);
            });
        };
        QVERIFY(QTest::qWaitFor([&] { return !isAlive(); }, 15'000));
    }

    void garbageOfCrashesIsCollected()
    {
        // A folder without a record, as a create leaves it that was killed in the middle.
        const QString orphan = m_home->dataFolder() + u"/containers/"_s + QString(u'b').repeated(64);
        QVERIFY(QDir().mkpath(orphan + u"/upper/etc"_s));
        run(u"web"_s);
        VERIFY_RESULT(reconcile(*m_store));
        QVERIFY(!QDir(orphan).exists());
        QCOMPARE(info(u"web"_s).state, ContainerState::Running);
    }

    void hostFilesComeBack()
    {
        // What a power loss may leave of files that were not synced.
        VERIFY_RESULT(createContainer(*m_store,
            options(u"web"_s, u"grep -c localhost /etc/hosts && hostname | cmp - /etc/hostname && stat -c %a /etc/hosts"_s)));
        const QString folder = m_home->dataFolder() + u"/containers/"_s + info(u"web"_s).id;
        QVERIFY(QFile::resize(folder + u"/hosts"_s, 0));
        QVERIFY(QFile::remove(folder + u"/hostname"_s));
        QCOMPARE(m_home->run({"start", "-a", "web"}).out, "2\n644\n");
        // And what the container wrote is kept.
        QFile hosts(folder + u"/hosts"_s);
        QVERIFY(hosts.open(QIODevice::WriteOnly | QIODevice::Append));
        QVERIFY(hosts.write("192.0.2.7 localhost7\n") > 0);
        hosts.close();
        QCOMPARE(m_home->run({"start", "-a", "web"}).out, "3\n644\n");
    }

    // Whoever holds it may be killed: the kernel closes its connection, and the container goes on.
    void aHoldEndsWithItsHolder()
    {
        run(u"web"_s);
        const auto isRunning = [this] { return info(u"web"_s).state == ContainerState::Running; };
        std::optional<MonitorLink> hold;
        const auto takeHold = [&] {
            auto taken = holdContainer(*m_store, u"web"_s);
            VERIFY_RESULT(taken);
            hold = std::move(*taken);
            QCOMPARE(info(u"web"_s).state, ContainerState::Paused);
        };
        takeHold();
        QCOMPARE(holdContainer(*m_store, u"web"_s).error().code, ErrorCode::WrongState);
        hold.reset();
        QVERIFY(QTest::qWaitFor(isRunning, 20'000));

        takeHold();
        VERIFY_RESULT(releaseHold(*hold));
        QVERIFY(isRunning());

        // Unpaused and paused again by somebody else: that pause is theirs.
        takeHold();
        VERIFY_RESULT(pauseContainer(*m_store, u"web"_s, false));
        VERIFY_RESULT(pauseContainer(*m_store, u"web"_s, true));
        VERIFY_RESULT(releaseHold(*hold));
        hold.reset();
        VERIFY_RESULT(updateRestartPolicy(*m_store, u"web"_s, {})); // an answer: the monitor has seen what was before
        QCOMPARE(info(u"web"_s).state, ContainerState::Paused);
        VERIFY_RESULT(pauseContainer(*m_store, u"web"_s, false));
    }

    void renameKeepsEverything()
    {
        run(u"web"_s);
        VERIFY_RESULT(createContainer(*m_store, options(u"taken"_s)));
        QCOMPARE(renameContainer(*m_store, u"web"_s, u"taken"_s).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(renameContainer(*m_store, u"web"_s, u"a b"_s).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(renameContainer(*m_store, u"web"_s, u"web"_s).error().code, ErrorCode::InvalidArgument);
        const QString id = info(u"web"_s).id;
        VERIFY_RESULT(renameContainer(*m_store, u"web"_s, u"other"_s));
        QCOMPARE(info(u"other"_s).id, id);
        QCOMPARE(info(u"other"_s).state, ContainerState::Running);
        QVERIFY(!m_store->findContainer(u"web"_s));
    }

    void stopWaitsForTheGrace()
    {
        run(u"web"_s, u"trap '' TERM; while :; do sleep 0.02; done"_s);
        QElapsedTimer clock;
        clock.start();
        VERIFY_RESULT(stopContainer(*m_store, u"web"_s, std::chrono::seconds(1)));
        QVERIFY(clock.elapsed() >= 1000);
        QCOMPARE(info(u"web"_s).exitCode, 137);
        VERIFY_RESULT(stopContainer(*m_store, u"web"_s, {})); // it is so
        QCOMPARE(killContainer(*m_store, u"web"_s, SIGTERM).error().code, ErrorCode::WrongState);
    }

    void removeAndItsVolumes()
    {
        auto asked = options(u"web"_s, u"touch /anonymous/x /named/x"_s);
        asked.mounts = {{.kind = MountOption::Kind::Volume, .source = {}, .target = u"/anonymous"_s},
            {.kind = MountOption::Kind::Volume, .source = u"named"_s, .target = u"/named"_s}};
        VERIFY_RESULT(createContainer(*m_store, asked));
        VERIFY_RESULT(startContainer(*m_store, u"web"_s, {}));
        QCOMPARE(*waitContainer(*m_store, u"web"_s), 0);
        const auto volumes = [this] {
            return QDir(m_home->dataFolder() + u"/volumes"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        };
        QCOMPARE(volumes(), 2);
        VERIFY_RESULT(removeContainer(*m_store, u"web"_s, {.volumes = true}));
        QCOMPARE(volumes(), 1); // the named one stays
        QCOMPARE(removeContainer(*m_store, u"web"_s, {}).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestContainers)
#include "tst_containers.moc"
