// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/digest.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {
// FIPS 180-2, appendix B.1: the digest of "abc".
const QString abcHex = u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s;
} // namespace

class TestDigest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofKnownContent()
    {
        const Digest digest = Digest::ofBytes("abc");
        QCOMPARE(digest.hex(), abcHex);
        QCOMPARE(digest.text(), u"sha256:"_s + abcHex);
        QCOMPARE(digest.shortHex(), abcHex.first(12));
        QCOMPARE(digest.bytes().size(), 32);
        QVERIFY(!digest.isNull());
        QVERIFY(Digest().isNull());
    }

    void parsesBothForms()
    {
        QCOMPARE(Digest::parse(abcHex).value(), Digest::ofBytes("abc"));
        QCOMPARE(Digest::parse(u"sha256:"_s + abcHex).value(), Digest::ofBytes("abc"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const int invalid = int(ErrorCode::InvalidArgument);
        QTest::newRow("empty") << QString() << invalid;
        QTest::newRow("short") << abcHex.first(63) << invalid;
        QTest::newRow("long") << abcHex + u'0' << invalid;
        QTest::newRow("upper case") << abcHex.toUpper() << invalid;
        QTest::newRow("not hex") << u"g"_s + abcHex.sliced(1) << invalid;
        QTest::newRow("prefix only") << u"sha256:"_s << invalid;
        QTest::newRow("prefix twice") << u"sha256:sha256:"_s + abcHex << invalid;
        QTest::newRow("full-width digit") << u"１"_s + abcHex.sliced(1) << invalid;
        QTest::newRow("other algorithm") << u"sha512:"_s + abcHex << int(ErrorCode::Unsupported);
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        const auto digest = Digest::parse(text);
        QVERIFY(!digest);
        QCOMPARE(int(digest.error().code), code);
    }

    void chainHashesTheTwoTexts()
    {
        const Digest lower = Digest::ofBytes("lower");
        const Digest upper = Digest::ofBytes("upper");
        const QByteArray text = (lower.text() + u' ' + upper.text()).toLatin1();
        QCOMPARE(Digest::chain(lower, upper), Digest::ofBytes(text));
        QVERIFY(Digest::chain(lower, upper) != Digest::chain(upper, lower));
    }

    void bytesRoundTrip()
    {
        std::array<unsigned char, 32> bytes{};
        bytes[0] = 0xff;
        bytes[31] = 0x01;
        const Digest digest = Digest::fromBytes(bytes);
        QCOMPARE(digest.hex(), u"ff"_s + QString(60, u'0') + u"01"_s);
        QCOMPARE(Digest::parse(digest.text()).value(), digest);
    }
};

QTEST_GUILESS_MAIN(TestDigest)
#include "tst_digest.moc"
