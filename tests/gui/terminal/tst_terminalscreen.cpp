// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminalscreen.h"

#include <QSignalSpy>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const TerminalGrid &grid, const TerminalLine &line)
{
    QString text;
    for (qsizetype column = 0; column < usedColumns(line); ++column)
        text += grid.clusters().text(line.cells[static_cast<size_t>(column)].character);
    return text;
}

QStringList rows(const TerminalScreen &screen)
{
    const TerminalGrid &grid = screen.grid();
    QStringList result;
    for (qint64 line = grid.screenTop(); line < grid.endLine(); ++line)
        result += textOf(grid, grid.lineAt(line));
    while (!result.isEmpty() && result.last().isEmpty())
        result.removeLast();
    return result;
}

QStringList history(const TerminalScreen &screen)
{
    const TerminalGrid &grid = screen.grid();
    QStringList result;
    for (qint64 line = grid.oldestLine(); line < grid.screenTop(); ++line)
        result += textOf(grid, grid.lineAt(line));
    return result;
}

CellStyle styleAt(const TerminalScreen &screen, int row, int column)
{
    const TerminalGrid &grid = screen.grid();
    return grid.lineAt(grid.screenTop() + row).cells[static_cast<size_t>(column)].style;
}

QByteArray outputOf(const QSignalSpy &spy)
{
    QByteArray bytes;
    for (const QList<QVariant> &call : spy)
        bytes += call.first().toByteArray();
    return bytes;
}

} // namespace

class TerminalScreenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void drawsSequences_data();
    void drawsSequences();
    void stylesCells_data();
    void stylesCells();
    void answersQueries_data();
    void answersQueries();
    void wideCharactersTakeTwoCells();
    void halvesOfWideCharactersDoNotStay();
    void decomposedHangulComposes();
    void marksJoinTheirBase();
    void floodOfMarksStaysFast();
    void linesScrollIntoTheHistory();
    void historyIsBounded();
    void alternateScreenKeepsThePrimary();
    void reflows_data();
    void reflows();
    void reflowKeepsTextBothWays();
    void shrinkingKeepsTheCursorLine();
    void restoredCursorStaysInside();
    void linksBelongToCells();
    void titleIsCleanAndBounded();
    void pasteIsBracketedAndClean();
    void mouseIsReported_data();
    void mouseIsReported();
    void focusIsReported();
    void damageNamesRows();
    void survivesGarbage();
};

void TerminalScreenTest::drawsSequences_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *input, const QStringList &expected) {
        QTest::newRow(name) << QByteArray(input) << expected;
    };
    row("text", "hello", {u"hello"_s});
    row("newline", "a\r\nb", {u"a"_s, u"b"_s});
    row("wrap", "1234567890ab", {u"1234567890"_s, u"ab"_s});
    row("no wrap", "\x1b[?7l1234567890ab", {u"123456789b"_s});
    row("cursor position", "\x1b[2;3Hx", {u""_s, u"  x"_s});
    row("erase in line", "abcdef\x1b[3D\x1b[K", {u"abc"_s});
    row("erase in display", "abc\r\ndef\x1b[2J\x1b[Hx", {u"x"_s});
    row("insert characters", "abc\x1b[3D\x1b[2@", {u"  abc"_s});
    row("delete characters", "abcdef\x1b[6D\x1b[2P", {u"cdef"_s});
    row("erase characters", "abcdef\x1b[6D\x1b[2X", {u"  cdef"_s});
    row("insert line", "a\r\nb\x1b[1;1H\x1b[L", {u""_s, u"a"_s, u"b"_s});
    row("delete line", "a\r\nb\x1b[1;1H\x1b[M", {u"b"_s});
    row("scroll region", "a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\n", {u"a"_s, u"c"_s, u""_s, u"d"_s});
    row("reverse index", "a\r\nb\x1b[1;1H\x1bM", {u""_s, u"a"_s, u"b"_s});
    row("scroll down", "a\r\nb\x1b[T", {u""_s, u"a"_s, u"b"_s});
    row("insert mode", "abc\x1b[3D\x1b[4hX", {u"Xabc"_s});
    row("tab", "a\tb", {u"a       b"_s});
    row("backspace", "abc\b\bX", {u"aXc"_s});
    row("line drawing", "\x1b(0qx\x1b(B", {u"─│"_s});
    row("repeat", "ab\x1b[3b", {u"abbbb"_s});
    row("utf-8 in pieces", "\xea\xb0\x80", {u"가"_s});
    row("invalid utf-8",
        "a\xff"
        "b",
        {u"a\xfffd"
         "b"_s});
    row("save and restore",
        "ab\x1b"
        "7\x1b[3;3Hx\x1b"
        "8c",
        {u"abc"_s, u""_s, u"  x"_s});
    row("screen alignment", "\x1b#8\x1b[2;1H\x1b[J", {u"EEEEEEEEEE"_s});
    row("left right margins", "abcdef\r\nghijkl\x1b[1;2r\x1b[?69h\x1b[3;4s\x1b[2;3H\n", {u"abijef"_s, u"gh  kl"_s});
}

void TerminalScreenTest::drawsSequences()
{
    QFETCH(QByteArray, input);
    QFETCH(QStringList, expected);
    TerminalScreen whole(4, 10);
    whole.feed(input);
    QCOMPARE(rows(whole), expected);
    // The pty cuts where it likes.
    TerminalScreen pieces(4, 10);
    for (const char byte : input)
        pieces.feed(QByteArrayView(&byte, 1));
    QCOMPARE(rows(pieces), expected);
}

void TerminalScreenTest::stylesCells_data()
{
    QTest::addColumn<QByteArray>("sgr");
    QTest::addColumn<int>("flags");
    QTest::addColumn<QList<int>>("foreground"); // kind, red or index, green, blue
    QTest::addColumn<QList<int>>("background");
    const QList<int> plain{0, 0, 0, 0};
    const auto row = [](const char *sgr, int flags, const QList<int> &fore, const QList<int> &back) {
        QTest::newRow(sgr) << QByteArray(sgr) << flags << fore << back;
    };
    row("0", 0, plain, plain);
    row("1", CellStyle::Bold, plain, plain);
    row("3", CellStyle::Italic, plain, plain);
    row("4", CellStyle::UnderlineSingle, plain, plain);
    row("21", CellStyle::UnderlineDouble, plain, plain);
    row("4:3", CellStyle::UnderlineCurly, plain, plain);
    row("4:3;24", 0, plain, plain);
    row("5", CellStyle::Blink, plain, plain);
    row("7", CellStyle::Reverse, plain, plain);
    row("8", CellStyle::Conceal, plain, plain);
    row("9", CellStyle::Strike, plain, plain);
    row("1;3;9;22", CellStyle::Italic | CellStyle::Strike, plain, plain);
    row("31", 0, {1, 1, 0, 0}, plain);
    row("97;44", 0, {1, 15, 0, 0}, {1, 4, 0, 0});
    row("38;5;208", 0, {1, 208, 0, 0}, plain);
    row("48;5;17", 0, plain, {1, 17, 0, 0});
    row("38;2;10;20;30", 0, {2, 10, 20, 30}, plain);
    row("48:2:10:20:30", 0, plain, {2, 10, 20, 30});
    row("31;42;39;49", 0, plain, plain);
}

void TerminalScreenTest::stylesCells()
{
    QFETCH(QByteArray, sgr);
    QFETCH(int, flags);
    QFETCH(QList<int>, foreground);
    QFETCH(QList<int>, background);
    TerminalScreen screen(2, 10);
    screen.feed("\x1b[" + sgr + "mx");
    const CellStyle style = styleAt(screen, 0, 0);
    const auto numbers = [](const CellColor &color) {
        return QList<int>{static_cast<int>(color.kind), color.red, color.green, color.blue};
    };
    QCOMPARE(int(style.flags), flags);
    QCOMPARE(numbers(style.foreground), foreground);
    QCOMPARE(numbers(style.background), background);
}

void TerminalScreenTest::answersQueries_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("cursor position") << QByteArray("\x1b[2;3H\x1b[6n") << QByteArray("\x1b[2;3R");
    QTest::newRow("status") << QByteArray("\x1b[5n") << QByteArray("\x1b[0n");
    QTest::newRow("foreground") << QByteArray("\x1b]10;?\x07") << QByteArray("\x1b]10;rgb:1111/2222/3333\x1b\\");
    QTest::newRow("background") << QByteArray("\x1b]11;?\x1b\\") << QByteArray("\x1b]11;rgb:ffff/0000/fefe\x1b\\");
    QTest::newRow("clipboard is not readable") << QByteArray("\x1b]52;c;?\x07") << QByteArray();
    QTest::newRow("title is not echoed") << QByteArray("\x1b]2;rm -rf\x07\x1b[21t") << QByteArray();
}

void TerminalScreenTest::answersQueries()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, answer);
    TerminalScreen screen(4, 10);
    screen.setReportedColors(0x112233, 0xff00fe);
    QSignalSpy spy(&screen, &TerminalScreen::output);
    screen.feed(query);
    QCOMPARE(outputOf(spy), answer);
}

void TerminalScreenTest::wideCharactersTakeTwoCells()
{
    TerminalScreen screen(3, 6);
    screen.feed("a안녕하");
    QCOMPARE(rows(screen), QStringList({u"a안녕"_s, u"하"_s}));
    const TerminalLine &line = screen.grid().lineAt(screen.grid().screenTop());
    QCOMPARE(line.cells[2].character, Cell::wideTail);
    QCOMPARE(line.cells[5].character, Cell::blank);
    QVERIFY(screen.grid().lineAt(screen.grid().screenTop() + 1).continued);
}

void TerminalScreenTest::halvesOfWideCharactersDoNotStay()
{
    TerminalScreen screen(1, 10);
    screen.feed("가나\x1b[1;2Hx");
    QCOMPARE(rows(screen), QStringList({u" x나"_s}));
    screen.feed("\x1b[1;3Hy");
    QCOMPARE(rows(screen), QStringList({u" xy "_s}));
}

void TerminalScreenTest::decomposedHangulComposes()
{
    TerminalScreen screen(1, 10);
    screen.feed(u"가각"_s.normalized(QString::NormalizationForm_D).toUtf8());
    QCOMPARE(rows(screen), QStringList({u"가각"_s}));
    QCOMPARE(screen.cursor().at.column, 4);
}

void TerminalScreenTest::marksJoinTheirBase()
{
    TerminalScreen screen(1, 10);
    screen.feed(u"q\u0323\u0307!"_s.toUtf8());
    QCOMPARE(rows(screen), QStringList({u"q\u0323\u0307!"_s}));
    QCOMPARE(screen.cursor().at.column, 2);
}

void TerminalScreenTest::floodOfMarksStaysFast()
{
    TerminalScreen screen(4, 80);
    const QByteArray marks = QByteArray("\xcc\x81").repeated(2048);
    screen.feed("a");
    QElapsedTimer timer;
    timer.start();
    for (int piece = 0; piece < 512; ++piece)
        screen.feed(marks);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

void TerminalScreenTest::linesScrollIntoTheHistory()
{
    TerminalScreen screen(2, 10);
    screen.feed("1\r\n2\r\n3\r\n4");
    QCOMPARE(history(screen), QStringList({u"1"_s, u"2"_s}));
    QCOMPARE(rows(screen), QStringList({u"3"_s, u"4"_s}));
    screen.feed("\x1b[3J");
    QVERIFY(history(screen).isEmpty());
    QCOMPARE(screen.grid().screenTop(), 2);
}

void TerminalScreenTest::historyIsBounded()
{
    TerminalScreen screen(5, 20);
    for (int number = 0; number < 30000; ++number)
        screen.feed(QByteArray::number(number) + "\r\n");
    QCOMPARE(screen.grid().scrollback().size(), TerminalGrid::scrollbackLimit);
    QCOMPARE(history(screen).last(), u"29995"_s);
    QCOMPARE(history(screen).first(), u"19996"_s);
    QVERIFY(screen.grid().scrollback().memory() < 2'000'000);
}

void TerminalScreenTest::alternateScreenKeepsThePrimary()
{
    TerminalScreen screen(3, 10);
    screen.feed("shell\r\n$ \x1b[?1049h\x1b[2J\x1b[Hvim\r\n1\r\n2\r\n3\r\n4");
    QVERIFY(screen.grid().isAlternate());
    QVERIFY(history(screen).isEmpty());
    screen.feed("\x1b[?1049l");
    QCOMPARE(rows(screen), QStringList({u"shell"_s, u"$ "_s}));
    QCOMPARE(screen.cursor().at.column, 2);
}

void TerminalScreenTest::reflows_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QSize>("size"); // columns × rows, from 10 × 4
    QTest::addColumn<QStringList>("oldLines");
    QTest::addColumn<QStringList>("screenRows");
    QTest::addColumn<QPoint>("cursor"); // column, row
    const auto row = [](const char *name, const char *input, QSize size, const QStringList &old, const QStringList &now,
                         QPoint cursor) { QTest::newRow(name) << QByteArray(input) << size << old << now << cursor; };
    row("narrower", "abcdefgh\r\n$ ", {5, 4}, {}, {u"abcde"_s, u"fgh"_s, u"$ "_s}, {2, 2});
    row("wider", "1234567890abc\r\n$ ", {20, 4}, {}, {u"1234567890abc"_s, u"$ "_s}, {2, 1});
    row("narrower overflows", "abcdefgh\r\nABCDEFGH\r\n$ ", {4, 4}, {u"abcd"_s}, {u"efgh"_s, u"ABCD"_s, u"EFGH"_s, u"$ "_s},
        {2, 3});
    row("wide characters", "가나다라", {5, 4}, {}, {u"가나"_s, u"다라"_s}, {4, 1});
    row("cursor in a wrapped line", "abcdefghij\x1b[1;8H", {5, 4}, {}, {u"abcde"_s, u"fghij"_s}, {2, 1});
    row("shorter drops blank rows", "a\r\nb", {10, 2}, {}, {u"a"_s, u"b"_s}, {1, 1});
    row("shorter keeps the cursor", "a\r\nb\r\nc\r\nd", {10, 2}, {u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}, {1, 1});
    row("taller pulls back", "1\r\n2\r\n3\r\n4\r\n5\r\n6", {10, 5}, {u"1"_s}, {u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}, {1, 4});
    row("taller after clear does not", "1\r\n2\r\n3\r\n4\r\n5\r\n6\x1b[2J\x1b[H$", {10, 5}, {u"1"_s, u"2"_s}, {u"$"_s}, {1, 0});
    row("wider after clear does not", "1\r\n2\r\n3\r\n4\r\n5\r\n6\x1b[2J\x1b[H$", {20, 4}, {u"1"_s, u"2"_s}, {u"$"_s}, {1, 0});
}

void TerminalScreenTest::reflows()
{
    QFETCH(QByteArray, input);
    QFETCH(QSize, size);
    QFETCH(QStringList, oldLines);
    QFETCH(QStringList, screenRows);
    QFETCH(QPoint, cursor);
    TerminalScreen screen(4, 10);
    screen.feed(input);
    screen.resize(size.height(), size.width());
    QCOMPARE(history(screen), oldLines);
    QCOMPARE(rows(screen), screenRows);
    QCOMPARE(QPoint(screen.cursor().at.column, screen.cursor().at.row), cursor);
}

void TerminalScreenTest::reflowKeepsTextBothWays()
{
    TerminalScreen screen(5, 40);
    for (int number = 0; number < 200; ++number)
        screen.feed("line " + QByteArray::number(number) + " 가나다라마바사아 tail words\r\n");
    const QStringList before = history(screen) + rows(screen);
    for (const int columns : {7, 13, 80, 3, 40})
        screen.resize(5, columns);
    QCOMPARE(history(screen) + rows(screen), before);
    // A program that prints after the dance finds the cursor where it left it.
    screen.feed("end");
    QCOMPARE(rows(screen).last(), u"end"_s);
}

void TerminalScreenTest::shrinkingKeepsTheCursorLine()
{
    TerminalScreen screen(10, 20);
    screen.feed("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n$ ");
    screen.resize(3, 20);
    screen.feed("ls");
    QCOMPARE(rows(screen), QStringList({u"6"_s, u"7"_s, u"$ ls"_s}));
}

void TerminalScreenTest::restoredCursorStaysInside()
{
    TerminalScreen screen(30, 100);
    screen.feed("\x1b[30;5H\x1b[?1049h\x1b[H");
    screen.resize(10, 40);
    screen.feed("\x1b[?1049l$ prompt");
    QVERIFY(rows(screen).join(u"\n"_s).contains(u"$ p"_s));
    screen.feed("\x1b[5;5H\x1b"
                "7");
    screen.resize(3, 3);
    screen.feed("\x1b"
                "8xyz\x1b[u!");
    QVERIFY(screen.cursor().at.row < 3);
}

void TerminalScreenTest::linksBelongToCells()
{
    TerminalScreen screen(2, 40);
    screen.feed("\x1b]8;id=1;https://example.org/a\x1b\\link\x1b]8;;\x1b\\ not");
    const TerminalGrid &grid = screen.grid();
    QCOMPARE(grid.links().target(styleAt(screen, 0, 0).link), u"https://example.org/a"_s);
    QCOMPARE(styleAt(screen, 0, 3).link, styleAt(screen, 0, 0).link);
    QCOMPARE(int(styleAt(screen, 0, 5).link), 0);
    screen.feed("\x1b]8;;https://" + QByteArray(5000, 'x') + "\x1b\\long");
    QCOMPARE(int(styleAt(screen, 0, 9).link), 0);
}

void TerminalScreenTest::titleIsCleanAndBounded()
{
    TerminalScreen screen(2, 40);
    QSignalSpy spy(&screen, &TerminalScreen::titleChanged);
    screen.feed("\x1b]2;제목\x07");
    QCOMPARE(screen.title(), u"제목"_s);
    screen.feed("\x1b]0;" + QByteArray(100000, 't') + "\x07");
    QCOMPARE(screen.title().size(), 1024);
    QCOMPARE(spy.size(), 2);
}

void TerminalScreenTest::pasteIsBracketedAndClean()
{
    TerminalScreen screen(2, 40);
    QSignalSpy spy(&screen, &TerminalScreen::output);
    screen.paste(u"a\nb\x1b[201~\tc"_s);
    QCOMPARE(outputOf(spy), QByteArray("a\rb[201~\tc"));
    spy.clear();
    screen.feed("\x1b[?2004h");
    screen.paste(u"한\r\n글\x03"_s);
    QCOMPARE(outputOf(spy), QByteArray("\x1b[200~한\r글\x1b[201~"));
}

void TerminalScreenTest::mouseIsReported_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("off") << QByteArray() << QByteArray();
    QTest::newRow("x10") << QByteArray("\x1b[?1000h") << QByteArray("\x1b[M $#\x1b[M#$#");
    QTest::newRow("sgr") << QByteArray("\x1b[?1000;1006h") << QByteArray("\x1b[<0;4;3M\x1b[<0;4;3m");
    QTest::newRow("drag") << QByteArray("\x1b[?1002;1006h") << QByteArray("\x1b[<0;4;3M\x1b[<32;6;3M\x1b[<0;6;3m");
    QTest::newRow("move") << QByteArray("\x1b[?1003;1006h") << QByteArray("\x1b[<35;4;3M\x1b[<0;4;3M\x1b[<32;6;3M\x1b[<0;6;3m");
    QTest::newRow("urxvt") << QByteArray("\x1b[?1000;1015h") << QByteArray("\x1b[0;4;3M\x1b[3;4;3M");
}

void TerminalScreenTest::mouseIsReported()
{
    QFETCH(QByteArray, mode);
    QFETCH(QByteArray, expected);
    TerminalScreen screen(10, 40);
    screen.feed(mode);
    QSignalSpy spy(&screen, &TerminalScreen::output);
    screen.moveMouse({.row = 2, .column = 3}, VTERM_MOD_NONE);
    screen.pressMouse(1, true, VTERM_MOD_NONE);
    if (screen.mouseMode() >= TerminalScreen::MouseMode::Drag)
        screen.moveMouse({.row = 2, .column = 5}, VTERM_MOD_NONE);
    screen.pressMouse(1, false, VTERM_MOD_NONE);
    QCOMPARE(outputOf(spy), expected);
}

void TerminalScreenTest::focusIsReported()
{
    TerminalScreen screen(2, 40);
    QSignalSpy spy(&screen, &TerminalScreen::output);
    screen.reportFocus(true);
    QCOMPARE(outputOf(spy), QByteArray());
    screen.feed("\x1b[?1004h");
    screen.reportFocus(true);
    screen.reportFocus(false);
    QCOMPARE(outputOf(spy), QByteArray("\x1b[I\x1b[O"));
}

void TerminalScreenTest::damageNamesRows()
{
    TerminalScreen screen(4, 10);
    screen.clearDamage();
    QVERIFY(!screen.grid().isDamaged());
    screen.feed("\x1b[3;1Hx");
    QCOMPARE(screen.grid().damage(), std::vector<char>({0, 0, 1, 0}));
}

void TerminalScreenTest::survivesGarbage()
{
    quint32 seed = 12345;
    const auto next = [&seed] { return seed = seed * 1664525 + 1013904223; };
    const QByteArray alphabet = "\x1b\x1b\x1b[[[]?;0123456789ABCDHJKLMPSTXZhlmnrsu@\r\n\b\t78가나\xcc\x81zz\x9b\xff";
    TerminalScreen screen(24, 80);
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes;
        for (int count = 0; count < 200; ++count)
            bytes += alphabet.at(static_cast<qsizetype>((next() >> 8) % static_cast<quint32>(alphabet.size())));
        screen.feed(bytes);
        if (round % 10 == 0)
            screen.resize(static_cast<int>((next() >> 8) % 60), static_cast<int>((next() >> 8) % 200));
        QVERIFY(screen.cursor().at.row < screen.grid().rows());
        for (qint64 line = screen.grid().screenTop(); line < screen.grid().endLine(); ++line)
            QCOMPARE(qsizetype(screen.grid().lineAt(line).cells.size()), qsizetype(screen.grid().columns()));
    }
}

QTEST_GUILESS_MAIN(TerminalScreenTest)
#include "tst_terminalscreen.moc"
