// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

namespace {

// A process that only waits, like a holder.
class Sleeper {
public:
    Sleeper() : m_pid(::fork())
    {
        if (m_pid != 0)
            return;
        ::close_range(3, ~0U, 0); // a lock belongs to every copy of its descriptor
        for (;;)
            ::pause();
    }
    ~Sleeper() { end(); }
    Sleeper(const Sleeper &) = delete;
    [[nodiscard]] pid_t pid() const { return m_pid; }
    void becomeZombie() const
    {
        ::kill(m_pid, SIGKILL);
        siginfo_t info{};
        ::waitid(P_PID, id_t(m_pid), &info, WEXITED | WNOWAIT);
    }
    void end()
    {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = 0;
    }

private:
    pid_t m_pid;
};

} // namespace

// The records in /run/berth. The functions get another folder and another owner here, and are the same.
class TestQuota : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    UniqueFd m_proc;
    const uid_t m_owner = ::getuid();
    static constexpr uid_t user = 4321;

    [[nodiscard]] UniqueFd folder() const
    {
        return UniqueFd(::open(m_folder->path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }
    Status lease(Lease &lease, std::uint32_t cost = 0, std::uint32_t maximum = 0)
    {
        std::uint32_t detail = 0;
        return takeLease(folder(), user, m_owner, cost, maximum, m_proc.get(), lease, detail);
    }
    [[nodiscard]] std::string path(const char *name) const { return m_folder->path().toStdString() + "/" + name; }

private Q_SLOTS:
    void init()
    {
        ::umask(077);
        m_folder = std::make_unique<QTemporaryDir>();
        m_proc.reset(::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }

    void slotsCountLivingProcesses()
    {
        std::vector<std::unique_ptr<Sleeper>> sleepers;
        for (int i = 0; i < 3; ++i) {
            Lease mine;
            QCOMPARE(int(lease(mine, 0, 3)), int(Status::Ok));
            sleepers.push_back(std::make_unique<Sleeper>());
            const pid_t pid = sleepers.back()->pid();
            QVERIFY(fillSlot(mine, pid, processStartTime(m_proc.get(), pid)));
        }
        Lease refused;
        QCOMPARE(int(lease(refused, 0, 3)), int(Status::QuotaExceeded));
        QCOMPARE(int(lease(refused, 0, 4)), int(Status::Ok)); // another maximum, the same record
        refused = Lease();
        sleepers[1]->end();
        QCOMPARE(int(lease(refused, 0, 3)), int(Status::Ok));
    }

    void aReservationWithoutAProcessIsFree()
    {
        for (int i = 0; i < 200; ++i) { // as left by helpers that were killed
            Lease mine;
            QCOMPARE(int(lease(mine, 0, 1)), int(Status::Ok));
        }
    }

    void aReusedProcessIdIsAnotherProcess()
    {
        const Sleeper sleeper;
        Lease mine;
        QCOMPARE(int(lease(mine, 0, 1)), int(Status::Ok));
        QVERIFY(fillSlot(mine, sleeper.pid(), processStartTime(m_proc.get(), sleeper.pid()) + 1));
        mine = Lease();
        QCOMPARE(int(lease(mine, 0, 1)), int(Status::Ok));
    }

    // An uplink is for both namespaces of one holder that lives.
    void namespacesAreAHolders()
    {
        Sleeper sleeper, other;
        Lease mine;
        QCOMPARE(int(lease(mine, 0, 2)), int(Status::Ok));
        QVERIFY(!holdsNamespaces(mine, m_proc.get(), {41, 42}));
        QVERIFY(fillSlot(mine, sleeper.pid(), processStartTime(m_proc.get(), sleeper.pid())));
        QVERIFY(!holdsNamespaces(mine, m_proc.get(), {0, 0})); // none on record is none
        QVERIFY(fillSlot(mine, sleeper.pid(), processStartTime(m_proc.get(), sleeper.pid()), {41, 42}));
        mine = Lease();
        QCOMPARE(int(lease(mine, 0, 2)), int(Status::Ok));
        QVERIFY(fillSlot(mine, other.pid(), processStartTime(m_proc.get(), other.pid()), {51, 52}));
        QVERIFY(holdsNamespaces(mine, m_proc.get(), {41, 42}));
        QVERIFY(holdsNamespaces(mine, m_proc.get(), {51, 52}));
        QVERIFY(!holdsNamespaces(mine, m_proc.get(), {41, 52}));
        QVERIFY(!holdsNamespaces(mine, m_proc.get(), {42, 41}));
        sleeper.end();
        QVERIFY(!holdsNamespaces(mine, m_proc.get(), {41, 42}));
        QVERIFY(holdsNamespaces(mine, m_proc.get(), {51, 52}));
    }

    // Whoever adopts a dead holder may never reap it; it holds no namespace any more.
    void aZombieIsNotAHolder()
    {
        const Sleeper sleeper;
        Lease mine;
        QCOMPARE(int(lease(mine, 0, 1)), int(Status::Ok));
        QVERIFY(fillSlot(mine, sleeper.pid(), processStartTime(m_proc.get(), sleeper.pid())));
        mine = Lease();
        QCOMPARE(int(lease(mine, 0, 1)), int(Status::QuotaExceeded));
        sleeper.becomeZombie();
        QCOMPARE(processStartTime(m_proc.get(), sleeper.pid()), 0U);
        QCOMPARE(int(lease(mine, 0, 1)), int(Status::Ok));
    }

    void startTimeIsTheKernels()
    {
        QVERIFY(processStartTime(m_proc.get(), ::getpid()) > 0);
        QCOMPARE(processStartTime(m_proc.get(), 0), 0U);
        QCOMPARE(processStartTime(m_proc.get(), -1), 0U);
        QCOMPARE(processStartTime(m_proc.get(), 0x7fffffff), 0U);
        // A name that looks like the rest of the line.
        const Sleeper plain;
        const pid_t pid = ::fork();
        if (pid == 0) {
            const UniqueFd name(::open("/proc/self/comm", O_WRONLY));
            [[maybe_unused]] const auto written = ::write(name.get(), "a) R 1 1 1 (", 12);
            for (;;)
                ::pause();
        }
        const QString comm = QStringLiteral("/proc/%1/comm").arg(pid);
        QVERIFY(QTest::qWaitFor(
            [&] {
                QFile file(comm);
                return file.open(QIODevice::ReadOnly) && file.readAll().startsWith("a) R");
            },
            2000));
        const auto start = processStartTime(m_proc.get(), pid);
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        const auto earlier = processStartTime(m_proc.get(), plain.pid());
        QVERIFY(start >= earlier && start < earlier + 1000);
    }

    void requestsArePaidFor()
    {
        Lease mine;
        int granted = 0;
        while (lease(mine, holderCost) == Status::Ok) {
            mine = Lease();
            QVERIFY(++granted < 1000);
        }
        QVERIFY(granted >= 64); // a full bucket
        QCOMPARE(int(lease(mine, holderCost)), int(Status::RateLimited));
        QVERIFY(QTest::qWaitFor([&] { return lease(mine, holderCost) == Status::Ok; }, 1000));
    }

    void oneLeaseAtATime()
    {
        // Held by another process, as in life, and by a child of it that only has the descriptors.
        int pipe[2];
        QCOMPARE(::pipe2(pipe, O_CLOEXEC), 0);
        const UniqueFd reading(pipe[0]);
        UniqueFd writing(pipe[1]);
        const pid_t pid = ::fork();
        if (pid == 0) {
            Lease held;
            const char word = lease(held) == Status::Ok ? 'y' : 'n';
            const pid_t child = ::fork();
            if (child == 0)
                for (;;)
                    ::pause();
            std::string answer = word + std::to_string(child);
            [[maybe_unused]] const auto written = ::write(pipe[1], answer.data(), answer.size());
            for (;;)
                ::pause();
        }
        writing.reset();
        char answer[32] = {};
        QVERIFY(::read(reading.get(), answer, sizeof answer - 1) > 1);
        QCOMPARE(answer[0], 'y');
        Lease mine, others;
        QElapsedTimer timer;
        timer.start();
        const Status busy = lease(mine);
        const auto waited = timer.restart();
        std::uint32_t detail = 0;
        const Status free = takeLease(folder(), user + 1, m_owner, 0, 0, m_proc.get(), others, detail);
        const auto waitedByOther = timer.elapsed();
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        const Status after = lease(mine); // although the descriptor's other copy is alive
        ::kill(std::stoi(answer + 1), SIGKILL);
        QCOMPARE(int(busy), int(Status::Busy));
        QVERIFY(waited < 3000);
        QCOMPARE(int(free), int(Status::Ok));
        QVERIFY(waitedByOther < 100);
        QCOMPARE(int(after), int(Status::Ok));
    }

    // Names that the helper would use, planted by somebody else.
    void plantedFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("lock") << QByteArray("lock-4321");
        QTest::newRow("record") << QByteArray("record-4321");
    }
    void plantedFilesAreRefused()
    {
        QFETCH(QByteArray, name);
        const std::string target = path(name.constData()), victim = path("victim");
        const auto write = [](const std::string &file, const QByteArray &text) {
            QFile out(QString::fromStdString(file));
            return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
        };
        QVERIFY(write(victim, "precious"));
        const auto isRefused = [&] {
            Lease mine;
            const bool refused = lease(mine, 1, 1) == Status::StateUnusable;
            ::unlink(target.c_str());
            ::rmdir(target.c_str());
            return refused;
        };
        QCOMPARE(::symlink(victim.c_str(), target.c_str()), 0);
        QVERIFY(isRefused());
        QCOMPARE(::symlink("dangling", target.c_str()), 0);
        QVERIFY(isRefused());
        QVERIFY(!QFile::exists(QString::fromStdString(path("dangling"))));
        QCOMPARE(::link(victim.c_str(), target.c_str()), 0);
        QVERIFY(isRefused());
        QCOMPARE(::mkfifo(target.c_str(), 0600), 0);
        QVERIFY(isRefused());
        QCOMPARE(::mkdir(target.c_str(), 0700), 0);
        QVERIFY(isRefused());
        QVERIFY(write(target, "x"));
        QCOMPARE(::chmod(target.c_str(), 0666), 0);
        QVERIFY(isRefused());
        QFile file(QString::fromStdString(victim));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("precious"));
        Lease mine;
        std::uint32_t detail = 0;
        QVERIFY(write(target, "x")); // somebody else's
        QCOMPARE(int(takeLease(folder(), user, m_owner + 1, 1, 1, m_proc.get(), mine, detail)), int(Status::StateUnusable));
    }

    void aTemporaryFileInTheWayIsReplaced()
    {
        const std::string victim = path("victim");
        QFile(QString::fromStdString(victim)).open(QIODevice::WriteOnly);
        QCOMPARE(::symlink(victim.c_str(), path(".record-4321").c_str()), 0);
        Lease mine;
        QCOMPARE(int(lease(mine, 1, 1)), int(Status::Ok));
        QCOMPARE(QFile(QString::fromStdString(victim)).size(), 0);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden),
            (QStringList{QStringLiteral("lock-4321"), QStringLiteral("record-4321"), QStringLiteral("victim")}));
    }

    // Garbage, a cut record and one of the future are a user who did nothing yet, never a crash.
    void damagedRecords()
    {
        Lease mine;
        QCOMPARE(int(lease(mine, 1, 1)), int(Status::Ok));
        mine = Lease();
        QFile file(QString::fromStdString(path("record-4321")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray whole = file.readAll();
        QCOMPARE(whole.size(), 24 + 32 * int(largestMaximum));
        for (qsizetype size = 0; size < whole.size(); size += 7) {
            QVERIFY(file.resize(size));
            QCOMPARE(int(lease(mine, 1, 1)), int(Status::Ok));
            mine = Lease();
            file.close();
            QVERIFY(file.open(QIODevice::ReadWrite));
        }
        for (int byte = 0; byte < 256; byte += 5) {
            QVERIFY(file.seek(8)); // after the magic
            file.write(QByteArray(whole.size() - 8, char(byte)));
            file.flush();
            const Status status = lease(mine, 1, 1);
            QVERIFY(status == Status::Ok || status == Status::RateLimited);
            mine = Lease();
            file.close();
            QVERIFY(file.open(QIODevice::ReadWrite));
        }
    }

    // The boot clock of the record lies ahead: the user need not wait for that moment.
    void aClockFromTheFuture()
    {
        Lease mine;
        QCOMPARE(int(lease(mine, 640)), int(Status::Ok));
        mine = Lease();
        QFile file(QString::fromStdString(path("record-4321")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(8));
        const quint64 future = ~quint64{0} / 2000;
        file.write(reinterpret_cast<const char *>(&future), sizeof future);
        file.write(QByteArray(4, 0)); // and no token left
        file.close();
        QCOMPARE(int(lease(mine, 640)), int(Status::Ok));
        mine = Lease();
        QCOMPARE(int(lease(mine, 640)), int(Status::RateLimited));
    }

    // A full disk, or a limit on the size of files: refused, and the record is what it was.
    void aRecordIsNeverCut()
    {
        Lease mine;
        QCOMPARE(int(lease(mine, 1, 2)), int(Status::Ok));
        mine = Lease();
        QFile file(QString::fromStdString(path("record-4321")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit small{100, 100};
            ::setrlimit(RLIMIT_FSIZE, &small);
            Lease inner;
            ::_exit(lease(inner, 1, 2) == Status::StateUnusable ? 0 : 1);
        }
        int status = -1;
        ::waitpid(pid, &status, 0);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        QFile after(QString::fromStdString(path("record-4321")));
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), before);
        QVERIFY(!QFile::exists(QString::fromStdString(path(".record-4321"))));
    }
};

QTEST_APPLESS_MAIN(TestQuota)
#include "tst_quota.moc"
