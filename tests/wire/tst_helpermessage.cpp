// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/helpermessage.h"

#include <QTest>

#include <cstring>

using namespace berth::helper;

Q_DECLARE_METATYPE(berth::helper::Status)

namespace {

Request request(Operation operation, MapProfile profile = MapProfile::None)
{
    Request made;
    made.header.operation = static_cast<std::uint16_t>(operation);
    made.header.totalSize = sizeof made;
    made.profile = static_cast<std::uint32_t>(profile);
    return made;
}

} // namespace

// examine() is the whole decoder of the privileged side; it runs at compile time here where it can.
class TestHelperMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void operationsAndProfiles()
    {
        // Exactly these of all pairs.
        for (std::uint32_t operation = 0; operation < 0x10000; ++operation) {
            for (const std::uint32_t profile : {0U, 1U, 2U, 3U, 0x10001U, 0xffffffffU}) {
                Request made = request(Operation::Probe);
                made.header.operation = static_cast<std::uint16_t>(operation);
                made.profile = profile;
                const bool isWanted = (operation == 2 && (profile == 1 || profile == 2))
                    || ((operation == 1 || (operation >= 3 && operation <= 5)) && profile == 0);
                const Status status = examine(made, sizeof made);
                QCOMPARE(status == Status::Ok, isWanted);
                if (operation == 0 || operation > 5)
                    QCOMPARE(int(status), int(Status::UnknownOperation));
            }
        }
    }

    void row06_everySize()
    {
        const Request made = request(Operation::Probe);
        for (std::size_t size = 0; size < 5000; ++size)
            QCOMPARE(examine(made, size) == Status::Ok, size == sizeof made);
    }

    void everyReservedByte()
    {
        for (const Request &made : {request(Operation::Probe), request(Operation::SpawnHolder, MapProfile::Single)}) {
            for (std::size_t at = offsetof(Request, flags); at < sizeof made; ++at) {
                for (int value = 1; value < 256; ++value) {
                    Request changed = made;
                    reinterpret_cast<unsigned char *>(&changed)[at] = static_cast<unsigned char>(value);
                    QCOMPARE(int(examine(changed, sizeof changed)), int(Status::BadRequest));
                }
            }
        }
    }

    void versionAndSizeInTheHeader()
    {
        Request made = request(Operation::Probe);
        for (const std::uint16_t version : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{3}, std::uint16_t{0xffff}}) {
            made.header.version = version;
            QCOMPARE(int(examine(made, sizeof made)), int(Status::UnsupportedVersion));
        }
        made = request(Operation::Probe);
        for (const std::uint32_t size : {0U, 63U, 65U, 64U << 16, 0xffffffffU}) {
            made.header.totalSize = size;
            QCOMPARE(int(examine(made, sizeof made)), int(Status::BadRequest));
        }
    }

    // The layout is a promise between two programs that are installed apart.
    void bytesOnTheWire()
    {
        Request made = request(Operation::SpawnHolder, MapProfile::Subid);
        made.header.nonce.fill(0xab);
        QByteArray expected("BerthHlp\2\0\2\0\x40\0\0\0", 16);
        expected += QByteArray(16, char(0xab)) + QByteArray("\2\0\0\0", 4) + QByteArray(28, 0);
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(&made), sizeof made), expected);
    }

    void retryableIsWhatTimeMends()
    {
        int retryable = 0;
        for (int value = 0; value <= int(lastStatus); ++value)
            retryable += isRetryable(Status(value));
        QCOMPARE(retryable, 3);
        QVERIFY(isRetryable(Status::Busy) && isRetryable(Status::RateLimited) && isRetryable(Status::NoResources));
    }
};

QTEST_APPLESS_MAIN(TestHelperMessage)
#include "tst_helpermessage.moc"
