// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/monitormessage.h"

#include <QRandomGenerator>
#include <QTest>

using namespace berth;
using namespace std::string_literals;

namespace {

const RunRecord run{4711, ~0ULL, 4710, "2026-08-01T10:00:00.000000001Z", "berth/1000/engine/c\n\\n\\", true, 7, "starting",
    {{"0.0.0.0", 8080, 80, PortProtocol::Tcp}, {"::", 65535, 53, PortProtocol::Udp}}, true};
const ExitRecord ended{{137, 9, true}, "2026-08-01T10:00:01Z", "cannot start:\nno such file\\", true};

} // namespace

// The text files run and exit of a container.
class TestMonitorRecord : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comeBackWhole()
    {
        QVERIFY(decodeRunRecord(encode(run)).value() == run);
        QVERIFY(decodeExitRecord(encode(ended)).value() == ended);
        QVERIFY(decodeRunRecord(encode(RunRecord{})).value() == RunRecord{});
        QVERIFY(decodeExitRecord(encode(ExitRecord{})).value() == ExitRecord{});
    }

    // A monitor of a former version goes on after the engine was replaced.
    void withoutMemoryKills()
    {
        auto text = encode(run);
        QVERIFY(text.contains("outOfMemory=1\n"));
        text.replace(text.find("outOfMemory=1"), 13, "outOfMemory=2");
        QVERIFY(!decodeRunRecord(text));
        text.erase(text.find("outOfMemory=2"), 14);
        auto expected = run;
        expected.outOfMemory = false;
        QVERIFY(decodeRunRecord(text).value() == expected);
    }

    void withoutPorts()
    {
        auto text = encode(run);
        text.erase(text.find("ports="), text.find('\n', text.find("ports=")) - text.find("ports=") + 1);
        auto expected = run;
        expected.ports.clear();
        QVERIFY(decodeRunRecord(text).value() == expected);
    }

    void damagedPorts()
    {
        for (const char *text :
            {"0.0.0.0 8080 80", "0.0.0.0 8080 80 sctp", "0.0.0.0 0 80 tcp", "0.0.0.0 x 80 tcp", " 1 2 tcp", ";"})
            QVERIFY2(!parsePortsText(text), text);
    }

    void oneLineEach()
    {
        const QByteArray text = QByteArray::fromStdString(encode(ended));
        QCOMPARE(text.count('\n'), 6);
        QVERIFY(text.contains("\nerror=cannot start:\\nno such file\\\\\n"));
    }

    // A record is replaced as a whole; a part of one is nothing.
    void row06_everyTruncation()
    {
        for (const std::string &text : {encode(run), encode(ended)}) {
            for (std::size_t size = 0; size < text.size(); ++size) {
                const std::string part(text.data(), size);
                QVERIFY(!decodeRunRecord(part));
                QVERIFY(!decodeExitRecord(part));
            }
        }
    }

    void numbersAreExact()
    {
        const std::string text = encode(run);
        const auto with = [&text](std::string_view value) {
            std::string changed = text;
            return changed.replace(text.find("4711"), 4, value);
        };
        QVERIFY(decodeRunRecord(with("12")));
        for (const std::string &value :
            {""s, " 1"s, "1 "s, "+1"s, "0x1"s, "1.0"s, "1e3"s, "2147483648"s, "99999999999999999999"s, "1\0"s})
            QVERIFY2(!decodeRunRecord(with(value)), value.c_str());
        for (const char *flag : {"2", "-1", "yes", ""}) {
            std::string changed = text;
            changed.replace(changed.find("paused=1") + 7, 1, flag);
            QVERIFY2(!decodeRunRecord(changed), flag);
        }
    }

    void unknownNamesAndRepeats()
    {
        const std::string text = encode(run);
        QVERIFY(decodeRunRecord(text + "future=1\n").value() == run);
        QVERIFY(decodeRunRecord("future=\n" + text).value() == run);
        QVERIFY(decodeRunRecord(text + "pid=1\n").value() == run); // the first counts
        QVERIFY(!decodeRunRecord(text + "garbage\n"));
        QVERIFY(!decodeRunRecord(text + "\n"));
        QVERIFY(!decodeRunRecord(text + "garbage"));
    }

    void row06_randomBytes()
    {
        QRandomGenerator random(8);
        for (const std::string &text : {encode(run), encode(ended)}) {
            for (int round = 0; round < 50'000; ++round) {
                std::string changed = text;
                for (int count = random.bounded(1, 6); count > 0; --count)
                    changed[std::size_t(random.bounded(int(changed.size())))] = char(random.generate());
                // What is accepted means the same when it is written again.
                if (const auto record = decodeRunRecord(changed))
                    QVERIFY(decodeRunRecord(encode(*record)).value() == *record);
                if (const auto record = decodeExitRecord(changed))
                    QVERIFY(decodeExitRecord(encode(*record)).value() == *record);
            }
        }
    }

    void socketNamesAreShort()
    {
        QCOMPARE(monitorSocketName(std::string(64, 'a')), std::string(16, 'a') + ".sock");
        QCOMPARE(monitorSocketName("ab"), ".sock"s.insert(0, "ab"));
    }
};

QTEST_APPLESS_MAIN(TestMonitorRecord)
#include "tst_monitorrecord.moc"
