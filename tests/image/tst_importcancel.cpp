// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A person may stop an import at any moment; then the store is as before.
#include "support/importfixture.h"

#include <atomic>
#include <chrono>
#include <thread>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

namespace {

// Cancels at the given question, or at the given byte.
class CancellingProgress final : public Progress {
public:
    CancellingProgress(int questions, qint64 bytes) : m_questions(questions), m_bytes(bytes) {}
    void report(qint64 done, qint64) override { m_reached = m_reached || done >= m_bytes; }
    [[nodiscard]] bool isCancelled() const override { return --m_questions < 0 || m_reached; }

private:
    mutable std::atomic<int> m_questions;
    qint64 m_bytes;
    bool m_reached = false;
};

class TimedProgress final : public Progress {
public:
    explicit TimedProgress(int microseconds) : m_end(std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds))
    {
    }
    void report(qint64, qint64) override {}
    [[nodiscard]] bool isCancelled() const override { return std::chrono::steady_clock::now() >= m_end; }

private:
    std::chrono::steady_clock::time_point m_end;
};

constexpr int never = 1'000'000'000;

} // namespace

class TestImportCancel : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImportFixture> m_fixture;
    QStringList m_before;

    // Whether it was cancelled; fails the test when something is left. A whole import is taken back.
    bool importWith(const QString &archive, Progress &progress)
    {
        const auto imported = importArchive(m_fixture->store(), archive, progress);
        if (imported) {
            for (const auto &image : *imported) {
                if (!image.alreadyPresent && !removeImage(m_fixture->store(), image.image.id.text(), true))
                    QTest::qFail("an image that was imported cannot be removed", __FILE__, __LINE__);
            }
        } else if (imported.error().code != ErrorCode::Cancelled) {
            QTest::qFail(imported.error().detail.c_str(), __FILE__, __LINE__);
        }
        if (m_fixture->contents() != m_before || !m_fixture->garbage().isEmpty())
            QTest::qFail("the store is not as before", __FILE__, __LINE__);
        return !imported;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture = std::make_unique<ImportFixture>();
        QVERIFY(m_fixture->importBytes(
            dockerArchive({{.layers = {TarWriter().file("kept", "kept").bytes()}, .names = {u"kept:1"_s}}})));
        m_before = m_fixture->contents();
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void cancels_data()
    {
        QTest::addColumn<QString>("archive");
        for (const char *name : {"busybox.tar", "busybox.tar.gz", "busybox.oci", "layers.tar"})
            QTest::newRow(name) << ImportFixture::realArchive(QString::fromLatin1(name));
    }
    void cancels()
    {
        QFETCH(QString, archive);
        // At each question that is asked, until it is not asked so often any more.
        int cancelled = 0;
        for (int question = 0;; question += 1 + question / 2) {
            CancellingProgress progress(question, never);
            if (!importWith(archive, progress))
                break;
            ++cancelled;
        }
        QVERIFY2(cancelled >= 2, qPrintable(QString::number(cancelled)));
        // At moments of its own time.
        cancelled = 0;
        for (int microseconds = 500; microseconds < 60'000; microseconds *= 2) {
            TimedProgress progress(microseconds);
            cancelled += importWith(archive, progress) ? 1 : 0;
        }
        QVERIFY(cancelled > 0);
        // It was not the archive's fault.
        CancellingProgress whole(never, never);
        QVERIFY(!importWith(archive, whole));
    }

    void cancelsAtBytes()
    {
        const QString archive = ImportFixture::realArchive(u"redis-podman.tar"_s);
        const qint64 size = QFileInfo(archive).size();
        int cancelled = 0;
        for (int part = 0; part < 4; ++part) {
            CancellingProgress progress(never, 1 + size * part / 4);
            cancelled += importWith(archive, progress) ? 1 : 0;
        }
        QVERIFY(cancelled >= 1);
    }

    // Standard input may have nothing to say for hours.
    void cancelsWhileItWaitsForInput()
    {
        int ends[2];
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        const UniqueFd writing(ends[1]);
        const UniqueFd previous(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
        QVERIFY(::dup2(reading.get(), STDIN_FILENO) == STDIN_FILENO);
        TimedProgress progress(200'000);
        const auto imported = importArchive(m_fixture->store(), u"-"_s, progress);
        ::dup2(previous.get(), STDIN_FILENO);
        QVERIFY(!imported && imported.error().code == ErrorCode::Cancelled);
        QCOMPARE(m_fixture->contents(), m_before);
    }

    void twoImportsAtOnceShareTheirLayers()
    {
        const QString archive = ImportFixture::realArchive(u"layers.tar"_s);
        std::atomic<int> succeeded = 0;
        const auto import = [&] {
            auto store = Store::open(m_fixture->paths());
            NoProgress progress;
            if (store && importArchive(*store, archive, progress))
                ++succeeded;
        };
        std::thread other(import);
        import();
        other.join();
        QCOMPARE(succeeded.load(), 2);
        QCOMPARE(m_fixture->garbage(), QStringList());
        const auto image = m_fixture->store().findImage(u"layers"_s);
        QVERIFY(image);
        QCOMPARE(m_fixture->packAll(*image), QString());
        QVERIFY(removeImage(m_fixture->store(), u"layers"_s, false));
        QCOMPARE(m_fixture->contents(), m_before);
    }
};

QTEST_GUILESS_MAIN(TestImportCancel)
#include "tst_importcancel.moc"
