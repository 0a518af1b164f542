// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Plans of what to remove, and that exactly they are carried out, whatever happened in between.
#include "operations/cleanup.h"
#include "operations/containeroperations.h"
#include "operations/diskusage.h"
#include "operations/volumeoperations.h"
#include "support/importfixture.h"

#include <QElapsedTimer>

#include <thread>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

using Kind = CleanUpItem::Kind;

#define VERIFY_RESULT(result) \
    do { \
        const auto &checked = (result); \
        QVERIFY2(checked, checked ? "" : checked.error().detail.c_str()); \
    } while (false)

class TestCleanUp : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;
    NoProgress m_progress;

    Store &store() { return m_fixture->store(); }

    // "!" and why, when it could not be made.
    QString create(const QString &name, const QString &volume = {}, UniqueFd *reservation = nullptr)
    {
        RunOptions options;
        options.image = u"busybox"_s;
        options.name = name;
        options.command = {u"sleep"_s, u"1000"_s};
        options.labels = {{u"of"_s, name}};
        if (!volume.isEmpty())
            options.mounts = {
                {.kind = MountOption::Kind::Volume, .source = volume == u"?" ? QString() : volume, .target = u"/data"_s}};
        const auto container = createContainer(store(), options, reservation);
        return container ? container->id : u"!"_s + QString::fromStdString(container.error().detail);
    }
    static MadeImage made(const QStringList &names, const std::string &own)
    {
        return {.layers = {TarWriter().file("base", "12345").bytes(), TarWriter().file("own", own).bytes()}, .names = names};
    }
    void writeUpper(const QString &id, const QByteArray &bytes)
    {
        QFile file(m_fixture->dataPath(u"containers/%1/upper/file"_s.arg(id)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    CleanUpPlan plan(const CleanUpOptions &options)
    {
        auto planned = planCleanUp(store(), options, m_progress);
        return planned ? *planned : CleanUpPlan{{{.name = u"!"_s + QString::fromStdString(planned.error().detail)}}};
    }
    CleanUpResult carryOut(const CleanUpPlan &what)
    {
        auto done = cleanUp(store(), what, m_progress);
        return done ? *done : CleanUpResult();
    }
    static QStringList words(const QList<CleanUpItem> &items)
    {
        static const QStringList kinds{u"container "_s, u"name "_s, u"image "_s, u"volume "_s};
        QStringList list;
        for (const auto &item : items)
            list += kinds[static_cast<int>(item.kind)] + item.name;
        return list;
    }
    static QStringList words(const QList<CleanUpResult::Kept> &items)
    {
        QStringList list;
        for (const auto &kept : items)
            list += kept.item.name + u": "_s + QString::fromStdString(kept.why.detail);
        return list;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ImportFixture>();
        QVERIFY(m_fixture->import(ImportFixture::realArchive(u"busybox.tar"_s)));
    }
    void cleanup()
    {
        const auto containers = store().containers().value();
        for (const auto &container : containers)
            QVERIFY(removeContainer(store(), container.id, {.force = true, .volumes = true}));
        m_fixture.reset();
    }

    void anEmptyPlanDoesNothing()
    {
        create(u"old"_s);
        const auto before = m_fixture->contents();
        QCOMPARE(plan({}).items, QList<CleanUpItem>());
        QCOMPARE(plan({}).size(), 0);
        const auto done = carryOut({});
        QVERIFY(done.removed.isEmpty() && done.kept.isEmpty() && done.reclaimed == 0);
        QCOMPARE(m_fixture->contents(), before);
    }

    void planningChangesNothing()
    {
        create(u"old"_s, u"?"_s);
        const auto before = m_fixture->contents();
        const auto all = plan({.containers = true, .allImages = true, .allVolumes = true});
        QCOMPARE(all.items.size(), 4);
        QCOMPARE(m_fixture->contents(), before);
    }

    void stoppedContainersGo()
    {
        const auto old = create(u"old"_s);
        writeUpper(old, QByteArray(1000, 'x'));
        const auto runs = create(u"runs"_s);
        VERIFY_RESULT(startContainer(store(), runs, {}));
        const auto planned = plan({.containers = true});
        QCOMPARE(words(planned.items), QStringList{u"container old"_s});
        QCOMPARE(planned.items.first().id, old);
        QCOMPARE(planned.size(), 1000);
        const auto done = carryOut(planned);
        QCOMPARE(done.removed, planned.items);
        QCOMPARE(done.reclaimed, 1000);
        QVERIFY(done.kept.isEmpty());
        QVERIFY(!store().findContainer(u"old"_s));
        QCOMPARE(store().findContainer(u"runs"_s)->state, ContainerState::Running);
        QVERIFY(!QDir(m_fixture->dataPath(u"containers/"_s + old)).exists());
    }

    // Bytes that each step frees: a shared layer goes with the last image that has it.
    void imagesGoWithTheirLayers()
    {
        QVERIFY(m_fixture->importBytes(
            dockerArchive({made({u"a:1"_s, u"a:2"_s}, "1234567"), made({}, "123"), made({u"b:1"_s}, "1")})));
        const auto dangling = plan({.images = true});
        QCOMPARE(dangling.items.size(), 1);
        QCOMPARE(dangling.size(), 3);
        QCOMPARE(dangling.items.first().layers.size(), 1);
        create(u"user"_s); // of busybox
        const auto all = plan({.allImages = true});
        QCOMPARE(all.size(), 5 + 7 + 3 + 1);
        const auto done = carryOut(all);
        QVERIFY2(done.kept.isEmpty(), qPrintable(words(done.kept).join(u'\n')));
        QCOMPARE(done.removed, all.items);
        QCOMPARE(done.reclaimed, all.size());
        auto names = words(done.removed);
        names.sort();
        QCOMPARE(names, QStringList({u"image "_s, u"image a:1"_s, u"image b:1"_s, u"name a:1"_s, u"name a:2"_s, u"name b:1"_s}));
        QCOMPARE(store().images()->size(), 1);
        QCOMPARE(m_fixture->garbage(), QStringList());
        // busybox goes once its container goes in the same plan.
        const auto both = plan({.containers = true, .allImages = true});
        QCOMPARE(words(both.items), QStringList({u"container user"_s, u"name busybox:latest"_s, u"image busybox:latest"_s}));
        QCOMPARE(carryOut(both).removed, both.items);
        QVERIFY(store().images()->isEmpty());
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    void volumesThatNobodyUsesGo()
    {
        VERIFY_RESULT(createVolume(store(), u"named"_s, {{u"keep"_s, u"yes"_s}}));
        const auto loose = createVolume(store(), {}, {})->name;
        create(u"old"_s, u"?"_s);
        create(u"user"_s, u"used"_s);
        QCOMPARE(words(plan({.volumes = true}).items), QStringList{u"volume "_s + loose});
        QCOMPARE(words(plan({.allVolumes = true, .withoutLabels = {u"keep"_s}}).items), QStringList{u"volume "_s + loose});
        QCOMPARE(plan({.volumes = true, .allVolumes = true}).items.size(), 2);
        // With the containers their volumes become free, the anonymous ones and, if asked for, the others.
        QCOMPARE(plan({.containers = true, .volumes = true}).items.size(), 2 + 2);
        const auto all = plan({.containers = true, .volumes = true, .allVolumes = true});
        QCOMPARE(all.items.size(), 2 + 4);
        const auto done = carryOut(all);
        QVERIFY2(done.kept.isEmpty(), qPrintable(words(done.kept).join(u'\n')));
        QCOMPARE(done.removed, all.items);
        QVERIFY(store().volumes()->isEmpty());
        QVERIFY(QDir(m_fixture->dataPath(u"volumes"_s)).isEmpty());
    }

    void filtersChoose()
    {
        create(u"one"_s);
        QTest::qSleep(5);
        const auto between = QDateTime::currentDateTimeUtc();
        QTest::qSleep(5);
        create(u"two"_s);
        QCOMPARE(words(plan({.containers = true, .until = between}).items), QStringList{u"container one"_s});
        QCOMPARE(words(plan({.containers = true, .labels = {u"of=two"_s}}).items), QStringList{u"container two"_s});
        QCOMPARE(plan({.containers = true, .labels = {u"of"_s}}).items.size(), 2);
        QCOMPARE(plan({.containers = true, .labels = {u"of"_s, u"other"_s}}).items.size(), 0);
        QCOMPARE(
            words(plan({.containers = true, .withoutLabels = {u"of=two"_s, u"x"_s}}).items), QStringList{u"container one"_s});
    }

    // ---- what changed between the plan and its execution is kept, and said -----------------------------
    void aStartedContainerIsKept()
    {
        create(u"old"_s);
        create(u"other"_s);
        const auto planned = plan({.containers = true, .allImages = true});
        VERIFY_RESULT(startContainer(store(), u"old"_s, {}));
        const auto done = carryOut(planned);
        QCOMPARE(words(done.removed), QStringList{u"container other"_s});
        const auto kept = words(done.kept);
        QCOMPARE(kept.size(), 3);
        QVERIFY2(kept[0].startsWith(u"old: cannot remove container \"/old\": container is running"_s), qPrintable(kept[0]));
        QVERIFY2(kept[2].contains(u"used by container"_s), qPrintable(kept[2]));
        QCOMPARE(store().findImage(u"busybox"_s)->names.size(), 1);
        QCOMPARE(store().findContainer(u"old"_s)->state, ContainerState::Running);
    }

    void aContainerThatIsAboutToStartIsKept()
    {
        UniqueFd reservation;
        const auto id = create(u"fresh"_s, {}, &reservation);
        QVERIFY(reservation);
        const auto planned = plan({.containers = true});
        QCOMPARE(planned.items.size(), 1);
        const auto done = carryOut(planned);
        QVERIFY(done.removed.isEmpty());
        QVERIFY2(words(done.kept).value(0).contains(u"about to be started"_s), qPrintable(words(done.kept).value(0)));
        VERIFY_RESULT(startContainer(store(), id, {}));
        VERIFY_RESULT(stopContainer(store(), id, std::chrono::seconds(0)));
        reservation.reset();
        QCOMPARE(carryOut(planned).removed.size(), 1);
    }

    void anImageWithANewNameIsKept()
    {
        QVERIFY(m_fixture->importBytes(dockerArchive({made({u"a:1"_s}, "1"), made({}, "2")})));
        const auto planned = plan({.images = true, .allImages = true});
        const auto images = store().images().value();
        for (const auto &image : images)
            VERIFY_RESULT(store().addName(image.id, ImageReference::parse(u"new:"_s + image.id.shortHex()).value()));
        const auto before = m_fixture->contents();
        const auto done = carryOut(planned);
        QCOMPARE(words(done.removed), QStringList());
        QCOMPARE(done.kept.size(), planned.items.size());
        QVERIFY2(words(done.kept).last().contains(u"other names by now"_s), qPrintable(words(done.kept).last()));
        QCOMPARE(m_fixture->contents(), before);
    }

    void aVolumeThatIsUsedOrNewIsKept()
    {
        VERIFY_RESULT(createVolume(store(), u"used"_s, {}));
        VERIFY_RESULT(createVolume(store(), u"anew"_s, {}));
        VERIFY_RESULT(createVolume(store(), u"gone"_s, {}));
        const auto planned = plan({.allVolumes = true});
        QCOMPARE(planned.items.size(), 3);
        create(u"user"_s, u"used"_s);
        VERIFY_RESULT(removeVolume(store(), u"gone"_s, false));
        VERIFY_RESULT(removeVolume(store(), u"anew"_s, false));
        QTest::qSleep(2); // its moment is in milliseconds
        VERIFY_RESULT(createVolume(store(), u"anew"_s, {}));
        const auto done = carryOut(planned);
        QCOMPARE(words(done.removed), QStringList());
        QCOMPARE(done.kept.size(), 3);
        QVERIFY2(words(done.kept)[0].contains(u"made anew"_s), qPrintable(words(done.kept)[0]));
        QCOMPARE(done.kept[1].why.code, ErrorCode::NotFound);
        QVERIFY2(words(done.kept)[2].contains(u"volume is in use"_s), qPrintable(words(done.kept)[2]));
    }

    // The dialog may leave things out of a plan.
    void onlyWhatThePlanNamesGoes()
    {
        QVERIFY(m_fixture->importBytes(dockerArchive({made({u"a:1"_s, u"a:2"_s}, "1")})));
        auto planned = plan({.allImages = true});
        planned.items.removeIf([](const CleanUpItem &item) { return item.kind == Kind::Image || item.name != u"a:2"_s; });
        QCOMPARE(carryOut(planned).removed.size(), 1);
        QCOMPARE(store().findImage(u"a:1"_s)->names.size(), 1);
        QVERIFY(!store().findImage(u"a:2"_s));
    }

    void twoAtOnce()
    {
        for (int i = 0; i < 6; ++i)
            create(u"c%1"_s.arg(i), u"?"_s);
        const auto planned = plan({.containers = true, .allImages = true, .volumes = true});
        CleanUpResult second;
        std::thread thread([&] {
            auto other = Store::open(m_fixture->paths());
            NoProgress progress;
            second = *cleanUp(*other, planned, progress);
        });
        const auto first = carryOut(planned);
        thread.join();
        QCOMPARE(first.removed.size() + second.removed.size(), planned.items.size());
        for (const auto &result : {first, second}) {
            for (const auto &kept : result.kept)
                QVERIFY2(kept.why.code == ErrorCode::NotFound || kept.why.code == ErrorCode::WrongState, kept.why.detail.c_str());
        }
        QVERIFY(store().containers()->isEmpty() && store().images()->isEmpty() && store().volumes()->isEmpty());
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    void aCancelledOneKeepsTheRest()
    {
        class Cancelled final : public Progress {
        public:
            void report(qint64, qint64) override { m_cancelled = true; }
            [[nodiscard]] bool isCancelled() const override { return m_cancelled; }

        private:
            bool m_cancelled = false;
        } progress;
        create(u"one"_s);
        create(u"two"_s);
        const auto done = cleanUp(store(), plan({.containers = true}), progress);
        QCOMPARE(done->removed.size(), 1);
        QCOMPARE(done->kept.size(), 1);
        QCOMPARE(done->kept.first().why.code, ErrorCode::Cancelled);
        QCOMPARE(store().containers()->size(), 1);
    }

    // ---- disk usage ------------------------------------------------------------------------------------
    void usageCountsWhatIsThere()
    {
        QVERIFY(m_fixture->importBytes(dockerArchive({made({u"a:1"_s}, "1234567"), made({u"b:1"_s}, "123")})));
        const auto id = create(u"one"_s, u"pages"_s);
        writeUpper(id, "0123456789");
        QFile file(store().findVolume(u"pages"_s)->mountpoint + u"/f"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("abc") == 3 && file.flush());
        const auto usage = diskUsage(store(), m_progress);
        VERIFY_RESULT(usage);
        const auto busybox = store().findImage(u"busybox"_s)->size;
        QCOMPARE(usage->layersSize, busybox + 5 + 7 + 3);
        QCOMPARE(usage->images.size(), 3);
        for (const auto &image : usage->images)
            QCOMPARE(image.sharedSize, image.info.size == busybox ? 0 : 5);
        QCOMPARE(usage->containers.size(), 1);
        QCOMPARE(usage->containers.first().writableSize, 10);
        QCOMPARE(usage->containers.first().rootSize, busybox + 10);
        QCOMPARE(usage->volumes.size(), 1);
        QCOMPARE(usage->volumes.first().size, 3);
    }

    void twoHundredContainersAreMeasuredQuickly()
    {
        QStringList ids;
        for (int i = 0; i < 200; ++i)
            ids += create(u"c%1"_s.arg(i));
        writeUpper(ids[150], "0123456789");
        QElapsedTimer timer;
        timer.start();
        const auto sizes = writableSizes(store(), ids, m_progress);
        VERIFY_RESULT(sizes);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed()))); // some 20 ms on an idle machine
        QCOMPARE(sizes->size(), 200);
        QCOMPARE(sizes->value(ids[150]), 10);
        QCOMPARE(sizes->value(ids[3]), 0);
    }
};

QTEST_GUILESS_MAIN(TestCleanUp)
#include "tst_cleanup.moc"
