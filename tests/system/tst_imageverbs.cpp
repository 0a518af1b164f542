// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs about images: tag and history. What they print is Docker's, and what they refuse changes nothing.
#include "system/commandtest.h"

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestImageVerbs : public CommandTest {
    Q_OBJECT

private:
    QByteArray names() { return berth({"images", "--format", "{{.Repository}}:{{.Tag}}"}).out; }

private Q_SLOTS:
    void tagGivesAName()
    {
        const auto before = names();
        COMPARE_ANSWER(berth({"tag", "busybox", "ghcr.io/mine/box:1"}), 0, "", "");
        COMPARE_ANSWER(berth({"image", "tag", inspect("busybox", ".Id").first(19), "plain"}), 0, "", "");
        QVERIFY(names().contains("ghcr.io/mine/box:1\n"));
        QCOMPARE(inspect("plain:latest", ".Id"), inspect("busybox", ".Id"));
        COMPARE_ANSWER(berth({"tag", "busybox", "plain"}), 0, "", ""); // again: nothing changes
        QCOMPARE(berth({"rmi", "plain", "ghcr.io/mine/box:1"}).out, "Untagged: plain:latest\nUntagged: ghcr.io/mine/box:1\n");
        QCOMPARE(names(), before);
    }

    void tagThatCannotBe_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("unknown") << QByteArray("absent") << QByteArray("x")
                                 << QByteArray("Error response from daemon: No such image: absent:latest\n");
        QTest::newRow("digest") << QByteArray("busybox") << "x@sha256:" + QByteArray(64, 'a')
                                << QByteArray("refusing to create a tag with a digest reference\n");
        QTest::newRow("bad target") << QByteArray("busybox") << QByteArray("a b")
                                    << QByteArray("Error parsing reference: \"a b\" is not a valid repository/tag: "
                                                  "invalid reference format");
        QTest::newRow("bad source") << QByteArray("a b") << QByteArray("x")
                                    << QByteArray("Error parsing reference: \"a b\" is not a valid repository/tag: "
                                                  "invalid reference format");
    }
    void tagThatCannotBe()
    {
        QFETCH(QByteArray, source);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, error);
        const auto before = names();
        const auto answer = berth({"tag", source, target});
        QCOMPARE(answer.code, 1);
        QCOMPARE(answer.out, "");
        QVERIFY2(answer.err.startsWith(error), answer.err);
        QCOMPARE(names(), before);
    }

    void aMovedNameLeavesTheOtherImage()
    {
        VERIFY_OK(m_berth->load(u"layers.tar"_s));
        const auto layers = inspect("layers", ".Id");
        VERIFY_OK(berth({"tag", "busybox", "layers"}));
        QCOMPARE(inspect("layers", ".Id"), inspect("busybox", ".Id"));
        QVERIFY(names().contains("<none>:<none>\n"));
        VERIFY_OK(berth({"tag", layers, "layers"}));
        QCOMPARE(inspect("layers", ".Id"), layers);
        VERIFY_OK(berth({"rmi", "layers"}));
    }

    void historyOfManySteps()
    {
        VERIFY_OK(m_berth->load(u"layers.tar"_s));
        const auto lines = berth({"history", "layers"}).out.split('\n');
        QVERIFY2(lines[0].startsWith("IMAGE          CREATED"), lines[0]);
        QVERIFY2(lines[1].startsWith(inspect("layers", ".Id").mid(7, 12)), lines[1]);
        QVERIFY2(lines[2].startsWith("<missing>"), lines[2]);
        // As many steps with a size or without as the configuration says, the bytes those of the layers.
        const auto sizes = berth({"history", "-H=false", "--format", "{{.Size}}", "layers"}).out.split('\n');
        qint64 sum = 0;
        for (const auto &size : sizes)
            sum += size.toLongLong();
        QCOMPARE(QByteArray::number(sum), inspect("layers", ".Size"));
        const auto ids = berth({"history", "-q", "--no-trunc", "layers"}).out.split('\n');
        QCOMPARE(ids[0], inspect("layers", ".Id"));
        QCOMPARE(ids[1], "<missing>");
        COMPARE_ANSWER(
            berth({"image", "history", "absent"}), 1, "", "Error response from daemon: No such image: absent:latest\n");
        VERIFY_OK(berth({"rmi", "layers"}));
    }
};

QTEST_GUILESS_MAIN(TestImageVerbs)
#include "tst_imageverbs.moc"
