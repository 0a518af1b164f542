// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of `history`. Source: docker/cli v28.2.2, cli/command/image/formatter_history.go.
#include "cli/historyrows.h"

#include <QTest>
#include <QTimeZone>

using namespace berth;
using namespace Qt::StringLiterals;

class TestHistoryRows : public QObject {
    Q_OBJECT

private:
    const QDateTime m_now{QDate(2026, 3, 4), QTime(5, 6, 7), QTimeZone::UTC};
    const HistoryLine m_line{u"sha256:"_s + QString(64, u'a'), m_now.addSecs(-3 * 3600),
        u"/bin/sh -c #(nop)\tCMD "_s + QString(60, u'x'), u"a comment"_s, 188'123'456};

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void human()
    {
        const auto row = historyRow(m_line, m_now, {});
        QCOMPARE(row["ID"_L1].toString(), QString(12, u'a'));
        QCOMPARE(row["CreatedSince"_L1].toString(), u"3 hours ago"_s);
        QCOMPARE(row["CreatedAt"_L1].toString(), u"2026-03-04T02:06:07Z"_s);
        QCOMPARE(row["CreatedBy"_L1].toString(), u"/bin/sh -c #(nop) CMD "_s + QString(22, u'x') + u'…');
        QCOMPARE(row["Size"_L1].toString(), u"188MB"_s);
        QCOMPARE(row["Comment"_L1].toString(), u"a comment"_s);
    }

    void machine()
    {
        const auto row = historyRow(m_line, m_now, {.isHuman = false, .truncates = false});
        QCOMPARE(row["ID"_L1].toString(), m_line.id);
        QCOMPARE(row["CreatedSince"_L1].toString(), u"2026-03-04T02:06:07Z"_s);
        QCOMPARE(row["CreatedBy"_L1].toString().size(), 22 + 60);
        QCOMPARE(row["Size"_L1].toString(), u"188123456"_s);
    }

    void steps()
    {
        const auto row = historyRow({}, m_now, {});
        QCOMPARE(row["ID"_L1].toString(), u"<missing>"_s);
        QCOMPARE(row["CreatedSince"_L1].toString(), QString());
        QCOMPARE(row["CreatedAt"_L1].toString(), u"1970-01-01T00:00:00Z"_s);
        QCOMPARE(row["Size"_L1].toString(), u"0B"_s);
        QVERIFY(historyRow({{}, QDateTime::fromSecsSinceEpoch(1), {}, {}, 0}, m_now, {})["CreatedSince"_L1].toString().isEmpty());
    }

    void table()
    {
        QCOMPARE(*formatListing({}, historyLayout(true), {}), u"IMAGE     CREATED   CREATED BY   SIZE      COMMENT\n"_s);
        QCOMPARE(*formatListing({}, historyLayout(false), {}), u"IMAGE     CREATED AT   CREATED BY   SIZE      COMMENT\n"_s);
        QCOMPARE(*formatListing(u"json"_s, historyLayout(true), {historyRow({{}, {}, {}, u"c"_s, 0}, m_now, {})}),
            u"{\"Comment\":\"c\",\"CreatedAt\":\"1970-01-01T00:00:00Z\",\"CreatedBy\":\"\",\"CreatedSince\":\"\","
            "\"ID\":\"\\u003cmissing\\u003e\",\"Size\":\"0B\"}\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestHistoryRows)
#include "tst_historyrows.moc"
