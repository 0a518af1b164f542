// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

#include <QTest>

using namespace berth;

class TestResult : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void errnoChoosesTheCode_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("code");
        QTest::newRow("full disk") << ENOSPC << int(ErrorCode::NoSpace);
        QTest::newRow("quota") << EDQUOT << int(ErrorCode::NoSpace);
        QTest::newRow("mode") << EACCES << int(ErrorCode::PermissionDenied);
        QTest::newRow("capability") << EPERM << int(ErrorCode::PermissionDenied);
        QTest::newRow("read-only file system") << EROFS << int(ErrorCode::PermissionDenied);
        QTest::newRow("missing") << ENOENT << int(ErrorCode::NotFound);
        QTest::newRow("there already") << EEXIST << int(ErrorCode::AlreadyExists);
        QTest::newRow("anything else") << EIO << int(ErrorCode::Internal);
    }

    void errnoChoosesTheCode()
    {
        QFETCH(int, error);
        QFETCH(int, code);
        const Result<> result = failErrno("cannot open x", error);
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), code);
        QVERIFY(result.error().detail.starts_with("cannot open x: "));
        QVERIFY(result.error().detail.size() > std::string_view("cannot open x: ").size());
    }

    void wrapKeepsTheCode()
    {
        const Result<> result = wrap("layer 2", Error{ErrorCode::Corrupt, "truncated"});
        QCOMPARE(int(result.error().code), int(ErrorCode::Corrupt));
        QCOMPARE(result.error().detail, std::string("layer 2: truncated"));
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
