// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Which text goes into which file. A plain folder plays the control group; real ones are tested in tests/vm.
#include "base/io.h"
#include "monitor/cgrouplimits.h"
#include "monitor/containercgroup.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// "memory.max=100 cpu.max=…": names and texts in order, line ends shown.
QByteArray written(const ResourceSpec &wanted, const ResourceSpec &current = {})
{
    QByteArrayList list;
    for (const auto &value : cgroupValues(wanted, current))
        list += QByteArray(value.file) + '=' + QByteArray::fromStdString(value.text).replace("\n", "\\n");
    return list.join("; ");
}

class Folder {
public:
    Folder() : m_fd(openFile(AT_FDCWD, m_folder.path().toStdString(), O_RDONLY | O_DIRECTORY).value()) {}
    [[nodiscard]] int fd() const { return m_fd.get(); }
    void put(const QString &name, const QByteArray &text = {}) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    [[nodiscard]] QByteArray get(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "(missing)";
    }

private:
    QTemporaryDir m_folder;
    UniqueFd m_fd;
};

} // namespace

class TestCgroupLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void weights()
    {
        // As runc 1.4 has it: the least, the usual and the most of both scales meet.
        const std::pair<int, int> rows[] = {{0, 1}, {1, 1}, {2, 1}, {10, 4}, {512, 59}, {1024, 100}, {2048, 174},
            {262'143, 10'000}, {262'144, 10'000}, {1'000'000, 10'000}};
        for (const auto &[shares, weight] : rows)
            QCOMPARE(int(cpuWeight(shares)), weight);
        for (int shares = 3; shares < 262'144; shares += 7)
            QVERIFY(cpuWeight(shares) >= cpuWeight(shares - 1));
    }

    void nothingAsked()
    {
        QCOMPARE(written({}), "");
        QCOMPARE(written({.memory = -1, .memorySwap = -1, .cpuQuota = -1, .cpuPeriod = 100'000, .processes = -1}), "");
    }

    void memory()
    {
        QCOMPARE(written({.memory = 100}), "memory.max=100; memory.swap.max=100");
        QCOMPARE(written({.memory = 100, .memorySwap = 200}), "memory.max=100; memory.swap.max=100");
        QCOMPARE(written({.memory = 100, .memorySwap = 100}), "memory.max=100; memory.swap.max=0");
        QCOMPARE(written({.memory = 100, .memorySwap = -1}), "memory.max=100");
        QCOMPARE(written({.memory = 100, .memorySwap = -1}, {.memory = 100}), "memory.swap.max=max");
        QCOMPARE(written({.memoryReservation = 50}), "memory.low=50");
    }

    void processors()
    {
        QCOMPARE(written({.cpuQuota = 150'000, .cpuPeriod = 100'000}), "cpu.max=150000 100000");
        QCOMPARE(written({.cpuQuota = 5000}), "cpu.max=5000 100000");
        QCOMPARE(written({.cpuQuota = -1, .cpuPeriod = 50'000}), "cpu.max=max 50000");
        QCOMPARE(written({.cpuShares = 1024}), "cpu.weight=100");
        QCOMPARE(written({.cpuShares = 2}), "cpu.weight=1");
        QCOMPARE(written({.cpus = "0-1", .memoryNodes = "0"}), "cpuset.cpus=0-1; cpuset.mems=0");
    }

    void processes() { QCOMPARE(written({.processes = 20}), "pids.max=20"); }

    void changesOnly()
    {
        const ResourceSpec all{.memory = 100,
            .memoryReservation = 50,
            .memorySwap = 200,
            .cpuQuota = 1000,
            .cpuPeriod = 2000,
            .cpuShares = 3,
            .processes = 4,
            .cpus = "0",
            .memoryNodes = "0"};
        QCOMPARE(written(all, all), "");
        QCOMPARE(written({}, all),
            "memory.max=max; memory.swap.max=max; memory.low=0; cpu.max=max 100000; cpu.weight=100; cpuset.cpus=\\n; "
            "cpuset.mems=\\n; pids.max=max");
        auto more = all;
        more.memory = 150;
        QCOMPARE(written(more, all), "memory.max=150; memory.swap.max=50");
        more = all;
        more.processes = 0;
        QCOMPARE(written(more, all), "pids.max=max");
    }

    void filesAreWritten()
    {
        const Folder group;
        for (const auto name : {"memory.max", "memory.swap.max", "cpu.max", "pids.max", "cpu.weight"})
            group.put(QString::fromLatin1(name));
        const ResourceSpec spec{.memory = 1 << 20, .cpuQuota = 50'000, .cpuShares = 512, .processes = 7};
        QVERIFY(writeCgroupValues(group.fd(), cgroupValues(spec)));
        QCOMPARE(group.get(u"memory.max"_s), "1048576");
        QCOMPARE(group.get(u"memory.swap.max"_s), "1048576");
        QCOMPARE(group.get(u"cpu.max"_s), "50000 100000");
        QCOMPARE(group.get(u"cpu.weight"_s), "59");
        QCOMPARE(group.get(u"pids.max"_s), "7");
    }

    // A kernel that does not count swap: who said nothing about it has his memory limit, who did is told.
    void withoutSwapAccounting()
    {
        const Folder group;
        group.put(u"memory.max"_s);
        QVERIFY(writeCgroupValues(group.fd(), cgroupValues({.memory = 100, .memorySwap = 200})));
        QVERIFY(writeCgroupValues(group.fd(), cgroupValues({.memory = 100, .memorySwap = -1})));
        const auto refused = writeCgroupValues(group.fd(), cgroupValues({.memory = 100, .memorySwap = 150}));
        QVERIFY(!refused);
        QCOMPARE(
            refused.error().detail, "cannot limit swap (--memory-swap): this kernel's memory controller has no memory.swap.max");
        QCOMPARE(group.get(u"memory.swap.max"_s), "(missing)");
    }

    void controllersAreEnabled()
    {
        const Folder group;
        group.put(u"cgroup.controllers"_s, "cpuset cpu io memory pids\n");
        group.put(u"cgroup.subtree_control"_s, "cpu\n");
        QVERIFY(enableControllers(group.fd(), {"cpu"}).empty());
        QCOMPARE(group.get(u"cgroup.subtree_control"_s), "cpu\n"); // nothing to do, nothing written
        QVERIFY(enableControllers(group.fd(), {"memory"}).empty());
        QCOMPARE(group.get(u"cgroup.subtree_control"_s).left(7), "+memory");
        const auto lacking = enableControllers(group.fd(), {"mem", "rdma"});
        QCOMPARE(lacking.size(), 2);
    }

    void words()
    {
        QVERIFY(hasWord("cpu memory\n", "memory"));
        QVERIFY(hasWord("cpu", "cpu"));
        QVERIFY(!hasWord("cpuset cpus", "cpu"));
        QVERIFY(!hasWord("", "cpu"));
    }

    // A limit is never silently nothing.
    void missingControllers()
    {
        const Folder group;
        group.put(u"cgroup.controllers"_s, "cpu\n");
        const auto values = cgroupValues({.memory = 1, .processes = 1});
        const auto memory = missingController(group.fd(), values.front());
        QCOMPARE(int(memory.code), int(ErrorCode::Unsupported));
        QVERIFY2(memory.detail.contains("have no memory controller"), memory.detail.c_str());
        QVERIFY2(memory.detail.contains("leave the limit out"), memory.detail.c_str());
        const auto pids = missingController(group.fd(), values.back());
        QVERIFY2(pids.detail.starts_with("cannot limit processes (--pids-limit): "), pids.detail.c_str());
        group.put(u"cgroup.controllers"_s, "cpu memory\n"); // there, and yet not handed down
        QVERIFY(!missingController(group.fd(), values.front()).detail.contains("have no memory controller"));
    }

    void withoutAGroup()
    {
        ContainerCgroup none;
        QVERIFY(none.limit({}));
        none.setReason("no cgroup2 is mounted");
        const auto refused = none.limit({.memory = 1});
        QVERIFY(!refused);
        QCOMPARE(refused.error().detail,
            "cannot limit memory (--memory): the container has no control group (no cgroup2 is mounted); leave the limit out");
    }
};

QTEST_GUILESS_MAIN(TestCgroupLimits)
#include "tst_cgrouplimits.moc"
