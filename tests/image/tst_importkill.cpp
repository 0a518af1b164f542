// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Any of our processes may be killed at any instruction of an import or a removal. Then the store opens,
// knows whole images only, and what was left is collected.
#include "support/importfixture.h"

#include <QRandomGenerator>
#include <QThread>

#include <atomic>
#include <csignal>
#include <thread>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

namespace {

// The layerers that a process has started. Their programs cannot be looked at (they are not dumpable).
QList<pid_t> layerersOf(qint64 parent)
{
    QList<pid_t> found;
    const auto processes = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &process : processes) {
        QFile file(u"/proc/"_s + process + u"/stat"_s);
        if (!process.at(0).isDigit() || !file.open(QIODevice::ReadOnly))
            continue;
        const QString stat = QString::fromLatin1(file.readAll());
        const QString parentField = stat.mid(stat.lastIndexOf(u')') + 2).section(u' ', 1, 1);
        if (stat.contains(u"(berth-layerer)"_s) && parentField.toLongLong() == parent)
            found += process.toInt();
    }
    return found;
}

} // namespace

class TestImportKill : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;
    QRandomGenerator m_random{20261124};

    std::unique_ptr<QProcess> startBerth(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, m_fixture->path(u"data"_s));
        process->setProcessEnvironment(environment);
        process->start(u"berth"_s, arguments);
        return process;
    }

    // Opens the store anew and collects. "" or what is wrong.
    QString checkAfterDeath()
    {
        auto store = Store::open(m_fixture->paths());
        if (!store)
            return QString::fromStdString(store.error().detail);
        // A layerer that was just being started has its parent's descriptors, and so its lock, for some
        // microseconds more.
        const auto collect = [&] { return collectGarbage(*store, m_fixture->start()) && m_fixture->garbage().isEmpty(); };
        if (!QTest::qWaitFor(collect, 5'000))
            return u"left: "_s + m_fixture->garbage().join(u", "_s);
        const auto images = store->images();
        if (!images)
            return QString::fromStdString(images.error().detail);
        for (const auto &image : *images) {
            if (const auto wrong = m_fixture->packAll(image); !wrong.isEmpty())
                return wrong;
        }
        return {};
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ImportFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void killsTheImport_data()
    {
        QTest::addColumn<QString>("archive");
        QTest::addColumn<int>("rounds");
        QTest::newRow("busybox.tar") << ImportFixture::realArchive(u"busybox.tar"_s) << 40;
        QTest::newRow("busybox.tar.gz") << ImportFixture::realArchive(u"busybox.tar.gz"_s) << 20;
        QTest::newRow("layers.tar") << ImportFixture::realArchive(u"layers.tar"_s) << 25;
    }
    void killsTheImport()
    {
        QFETCH(QString, archive);
        QFETCH(int, rounds);
        int died = 0;
        int slowest = 40'000; // microseconds of a whole import so far
        for (int round = 0; round < rounds; ++round) {
            const auto process = startBerth({u"load"_s, u"-q"_s, u"-i"_s, archive});
            QVERIFY(process->waitForStarted());
            QThread::usleep(static_cast<unsigned>(m_random.bounded(slowest)));
            process->kill();
            QVERIFY(process->waitForFinished());
            const bool killed = process->exitStatus() == QProcess::CrashExit;
            died += killed ? 1 : 0;
            // Killed by the clock's chance: widen while it always hits, so that the late moments come as well.
            if (killed && round % 4 == 3)
                slowest += slowest / 2;
            QCOMPARE(checkAfterDeath(), QString());
            const auto images = m_fixture->store().images();
            QVERIFY(images);
            for (const auto &image : *images)
                QVERIFY(removeImage(m_fixture->store(), image.id.text(), true));
        }
        QVERIFY2(died > 5, qPrintable(QString::number(died)));
    }

    void killsTheLayerer()
    {
        const auto before = m_fixture->contents();
        const QString archive = ImportFixture::realArchive(u"redis-podman-oci.tar"_s);
        int failures = 0;
        for (int round = 0; round < 12; ++round) {
            std::atomic<bool> done = false;
            const unsigned wait = static_cast<unsigned>(m_random.bounded(100'000));
            std::thread killer([&] {
                QThread::usleep(wait);
                while (!done) {
                    const auto layerers = layerersOf(::getpid());
                    if (!layerers.isEmpty()) {
                        ::kill(layerers.first(), SIGKILL);
                        return;
                    }
                }
            });
            const auto imported = m_fixture->import(archive);
            done = true;
            killer.join();
            if (imported) {
                QVERIFY(removeImage(m_fixture->store(), u"redis"_s, true));
            } else {
                ++failures;
                QVERIFY2(imported.error().code == ErrorCode::Unavailable, imported.error().detail.c_str());
                QVERIFY2(imported.error().detail.contains("unpacks layers"), imported.error().detail.c_str());
            }
            // The layerer that removes may itself have been the one that was killed.
            QCOMPARE(checkAfterDeath(), QString());
            QCOMPARE(m_fixture->contents(), before);
        }
        QVERIFY2(failures >= 3, qPrintable(QString::number(failures)));
    }

    void killsTheRemoval()
    {
        const QString archive = ImportFixture::realArchive(u"busybox.tar"_s);
        int died = 0;
        for (int round = 0; round < 20; ++round) {
            QVERIFY(m_fixture->import(archive));
            const auto process = startBerth({u"rmi"_s, u"-f"_s, u"busybox:latest"_s, u"busybox:stable"_s});
            QVERIFY(process->waitForStarted());
            QThread::usleep(static_cast<unsigned>(m_random.bounded(20'000)));
            process->kill();
            QVERIFY(process->waitForFinished());
            died += process->exitStatus() == QProcess::CrashExit ? 1 : 0;
            QCOMPARE(checkAfterDeath(), QString());
        }
        QVERIFY2(died > 3, qPrintable(QString::number(died)));
    }
};

QTEST_GUILESS_MAIN(TestImportKill)
#include "tst_importkill.moc"
