// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "helper/helpercall.h"
#include "holder/askhelper.h"
#include "holder/holderlinks.h"
#include "holder/holderrecord.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <set>
#include <thread>

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using helper::inChild;

Q_DECLARE_METATYPE(berth::HolderRecord)

namespace {

ino_t inodeOf(const UniqueFd &fd)
{
    struct stat status = {};
    return ::fstat(fd.get(), &status) == 0 ? status.st_ino : 0;
}

bool isGone(pid_t pid)
{
    const std::string state = helper::statusLine(pid, "State");
    return state.empty() || state.starts_with('Z');
}

// A process of ours that is no holder. It lives in the namespaces of its flags.
class Process {
public:
    explicit Process(int flags = 0) : m_pid(::fork())
    {
        if (m_pid != 0)
            return;
        if (flags != 0 && ::unshare(flags) < 0)
            ::_exit(1);
        ::prctl(PR_SET_NAME, "ready");
        for (;;)
            ::pause();
    }
    ~Process()
    {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    Process(const Process &) = delete;
    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] bool isAlive() const { return ::waitpid(m_pid, nullptr, WNOHANG) == 0; }
    [[nodiscard]] bool isReady() const
    {
        return QTest::qWaitFor([this] { return helper::statusLine(m_pid, "Name") == "ready"; }, 3000);
    }
    // As a record of the engine would describe it, if it were the holder.
    [[nodiscard]] HolderRecord record() const
    {
        const std::string folder = "/proc/" + std::to_string(m_pid) + "/ns/";
        HolderLinks links;
        links.pid = m_pid;
        links.userNamespace = openFile(AT_FDCWD, folder + "user", O_RDONLY).value_or(UniqueFd());
        links.mountNamespace = openFile(AT_FDCWD, folder + "mnt", O_RDONLY).value_or(UniqueFd());
        links.networkNamespace = openFile(AT_FDCWD, folder + "net", O_RDONLY).value_or(UniqueFd());
        return describeHolder(links).value_or(HolderRecord{});
    }

private:
    pid_t m_pid;
};

} // namespace

class TestEnsureHolder : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] std::string folder() const { return m_folder->path().toStdString(); }
    [[nodiscard]] std::string recordPath() const { return folder() + "/" + holderRecordName; }
    [[nodiscard]] HolderRecord recordOnDisk() const
    {
        return decodeHolderRecord(helper::readFile(recordPath())).value_or(HolderRecord{});
    }
    bool writeRecord(const std::string &text)
    {
        ::unlink(recordPath().c_str());
        QFile file(QString::fromStdString(recordPath()));
        return file.open(QIODevice::WriteOnly) && file.write(text.data(), qint64(text.size())) == qint64(text.size());
    }
    // What is on disk is not believed, and a real holder takes its place.
    void verifyNotBelieved(pid_t claimed = 0)
    {
        const auto links = ensureHolder(folder());
        QVERIFY2(links, links ? "" : links.error().detail.c_str());
        QVERIFY(links->pid != claimed);
        QCOMPARE(helper::statusLine(links->pid, "Name"), std::string("berth-holder"));
        QCOMPARE(recordOnDisk().pid, links->pid);
        QVERIFY(openRecordedHolder(recordOnDisk()));
    }

private Q_SLOTS:
    void initTestCase() { helper::adoptOrphans(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        (void)stopHolder(folder());
        while (::waitpid(-1, nullptr, WNOHANG) > 0) {} // adopted holders
    }

    void programsThatStartAtOnceShareOne()
    {
        int pipe[2];
        QCOMPARE(::pipe2(pipe, O_CLOEXEC), 0);
        const UniqueFd reading(pipe[0]);
        UniqueFd writing(pipe[1]);
        std::vector<pid_t> children;
        for (int i = 0; i < 8; ++i) {
            const pid_t pid = ::fork();
            if (pid == 0) {
                const auto links = ensureHolder(folder());
                const pid_t found = links ? links->pid : -1;
                ::_exit(::write(pipe[1], &found, sizeof found) == sizeof found ? 0 : 1);
            }
            children.push_back(pid);
        }
        writing.reset();
        for (const pid_t pid : children)
            ::waitpid(pid, nullptr, 0);
        std::set<pid_t> found;
        pid_t pid = 0;
        int answers = 0;
        for (; ::read(reading.get(), &pid, sizeof pid) == sizeof pid; ++answers)
            found.insert(pid);
        QCOMPARE(answers, 8);
        QCOMPARE(found.size(), 1U);
        QVERIFY(*found.begin() > 0 && !isGone(*found.begin()));
    }

    void threadsThatStartAtOnceShareOne()
    {
        std::array<ino_t, 6> found{};
        {
            std::vector<std::jthread> threads;
            for (auto &inode : found)
                threads.emplace_back([&] {
                    const auto links = ensureHolder(folder());
                    inode = links ? inodeOf(links->userNamespace) : 0;
                });
        }
        QVERIFY(found[0] != 0);
        for (const ino_t inode : found)
            QCOMPARE(inode, found[0]);
    }

    void itOutlivesItsMaker()
    {
        QCOMPARE(inChild([this] { return ensureHolder(folder()) ? 0 : 1; }), 0);
        const auto links = ensureHolder(folder());
        QVERIFY(links);
        QCOMPARE(links->pid, recordOnDisk().pid);
    }

    // A maker that is killed before the holder is on record leaves none.
    void aKilledMakerLeavesNothing()
    {
        for (int round = 0; round < 10; ++round) {
            const pid_t pid = ::fork();
            if (pid == 0) {
                (void)ensureHolder(folder());
                for (;;)
                    ::pause();
            }
            ::usleep(useconds_t(round * 600));
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
            const auto links = ensureHolder(folder());
            QVERIFY(links && !isGone(links->pid));
            QCOMPARE(recordOnDisk().pid, links->pid);
            QVERIFY(stopHolder(folder()));
        }
        QVERIFY(helper::allChildrenEnded(10'000));
    }

    void aKilledHolderIsReplaced()
    {
        const auto first = ensureHolder(folder());
        QVERIFY(first);
        QCOMPARE(ensureHolder(folder())->pid, first->pid);
        QCOMPARE(::kill(first->pid, SIGKILL), 0);
        QVERIFY(QTest::qWaitFor([&] { return isGone(first->pid); }, 3000));
        // It may be a zombie still, whose folder in /proc is there.
        const auto second = ensureHolder(folder());
        QVERIFY(second);
        QVERIFY(second->pid != first->pid && inodeOf(second->userNamespace) != inodeOf(first->userNamespace));
        // What was opened of the first still works, as running containers need it.
        QCOMPARE(inChild([&] { return ::setns(first->userNamespace.get(), CLONE_NEWUSER) == 0 ? 0 : 1; }), 0);
    }

    void forgedText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray("\xff\xfe\0\1", 4);
        QTest::newRow("one number") << QByteArray("1\n");
        QTest::newRow("cut") << QByteArray("pid=1\nstart=2\nuser=3\nmount=4\n");
        QTest::newRow("more") << QByteArray("pid=1\nstart=2\nuser=3\nmount=4\nnetwork=5\nmore=6\n");
        QTest::newRow("other order") << QByteArray("start=2\npid=1\nuser=3\nmount=4\nnetwork=5\n");
        QTest::newRow("pid 0") << QByteArray("pid=0\nstart=2\nuser=3\nmount=4\nnetwork=5\n");
        QTest::newRow("negative") << QByteArray("pid=-1\nstart=2\nuser=3\nmount=4\nnetwork=5\n");
        QTest::newRow("wraps") << QByteArray("pid=4294967297\nstart=2\nuser=3\nmount=4\nnetwork=5\n");
        QTest::newRow("a path") << QByteArray("pid=self\nstart=2\nuser=3\nmount=4\nnetwork=5\n");
        QTest::newRow("process 1") << QByteArray("pid=1\nstart=0\nuser=4026531837\nmount=4026531832\nnetwork=4026531833\n");
        QTest::newRow("large") << QByteArray(100'000, '1');
    }
    void forgedText()
    {
        QFETCH(QByteArray, text);
        QVERIFY(writeRecord(text.toStdString()));
        verifyNotBelieved();
    }

    void forgedFiles()
    {
        QCOMPARE(::mkfifo(recordPath().c_str(), 0600), 0);
        verifyNotBelieved();
        (void)stopHolder(folder());
        QCOMPARE(::symlink("/etc/passwd", recordPath().c_str()), 0);
        verifyNotBelieved();
    }

    // The number was given to another process of ours.
    void aReusedProcessId()
    {
        const auto links = ensureHolder(folder());
        QVERIFY(links);
        HolderRecord record = recordOnDisk();
        const Process other;
        const HolderRecord real = record;
        record.pid = other.pid();
        QVERIFY(!openRecordedHolder(record));
        record.startTime = other.record().startTime;
        QVERIFY(!openRecordedHolder(record));
        for (auto field : {&HolderRecord::startTime, &HolderRecord::userNamespace, &HolderRecord::mountNamespace,
                 &HolderRecord::networkNamespace}) {
            record = real;
            record.*field += 1;
            QVERIFY(!openRecordedHolder(record));
        }
        QVERIFY(openRecordedHolder(real));
        QVERIFY(writeRecord(encode(other.record())));
        (void)::kill(real.pid, SIGTERM);
        verifyNotBelieved(other.pid());
        QVERIFY(other.isAlive());
    }

    // A record may be right about every number and still not be a holder's: the user namespace is ours,
    // but the others are the host's, and who enters them would mount things there.
    void namespacesThatDoNotBelongTogether()
    {
        const Process user(CLONE_NEWUSER), userAndNetwork(CLONE_NEWUSER | CLONE_NEWNET),
            userAndMount(CLONE_NEWUSER | CLONE_NEWNS);
        for (const Process *process : {&user, &userAndNetwork, &userAndMount}) {
            QVERIFY(process->isReady());
            QVERIFY(!openRecordedHolder(process->record()));
        }
        QVERIFY(writeRecord(encode(user.record())));
        verifyNotBelieved(user.pid());
    }

    // The file is the record of a real holder, but another user wrote it.
    void aRecordOfAnotherUsers()
    {
        const auto links = ensureHolder(folder());
        QVERIFY(links);
        QCOMPARE(inChild([&] {
                     // As root of the holder, whose range has other users.
            if (::setns(links->userNamespace.get(), CLONE_NEWUSER) < 0 || ::setresgid(0, 0, 0) < 0 || ::setresuid(0, 0, 0) < 0)
                return 1;
            return ::chown(recordPath().c_str(), 1, 1) == 0 && ::chmod(recordPath().c_str(), 0644) == 0 ? 0 : 2;
        }),
            0);
        struct stat status = {};
        QCOMPARE(::stat(recordPath().c_str(), &status), 0);
        QVERIFY(status.st_uid != ::getuid());
        const auto again = ensureHolder(folder());
        QVERIFY(again);
        QVERIFY(again->pid != links->pid);
        ::kill(links->pid, SIGTERM);
    }

    void recordsComeBackWhole()
    {
        const HolderRecord record{4711, ~0ULL, 1, 2, 3};
        QVERIFY(decodeHolderRecord(encode(record)).value() == record);
        const std::string text = encode(record);
        for (std::size_t size = 0; size + 1 < text.size(); ++size)
            if (const auto cut = decodeHolderRecord(std::string_view(text).substr(0, size)))
                QVERIFY(size > text.find("network=")); // a shorter number, which no process has
    }

    void stopEndsTheHolderAndNothingElse()
    {
        const auto links = ensureHolder(folder());
        QVERIFY(links);
        QVERIFY(stopHolder(folder()));
        QVERIFY(QTest::qWaitFor([&] { return isGone(links->pid); }, 3000));
        QVERIFY(!QFile::exists(QString::fromStdString(recordPath())));
        QVERIFY(stopHolder(folder()));
        const Process other;
        QVERIFY(writeRecord(encode(other.record())));
        QVERIFY(stopHolder(folder()));
        QVERIFY(other.isAlive());
    }

    // Ctrl-Z in the moment when another program makes the holder: a sentence, not silence for ever.
    void aStoppedMakerDoesNotKeepOthers()
    {
        const pid_t pid = ::fork();
        if (pid == 0) {
            const UniqueFd lock(::open((folder() + "/" + holderLockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
            struct flock wanted = {};
            wanted.l_type = F_WRLCK;
            ::fcntl(lock.get(), F_OFD_SETLK, &wanted);
            ::prctl(PR_SET_NAME, "ready");
            for (;;)
                ::pause();
        }
        QVERIFY(QTest::qWaitFor([pid] { return helper::statusLine(pid, "Name") == "ready"; }, 3000));
        ::kill(pid, SIGSTOP);
        QElapsedTimer timer;
        timer.start();
        const auto links = ensureHolder(folder());
        const auto waited = timer.elapsed();
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        QVERIFY(!links);
        QVERIFY(waited < 15'000);
        QCOMPARE(int(links.error().code), int(ErrorCode::Unavailable));
        QVERIFY2(links.error().detail.contains("another"), links.error().detail.c_str());
        QVERIFY(ensureHolder(folder()));
    }

    void programsRunInTheHolder()
    {
        const auto links = ensureHolder(folder());
        auto pair = socketPair();
        QVERIFY(links && pair);
        const auto good = spawnInHolder(*links, "/bin/true", pair->second.get());
        QVERIFY(good);
        QCOMPARE(waitForProgram(good->get()).value_or(-1), 0);
        const auto bad = spawnInHolder(*links, "/bin/false", pair->second.get());
        QVERIFY(bad);
        QCOMPARE(WEXITSTATUS(waitForProgram(bad->get()).value_or(0)), 1);
        QCOMPARE(int(spawnInHolder(*links, "/nonexistent", pair->second.get()).error().code), int(ErrorCode::NotFound));
        QCOMPARE(int(spawnInHolder(*links, "/etc/passwd", pair->second.get()).error().code), int(ErrorCode::PermissionDenied));
        const std::vector<int> many(16, pair->second.get());
        QVERIFY(!spawnInHolder(*links, "/bin/true", pair->second.get(), many));
    }

    void aDelegatedCgroupForTheAskingProcess()
    {
        QCOMPARE(inChild([] {
            const auto cgroup = enterDelegatedCgroup(std::string(64, 'a'));
            if (!cgroup)
                return 1;
            const std::string mine = helper::readFile("/proc/self/cgroup");
            return mine.contains("0::/" + cgroup->path + "/entry\n") ? 0 : 2;
        }),
            0);
    }
};

QTEST_APPLESS_MAIN(TestEnsureHolder)
#include "tst_ensureholder.moc"
