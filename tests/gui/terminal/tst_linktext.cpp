// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/linkfinder.h"
#include "gui/terminal/terminalscreen.h"
#include "gui/terminal/textsearch.h"
#include "gui/terminal/textselection.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

// What is read off the cells: links, marks, matches, the whole text.
class LinkTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsLinks_data();
    void findsLinks();
    void markedLinkWins();
    void wrappedLinkIsWhole();
    void selects_data();
    void selects();
    void selectionStaysOnItsText();
    void searches_data();
    void searches();
    void searchGoesRound();
    void longUnbrokenOutputIsSearchedOnce();
    void wholeTextJoinsWrappedLines();
};

void LinkTextTest::findsLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("url");
    QTest::newRow("plain") << u"see https://a.example/b now"_s << 10 << u"https://a.example/b"_s;
    QTest::newRow("beside") << u"see https://a.example/b now"_s << 1 << QString();
    QTest::newRow("full stop") << u"at http://a.example."_s << 5 << u"http://a.example"_s;
    QTest::newRow("in brackets") << u"(http://a.example/x)"_s << 5 << u"http://a.example/x"_s;
    QTest::newRow("own brackets") << u"http://a.example/x_(y)"_s << 21 << u"http://a.example/x_(y)"_s;
    QTest::newRow("mail") << u"mailto:a@b.example"_s << 3 << u"mailto:a@b.example"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s << 3 << QString();
    QTest::newRow("quoted") << u"\"https://a.example\""_s << 4 << u"https://a.example"_s;
}

void LinkTextTest::findsLinks()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    QFETCH(QString, url);
    TerminalScreen screen(4, 60);
    screen.feed(text.toUtf8());
    const auto link = linkAt(screen.grid(), {.line = 0, .column = column});
    QCOMPARE(link ? link->url.toString() : QString(), url);
}

void LinkTextTest::markedLinkWins()
{
    TerminalScreen screen(4, 60);
    screen.feed("\x1b]8;;https://marked.example/\x1b\\https://shown.example/\x1b]8;;\x1b\\"
                "\x1b]8;;file:///etc/passwd\x1b\\file\x1b]8;;\x1b\\");
    const auto link = linkAt(screen.grid(), {.line = 0, .column = 3});
    QVERIFY(link);
    QCOMPARE(link->url.host(), u"marked.example"_s);
    QCOMPARE(link->end.column, 22);
    QVERIFY(!linkAt(screen.grid(), {.line = 0, .column = 23}));
}

void LinkTextTest::wrappedLinkIsWhole()
{
    TerminalScreen screen(4, 20);
    screen.feed("https://a.example/a/long/path/over/lines end");
    for (const TextPosition at : {TextPosition{0, 2}, TextPosition{1, 5}}) {
        const auto link = linkAt(screen.grid(), at);
        QVERIFY(link);
        QCOMPARE(link->url.toString(), u"https://a.example/a/long/path/over/lines"_s);
    }
}

void LinkTextTest::selects_data()
{
    QTest::addColumn<int>("unit");
    QTest::addColumn<bool>("block");
    QTest::addColumn<QPoint>("from"); // column, line
    QTest::addColumn<QPoint>("to");
    QTest::addColumn<QString>("expected");
    const auto character = int(TextSelection::Unit::Character);
    const auto word = int(TextSelection::Unit::Word);
    const auto line = int(TextSelection::Unit::Line);
    QTest::newRow("nothing") << character << false << QPoint(2, 0) << QPoint(2, 0) << QString();
    QTest::newRow("part of a line") << character << false << QPoint(2, 0) << QPoint(5, 0) << u"llo"_s;
    QTest::newRow("backwards") << character << false << QPoint(5, 0) << QPoint(2, 0) << u"llo"_s;
    QTest::newRow("lines without their blanks") << character << false << QPoint(6, 0) << QPoint(3, 1) << u"world\n한 "_s;
    QTest::newRow("half of a wide character") << character << false << QPoint(1, 1) << QPoint(4, 1) << u"한 글"_s;
    QTest::newRow("wrapped lines join") << character << false << QPoint(0, 2) << QPoint(20, 3) << u"a line longer than twenty"_s;
    QTest::newRow("block") << character << true << QPoint(0, 2) << QPoint(3, 3) << u"a l\nnty"_s;
    QTest::newRow("word") << word << false << QPoint(7, 0) << QPoint(7, 0) << u"world"_s;
    QTest::newRow("words") << word << false << QPoint(7, 0) << QPoint(1, 0) << u"hello world"_s;
    QTest::newRow("wrapped word") << word << false << QPoint(1, 3) << QPoint(1, 3) << u"twenty"_s;
    QTest::newRow("line") << line << false << QPoint(3, 0) << QPoint(3, 0) << u"hello world"_s;
    QTest::newRow("wrapped line") << line << false << QPoint(3, 3) << QPoint(3, 3) << u"a line longer than twenty"_s;
}

void LinkTextTest::selects()
{
    QFETCH(int, unit);
    QFETCH(bool, block);
    QFETCH(QPoint, from);
    QFETCH(QPoint, to);
    QFETCH(QString, expected);
    TerminalScreen screen(6, 22);
    screen.feed("hello world\r\n한 글\r\na line longer than twenty");
    TextSelection selection;
    selection.start(screen.grid(), {from.y(), from.x()}, static_cast<TextSelection::Unit>(unit),
        block ? TextSelection::Form::Block : TextSelection::Form::Flow);
    selection.extendTo(screen.grid(), {to.y(), to.x()});
    QCOMPARE(selection.text(screen.grid()), expected);
}

void LinkTextTest::selectionStaysOnItsText()
{
    TerminalScreen screen(3, 20);
    screen.feed("one\r\ntwo\r\nthree");
    TextSelection selection;
    selection.start(screen.grid(), {1, 0}, TextSelection::Unit::Word, TextSelection::Form::Flow);
    screen.feed("\r\nfour\r\nfive\r\nsix");
    QCOMPARE(selection.text(screen.grid()), u"two"_s);
}

void LinkTextTest::searches_data()
{
    QTest::addColumn<QString>("needle");
    QTest::addColumn<bool>("sensitive");
    QTest::addColumn<int>("count");
    QTest::newRow("nothing") << QString() << false << 0;
    QTest::newRow("any case") << u"error"_s << false << 3;
    QTest::newRow("one case") << u"ERROR"_s << true << 1;
    QTest::newRow("korean") << u"한글"_s << false << 1;
    QTest::newRow("over a wrap") << u"twenty columns"_s << false << 1;
    QTest::newRow("missing") << u"absent"_s << false << 0;
}

void LinkTextTest::searches()
{
    QFETCH(QString, needle);
    QFETCH(bool, sensitive);
    QFETCH(int, count);
    TerminalScreen screen(3, 20);
    screen.feed("error 1\r\nERROR 2\r\nError 3\r\n한글\r\nthis is wider than twenty columns\r\nlast");
    TextSearch search;
    search.setNeedle(screen.grid(), needle, sensitive ? Qt::CaseSensitive : Qt::CaseInsensitive);
    QCOMPARE(search.count(), count);
    QCOMPARE(search.current(), count - 1);
}

void LinkTextTest::searchGoesRound()
{
    TerminalScreen screen(3, 20);
    screen.feed("x1\r\nx2\r\nx3\r\nx4");
    TextSearch search;
    search.setNeedle(screen.grid(), u"x"_s, Qt::CaseInsensitive);
    QCOMPARE(search.currentMatch()->begin.line, 3);
    search.goDown();
    QCOMPARE(search.currentMatch()->begin.line, 0);
    search.goUp();
    search.goUp();
    QCOMPARE(search.currentMatch()->begin.line, 2);
    screen.feed("\r\nx5\r\nx6");
    search.refresh(screen.grid());
    QCOMPARE(search.count(), 6);
    QCOMPARE(search.currentMatch()->begin.line, 2);
    const auto [first, last] = search.touching(4);
    QCOMPARE(first, 4);
    QCOMPARE(last, 5);
}

void LinkTextTest::longUnbrokenOutputIsSearchedOnce()
{
    TerminalScreen screen(3, 20);
    screen.feed(QByteArray("needle").repeated(20000));
    TextSearch search;
    search.setNeedle(screen.grid(), u"needle"_s, Qt::CaseInsensitive);
    // All but the few that are cut where lines are not joined any further.
    QVERIFY2(search.count() > 19900 && search.count() <= 20000, qPrintable(QString::number(search.count())));
}

void LinkTextTest::wholeTextJoinsWrappedLines()
{
    TerminalScreen screen(3, 10);
    QCOMPARE(wholeText(screen.grid()), QString());
    screen.feed("a line that wraps\r\n\r\n끝\r\n");
    QCOMPARE(wholeText(screen.grid()), u"a line that wraps\n\n끝\n"_s);
}

QTEST_GUILESS_MAIN(LinkTextTest)
#include "tst_linktext.moc"
