// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every process may be killed at any instruction. Each round starts an import, a run, an exec or a rm,
// kills one of our processes at a random moment, and then asks the engine what it has: no image and
// no container that was ever reported may be missing, and at the end nothing may run or be mounted.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 300;
constexpr int commandTimeout = 30'000; // milliseconds; a command that hangs is a failure, not a wait

struct Outcome {
    int exitCode = -1;
    QString out;
    QString error;
};

const QStringList programs{u"berth"_s, u"berth-monitor"_s, u"berth-holder"_s, u"berth-layerer"_s, u"berth-helper"_s};

// Our programs of this store, told from those of other tests by the environment or the parent.
QList<pid_t> processesOf(const QStringList &names, const QByteArray &marker)
{
    QList<pid_t> found;
    const auto entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        bool isNumber = false;
        const int pid = entry.toInt(&isNumber);
        if (!isNumber || !names.contains(QFileInfo(QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(pid))).fileName()))
            continue;
        QFile environment(u"/proc/%1/environ"_s.arg(pid));
        const bool readable = environment.open(QFile::ReadOnly);
        const QByteArray content = readable ? environment.readAll() : QByteArray();
        if (content.isEmpty() || content.contains(marker))
            found.append(pid);
    }
    return found;
}

} // namespace

class TestKillRounds : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QString m_archive;
    QRandomGenerator m_random{20261124};
    QSet<QString> m_images;     // names reported by load
    QSet<QString> m_containers; // ids reported by run -d and not yet asked to be removed

    std::unique_ptr<QProcess> start(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(m_environment);
        process->setStandardInputFile(QProcess::nullDevice());
        process->start(u"berth"_s, arguments);
        return process;
    }

    Outcome finish(QProcess &process)
    {
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(commandTimeout)) {
            const QString command = process.arguments().join(u' ');
            process.kill();
            process.waitForFinished();
            return {-2, {}, u"hangs: berth "_s + command};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

    Outcome berth(const QStringList &arguments)
    {
        const auto process = start(arguments);
        return finish(*process);
    }

    void killSomething()
    {
        const auto candidates = processesOf(programs, m_home.path().toUtf8());
        if (!candidates.isEmpty())
            ::kill(candidates.at(m_random.bounded(candidates.size())), SIGKILL);
    }

    QStringList nextVerb(int round)
    {
        const QString name = u"r%1"_s.arg(round);
        const auto some = m_containers.isEmpty() ? QString() : *m_containers.begin();
        switch (m_random.bounded(some.isEmpty() ? 2 : 4)) {
        case 0:
            return {u"load"_s, u"-q"_s, u"-i"_s, m_archive};
        case 1:
            return {u"run"_s, u"-d"_s, u"--name"_s, name, u"busybox"_s, u"sleep"_s, u"1000"_s};
        case 2:
            return {u"exec"_s, some, u"true"_s};
        default:
            return {u"rm"_s, u"-f"_s, some};
        }
    }

    void checkNothingIsLost(const QString &context)
    {
        const Outcome images = berth({u"images"_s, u"--format"_s, u"{{.Repository}}"_s});
        QVERIFY2(images.exitCode == 0, qPrintable(context + u": images: "_s + images.error));
        for (const QString &name : std::as_const(m_images))
            QVERIFY2(images.out.contains(name), qPrintable(context + u": lost image "_s + name));
        const Outcome containers = berth({u"ps"_s, u"-aq"_s, u"--no-trunc"_s});
        QVERIFY2(containers.exitCode == 0, qPrintable(context + u": ps: "_s + containers.error));
        for (const QString &id : std::as_const(m_containers))
            QVERIFY2(containers.out.contains(id), qPrintable(context + u": lost container "_s + id));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString images = qEnvironmentVariable("BERTH_TEST_IMAGES");
        m_archive = images + u"/busybox.tar"_s;
        QVERIFY2(QFileInfo::exists(m_archive), qPrintable(m_archive + u" is missing; run this through ./dev test"_s));
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"XDG_DATA_HOME"_s, m_home.path() + u"/data"_s);
        m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_home.path());
        QCOMPARE(berth({u"load"_s, u"-q"_s, u"-i"_s, m_archive}).exitCode, 0);
        m_images.insert(u"busybox"_s);
    }

    void killAtRandom()
    {
        for (int round = 0; round < rounds; ++round) {
            const QStringList verb = nextVerb(round);
            const bool removes = verb.first() == u"rm"_s;
            if (removes) // from here on it may be gone or not
                m_containers.remove(verb.last());
            const auto process = start(verb);
            process->waitForFinished(m_random.bounded(60));
            killSomething();
            const Outcome outcome = finish(*process);
            const QString context = u"round %1, berth %2"_s.arg(round).arg(verb.join(u' '));
            QVERIFY2(outcome.exitCode != -2, qPrintable(context + u": "_s + outcome.error));
            if (verb.first() == u"run"_s && outcome.exitCode == 0)
                m_containers.insert(outcome.out.trimmed());
            checkNothingIsLost(context);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void theEngineStillWorks()
    {
        QCOMPARE(berth({u"load"_s, u"-q"_s, u"-i"_s, m_archive}).exitCode, 0);
        const Outcome run = berth({u"run"_s, u"--rm"_s, u"busybox"_s, u"echo"_s, u"alive"_s});
        QCOMPARE(run.out, u"alive\n"_s);
    }

    void nothingIsLeft()
    {
        const QStringList all = berth({u"ps"_s, u"-aq"_s}).out.split(u'\n', Qt::SkipEmptyParts);
        if (!all.isEmpty())
            QCOMPARE(berth(QStringList{u"rm"_s, u"-f"_s} + all).exitCode, 0);
        QVERIFY(QTest::qWaitFor([this] {
            return processesOf({u"berth-monitor"_s, u"berth-layerer"_s}, m_home.path().toUtf8()).isEmpty();
        }, 20'000));
        QVERIFY2(processesOf({u"busybox"_s}, "HOSTNAME=").isEmpty(), "a container's process is left");
        QFile mounts(u"/proc/self/mountinfo"_s);
        QVERIFY(mounts.open(QFile::ReadOnly));
        QVERIFY(!mounts.readAll().contains(m_home.path().toUtf8()));
        const QDir data(m_home.path() + u"/data/berth"_s);
        QVERIFY(QDir(data.filePath(u"containers"_s)).isEmpty());
        QVERIFY(QTest::qWaitFor([&data] { return QDir(data.filePath(u"trash"_s)).isEmpty(); }, 20'000));
        QVERIFY(QDir(data.filePath(u"staging"_s)).isEmpty());
    }

    void cleanupTestCase()
    {
        static_cast<void>(berth({u"rmi"_s, u"-f"_s, u"busybox"_s}));
        for (const pid_t pid : processesOf({u"berth-holder"_s}, m_home.path().toUtf8()))
            ::kill(pid, SIGTERM);
    }
};

QTEST_GUILESS_MAIN(TestKillRounds)
#include "tst_killrounds.moc"
