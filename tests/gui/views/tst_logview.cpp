// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/logview.h"

#include "../../store/storefixture.h"
#include "../samples.h"
#include "gui/views/detailspane.h"
#include "gui/views/logtext.h"
#include "monitor/containerlog.h"
#include "ownsettings.h"

#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include <fcntl.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// A store with one container whose log is written by the monitor's own code.
class Logged : public StoreFixture {
public:
    explicit Logged(std::uint64_t maxSize = 16U << 20)
    {
        const LayerRecord record = layer("layer");
        const QByteArray text = config(record);
        [[maybe_unused]] const auto image = store.addImage(text, {record}, {name(u"redis")});
        info = samples::container(u"web"_s, ContainerState::Running);
        info.imageId = Digest::ofBytes(text);
        [[maybe_unused]] const auto added = store.addContainer(info);
        const QString path = paths().data + u"/containers/"_s + info.id;
        QDir().mkpath(path);
        const UniqueFd folder(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        log.emplace(ContainerLog::open(folder.get(), maxSize, 5).value());
    }
    void write(const std::string &text, monitor::Stream stream = monitor::Stream::Stdout) { log->append(stream, text); }
    void lines(int first, int last)
    {
        for (int line = first; line <= last; ++line)
            write("line " + std::to_string(line) + "\n");
    }
    Store store = open().value(); // stays open, as the window's does
    ContainerInfo info;
    std::optional<ContainerLog> log;
};

// The view in a window, following that log.
class Shown {
public:
    explicit Shown(const Logged &logged)
    {
        view.resize(600, 300);
        view.show();
        view.follow(logged.paths(), logged.info.id);
    }
    [[nodiscard]] QPlainTextEdit *edit() const { return view.findChild<QPlainTextEdit *>(); }
    [[nodiscard]] QScrollBar *bar() const { return edit()->verticalScrollBar(); }
    [[nodiscard]] bool isAtEnd() const { return bar()->value() >= bar()->maximum() - 1; }
    [[nodiscard]] QPushButton *latest() const { return view.findChild<QPushButton *>(u"latestButton"_s); }
    [[nodiscard]] QString firstShown() const { return edit()->cursorForPosition({2, 2}).block().text(); }
    LogView view;
};

} // namespace

class TestLogView : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void plainText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QByteArray("a\tb\n") << u"a\tb\n"_s;
        QTest::newRow("colours") << QByteArray("\x1b[1;31mred\x1b[0m!\n") << u"red!\n"_s;
        QTest::newRow("title") << QByteArray("\x1b]0;title\x07x\x1b]8;;http://a\x1b\\y\n") << u"xy\n"_s;
        QTest::newRow("character set") << QByteArray("\x1b(Bx\x1b=y\n") << u"xy\n"_s;
        QTest::newRow("windows") << QByteArray("a\r\nb\r\n") << u"a\nb\n"_s;
        QTest::newRow("progress") << QByteArray("10%\r50%\r100%\n") << u"100%\n"_s;
        QTest::newRow("cut sequence") << QByteArray("x\x1b[31") << u"x"_s;
        QTest::newRow("cut at once") << QByteArray("x\x1b") << u"x"_s;
        QTest::newRow("bell and null") << QByteArray("a\x07\0b\x08\n", 6) << u"ab\n"_s;
        QTest::newRow("korean") << QByteArray("안녕\n") << u"안녕\n"_s;
    }
    void plainText()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(plainLogText(bytes), text);
    }

    void followsWhatIsWritten()
    {
        Logged logged;
        logged.write("before\n");
        const Shown shown(logged);
        QTRY_COMPARE(shown.view.text(), u"before\n"_s);
        std::thread writer([&] { logged.write("안녕 from another thread\n"); });
        writer.join();
        QTRY_COMPARE(shown.view.text(), u"before\n안녕 from another thread\n"_s);
        QVERIFY(shown.view.isFollowing());
    }

    void staysAtTheEnd()
    {
        Logged logged;
        logged.lines(1, 200);
        const Shown shown(logged);
        QTRY_VERIFY(shown.view.text().contains(u"line 200"_s));
        QVERIFY(shown.isAtEnd());
        logged.lines(201, 300);
        QTRY_VERIFY(shown.view.text().contains(u"line 300"_s));
        QVERIFY(shown.isAtEnd());
        QVERIFY(!shown.latest()->isVisible());
    }

    void scrollingUpPauses()
    {
        Logged logged;
        logged.lines(1, 300);
        const Shown shown(logged);
        QTRY_VERIFY(shown.view.text().contains(u"line 300"_s));
        QTest::keyClick(shown.edit(), Qt::Key_PageUp);
        QVERIFY(!shown.view.isFollowing());
        QVERIFY(shown.latest()->isVisible());
        const QString first = shown.firstShown();
        logged.lines(301, 350);
        QTRY_VERIFY(shown.view.text().contains(u"line 350"_s));
        QCOMPARE(shown.firstShown(), first); // nothing moves below the eyes
        QVERIFY2(shown.latest()->text().contains(u"50"_s), qPrintable(shown.latest()->text()));
        QTest::mouseClick(shown.latest(), Qt::LeftButton);
        QVERIFY(shown.view.isFollowing() && shown.isAtEnd());
        QVERIFY(!shown.latest()->isVisible());
        // Scrolling down to the end does the same.
        shown.bar()->setValue(0);
        QVERIFY(!shown.view.isFollowing());
        shown.bar()->setValue(shown.bar()->maximum());
        QVERIFY(shown.view.isFollowing());
        QVERIFY(!shown.latest()->isVisible());
    }

    // Full and read further up: the rest waits in the file, and comes when it is asked for.
    void aFullViewHoldsStillForAReader()
    {
        Logged logged;
        logged.lines(1, LogView::maxLines);
        const Shown shown(logged);
        QTRY_VERIFY_WITH_TIMEOUT(shown.view.text().contains(u"line 10000"_s), 20'000);
        shown.bar()->setValue(shown.bar()->maximum() / 2);
        const QString first = shown.firstShown();
        logged.lines(LogView::maxLines + 1, LogView::maxLines + 6000);
        QTest::qWait(300);
        QCOMPARE(shown.firstShown(), first);
        QVERIFY(!shown.view.text().contains(u"line 16000"_s));
        QTest::mouseClick(shown.latest(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(shown.view.text().contains(u"line 16000"_s), 20'000);
        QVERIFY(shown.isAtEnd());
        QVERIFY(shown.edit()->blockCount() <= LogView::maxLines);
    }

    void memoryIsBounded()
    {
        Logged logged;
        logged.lines(1, LogView::maxLines + 5000);
        const Shown shown(logged);
        QTRY_VERIFY_WITH_TIMEOUT(shown.view.text().contains(u"line 15000"_s), 20'000);
        QVERIFY(shown.edit()->blockCount() <= LogView::maxLines);
        QVERIFY(!shown.view.text().contains(u"line 100\n"_s));
    }

    // While a program prints without end, a person can open its log, scroll and press.
    void floodLeavesTheWindowUsable()
    {
        Logged logged;
        std::atomic_bool stop = false;
        std::thread writer([&] {
            const std::string block = [] {
                std::string text;
                for (int line = 0; line < 200; ++line)
                    text += "a line of a program that prints without end\n";
                return text;
            }();
            while (!stop)
                logged.write(block);
        });
        const Shown shown(logged);
        QElapsedTimer timer;
        timer.start();
        QList<qint64> turns;
        while ((shown.edit()->blockCount() < 9000 || turns.size() < 50) && timer.elapsed() < 30'000) {
            QElapsedTimer turn;
            turn.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
            turns.append(turn.elapsed());
        }
        stop = true;
        writer.join();
        QVERIFY(shown.edit()->blockCount() >= 9000);
        std::ranges::sort(turns);
        const qint64 usual = turns.at(turns.size() * 9 / 10); // a busy machine delays one now and then
        QVERIFY2(usual <= 100, QByteArray::number(usual));
    }

    void rotationIsFollowed()
    {
        Logged logged(4096); // a file holds some forty lines
        logged.lines(1, 20);
        const Shown shown(logged);
        QTRY_VERIFY(shown.view.text().contains(u"line 20"_s));
        for (int line = 21; line <= 120; ++line) {
            logged.lines(line, line);
            if (line % 10 == 0)
                QTRY_VERIFY(shown.view.text().contains(u"line %1\n"_s.arg(line)));
        }
        QString expected;
        for (int line = 1; line <= 120; ++line)
            expected += u"line %1\n"_s.arg(line);
        QTRY_COMPARE(shown.view.text(), expected);
    }

    void streamsAndTimesAreTold()
    {
        Logged logged;
        logged.write("out\n");
        logged.write("err\n", monitor::Stream::Stderr);
        const Shown shown(logged);
        QTRY_COMPARE(shown.view.text(), u"out\nerr\n"_s);
        const auto colorOf = [&](const QString &word) {
            QTextCursor cursor = shown.edit()->document()->find(word);
            return cursor.charFormat().foreground().color();
        };
        QVERIFY(colorOf(u"out"_s) != colorOf(u"err"_s));
        shown.view.findChild<QToolButton *>(u"timesButton"_s)->click();
        QTRY_VERIFY(QRegularExpression(uR"(^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}  out\n\d{4}.*  err\n$)"_s)
                .match(shown.view.text())
                .hasMatch());
        shown.view.findChild<QToolButton *>(u"copyButton"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), shown.view.text());
        // The choice is remembered.
        const LogView other;
        QVERIFY(other.findChild<QToolButton *>(u"timesButton"_s)->isChecked());
    }

    void wrappingKeepsTheEnd()
    {
        Logged logged;
        for (int line = 0; line < 100; ++line)
            logged.write(std::string(300, 'x') + " end " + std::to_string(line) + "\n");
        const Shown shown(logged);
        QTRY_VERIFY(shown.view.text().contains(u"end 99"_s));
        auto *wrap = shown.view.findChild<QToolButton *>(u"wrapButton"_s);
        for (int round = 0; round < 4; ++round) {
            wrap->click();
            QCoreApplication::processEvents();
            QVERIFY(shown.view.isFollowing());
            QVERIFY(shown.isAtEnd());
        }
        shown.view.window()->resize(400, 500);
        QCoreApplication::processEvents();
        QVERIFY(shown.isAtEnd());
    }

    void searchMarksAndMoves()
    {
        Logged logged;
        logged.lines(1, 100);
        logged.write("one more LINE\n");
        Shown shown(logged);
        QTRY_VERIFY(shown.view.text().contains(u"LINE"_s));
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        shown.view.focusSearch();
        auto *edit = shown.view.findChild<QLineEdit *>(u"searchEdit"_s);
        const auto *matches = shown.view.findChild<QLabel *>(u"matchesLabel"_s);
        QTest::keyClicks(edit, u"line 9"_s);
        QVERIFY2(matches->text().startsWith(u"11 "_s), qPrintable(matches->text()));
        QCOMPARE(shown.edit()->extraSelections().size(), 11);
        QCOMPARE(shown.edit()->textCursor().selectedText(), u"line 9"_s);
        const auto blockNow = [&] { return shown.edit()->textCursor().block().text(); };
        QCOMPARE(blockNow(), u"line 99"_s); // the newest first
        QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(blockNow(), u"line 98"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(blockNow(), u"line 99"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(blockNow(), u"line 9"_s); // around the end
        edit->setText(u"nowhere"_s);
        QCOMPARE(matches->text(), u"no match"_s);
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(edit->text(), QString());
        QVERIFY(shown.edit()->extraSelections().isEmpty());
    }

    // What comes after the search was typed is searched as well.
    void newLinesAreSearchedToo()
    {
        Logged logged;
        logged.write("error one\n");
        Shown shown(logged);
        QTRY_VERIFY(shown.view.text().contains(u"one"_s));
        shown.view.findChild<QLineEdit *>(u"searchEdit"_s)->setText(u"error"_s);
        QCOMPARE(shown.edit()->extraSelections().size(), 1);
        logged.write("error two\nfine\nerror three\n");
        QTRY_COMPARE(shown.edit()->extraSelections().size(), 3);
        QVERIFY(shown.view.findChild<QLabel *>(u"matchesLabel"_s)->text().startsWith(u"3 "_s));
    }

    void missingContainerIsTold()
    {
        const Logged logged;
        LogView view;
        QSignalSpy failed(&view, &LogView::failed);
        view.follow(logged.paths(), QString(64, u'f'));
        QTRY_COMPARE(failed.count(), 1);
    }

    void quickChangesShowTheLastOne()
    {
        Logged first;
        first.write("of the first\n");
        Logged second;
        second.write("of the second\n");
        LogView view;
        view.show();
        for (int round = 0; round < 20; ++round) {
            view.follow(first.paths(), first.info.id);
            if (round % 3 == 0)
                QTest::qWait(1);
            view.clear();
            view.follow(second.paths(), second.info.id + QString());
            view.clear();
        }
        view.follow(second.paths(), second.info.id);
        QTRY_COMPARE(view.text(), u"of the second\n"_s);
    }

    // In the details: logs are read while they are looked at, and not otherwise.
    void detailsFollowWhileTheyAreSeen()
    {
        Logged logged;
        logged.write("one\n");
        DetailsPane pane;
        pane.resize(800, 400);
        pane.setPaths(logged.paths());
        pane.show();
        pane.showContainer(logged.info);
        QTest::qWait(200);
        QCOMPARE(pane.logView()->text(), QString()); // the summary is shown
        pane.showTab(DetailsPane::Logs);
        QTRY_COMPARE(pane.logView()->text(), u"one\n"_s);
        pane.hide();
        logged.write("two\n");
        QTest::qWait(150);
        QCOMPARE(pane.logView()->text(), u"one\n"_s);
        pane.show();
        QTRY_COMPARE(pane.logView()->text(), u"one\ntwo\n"_s);
        pane.clear();
        QCOMPARE(pane.logView()->text(), QString());
    }

    // The person searched; a container that ends meanwhile must not throw the text away.
    void endOfTheContainerKeepsTheText()
    {
        Logged logged;
        logged.write("last words\n");
        DetailsPane pane;
        pane.resize(800, 400);
        pane.setPaths(logged.paths());
        pane.show();
        pane.showContainer(logged.info);
        pane.showTab(DetailsPane::Logs);
        QTRY_COMPARE(pane.logView()->text(), u"last words\n"_s);
        logged.info.state = ContainerState::Exited;
        logged.info.pid = 0;
        logged.info.finished = QDateTime::currentDateTimeUtc();
        pane.showContainer(logged.info);
        QTest::qWait(150);
        QCOMPARE(pane.logView()->text(), u"last words\n"_s);
    }
};

QTEST_MAIN(TestLogView)
#include "tst_logview.moc"
