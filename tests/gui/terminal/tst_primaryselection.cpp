// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Only a display has a primary selection, so this one brings an X server of its own.
#include "gui/terminal/terminalview.h"

#include <QApplication>
#include <QClipboard>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class PrimarySelectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void markedTextIsPastedWithTheMiddleButton()
    {
        QVERIFY(QGuiApplication::clipboard()->supportsSelection());
        QGuiApplication::clipboard()->setText(u"from the clipboard"_s);
        TerminalView view;
        view.resize(500, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.feed("복사할 text here");
        const int width = (view.viewport()->width() - 8) / view.screen().grid().columns();
        const auto at = [&](int column) { return QPoint(4 + column * width + 1, 12); };
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, at(1));
        QCOMPARE(QGuiApplication::clipboard()->text(QClipboard::Selection), u"복사할"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"from the clipboard"_s); // left alone

        TerminalView other;
        other.resize(500, 200);
        other.show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        other.feed("\x1b[?2004h");
        const QSignalSpy input(&other, &TerminalView::input);
        QTest::mouseClick(other.viewport(), Qt::MiddleButton, {}, {20, 20});
        QByteArray bytes;
        for (const QList<QVariant> &call : input)
            bytes += call.first().toByteArray();
        QCOMPARE(bytes, "\x1b[200~" + u"복사할"_s.toUtf8() + "\x1b[201~");
    }

    // Marking without a choice, a plain click, must not empty what others have marked.
    void aClickTakesNothingAway()
    {
        QGuiApplication::clipboard()->setText(u"of another window"_s, QClipboard::Selection);
        TerminalView view;
        view.resize(500, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.feed("text");
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {20, 12});
        QCOMPARE(QGuiApplication::clipboard()->text(QClipboard::Selection), u"of another window"_s);
    }
};

int main(int argc, char **argv)
{
    // The server chooses a free display and tells its number.
    QProcess server;
    server.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1024x768x24"_s, u"-nolisten"_s, u"tcp"_s});
    QByteArray number;
    while (!number.contains('\n') && server.waitForReadyRead(20'000))
        number += server.readAllStandardOutput();
    if (!number.contains('\n'))
        qFatal("Xvfb does not start: %s", server.readAllStandardError().constData());
    qputenv("DISPLAY", ":" + number.trimmed());
    qputenv("QT_QPA_PLATFORM", "xcb");
    int status = 0;
    {
        QApplication application(argc, argv);
        PrimarySelectionTest test;
        status = QTest::qExec(&test, argc, argv);
    }
    server.terminate();
    server.waitForFinished();
    return status;
}

#include "tst_primaryselection.moc"
