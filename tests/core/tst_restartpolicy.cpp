// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/restartpolicy.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestRestartPolicy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem"); // empty: a good policy
        QTest::newRow("nothing") << QString() << QString();
        for (const auto *good : {"no", "always", "unless-stopped", "on-failure", "on-failure:0", "on-failure:3", "no:0"})
            QTest::newRow(good) << QString::fromLatin1(good) << QString();
        const auto only = u"invalid restart policy: maximum retry count can only be used with 'on-failure'"_s;
        QTest::newRow("always:3") << u"always:3"_s << only;
        QTest::newRow("no:-1") << u"no:-1"_s << only + u" and cannot be negative"_s;
        QTest::newRow("on-failure:-1") << u"on-failure:-1"_s
                                       << u"invalid restart policy: maximum retry count cannot be negative"_s;
        QTest::newRow("on-failure:x") << u"on-failure:x"_s
                                      << u"invalid restart policy format: maximum retry count must be an integer"_s;
        QTest::newRow("on-failure:99999999999")
            << u"on-failure:99999999999"_s << u"invalid restart policy format: maximum retry count must be an integer"_s;
        QTest::newRow(":3") << u":3"_s << u"invalid restart policy format: no policy provided before colon"_s;
        QTest::newRow("foo") << u"foo"_s
                             << u"invalid restart policy: unknown policy 'foo'; use one of 'no', 'always', 'on-failure', or "
                                "'unless-stopped'"_s;
    }
    void forms()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const auto policy = parseRestartPolicy(text);
        const auto valid = policy ? checkRestartPolicy(*policy) : Result<>(std::unexpected(policy.error()));
        QCOMPARE(valid ? QString() : QString::fromStdString(valid.error().detail), problem);
        if (valid && policy->maxRetries > 0)
            QCOMPARE(restartText(*policy), text);
    }

    void none()
    {
        QVERIFY(RestartPolicy().isNone());
        QVERIFY(parseRestartPolicy(u"no"_s)->isNone());
        QVERIFY(!parseRestartPolicy(u"always"_s)->isNone());
    }
};

QTEST_APPLESS_MAIN(TestRestartPolicy)
#include "tst_restartpolicy.moc"
