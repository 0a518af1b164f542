// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// One truth: eight people at once, each with a hundred commands on the same few names. Whatever they were
// told must be what one engine that does one thing after the other could have told them.
#include "system/commandtest.h"
#include "system/serialorder.h"

#include "store/filelock.h"

#include <QDirIterator>
#include <QRandomGenerator>

#include <array>
#include <chrono>
#include <latch>
#include <thread>

using namespace berth;
using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int workerCount = 8;
constexpr int verbCount = 100;

const QList<QByteArray> names{"red", "green", "blue", "grey"};

std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

// A container that is there for a while is more often started than removed, or all would be empty.
Operation nextOperation(QRandomGenerator &random)
{
    static constexpr std::array verbs{Verb::Create, Verb::Create, Verb::Create, Verb::Start, Verb::Start, Verb::Start,
        Verb::Start, Verb::Stop, Verb::Kill, Verb::Pause, Verb::Pause, Verb::Pause, Verb::Unpause, Verb::Unpause, Verb::Unpause,
        Verb::Rename, Verb::Rename, Verb::Remove, Verb::ForceRemove};
    Operation operation;
    operation.verb = verbs[random.bounded(static_cast<int>(verbs.size()))];
    const qsizetype name = random.bounded(names.size());
    operation.name = names[name];
    if (operation.verb == Verb::Rename)
        operation.newName = names[(name + 1 + random.bounded(names.size() - 1)) % names.size()];
    return operation;
}

QList<QByteArray> wordsOf(const Operation &operation)
{
    auto words = wordOf(operation.verb).split(' ');
    if (operation.verb == Verb::Create)
        return words + QList<QByteArray>{"--name", operation.name, "busybox", "sleep", "7654322"};
    if (operation.verb == Verb::Stop)
        words += {"-t", "0"};
    words += operation.name;
    if (operation.verb == Verb::Rename)
        words += operation.newName;
    return words;
}

void carryOut(const BerthCommand &berth, Operation &operation)
{
    operation.begun = now();
    const Answer answer = berth.run(wordsOf(operation));
    operation.ended = now();
    operation.succeeded = answer.code == 0 && answer.err.isEmpty();
    operation.complaint = answer.code > 1 ? answer.err + " (exit code " + QByteArray::number(answer.code) + ')' : answer.err;
    if (operation.verb == Verb::Create)
        operation.id = answer.out.trimmed();
}

// The only reasons for which a command on a name may refuse.
bool isExpected(const QByteArray &complaint)
{
    static const QList<QByteArray> reasons{"No such container", "already in use", "is not running", "is paused",
        "is already paused", "is not paused", "container is running", "cannot start a paused container"};
    return complaint.isEmpty() || (!complaint.contains("exit code") && std::ranges::any_of(reasons, [&](const auto &reason) {
        return complaint.contains(reason);
    }));
}

} // namespace

class TestManyProcesses : public CommandTest {
    Q_OBJECT
private:
    QList<Operation> carryOutAll()
    {
        std::array<QList<Operation>, workerCount> done;
        std::latch together(workerCount);
        {
            std::array<std::jthread, workerCount> workers;
            for (unsigned number = 0; number < workerCount; ++number) {
                workers[number] = std::jthread([&, number] {
                    QRandomGenerator random(20261124U + number);
                    together.arrive_and_wait();
                    for (int i = 0; i < verbCount; ++i) {
                        Operation operation = nextOperation(random);
                        carryOut(*m_berth, operation);
                        done[number] += operation;
                    }
                });
            }
        }
        QList<Operation> all;
        for (const auto &some : done)
            all += some;
        return all;
    }

    World world()
    {
        World world;
        const auto answer = berth({"ps", "-a", "--no-trunc", "--format", "{{.Names}} {{.ID}} {{.State}}"});
        for (const auto &line : BerthCommand::lines(answer.out)) {
            const auto words = line.split(' ');
            world.insert(words[0], {words[1], words[2]});
        }
        return world;
    }

private Q_SLOTS:
    void theModelKnowsRightFromWrong()
    {
        const Operation create{.verb = Verb::Create, .name = "red", .begun = 1, .ended = 5, .succeeded = true, .id = "1"};
        const Operation early{.verb = Verb::Start, .name = "red", .begun = 2, .ended = 3, .complaint = "No such container"};
        const Operation late{.verb = Verb::Start, .name = "red", .begun = 6, .ended = 7, .complaint = "No such container"};
        const World made{{"red", {"1", "created"}}};
        QCOMPARE(findSerialOrder({create, early}, made), QByteArray());
        QVERIFY(findSerialOrder({create, early}, {}).contains("in no order"));
        QVERIFY(findSerialOrder({create, late}, made).contains("in no order"));
    }

    void whatEightWereToldHasASerialOrder()
    {
        const auto done = carryOutAll();
        QCOMPARE(done.size(), workerCount * verbCount);
        QMap<QByteArray, int> worked;
        QByteArray unexpected;
        for (const Operation &operation : done) {
            if (!isExpected(operation.complaint))
                unexpected += operation.text() + '\n';
            worked[wordOf(operation.verb)] += operation.succeeded ? 1 : 0;
        }
        QVERIFY2(unexpected.isEmpty(), unexpected);
        // Which ones is a matter of luck; that it was not quiet is not.
        int all = 0;
        int kinds = 0;
        for (const auto &[verb, count] : worked.asKeyValueRange()) {
            qInfo("%d times: %s", count, verb.constData());
            all += count;
            kinds += count > 0 ? 1 : 0;
        }
        QVERIFY(all >= 100 && kinds >= 6);
        const auto problem = findSerialOrder(done, world());
        QVERIFY2(problem.isEmpty(), problem);
    }

    void noLockOutlivesItsVerb()
    {
        for (const auto &name : names) {
            VERIFY_OK(berth({"run", "-d", "--name", name, "busybox", "sleep", "7654322"}));
            VERIFY_OK(berth({"pause", name}));
        }
        QDirIterator files(m_berth->dataFolder(), {u"*lock"_s}, QDir::Files, QDirIterator::Subdirectories);
        int found = 0;
        while (files.hasNext()) {
            const QFileInfo file = files.nextFileInfo();
            if (file.fileName() == "monitor.lock"_L1)
                continue; // says that its container runs
            const UniqueFd folder(::open(file.path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            const auto locked = isLocked(folder.get(), file.fileName().toStdString());
            QVERIFY(locked.has_value());
            QVERIFY2(!*locked, qPrintable(file.filePath()));
            ++found;
        }
        QVERIFY(found >= names.size());
    }
};

QTEST_GUILESS_MAIN(TestManyProcesses)
#include "tst_manyprocesses.moc"
