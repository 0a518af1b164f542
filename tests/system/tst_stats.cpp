// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// stats: what real containers use of a real machine, and what is said when there is nothing to say.
#include "system/commandtest.h"
#include "system/ptycommand.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

double percentOf(const QByteArray &text) { return text.endsWith('%') ? text.chopped(1).toDouble() : -1; }

// "20.1MB" in bytes; less than zero: it is none.
double bytesOf(const QByteArray &text)
{
    const QList<std::pair<QByteArray, double>> units{
        {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"KiB", 1024.0}, {"MiB", 1024.0 * 1024}, {"GiB", 1024.0 * 1024 * 1024}, {"B", 1}};
    for (const auto &[unit, size] : units) {
        bool isNumber = false;
        const double number = text.chopped(std::min(text.size(), unit.size())).toDouble(&isNumber);
        if (text.endsWith(unit) && isNumber)
            return number * size;
    }
    return -1;
}

} // namespace

class TestStats : public CommandTest {
    Q_OBJECT

    // The fields of one container.
    QJsonObject fields(const QByteArray &name)
    {
        return QJsonDocument::fromJson(berth({"stats", "--no-stream", "--format", "json", name}).out).object();
    }
    QByteArray field(const QByteArray &name, const QByteArray &field)
    {
        return berth({"stats", "--no-stream", "--format", "{{." + field + "}}", name}).out.trimmed();
    }

    // What the terminal shows after the next one.
    static QByteArray nextPicture(PtyCommand &stats)
    {
        if (!stats.waitFor("\x1b[J"))
            return "no picture";
        const auto end = stats.output.lastIndexOf("\x1b[J");
        return stats.output.first(end).sliced(stats.output.lastIndexOf("\x1b[H", end));
    }

private Q_SLOTS:
    void whatABusyOneUses()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "idle", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"run", "-d", "--name", "burn", "busybox", "sh", "-c", "sleep 1000 & while :; do :; done"}));
        // Others want the processors, too, so it may get little of them.
        QVERIFY(QTest::qWaitFor([&] { return percentOf(field("burn", "CPUPerc")) > 10; }, 20'000));
        QCOMPARE(field("burn", "PIDs"), "2");
        QVERIFY2(percentOf(field("idle", "CPUPerc")) < 5, field("idle", "CPUPerc"));
        const auto memory = fields("idle")[u"MemUsage"_s].toString().toUtf8();
        const double used = bytesOf(memory.split('/')[0].trimmed());
        const double limit = bytesOf(memory.split('/').last().trimmed());
        QVERIFY2(used > 10'000 && used < 50e6, memory);
        QVERIFY2(limit > 100e6, memory);
    }

    void memoryThatIsFilled()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "hog", "busybox", "sh", "-c",
            "x=$(head -c 30000000 /dev/zero | tr '\\0' x); echo full; sleep 1000 & wait; echo $x"}));
        QVERIFY(waitForLog("hog", "full"));
        const auto memory = field("hog", "MemUsage");
        const double used = bytesOf(memory.split('/')[0].trimmed());
        QVERIFY2(used > 28e6 && used < 150e6, memory);
        QVERIFY(percentOf(field("hog", "MemPerc")) >= 0);
    }

    void bytesOverANetwork()
    {
        VERIFY_OK(berth({"network", "create", "talk"}));
        VERIFY_OK(berth(
            {"run", "-d", "--name", "server", "--network", "talk", "busybox", "sh", "-c", "sleep 1000 | nc -l -p 7 | wc -c"}));
        VERIFY_OK(berth({"run", "-d", "--name", "client", "--network", "talk", "busybox", "sh", "-c",
            "until head -c 3000000 /dev/zero | nc server 7; do sleep 0.1; done; sleep 1000"}));
        QVERIFY(waitForLog("server", "3000000"));
        const auto traffic = [&](const QByteArray &name) {
            const auto parts = field(name, "NetIO").split('/');
            return std::pair(bytesOf(parts.value(0).trimmed()), bytesOf(parts.value(1).trimmed()));
        };
        const auto [received, answered] = traffic("server");
        QVERIFY2(received >= 3e6 && received < 4e6, field("server", "NetIO"));
        const auto [heard, sent] = traffic("client");
        QVERIFY2(sent >= 3e6 && sent < 4e6, field("client", "NetIO"));
        QVERIFY(answered < 1e6 && heard < 1e6);
        m_berth->removeContainers();
        VERIFY_OK(berth({"network", "rm", "talk"}));
    }

    // The machine's own network has traffic that is not the container's; docker says nothing of it, too.
    void networksWithoutTraffic()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "host", "--network", "host", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"run", "-d", "--name", "none", "--network", "none", "busybox", "sleep", "1000"}));
        QCOMPARE(field("host", "NetIO"), "0B / 0B");
        QCOMPARE(field("none", "NetIO"), "0B / 0B");
        VERIFY_OK(berth({"run", "-d", "--name", "first", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"run", "-d", "--name", "second", "--network", "container:first", "busybox", "sleep", "1000"}));
        QCOMPARE(field("second", "NetIO"), field("first", "NetIO"));
    }

    void whoIsShown()
    {
        COMPARE_ANSWER(berth({"stats", "--no-stream", "--format", "{{.Name}}"}), 0, "", "");
        VERIFY_OK(berth({"create", "--name", "new", "busybox", "true"}));
        VERIFY_OK(berth({"run", "--name", "ended", "busybox", "true"}));
        VERIFY_OK(berth({"run", "-d", "--name", "up", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"run", "-d", "--name", "still", "busybox", "sleep", "1000"}));
        VERIFY_OK(berth({"pause", "still"}));
        COMPARE_ANSWER(berth({"stats", "--no-stream", "--format", "{{.Name}}"}), 0, "still\nup\n", "");
        COMPARE_ANSWER(berth({"stats", "-a", "--no-stream", "--format", "{{.Name}}"}), 0, "still\nup\nended\nnew\n", "");
        const auto id = inspect("up", ".Id");
        COMPARE_ANSWER(
            berth({"stats", "--no-stream", "--format", "{{.Container}} {{.ID}} {{.Name}}", "up", "ended", "up", id.first(5)}), 0,
            "up " + id.first(12) + " up\nended " + inspect("ended", ".Id").first(12) + " ended\n" + id.first(5) + ' '
                + id.first(12) + " up\n",
            "");
        COMPARE_ANSWER(berth({"stats", "--no-stream", "--no-trunc", "--format", "{{.ID}}", "up"}), 0, id + '\n', "");
        COMPARE_ANSWER(berth({"stats", "--no-stream", "--format",
                           "{{.CPUPerc}}|{{.MemUsage}}|{{.MemPerc}}|{{.NetIO}}|{{.BlockIO}}|{{.PIDs}}", "ended"}),
            0, "0.00%|0B / 0B|0.00%|0B / 0B|0B / 0B|0\n", "");
    }

    void refusals()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "up", "busybox", "sleep", "1000"}));
        COMPARE_ANSWER(berth({"stats", "--no-stream", "nosuch", "up", "nor"}), 1, "",
            "Error response from daemon: No such container: nosuch\nError response from daemon: No such container: nor\n");
        COMPARE_ANSWER(
            berth({"stats", "--format", "{{.Nope", "up"}), 1, "", "template parsing error: template: :1: unclosed action\n");
        QCOMPARE(berth({"stats", "--no-stream", "--format", "{{.Nope}}", "up"}).code, 1);
    }

    // On a terminal: one picture over the other, with who comes and without who goes.
    void followsWhatComesAndGoes()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "early", "busybox", "sleep", "1000"}));
        PtyCommand stats(*m_berth, {"stats"}, 120);
        QVERIFY(stats.waitFor("early"));
        VERIFY_OK(berth({"run", "-d", "--name", "late", "busybox", "sleep", "1000"}));
        QVERIFY(stats.waitFor("late"));
        VERIFY_OK(berth({"rm", "-f", "early"}));
        QVERIFY(QTest::qWaitFor(
            [&] {
                const auto picture = nextPicture(stats);
                return picture.contains("late") && !picture.contains("early");
            },
            10'000));
    }

    // Killed with its monitor, which could tell nobody.
    void aMonitorThatIsKilled()
    {
        VERIFY_OK(berth({"run", "-d", "--name", "gone", "busybox", "sleep", "1000"}));
        PtyCommand stats(*m_berth, {"stats"}, 120);
        QVERIFY(stats.waitFor("gone"));
        const auto pid = inspect("gone", ".State.Pid");
        QFile file(u"/proc/%1/stat"_s.arg(QString::fromUtf8(pid)));
        QVERIFY(file.open(QFile::ReadOnly));
        const auto monitor = file.readAll().split(')').last().trimmed().split(' ').value(1).toInt();
        QVERIFY(monitor > 1);
        ::kill(monitor, SIGKILL);
        QVERIFY(QTest::qWaitFor([&] { return inspect("gone", ".State.Status") == "exited"; }, 10'000));
        QVERIFY(QTest::qWaitFor([&] { return !nextPicture(stats).contains("gone"); }, 10'000));
    }
};

QTEST_GUILESS_MAIN(TestStats)
#include "tst_stats.moc"
