// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/encoding.h"

#include <QTest>

#include <limits>

using namespace berth;
using namespace std::string_literals;

namespace {

enum class Colour : std::uint8_t { Red, Green, Blue };

template<typename T> bool comesBack(T value)
{
    Encoder out;
    out.number(value);
    Decoder in(out.bytes());
    return in.number<T>() == value && in.isComplete() && out.bytes().size() == sizeof value;
}

} // namespace

class TestEncoding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbers()
    {
        QVERIFY(comesBack(std::numeric_limits<std::int8_t>::min()) && comesBack(std::numeric_limits<std::int32_t>::min()));
        QVERIFY(comesBack(std::numeric_limits<std::uint64_t>::max()) && comesBack(std::int64_t{-1})
            && comesBack(std::uint16_t{0x1234}));
        Encoder out;
        out.number<std::uint32_t>(0x01020304);
        QCOMPARE(out.bytes(), "\x04\x03\x02\x01"s);
    }

    void textsAndLists()
    {
        const std::vector<std::string> values{"", "a\0b"s, std::string(1000, 'x')};
        Encoder out;
        out.texts(values);
        out.text("end");
        out.texts({});
        Decoder in(out.bytes());
        QVERIFY(in.texts() == values);
        QCOMPARE(in.text(), "end"s);
        QVERIFY(in.texts().empty());
        QVERIFY(in.isComplete());
    }

    void flagsAreZeroOrOne()
    {
        for (int value = 0; value < 256; ++value) {
            const std::string bytes(1, char(value));
            Decoder in(bytes);
            QCOMPARE(in.flag(), value == 1);
            QCOMPARE(in.isComplete(), value < 2);
        }
    }

    void enumerationsEndAtTheLast()
    {
        for (int value = 0; value < 256; ++value) {
            const std::string bytes(1, char(value));
            Decoder in(bytes);
            const auto colour = in.enumeration(Colour::Blue);
            QCOMPARE(in.isComplete(), value <= 2);
            QCOMPARE(int(colour), value <= 2 ? value : 0);
        }
    }

    // A failure is for good: what follows is never taken for another field.
    void failureStays()
    {
        Encoder out;
        out.number<std::uint32_t>(100);
        out.number<std::uint32_t>(7);
        Decoder in(out.bytes());
        QVERIFY(in.text().empty());
        QVERIFY(in.failed());
        in.number<std::uint32_t>();
        QVERIFY(in.texts().empty() && in.text().empty() && !in.isComplete());
    }

    void emptyInput()
    {
        Decoder in("");
        QVERIFY(in.isComplete());
        QCOMPARE(in.number<std::uint64_t>(), 0U);
        QVERIFY(in.failed() && !in.isComplete());
    }

    // The claimed count is checked against what is there before memory is set aside for it.
    void row06_countsBeyondTheBytes()
    {
        for (const std::uint32_t count : {1U, 0x40000000U, 0x7fffffffU, 0xffffffffU}) {
            Encoder out;
            out.number(count);
            Decoder in(out.bytes());
            QCOMPARE(in.texts().capacity(), 0U);
            QVERIFY(in.failed());
            Decoder text(out.bytes());
            QVERIFY(text.text().empty() && text.failed());
        }
    }

    void trailingBytes()
    {
        Encoder out;
        out.flag(true);
        out.flag(true);
        Decoder in(out.bytes());
        QVERIFY(in.flag());
        QVERIFY(!in.failed() && !in.isComplete());
    }
};

QTEST_APPLESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
