// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/exitmeaning.h"
#include "gui/terminal/terminalsession.h"
#include "gui/terminal/terminaltab.h"
#include "gui/terminal/terminalview.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QStringList shell(const QString &script) { return {u"/bin/sh"_s, u"-c"_s, script}; }

} // namespace

// Real programs on real pseudo terminals.
class TerminalTabTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void programIsOnATerminal();
    void typedTextComesBack();
    void interruptReachesTheProgram();
    void resizeReachesTheProgram();
    void allOutputIsShownBeforeTheEnd();
    void floodLeavesTheEventLoopFree();
    void floodIsHeldBack();
    void closingHangsUp();
    void exitCodes_data();
    void exitCodes();
    void exitSentences_data();
    void exitSentences();
    void refuses_data();
    void refuses();
    void runsAgainAfterARudeProgram();
    void endBarCloses();
    void programSetsTheTitle();
};

void TerminalTabTest::programIsOnATerminal()
{
    TerminalTab tab(u"t"_s, shell(u"tty; echo $TERM; test -t 0 && test -t 1 && test -t 2 && echo yes"_s));
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QVERIFY(tab.start());
    QVERIFY(tab.isRunning());
    QVERIFY(finished.wait());
    QVERIFY(tab.screenText().startsWith(u"/dev/pts/"_s));
    QVERIFY(tab.screenText().endsWith(u"\nxterm-256color\nyes\n"_s));
    QVERIFY(!tab.isRunning());
}

void TerminalTabTest::typedTextComesBack()
{
    TerminalTab tab(u"t"_s, {u"/bin/cat"_s});
    tab.show();
    QVERIFY(tab.start());
    auto *view = tab.findChild<TerminalView *>();
    QTest::keyClicks(view, u"hello"_s);
    QTest::keyClick(view, Qt::Key_Return);
    QTRY_COMPARE(tab.screenText(), u"hello\nhello\n"_s);
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QTest::keyClick(view, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().first().toInt(), 0);
}

void TerminalTabTest::interruptReachesTheProgram()
{
    TerminalTab tab(u"t"_s, {u"/bin/sleep"_s, u"60"_s});
    QVERIFY(tab.start());
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QTest::keyClick(tab.findChild<TerminalView *>(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().first().toInt(), 130);
}

void TerminalTabTest::resizeReachesTheProgram()
{
    TerminalTab tab(u"t"_s, shell(u"trap 'stty size' WINCH; stty size; while :; do sleep 0.02; done"_s));
    tab.resize(700, 400);
    tab.show();
    QVERIFY(QTest::qWaitForWindowExposed(&tab));
    QVERIFY(tab.start());
    const auto size = [&tab] {
        const TerminalGrid &grid = tab.findChild<TerminalView *>()->screen().grid();
        return u"%1 %2\n"_s.arg(grid.rows()).arg(grid.columns());
    };
    const QString before = size();
    QTRY_COMPARE(tab.screenText(), before);
    tab.resize(500, 300);
    QTRY_COMPARE(tab.screenText(), before + size());
    QVERIFY(before != size());
}

void TerminalTabTest::allOutputIsShownBeforeTheEnd()
{
    TerminalTab tab(u"t"_s, shell(u"seq 1 9000"_s));
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QVERIFY(tab.start());
    QVERIFY(finished.wait(20000));
    const QStringList lines = tab.screenText().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 9000);
    QCOMPARE(lines.last(), u"9000"_s);
}

void TerminalTabTest::floodLeavesTheEventLoopFree()
{
    TerminalTab tab(u"t"_s, shell(u"yes 'a line of ordinary length, as a build or a log prints it, 12345' | head -c 50000000"_s));
    tab.resize(900, 600);
    tab.show();
    QVERIFY(QTest::qWaitForWindowExposed(&tab));
    QList<qint64> pauses;
    QElapsedTimer sinceBeat;
    QTimer heart;
    connect(&heart, &QTimer::timeout, &heart, [&] { pauses.append(sinceBeat.restart()); });
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QElapsedTimer whole;
    whole.start();
    QVERIFY(tab.start());
    sinceBeat.start();
    heart.start(5);
    QVERIFY(finished.wait(100000));
    QVERIFY(pauses.size() > 10);
    std::ranges::sort(pauses);
    qInfo("50 MB in %lld ms, longest pause %lld ms, %lld beats", whole.elapsed(), pauses.last(), pauses.size());
    // A busy machine delays a turn now and then; it does not delay every tenth.
    const qint64 usual = pauses.at(pauses.size() * 9 / 10);
    QVERIFY2(usual <= 100, qPrintable(QString::number(usual)));
}

// Nobody takes the output, so the program has to stand still instead of filling our memory.
void TerminalTabTest::floodIsHeldBack()
{
    QTemporaryDir folder;
    const QString count = folder.filePath(u"count"_s);
    TerminalSession session;
    QVERIFY(session.start(
        shell(u"i=0; while :; do echo 0123456789012345678901234567890123456789; i=$((i+1)); echo $i > %1; done"_s.arg(count)), 24,
        80));
    const auto read = [&count] {
        QFile file(count);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : -1;
    };
    // This thread sleeps: its event loop does not run. However slow the machine is, the program stands
    // still in the end; one that is not held back never does.
    int before = -1;
    int now = read();
    for (int i = 0; i < 100 && (now <= 0 || now != before); ++i) {
        QThread::sleep(std::chrono::milliseconds(300));
        before = std::exchange(now, read());
    }
    QVERIFY(now > 0);
    QCOMPARE(now, before);
}

void TerminalTabTest::closingHangsUp()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"hup"_s);
    {
        TerminalTab tab(u"t"_s, shell(u"trap 'echo bye > %1; exit' HUP; echo ready; while :; do sleep 0.02; done"_s.arg(file)));
        QVERIFY(tab.start());
        QTRY_COMPARE(tab.screenText(), u"ready\n"_s);
    }
    QTRY_VERIFY(QFile::exists(file));
}

void TerminalTabTest::exitCodes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("code");
    QTest::newRow("0") << u"exit 0"_s << 0;
    QTest::newRow("1") << u"exit 1"_s << 1;
    QTest::newRow("127") << u"exec /nonexistent/program"_s << 127;
    QTest::newRow("terminated") << u"kill -TERM $$"_s << 143;
    QTest::newRow("killed") << u"kill -KILL $$"_s << 137;
    QTest::newRow("passed on") << u"exit 137"_s << 137;
}

void TerminalTabTest::exitCodes()
{
    QFETCH(QString, script);
    QFETCH(int, code);
    TerminalTab tab(u"t"_s, shell(script));
    tab.show();
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QVERIFY(tab.start());
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().first().toInt(), code);
    auto *again = tab.findChild<QPushButton *>(u"again"_s);
    QVERIFY(again->isVisible());
    const QList<QLabel *> labels = again->parentWidget()->findChildren<QLabel *>();
    QVERIFY(
        std::any_of(labels.begin(), labels.end(), [code](const QLabel *label) { return label->text() == exitSentence(code); }));
}

void TerminalTabTest::exitSentences_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    QTest::newRow("0") << 0 << u"success"_s;
    QTest::newRow("1") << 1 << u"reports an error"_s;
    QTest::newRow("3") << 3 << u"own code"_s;
    QTest::newRow("125") << 125 << u"Berth"_s;
    QTest::newRow("126") << 126 << u"cannot be executed"_s;
    QTest::newRow("127") << 127 << u"not found"_s;
    QTest::newRow("128") << 128 << u"own code"_s;
    QTest::newRow("130") << 130 << u"SIGINT"_s;
    QTest::newRow("137") << 137 << u"SIGKILL"_s;
    QTest::newRow("143") << 143 << u"SIGTERM"_s;
    QTest::newRow("159") << 159 << u"SIGSYS"_s;
    QTest::newRow("255") << 255 << u"own code"_s;
}

void TerminalTabTest::exitSentences()
{
    QFETCH(int, code);
    QFETCH(QString, part);
    QVERIFY2(exitSentence(code).contains(part), qPrintable(exitSentence(code)));
    QVERIFY(exitSentence(code).contains(QString::number(code)));
}

void TerminalTabTest::refuses_data()
{
    QTest::addColumn<QStringList>("program");
    QTest::addColumn<int>("error");
    QTest::newRow("missing") << QStringList{u"/nonexistent/berth"_s} << int(ErrorCode::NotFound);
    QTest::newRow("not in the path") << QStringList{u"no-such-program-of-berth"_s} << int(ErrorCode::NotFound);
    QTest::newRow("a folder") << QStringList{u"/usr"_s} << int(ErrorCode::NotExecutable);
    QTest::newRow("a plain file") << QStringList{u"/etc/passwd"_s} << int(ErrorCode::NotExecutable);
    QTest::newRow("a shell line is a name") << QStringList{u"echo hello"_s} << int(ErrorCode::NotFound);
    QTest::newRow("nothing") << QStringList{} << int(ErrorCode::InvalidArgument);
}

void TerminalTabTest::refuses()
{
    QFETCH(QStringList, program);
    QFETCH(int, error);
    TerminalTab tab(u"t"_s, program);
    tab.show();
    QSignalSpy finished(&tab, &TerminalTab::finished);
    const auto started = tab.start();
    QVERIFY(!started);
    QCOMPARE(int(started.error().code), error);
    QVERIFY(!tab.isRunning());
    QVERIFY(tab.findChild<QPushButton *>(u"close"_s)->isVisible());
    QTest::qWait(50);
    QCOMPARE(tab.screenText(), QString());
    QCOMPARE(finished.size(), 0);
}

void TerminalTabTest::runsAgainAfterARudeProgram()
{
    // Leaves the alternate screen, a hidden cursor, colours and mouse reporting behind.
    TerminalTab tab(u"t"_s, shell(u"printf 'text\\n\\033[?25l\\033[31m\\033[?1000h\\033[?1049h'"_s));
    tab.show();
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QVERIFY(tab.start());
    QVERIFY(finished.wait());
    QTest::mouseClick(tab.findChild<QPushButton *>(u"again"_s), Qt::LeftButton);
    QVERIFY(tab.isRunning());
    QVERIFY(!tab.findChild<QPushButton *>(u"again"_s)->isVisible());
    TerminalScreen &screen = tab.findChild<TerminalView *>()->screen();
    QVERIFY(screen.cursor().visible);
    QVERIFY(!screen.grid().isAlternate());
    QCOMPARE(screen.mouseMode(), TerminalScreen::MouseMode::None);
    QVERIFY(finished.wait());
    QCOMPARE(tab.screenText().count(u"text\n"_s), 2);
}

void TerminalTabTest::endBarCloses()
{
    TerminalTab tab(u"t"_s, shell(u"exit 3"_s));
    tab.show();
    QSignalSpy finished(&tab, &TerminalTab::finished);
    QSignalSpy closing(&tab, &TerminalTab::closeRequested);
    QVERIFY(tab.start());
    QVERIFY(finished.wait());
    QTest::mouseClick(tab.findChild<QPushButton *>(u"close"_s), Qt::LeftButton);
    QCOMPARE(closing.size(), 1);
}

void TerminalTabTest::programSetsTheTitle()
{
    TerminalTab tab(u"redis"_s, shell(u"printf '\\033]2;새 제목\\007'; sleep 60"_s));
    QCOMPARE(tab.title(), u"redis"_s);
    QSignalSpy changed(&tab, &TerminalTab::titleChanged);
    QVERIFY(tab.start());
    QVERIFY(changed.wait());
    QCOMPARE(tab.title(), u"새 제목"_s);
}

QTEST_MAIN(TerminalTabTest)
#include "tst_terminaltab.moc"
