// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../store/storefixture.h"
#include "engineprobe.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <atomic>
#include <limits>
#include <thread>

#include <unistd.h>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

ContainerInfo container(int number, const Digest &image)
{
    ContainerInfo made;
    made.id = u"%1"_s.arg(number, 64, 16, QChar(u'a'));
    made.name = u"c%1"_s.arg(number);
    made.imageName = u"redis"_s;
    made.imageId = image;
    made.created = QDateTime::currentDateTimeUtc();
    return made;
}

// A store with one image and count containers that were never started.
class Filled : public StoreFixture {
public:
    explicit Filled(int count)
    {
        auto store = open().value();
        const LayerRecord record = layer("layer");
        const QByteArray text = config(record);
        image = Digest::ofBytes(text);
        [[maybe_unused]] const auto added = store.addImage(text, {record}, {name(u"redis")});
        for (int number = 0; number < count; ++number)
            add(store, number);
    }
    void add(Store &store, int number) const
    {
        if (const auto added = store.addContainer(container(number, image)); !added)
            qFatal("%s", added.error().detail.c_str());
        QDir(paths().data).mkpath(u"containers/"_s + container(number, image).id);
    }
    Digest image;
};

} // namespace

class TestEngine : public QObject {
    Q_OBJECT
private:
    qsizetype m_threads = 0; // Qt Test has one of its own

private Q_SLOTS:
    void initTestCase() { m_threads = threadSwitches().size(); }

    void tellsWhatThereIsAtTheStart()
    {
        const Filled fixture(3);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containers.size(), 3);
        QTRY_COMPARE(probe.images.size(), 1);
        QCOMPARE(probe.images.first().containers, 3);
        QCOMPARE(probe.failures, QStringList());
    }

    void anEmptyStoreIsTold()
    {
        const StoreFixture fixture;
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containerSnapshots, 1);
        QTRY_COMPARE(probe.imageSnapshots, 1);
        QVERIFY(probe.containers.isEmpty());
    }

    void ownActionsCome()
    {
        const Filled fixture(1);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_VERIFY(probe.named(u"c0"_s) != nullptr);
        QVERIFY(waited(engine.rename(u"c0"_s, u"renamed"_s)).has_value());
        QTRY_VERIFY(probe.named(u"renamed"_s) != nullptr);

        const auto refused = waited(engine.rename(u"nobody"_s, u"other"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
    }

    // By a Store of another thread, which shares nothing with the engine but the files.
    void changesOfOthersComeSoon()
    {
        const Filled fixture(1);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containers.size(), 1);
        // A busy machine may make one of them late; it does not make all of them late.
        qint64 fastest = std::numeric_limits<qint64>::max();
        for (int number = 1; number <= 5; ++number) {
            QElapsedTimer timer;
            std::thread other([&] {
                auto store = fixture.open().value();
                timer.start();
                fixture.add(store, number);
            });
            QTRY_COMPARE(probe.containers.size(), number + 1);
            fastest = std::min(fastest, timer.elapsed());
            other.join();
        }
        QVERIFY2(fastest <= 200, QByteArray::number(fastest));
    }

    void onlyDifferencesAreTold()
    {
        const Filled fixture(2);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containerSnapshots, 1);
        QTest::qWait(100);
        const int images = probe.imageSnapshots;
        auto store = fixture.open().value();
        store.touch(); // somebody looked, nothing is different
        QVERIFY(store.renameContainer(container(0, fixture.image).id, u"other"_s).has_value());
        QTRY_VERIFY(probe.named(u"other"_s) != nullptr);
        QCOMPARE(probe.containerSnapshots, 2);
        QCOMPARE(probe.imageSnapshots, images);
    }

    // A burst of changes is neither shown one by one nor put off until it ends.
    void burstIsShownWhileItGoesOn()
    {
        const Filled fixture(1);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containerSnapshots, 1);
        std::atomic_bool stop = false;
        std::atomic_int renamed = 0;
        std::thread other([&] {
            auto store = fixture.open().value();
            while (!stop) {
                (void)store.renameContainer(container(0, fixture.image).id, u"n%1"_s.arg(++renamed));
                std::this_thread::sleep_for(5ms);
            }
        });
        const bool shown = QTest::qWaitFor([&] { return probe.containerSnapshots >= 4; }, 10'000);
        const int changes = renamed;
        stop = true;
        other.join();
        QVERIFY(shown);
        QVERIFY2(changes > probe.containerSnapshots, QByteArray::number(changes));
    }

    // Files of a store may be replaced below us, by a restored backup for example.
    void watchSurvivesItsFile()
    {
        const Filled fixture(1);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containers.size(), 1);
        QVERIFY(QFile::remove(fixture.paths().data + u"/changed"_s));
        auto store = fixture.open().value(); // makes it again
        fixture.add(store, 1);
        QTRY_COMPARE(probe.containers.size(), 2);
    }

    void idleCostsNothing()
    {
        const Filled fixture(3);
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containers.size(), 3);
        QVERIFY(waited(engine.rename(u"c0"_s, u"again"_s)).has_value()); // a thread of the pool is waiting now
        QTRY_VERIFY(probe.named(u"again"_s) != nullptr);
        QTest::qWait(200);

        int wakeUps = 0;
        const QObject context;
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &context, [&] { ++wakeUps; });
        const auto before = threadSwitches();
        QEventLoop loop;
        QTimer::singleShot(1s, &loop, &QEventLoop::quit);
        loop.exec();
        const auto after = threadSwitches();
        QVERIFY2(wakeUps <= 3, QByteArray::number(wakeUps)); // the timer above
        const QString mainThread = QString::number(::getpid());
        QVERIFY(after.size() >= 3);
        for (const auto &[task, switches] : after.asKeyValueRange()) {
            if (task != mainThread)
                QCOMPARE(switches, before.value(task));
        }
    }

    void removedFolderIsTold()
    {
        const QTemporaryDir folder;
        const EnginePaths paths{.data = folder.filePath(u"data"_s), .runtime = folder.path()};
        QVERIFY(QDir().mkpath(paths.data));
        Engine engine(paths);
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.containerSnapshots, 1);
        QVERIFY(QDir().rename(paths.data, paths.data + u".old"_s));
        QTRY_COMPARE(probe.failures.size(), 1);
        QVERIFY2(probe.failures.first().contains(paths.data), qPrintable(probe.failures.first()));
    }

    void brokenStoreIsTold()
    {
        const StoreFixture fixture;
        QFile database(fixture.paths().data + u"/berth.db"_s);
        QVERIFY(database.open(QIODevice::WriteOnly));
        database.write(QByteArray(8192, 'x'));
        database.close();
        Engine engine(fixture.paths());
        EngineProbe probe(engine);
        QTRY_COMPARE(probe.failures.size(), 1);
        QVERIFY2(probe.failures.first().contains(u"berth.db"_s), qPrintable(probe.failures.first()));
        QCOMPARE(probe.containerSnapshots, 0);
        QVERIFY(!waited(engine.rename(u"a"_s, u"b2"_s)));
    }

    void earlyEndJoinsEverything()
    {
        const Filled fixture(2);
        QTRY_COMPARE(threadSwitches().size(), m_threads); // threads of earlier tests are joined, not yet gone
        for (int round = 0; round < 30; ++round) {
            Engine engine(fixture.paths());
            QList<QFuture<Result<>>> jobs;
            for (int job = 0; job < round % 8; ++job)
                jobs.append(engine.rename(u"c1"_s, u"round%1-%2"_s.arg(round).arg(job)));
            if (round % 3 == 0)
                QTest::qWait(round);
        }
        QTRY_COMPARE(threadSwitches().size(), m_threads);
        // Nothing is delivered afterwards either.
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        auto store = fixture.open().value();
        QCOMPARE(store.containers().value().size(), 2);
    }

    void endedJobsCancelTheirWaiters()
    {
        const Filled fixture(1);
        QFuture<Result<>> last;
        {
            Engine engine(fixture.paths());
            for (int job = 0; job < 200; ++job)
                last = engine.rename(u"c0"_s, u"name%1"_s.arg(job));
        }
        QVERIFY(last.isFinished());
        QVERIFY(last.isCanceled() || last.resultCount() == 1);
        if (last.resultCount() == 0)
            QCOMPARE(resultOf(last).error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
