// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/authority.h"
#include "helper/helpercall.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <memory>
#include <sstream>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

namespace {

bool writeFile(int folder, const char *name, const std::string &text)
{
    const UniqueFd file(::openat(folder, name, O_WRONLY | O_CLOEXEC));
    return file && ::write(file.get(), text.data(), text.size()) == ssize_t(text.size());
}

// engine/holder belongs to the caller, but its freezer is root's. Its owner can put another one in its
// place, though. Who lives there (the user's real holder) waits in entry/ meanwhile.
class HolderFolder {
public:
    explicit HolderFolder(int engine) : m_engine(engine)
    {
        const std::string procs = "/proc/self/fd/" + std::to_string(engine) + "/holder/cgroup.procs";
        std::istringstream list(readFile(procs));
        for (std::string pid; list >> pid;)
            if (writeFile(engine, "entry/cgroup.procs", pid))
                m_moved.push_back(pid);
        ::unlinkat(engine, "holder", AT_REMOVEDIR);
        m_isOurs = ::mkdirat(engine, "holder", 0755) == 0;
    }
    ~HolderFolder()
    {
        freeze(false);
        for (const auto &pid : m_moved)
            writeFile(m_engine, "holder/cgroup.procs", pid);
    }
    HolderFolder(const HolderFolder &) = delete;
    [[nodiscard]] bool isOurs() const { return m_isOurs; }
    bool freeze(bool isFrozen) const { return writeFile(m_engine, "holder/cgroup.freeze", isFrozen ? "1" : "0"); }

private:
    int m_engine;
    bool m_isOurs = false;
    std::vector<std::string> m_moved;
};

} // namespace

// Uses up what one user may have; so no other test runs meanwhile.
class TestHelperExhaustion : public QObject {
    Q_OBJECT
private:
    const Request m_spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);

private Q_SLOTS:
    void init() { adoptOrphans(); }

    void aHundredAtOnce()
    {
        std::vector<std::unique_ptr<Call>> calls;
        for (int i = 0; i < 100; ++i) {
            calls.push_back(std::make_unique<Call>());
            QVERIFY(calls.back()->send(bytesOf(m_spawn)));
        }
        std::vector<Answer> answers;
        int made = 0;
        for (const auto &call : calls) {
            Answer answer = call->finish();
            QVERIFY(answer.endedProperly() && answer.isWellFormed(m_spawn));
            const Status status = answer.status();
            QVERIFY2(status == Status::Ok || status == Status::Busy || status == Status::RateLimited
                    || status == Status::QuotaExceeded,
                qPrintable(QString::number(int(status))));
            made += status == Status::Ok;
            answers.push_back(std::move(answer)); // keeps the holder
        }
        QVERIFY(made > 0 && made <= int(defaultMaximum));
        answers.clear();
        QVERIFY(allChildrenEnded(10'000));
    }

    // Requests that cost nothing cannot be refused for their number, nor keep others waiting.
    void probesWhileTheUserIsOutOfTokens()
    {
        while (ask(m_spawn).status() != Status::RateLimited) {}
        QElapsedTimer timer;
        timer.start();
        const Request probe = makeRequest(Operation::Probe);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(int(ask(probe).status()), int(Status::Ok));
        QVERIFY(timer.elapsed() < 10'000);
        QVERIFY(allChildrenEnded(10'000));
        QCOMPARE(int(askPatiently(m_spawn).status()), int(Status::Ok));
        QVERIFY(allChildrenEnded(10'000));
    }

    // A cgroup of the caller's can be frozen, and with it whatever the helper makes in there: the watchdog
    // ends the helper, and the frozen child counts as a holder for as long as it exists.
    void aFrozenChildCounts()
    {
        const int result = inChild([this] {
            adoptOrphans();
            const Answer delegated = askPatiently(makeRequest(Operation::CgroupEnsure));
            if (delegated.status() != Status::Ok)
                return 10 + int(delegated.status());
            const HolderFolder folder(delegated.fds[0].get());
            if (!folder.isOurs())
                return 1;
            std::vector<Answer> holders;
            for (;;) {
                Answer answer = askPatiently(m_spawn);
                if (answer.status() == Status::QuotaExceeded)
                    break;
                if (answer.status() != Status::Ok || holders.size() > largestMaximum)
                    return 2;
                holders.push_back(std::move(answer));
            }
            if (holders.empty())
                return 3;
            const pid_t last = holders.back().reply->pid;
            holders.pop_back();
            if (!QTest::qWaitFor(
                    [last] { return statusLine(last, "State").empty() || statusLine(last, "State").starts_with('Z'); }, 5000)
                || !folder.freeze(true))
                return 4;
            const Answer killed = ask(m_spawn);
            const Answer refused = askPatiently(m_spawn);
            if (!folder.freeze(false) || killed.reply || !WIFSIGNALED(killed.waitStatus)
                || WTERMSIG(killed.waitStatus) != SIGALRM)
                return 5;
            holders.clear();
            return refused.status() == Status::QuotaExceeded && allChildrenEnded(5000) ? 0 : 6;
        });
        QCOMPARE(result, 0);
    }
};

QTEST_APPLESS_MAIN(TestHelperExhaustion)
#include "tst_helperexhaustion.moc"
