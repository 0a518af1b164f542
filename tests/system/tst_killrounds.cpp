// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every process may be killed at any instruction. Each round starts a verb of images, containers or networks,
// kills one of our processes at a random moment, and then asks the engine what it has: no image and
// no container that was ever reported may be missing, and at the end nothing may run, be mounted, be in the
// router or have a control group.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 500;
constexpr int commandTimeout = 30'000; // milliseconds; a command that hangs is a failure, not a wait

struct Outcome {
    int exitCode = -1;
    QString out;
    QString error;
};

const QString sleepTime = u"7654321"_s; // by which the containers' processes are known on the host
const QStringList programs{u"berth"_s, u"berth-monitor"_s, u"berth-holder"_s, u"berth-layerer"_s, u"berth-helper"_s,
    u"berth-forwarder"_s};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

// From /proc/<pid>/stat: the program's name and the parent. The name is there for set-uid programs, too.
struct Process {
    QString name;
    pid_t parent = 0;
};
Process processAt(pid_t pid)
{
    const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(pid));
    const auto open = stat.indexOf('(');
    const auto close = stat.lastIndexOf(')');
    if (open < 0 || close < open)
        return {};
    return {QString::fromUtf8(stat.sliced(open + 1, close - open - 1)), stat.sliced(close + 2).split(' ').value(1).toInt()};
}

// Whether a process works for our store: its environment says so or, when that is closed to us (the
// helper, and what enters containers), its parent's does. Other tests run beside us.
bool isOurs(pid_t pid, const QByteArray &marker)
{
    for (int generation = 0; generation < 6 && pid > 1; ++generation) {
        if (const auto environment = contentOf(u"/proc/%1/environ"_s.arg(pid)); !environment.isEmpty())
            return environment.contains(marker);
        pid = processAt(pid).parent;
    }
    return false;
}

// Whether the program of any of our containers is left.
bool isAnybodyAsleep()
{
    const auto entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    return std::ranges::any_of(entries, [](const QString &entry) {
        return contentOf(u"/proc/%1/cmdline"_s.arg(entry)) == QByteArray("sleep\0", 6) + sleepTime.toUtf8() + '\0';
    });
}

QList<pid_t> processesOf(const QString &name, const QByteArray &marker)
{
    QList<pid_t> found;
    const auto entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        bool isNumber = false;
        const int pid = entry.toInt(&isNumber);
        if (isNumber && processAt(pid).name == name && isOurs(pid, marker))
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
    QString m_layers;
    QMap<QString, int> m_killed;
    QRandomGenerator m_random{20261124};
    QSet<QString> m_images;     // names reported by load
    QSet<QString> m_containers; // ids reported by run -d and not yet asked to be removed
    QSet<QString> m_everSeen;   // ids that ps has ever listed

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

    // The holder has neither environment nor parent; its record names it.
    QList<pid_t> ownProcesses(const QString &name) const
    {
        if (name != u"berth-holder"_s)
            return processesOf(name, m_home.path().toUtf8());
        const auto lines = contentOf(m_home.path() + u"/berth/holder"_s).split('\n');
        const pid_t pid = lines.first().startsWith("pid=") ? lines.first().sliced(4).toInt() : 0;
        return processAt(pid).name == name ? QList<pid_t>{pid} : QList<pid_t>();
    }

    // Each kind of program that is there has the same chance, however many monitors there are.
    void killSomething()
    {
        QMap<QString, QList<pid_t>> candidates;
        for (const QString &name : programs) {
            if (const auto found = ownProcesses(name); !found.isEmpty())
                candidates.insert(name, found);
        }
        if (candidates.isEmpty())
            return;
        // A layerer is seldom there, so it is preferred.
        const bool prefersLayerer = candidates.contains(u"berth-layerer"_s) && m_random.bounded(2) == 0;
        const QString name = prefersLayerer ? u"berth-layerer"_s : candidates.keys().at(m_random.bounded(candidates.size()));
        const auto &pids = candidates[name];
        if (::kill(pids.at(m_random.bounded(pids.size())), SIGKILL) == 0)
            ++m_killed[name];
    }

    QStringList nextVerb(int round)
    {
        const QString name = u"r%1"_s.arg(round);
        const auto some = m_containers.isEmpty() ? QString() : *m_containers.begin();
        switch (m_random.bounded(some.isEmpty() ? 4 : 8)) {
        case 0: return {u"load"_s, u"-q"_s, u"-i"_s, m_archive};
        case 1: // twenty-one layers, unpacked and removed by turns
            return m_images.contains(u"layers"_s) ? QStringList{u"rmi"_s, u"-f"_s, u"layers"_s}
                                                  : QStringList{u"load"_s, u"-q"_s, u"-i"_s, m_layers};
        case 2: return {u"run"_s, u"-d"_s, u"--name"_s, name, u"busybox"_s, u"sleep"_s, sleepTime};
        case 3:
            return {u"run"_s, u"-d"_s, u"--name"_s, name, u"--network"_s, u"net"_s, u"-p"_s, u"127.0.0.1::80"_s, u"busybox"_s,
                u"sleep"_s, sleepTime};
        case 4: return {u"exec"_s, some, u"true"_s};
        case 5: return {u"stop"_s, u"-t"_s, u"0"_s, some};
        case 6: return {u"restart"_s, u"-t"_s, u"0"_s, some};
        default: return {u"rm"_s, u"-f"_s, some};
        }
    }

    // Interfaces of the router, which is the holder's network namespace.
    QByteArray routerLinks() const
    {
        const auto holders = ownProcesses(u"berth-holder"_s);
        if (holders.isEmpty())
            return "no holder";
        QProcess look;
        look.start(u"nsenter"_s,
            {u"--user"_s, u"--net"_s, u"--preserve-credentials"_s, u"--target"_s, QString::number(holders.first()), u"ip"_s,
                u"-o"_s, u"link"_s});
        look.waitForFinished(commandTimeout);
        return look.readAllStandardOutput() + look.readAllStandardError();
    }

    // Folders of the control groups of containers that were ever on record.
    QStringList controlGroups() const
    {
        QStringList left;
        QDirIterator groups(u"/sys/fs/cgroup"_s, QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (groups.hasNext()) {
            groups.next();
            if (m_everSeen.contains(groups.fileName()))
                left += groups.filePath();
        }
        return left;
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
        for (const QString &id : containers.out.split(u'\n', Qt::SkipEmptyParts))
            m_everSeen.insert(id);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString images = qEnvironmentVariable("BERTH_TEST_IMAGES");
        m_archive = images + u"/busybox.tar"_s;
        m_layers = images + u"/layers.tar"_s;
        QVERIFY2(QFileInfo::exists(m_archive), qPrintable(m_archive + u" is missing; run this through ./dev test"_s));
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"XDG_DATA_HOME"_s, m_home.path() + u"/data"_s);
        m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_home.path());
        QCOMPARE(berth({u"load"_s, u"-q"_s, u"-i"_s, m_archive}).exitCode, 0);
        m_images.insert(u"busybox"_s);
        QCOMPARE(berth({u"network"_s, u"create"_s, u"net"_s}).exitCode, 0);
    }

    void killAtRandom()
    {
        for (int round = 0; round < rounds; ++round) {
            const QStringList verb = nextVerb(round);
            const bool loadsLayers = verb.last() == m_layers;
            // From here on it may be gone or not.
            if (verb.first() == u"rm"_s)
                m_containers.remove(verb.last());
            if (verb.first() == u"rmi"_s)
                m_images.remove(verb.last());
            const auto process = start(verb);
            process->waitForFinished(m_random.bounded(loadsLayers ? 400 : 60));
            killSomething();
            const Outcome outcome = finish(*process);
            const QString context = u"round %1, berth %2"_s.arg(round).arg(verb.join(u' '));
            QVERIFY2(outcome.exitCode != -2, qPrintable(context + u": "_s + outcome.error));
            if (verb.first() == u"run"_s && outcome.exitCode == 0)
                m_containers.insert(outcome.out.trimmed());
            if (loadsLayers && outcome.exitCode == 0)
                m_images.insert(u"layers"_s);
            checkNothingIsLost(context);
            if (QTest::currentTestFailed())
                return;
        }
        for (const QString &name : programs)
            qInfo("killed %d times: %s", m_killed.value(name), qPrintable(name));
        for (const auto &name : {u"berth"_s, u"berth-monitor"_s, u"berth-holder"_s, u"berth-forwarder"_s})
            QVERIFY2(m_killed.value(name) >= 10, qPrintable(name + u" was hardly met"_s));
    }

    void theEngineStillWorks()
    {
        QCOMPARE(berth({u"load"_s, u"-q"_s, u"-i"_s, m_archive}).exitCode, 0);
        const Outcome run = berth({u"run"_s, u"--rm"_s, u"busybox"_s, u"echo"_s, u"alive"_s});
        QCOMPARE(run.out, u"alive\n"_s);
        QCOMPARE(berth({u"load"_s, u"-q"_s, u"-i"_s, m_layers}).exitCode, 0);
        const Outcome layered = berth({u"run"_s, u"--rm"_s, u"layers"_s, u"sh"_s, u"-c"_s, u"cat number a/fresh; ls many"_s});
        QVERIFY2(layered.out.startsWith(u"10\nfresh\n10\n"_s), qPrintable(layered.out + layered.error));
    }

    void nothingIsLeft()
    {
        const QStringList all = berth({u"ps"_s, u"-aq"_s}).out.split(u'\n', Qt::SkipEmptyParts);
        if (!all.isEmpty())
            QCOMPARE(berth(QStringList{u"rm"_s, u"-f"_s} + all).exitCode, 0);
        for (const auto &name : {u"berth-monitor"_s, u"berth-forwarder"_s, u"berth-layerer"_s})
            QVERIFY2(QTest::qWaitFor([this, name] { return ownProcesses(name).isEmpty(); }, 20'000), qPrintable(name));
        QVERIFY2(QTest::qWaitFor([this] { return controlGroups().isEmpty(); }, 20'000), qPrintable(controlGroups().join(u'\n')));
        QCOMPARE(berth({u"network"_s, u"rm"_s, u"net"_s}).exitCode, 0);
        // What is on the default bridge stays; the kernel takes the interfaces of namespaces that ended a little later.
        QVERIFY2(QTest::qWaitFor([this] { return routerLinks().count(" master ") == 0; }, 20'000), routerLinks());
        const auto links = routerLinks();
        QVERIFY2(links.contains(": lo:") && links.count(": br-") <= 1, links);
        QVERIFY2(!isAnybodyAsleep(), "a container's process is left");
        QFile mounts(u"/proc/self/mountinfo"_s);
        QVERIFY(mounts.open(QFile::ReadOnly));
        QVERIFY(!mounts.readAll().contains(m_home.path().toUtf8()));
        QCOMPARE(QDir(m_home.path() + u"/berth"_s).entryList({u"*.sock"_s}, QDir::System), QStringList());
        const QDir data(m_home.path() + u"/data/berth"_s);
        QVERIFY(QDir(data.filePath(u"containers"_s)).isEmpty());
        QVERIFY(QTest::qWaitFor([&data] { return QDir(data.filePath(u"trash"_s)).isEmpty(); }, 20'000));
        QVERIFY(QDir(data.filePath(u"staging"_s)).isEmpty());
    }

    void cleanupTestCase()
    {
        static_cast<void>(berth({u"rmi"_s, u"-f"_s, u"busybox"_s, u"layers"_s}));
        const QDir trash(m_home.path() + u"/data/berth/trash"_s);
        static_cast<void>(QTest::qWaitFor([&trash] { return trash.isEmpty(); }, 20'000));
        for (const pid_t pid : ownProcesses(u"berth-holder"_s))
            ::kill(pid, SIGTERM);
    }
};

QTEST_GUILESS_MAIN(TestKillRounds)
#include "tst_killrounds.moc"
