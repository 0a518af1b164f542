// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Figures from files of real machines; figures/README.md says of which.
#include "operations/containerfigures.h"

#include "base/io.h"
#include "core/figurefiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 machineMemory = 989'884LL * 1024;

// A copy that may be changed.
class Group {
public:
    explicit Group(const QString &name)
    {
        const QString source = QStringLiteral(FIGURES_FOLDER) + u'/' + name;
        QDir(source).mkpath(u"."_s);
        for (const auto &entry : QDir(source).entryList(QDir::Files))
            QFile::copy(source + u'/' + entry, m_folder.filePath(entry));
        for (const auto &folder : QDir(source).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            copyFolder(source + u'/' + folder, folder);
    }
    [[nodiscard]] FigureSample read() const
    {
        const auto open = [](const QString &path) {
            return UniqueFd(::open(qPrintable(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        };
        FigureSample sample;
        sample.isRunning = true;
        sample.run = u"1"_s;
        readControlGroup(
            open(path(u"payload"_s)).get(), open(path({})).get(), open(path(u"proc"_s)).get(), machineMemory, sample);
        return sample;
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] std::string text(const QString &name) const
    {
        return readSmallFile(AT_FDCWD, path(name).toStdString(), 1 << 20).value();
    }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write(text);
    }

private:
    void copyFolder(const QString &source, const QString &name)
    {
        QDir(m_folder.path()).mkpath(name);
        for (const auto &entry : QDir(source).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (entry.isDir())
                copyFolder(entry.filePath(), name + u'/' + entry.fileName());
            else
                QFile::copy(entry.filePath(), path(name + u'/' + entry.fileName()));
        }
    }
    QTemporaryDir m_folder;
};

} // namespace

class TestControlGroupFigures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allControllers()
    {
        const auto sample = Group(u"first"_s).read();
        QCOMPARE(sample.cpu, std::chrono::nanoseconds(30'689'568us));
        QCOMPARE(sample.memory, 66'973'696 - 25'649'152); // without the inactive files, as docker's client
        QVERIFY(!sample.memoryIsSummed);
        QCOMPARE(sample.memoryLimit, 134'217'728);
        QCOMPARE(sample.disk, (Traffic{.in = 30'232'576, .out = 25'165'824}));
        QCOMPARE(sample.tasks, 3);
    }

    void ratesBetweenTwo()
    {
        const Group groups[] = {Group(u"first"_s), Group(u"second"_s)};
        FigureSample samples[] = {groups[0].read(), groups[1].read()};
        for (int place = 0; place < 2; ++place) {
            samples[place].at = 2s * (place + 1);
            samples[place].machine = parseProcStat(groups[place].text(u"stat"_s), 100).value();
            QCOMPARE(samples[place].machine.processors, 2);
        }
        QCOMPARE(samples[1].machine.total - samples[0].machine.total, std::chrono::nanoseconds(3870ms));
        const auto figures = figuresOf(samples[0], samples[1]);
        QCOMPARE(QString::number(figures.cpuPercent.value(), 'f', 2), u"203.31"_s); // an emulator's clocks disagree a little
        QCOMPARE(QString::number(figures.memoryPercent.value(), 'f', 2), u"30.94"_s);
        QCOMPARE(figures.readRate, (30'289'920 - 30'232'576) / 2.0);
        QCOMPARE(figures.writeRate, 0.0);
        QVERIFY(!figures.receiveRate); // nobody has read the network
    }

    // The lowest one counts, wherever it is; without one it is the machine's memory.
    void limits()
    {
        const Group group(u"first"_s);
        group.write(u"memory.max"_s, "100000000\n");
        QCOMPARE(group.read().memoryLimit, 100'000'000);
        group.write(u"memory.max"_s, "max\n");
        QCOMPARE(group.read().memoryLimit, 134'217'728);
        group.write(u"payload/memory.max"_s, "max\n");
        QCOMPARE(group.read().memoryLimit, machineMemory);
        group.write(u"payload/memory.max"_s, "9223372036854771712\n");
        QCOMPARE(group.read().memoryLimit, machineMemory);
    }

    void moreInactiveFilesThanMemory()
    {
        const Group group(u"first"_s);
        group.write(u"payload/memory.current"_s, "4096\n"); // they are not read at one moment
        QCOMPARE(group.read().memory, 4096);
    }

    // An ordinary user's groups have no io controller on most machines.
    void withoutIo()
    {
        const Group group(u"first"_s);
        QFile::remove(group.path(u"payload/io.stat"_s));
        const auto sample = group.read();
        QVERIFY(!sample.disk);
        QVERIFY(sample.memory && sample.cpu && sample.tasks);
        group.write(u"payload/io.stat"_s, ""); // there, and nothing was read or written yet
        QCOMPARE(group.read().disk, Traffic());
    }

    void noController()
    {
        const auto sample = Group(u"hybrid"_s).read();
        QCOMPARE(sample.cpu, std::chrono::nanoseconds(1'033'542us));
        QCOMPARE(sample.memory, (844 + 772) * 1024);
        QVERIFY(sample.memoryIsSummed);
        QCOMPARE(sample.memoryLimit, machineMemory);
        QVERIFY(!sample.disk);
        QCOMPARE(sample.tasks, 3);
    }

    // One has just ended: it uses nothing. One may not be read: then nobody knows the sum.
    void processesThatAreNotToBeRead()
    {
        const Group group(u"hybrid"_s);
        group.write(u"payload/cgroup.procs"_s, "5356\n5364\n9999\n");
        QCOMPARE(group.read().memory, (844 + 772) * 1024);
        group.write(u"proc/5364/smaps_rollup"_s, "Rss:                1440 kB\n");
        QVERIFY(!group.read().memory);
        QVERIFY(!group.read().memoryIsSummed);
    }

    void nothingAtAll()
    {
        FigureSample sample;
        readControlGroup(-1, -1, -1, machineMemory, sample);
        QVERIFY(!sample.cpu && !sample.memory && !sample.disk && !sample.tasks);
    }
};

QTEST_APPLESS_MAIN(TestControlGroupFigures)
#include "tst_controlgroupfigures.moc"
