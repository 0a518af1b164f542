// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/agingtimer.h"
#include "gui/views/commandstrip.h"
#include "gui/views/elidedlabel.h"
#include "gui/views/messagebar.h"
#include "gui/views/messagecard.h"
#include "gui/views/sidebar.h"
#include "gui/views/tasksbar.h"
#include "ownsettings.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QLabel>
#include <QLayout>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <optional>

using namespace berth;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Message message(MessageKind kind, const QString &text)
{
    return {.kind = kind, .text = text, .details = {}, .button = {}, .action = {}};
}

QStringList texts(const MessageBar &bar)
{
    QStringList all;
    for (int i = 0; i < bar.layout()->count(); ++i)
        all.append(bar.layout()->itemAt(i)->widget()->accessibleName());
    return all;
}

} // namespace

class TestBars : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void initTestCase() { m_settings.emplace(); }

    void newestMessagesAreOnTop()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        for (const QString &text : {u"one"_s, u"two"_s, u"three"_s, u"four"_s})
            bar.post(message(MessageKind::Error, text));
        QVERIFY(bar.isVisible());
        QCOMPARE(texts(bar), (QStringList{u"four"_s, u"three"_s, u"two"_s}));
        bar.post(message(MessageKind::Error, u"two"_s)); // again: one message, on top
        QCOMPARE(texts(bar), (QStringList{u"two"_s, u"four"_s, u"three"_s}));
        QCOMPARE(bar.count(), 3);
    }

    void messagesAreClosed()
    {
        MessageBar bar;
        bar.post(message(MessageKind::Warning, u"careful"_s));
        bar.findChild<QToolButton *>(u"closeButton"_s)->click();
        QTRY_COMPARE(bar.count(), 0);
        QTRY_VERIFY(bar.isHidden());
    }

    void buttonsActOnce()
    {
        MessageBar bar;
        int acted = 0;
        bar.post({.kind = MessageKind::Success, .text = u"Imported."_s, .details = {}, .button = u"Run…"_s, .action = [&] {
                      ++acted;
                  }});
        auto *button = bar.findChild<QAbstractButton *>(u"actionButton"_s);
        QCOMPARE(button->text(), u"Run…"_s);
        button->click();
        QCOMPARE(acted, 1);
        QTRY_VERIFY(bar.isHidden());
    }

    // "Try again" that fails at once posts the same sentence while its own button is still being pressed.
    void aMessageMayPostItselfAgain()
    {
        MessageBar bar;
        int tries = 0;
        std::function<void()> again = [&] {
            ++tries;
            bar.post(
                {.kind = MessageKind::Error, .text = u"It failed."_s, .details = {}, .button = u"Try again"_s, .action = again});
        };
        again();
        for (int click = 0; click < 3; ++click) {
            const auto buttons = bar.findChildren<QAbstractButton *>(u"actionButton"_s);
            buttons.last()->click();
            QTRY_COMPARE(bar.count(), 1);
        }
        QCOMPARE(tries, 4);
        QVERIFY(bar.isVisible());
    }

    // The program may end while messages are shown.
    void barsEndWithTheirMessages()
    {
        auto bar = std::make_unique<MessageBar>();
        bar->post(message(MessageKind::Error, u"last words"_s));
        bar->show();
        bar.reset();
        QWidget window;
        auto *child = new MessageBar(&window);
        child->post(message(MessageKind::Info, u"x"_s));
        window.show();
    }

    void detailsOpen()
    {
        MessageBar bar;
        bar.post({.kind = MessageKind::Error,
            .text = u"It failed."_s,
            .details = u"exec: <b>\"x\"</b>: not found"_s,
            .button = {},
            .action = {}});
        const auto *details = bar.findChild<QPlainTextEdit *>();
        QVERIFY(!details->isVisible());
        bar.findChild<QToolButton *>(u"detailsButton"_s)->click();
        QVERIFY(details->isVisible());
        QVERIFY(details->toPlainText().contains(u"<b>"_s));
    }

    void tasksShowHowFarTheyAre()
    {
        TasksBar bar;
        QVERIFY(bar.isHidden());
        auto *task = bar.addTask(u"Importing redis.tar"_s);
        QVERIFY(bar.isVisible());
        const auto *progress = task->findChild<QProgressBar *>();
        const auto *label = task->findChild<QLabel *>(u"progressLabel"_s);
        QCOMPARE(label->text(), u"waiting"_s);
        QCOMPARE(progress->accessibleName(), u"Importing redis.tar"_s);
        task->setProgress(25'000'000, 100'000'000);
        QCOMPARE(progress->value() * 4, progress->maximum());
        QVERIFY2(label->text().startsWith(u"25MB of 100MB · 0:0"_s), qPrintable(label->text()));
        task->setProgress(5'000'000'000, 10'000'000'000); // beyond an int
        QCOMPARE(progress->value() * 2, progress->maximum());
        task->setProgress(1000, 0); // a pipe
        QCOMPARE(progress->maximum(), 0);
        task->setWaiting();
        QCOMPARE(label->text(), u"waiting"_s);
        QVERIFY(progress->maximum() > 0);

        const QSignalSpy cancelled(task, &TaskRow::cancelRequested);
        task->findChild<QToolButton *>()->click();
        QCOMPARE(cancelled.count(), 1);
        task->setCancelling();
        task->setProgress(1, 2);
        QCOMPARE(label->text(), u"cancelling…"_s);
        QVERIFY(!task->findChild<QToolButton *>()->isEnabled());

        auto *second = bar.addTask(u"Importing busybox.tar"_s);
        QCOMPARE(bar.count(), 2);
        bar.removeTask(task);
        QVERIFY(bar.isVisible());
        bar.removeTask(second);
        QVERIFY(bar.isHidden());
    }

    void tasksAlignTheirBars()
    {
        TasksBar bar;
        bar.resize(1000, 100);
        const auto *first = bar.addTask(u"Importing x.tar"_s);
        const auto *second = bar.addTask(u"Importing "_s + QString(200, u'n') + u".tar.zst"_s);
        bar.show();
        QCoreApplication::processEvents();
        QCOMPARE(first->findChild<QProgressBar *>()->x(), second->findChild<QProgressBar *>()->x());
        QVERIFY(second->findChild<QProgressBar *>()->width() > 200);
    }

    void longTextsAreCutInTheMiddle()
    {
        ElidedLabel label;
        label.setText(u"the-beginning-"_s + QString(100, u'n') + u"-the-end.tar"_s);
        label.resize(200, 20);
        QVERIFY(label.shownText().startsWith(u"the-b"_s));
        QVERIFY(label.shownText().endsWith(u"end.tar"_s));
        QVERIFY(label.fontMetrics().horizontalAdvance(label.shownText()) <= 200);
        QVERIFY(label.minimumSizeHint().width() < 200);
        label.setText(u"short"_s);
        QCOMPARE(label.shownText(), u"short"_s);
    }

    void sidebarGoesToPages()
    {
        QWidget window;
        Sidebar bar(&window);
        const QSignalSpy chosen(&bar, &Sidebar::chosen);
        QCOMPARE(bar.addEntry(u"containers"_s, u"Containers"_s), 0);
        QCOMPARE(bar.addEntry(u"images"_s, u"Images"_s), 1);
        bar.setCount(1, 8);
        window.show();
        const auto entries = bar.findChildren<QToolButton *>();
        QToolButton *images = nullptr;
        QToolButton *containers = nullptr;
        for (QToolButton *entry : entries) {
            if (entry->text() == "Images"_L1)
                images = entry;
            if (entry->text() == "Containers"_L1)
                containers = entry;
        }
        QVERIFY(containers->isChecked());
        QVERIFY(images->toolTip().contains(u"Ctrl+2"_s));
        QCOMPARE(images->accessibleDescription(), u"8"_s);
        const QImage before = images->grab().toImage();
        images->click();
        QCOMPARE(chosen.last().first().toInt(), 1);
        QVERIFY(images->isChecked() && !containers->isChecked());
        QVERIFY(images->grab().toImage() != before);
        bar.setCurrent(0); // by a key: the page is there already
        QVERIFY(containers->isChecked());
        QCOMPARE(chosen.count(), 1);
        containers->setFocus();
        QTest::keyClick(containers, Qt::Key_Space);
        QCOMPARE(chosen.last().first().toInt(), 0);
    }

    void commandsAreShownAndCopied()
    {
        CommandStrip strip;
        QVERIFY(strip.isHidden());
        strip.showCommand(u"berth run -d redis"_s);
        QVERIFY(strip.isVisible());
        strip.findChild<QToolButton *>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"berth run -d redis"_s);
        // A long one does not make the window wide.
        strip.showCommand(u"berth run "_s + QString(2000, u'x'));
        QVERIFY(strip.minimumSizeHint().width() < 500);
    }

    void agesRestWhenNobodyLooks()
    {
        QWidget widget;
        int asked = 0;
        auto *timer = new AgingTimer(&widget, [&]() -> std::optional<std::chrono::milliseconds> {
            ++asked;
            return 20ms;
        });
        timer->restart();
        QTest::qWait(150);
        QCOMPARE(asked, 0); // not shown yet
        widget.show();
        QTRY_VERIFY(asked >= 3);
        widget.hide();
        const int before = asked;
        QTest::qWait(200);
        QCOMPARE(asked, before);
        widget.show();
        QTRY_VERIFY(asked > before + 1);
    }
};

QTEST_MAIN(TestBars)
#include "tst_bars.moc"
