// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/humantext.h"
#include "gui/dialogs/commitdialog.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/dialogs/copydialog.h"
#include "gui/dialogs/newvolumedialog.h"
#include "gui/dialogs/renamedialog.h"
#include "gui/dialogs/restartdialog.h"
#include "gui/dialogs/rundialog.h"
#include "gui/dialogs/tagdialog.h"
#include "gui/filetransfers.h"
#include "gui/frame.h"
#include "gui/imageactions.h"
#include "gui/mainwindow.h"
#include "gui/models/containermodel.h"
#include "gui/models/imagemodel.h"
#include "gui/models/volumemodel.h"
#include "gui/style/language.h"
#include "gui/terminal/terminaltab.h"
#include "gui/views/cleanupdialog.h"
#include "gui/views/commandstrip.h"
#include "gui/views/consolepage.h"
#include "gui/views/containerspage.h"
#include "gui/views/detailspane.h"
#include "gui/views/dropoverlay.h"
#include "gui/views/emptypage.h"
#include "gui/views/imagespage.h"
#include "gui/views/importdialog.h"
#include "gui/views/listtable.h"
#include "gui/views/messagecard.h"
#include "gui/views/rowsview.h"
#include "gui/views/volumespage.h"
#include "operations/containeroperations.h"
#include "operations/imageoperations.h"
#include "support/layerfixture.h"

#include <QComboBox>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTest>
#include <QTreeWidget>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::LayerFixture;

// The window with the real engine: what a person does, and what is in the store afterwards.
class TestMainWindow : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<LayerFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;

    static QString archive() { return qEnvironmentVariable("BERTH_TEST_IMAGES") + u"/busybox.tar"_s; }
    template<typename T> T *part() const { return m_window->findChild<T *>(); }
    [[nodiscard]] int page() const
    {
        return m_window->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly)->currentIndex();
    }

    template<typename Dialog> Dialog *dialog()
    {
        return QTest::qWaitFor([&] { return part<Dialog>() != nullptr && part<Dialog>()->isVisible(); }, 10'000) ? part<Dialog>()
                                                                                                                 : nullptr;
    }
    // As a window manager would: after a dialog the window is the active one again.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window->focusWidget() == nullptr ? m_window.get() : m_window->focusWidget(), key, modifiers);
    }
    void perform(ContainerAction action)
    {
        QAction *found = part<ContainersPage>()->action(action);
        QTRY_VERIFY(found->isEnabled()); // not while another one is under way
        found->trigger();
    }
    void drop(const QStringList &paths, const QPoint &place = {300, 300})
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(part<DropOverlay>()->isVisible());
        QDragMoveEvent move(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &move);
        QVERIFY(move.isAccepted());
        QDropEvent dropped(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &dropped);
    }
    void importBusybox()
    {
        drop({archive()});
        auto *shown = dialog<ImportDialog>();
        QVERIFY(shown != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!shown->paths().isEmpty(), 10'000);
        shown->accept();
        QTRY_VERIFY_WITH_TIMEOUT(part<ImageModel>()->rowCount() > 0, 30'000);
    }
    // The table in the details, or what stands there instead.
    QString shownRows() const
    {
        for (const RowsView *view : part<ContainersPage>()->findChildren<RowsView *>()) {
            if (view->isVisible() && !view->notice().isEmpty())
                return view->notice();
            if (view->isVisible() && !view->rows().rows.isEmpty())
                return view->rows().rows.first().join(u' ');
        }
        return {};
    }
    QStringList messages() const
    {
        QStringList texts;
        for (const MessageCard *card : m_window->findChildren<MessageCard *>())
            texts.append(card->accessibleName());
        return texts;
    }

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_fixture = std::make_unique<LayerFixture>();
        m_window = std::make_unique<MainWindow>(m_fixture->paths());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        const auto containers = m_fixture->store().containers();
        for (const ContainerInfo &container : containers.value())
            QVERIFY(removeContainer(m_fixture->store(), container.id, {.force = true, .volumes = true}));
        m_window.reset();
        m_fixture.reset();
    }

    void keysChangeThePage()
    {
        QCOMPARE(page(), 0);
        press(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(page(), 1);
        press(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(page(), 2);
        press(Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(page(), 3);
        press(Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(page(), 4);
        press(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(page(), 0);
    }

    void theConsoleIsTheCommand()
    {
        press(Qt::Key_5, Qt::ControlModifier);
        TerminalTab *console = part<ConsolePage>()->terminal();
        QTRY_VERIFY2(console->screenText().contains(u"berth"_s), qPrintable(console->screenText()));
        QVERIFY(!console->screenText().contains(u"not started"_s));
    }

    void aDropOfSomethingElseIsRefused()
    {
        QMimeData text;
        text.setText(u"no file"_s);
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void fromADropToARunningContainer()
    {
        importBusybox();
        QTRY_COMPARE(page(), 1);
        QTRY_VERIFY(!messages().filter(u"Imported busybox"_s).isEmpty());
        QVERIFY(part<CommandStrip>()->command().startsWith("berth load -i "_L1));

        press(Qt::Key_R, Qt::ControlModifier);
        auto *run = dialog<RunDialog>();
        QVERIFY(run != nullptr);
        run->findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"sleeper"_s);
        run->findChild<QLineEdit *>(u"commandEdit"_s)->setText(u"sleep 1000"_s);
        QTest::mouseClick(run->findChild<QPushButton *>(u"runButton"_s), Qt::LeftButton);
        auto *model = part<ContainerModel>();
        QTRY_COMPARE_WITH_TIMEOUT(model->runningCount(), 1, 20'000);
        QTRY_COMPARE(page(), 0);
        QTRY_COMPARE(part<ContainersPage>()->selectedIds(), QStringList{model->rowAt(0).id});
        QCOMPARE(part<CommandStrip>()->command(), u"berth run -d --name sleeper busybox:latest sleep 1000"_s);

        part<ContainersPage>()->details()->showTab(DetailsPane::Processes);
        QTRY_VERIFY2(shownRows().contains(u"sleep 1000"_s), qPrintable(shownRows()));

        perform(ContainerAction::Kill);
        QTRY_COMPARE_WITH_TIMEOUT(model->rowAt(0).state, ContainerState::Exited, 20'000);
        QCOMPARE(part<CommandStrip>()->command(), u"berth kill sleeper"_s);
        QVERIFY(part<CommandStrip>()->isVisible());
        press(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(!part<CommandStrip>()->isVisible());
        press(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY2(shownRows().startsWith(u"The container is not running"_s), qPrintable(shownRows()));

        perform(ContainerAction::Rename);
        auto *rename = dialog<RenameDialog>();
        QVERIFY(rename != nullptr);
        rename->findChild<QLineEdit *>()->setText(u"renamed"_s);
        rename->accept();
        QTRY_COMPARE(model->rowAt(0).name, u"renamed"_s);

        perform(ContainerAction::Update);
        auto *policy = dialog<RestartDialog>();
        QVERIFY(policy != nullptr);
        policy->findChild<QComboBox *>()->setCurrentIndex(3);
        policy->accept();
        QTRY_COMPARE(model->rowAt(0).options.restart.name, u"always"_s);
        QCOMPARE(part<CommandStrip>()->command(), u"berth update --restart always renamed"_s);

        perform(ContainerAction::Commit);
        auto *commit = dialog<CommitDialog>();
        QVERIFY(commit != nullptr);
        commit->findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"shop/made:1"_s);
        commit->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"Made the image shop/made:1"_s).isEmpty(), 20'000);
        QCOMPARE(part<CommandStrip>()->command(), u"berth commit renamed shop/made:1"_s);
        QVERIFY(m_fixture->store().findImage(u"shop/made:1"_s).has_value());

        const QString id = model->rowAt(0).id;
        QFile here(m_fixture->path(u"here.txt"_s));
        QVERIFY(here.open(QIODevice::WriteOnly) && here.write("hello") == 5);
        here.close();
        auto *table = part<ContainersPage>()->findChild<ListTable *>();
        const QRect row = table->visualRect(table->currentIndex());
        drop({here.fileName()}, table->viewport()->mapTo(m_window.get(), row.center()));
        QVERIFY(part<DropOverlay>()->isHidden());
        auto *into = dialog<CopyDialog>();
        QVERIFY(into != nullptr);
        QCOMPARE(into->inside(), u"/"_s); // the image's working folder
        into->findChild<QLineEdit *>(u"toEdit"_s)->setText(u"/tmp"_s);
        into->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"Copied here.txt to /tmp in “renamed”."_s).isEmpty(), 20'000);
        QTRY_VERIFY(part<CopyDialog>() == nullptr);
        QVERIFY(here.remove());
        part<ContainersPage>()->copyOutAction()->trigger();
        auto *out = dialog<CopyDialog>();
        QVERIFY(out != nullptr);
        out->findChild<QLineEdit *>(u"fromEdit"_s)->setText(u"/tmp/here.txt"_s);
        out->findChild<QLineEdit *>(u"toEdit"_s)->setText(m_fixture->path());
        out->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"Copied /tmp/here.txt"_s).isEmpty(), 20'000);
        QVERIFY(here.open(QIODevice::ReadOnly));
        QCOMPARE(here.readAll(), "hello");
        const QString exported = m_fixture->path(u"files.tar"_s);
        part<FileTransfers>()->exportTo(id, exported);
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"Exported the files of “renamed”"_s).isEmpty(), 20'000);
        QVERIFY(QFileInfo(exported).size() > 1'000'000);

        perform(ContainerAction::Remove);
        auto *confirm = dialog<ConfirmDialog>();
        QVERIFY(confirm != nullptr);
        confirm->accept();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 0, 20'000);
        QVERIFY(m_fixture->store().containers()->isEmpty());
    }

    void aFailureNamesWhatAndWhy()
    {
        importBusybox();
        press(Qt::Key_R, Qt::ControlModifier);
        auto *run = dialog<RunDialog>();
        QVERIFY(run != nullptr);
        run->findChild<QLineEdit *>(u"commandEdit"_s)->setText(u"no-such-program"_s);
        QTest::mouseClick(run->findChild<QPushButton *>(u"runButton"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"busybox:latest could not be run."_s).isEmpty(), 20'000);
        QVERIFY2(!messages().filter(u"no-such-program"_s).isEmpty(), qPrintable(messages().join(u'\n')));
    }

    void anotherLanguageGetsTheKindOfReason()
    {
        const auto korean = installLanguage(QLocale(QLocale::Korean));
        MessageBar bar;
        Frame frame;
        frame.messages = &bar;
        frame.failed(u"It failed."_s, Error{ErrorCode::NoSpace, "cannot write: No space left on device"});
        QCOMPARE(bar.findChild<MessageCard *>()->accessibleName(), u"It failed. "_s + reasonText(ErrorCode::NoSpace));
    }

    void removingAnImageAsksFirst()
    {
        importBusybox();
        QTRY_COMPARE(page(), 1);
        const int rows = part<ImageModel>()->rowCount();
        QTRY_VERIFY(m_window->focusWidget() != nullptr);
        press(Qt::Key_Delete);
        auto *confirm = dialog<ConfirmDialog>();
        QVERIFY(confirm != nullptr);
        confirm->reject();
        QCOMPARE(part<ImageModel>()->rowCount(), rows);
        press(Qt::Key_Delete);
        QTRY_VERIFY(part<ConfirmDialog>() != nullptr && part<ConfirmDialog>()->isVisible());
        part<ConfirmDialog>()->accept();
        QTRY_COMPARE_WITH_TIMEOUT(part<ImageModel>()->rowCount(), rows - 1, 20'000);
    }

    void cleaningUpDeletesWhatIsShownAndSaysWhatCameFree()
    {
        importBusybox();
        RunOptions options;
        options.image = u"busybox"_s;
        options.name = u"done"_s;
        QVERIFY(createContainer(m_fixture->store(), options));
        QVERIFY(m_fixture->store().addVolume(u"shop"_s, false));
        QTRY_COMPARE(part<ContainerModel>()->rowCount(), 1);
        QTRY_COMPARE(part<VolumeModel>()->rowCount(), 1);
        press(Qt::Key_Delete, Qt::ControlModifier | Qt::ShiftModifier);
        auto *first = dialog<CleanUpDialog>();
        QVERIFY(first != nullptr);
        const auto *button = first->findChild<QPushButton *>(u"deleteButton"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 20'000);
        QCOMPARE(first->chosen().items.size(), 1); // the container; images with names and volumes wait to be asked for
        first->accept();
        QTRY_COMPARE_WITH_TIMEOUT(part<ContainerModel>()->rowCount(), 0, 20'000);
        QTRY_VERIFY(!messages().filter(u"Deleted 1 container"_s).isEmpty());
        QCOMPARE(part<CommandStrip>()->command(), u"berth container prune"_s);
        QVERIFY(part<ImageModel>()->rowCount() > 0);
        QCOMPARE(m_fixture->store().volumes()->size(), 1);

        QTRY_VERIFY(part<CleanUpDialog>() == nullptr);
        press(Qt::Key_Delete, Qt::ControlModifier | Qt::ShiftModifier);
        auto *second = dialog<CleanUpDialog>();
        QVERIFY(second != nullptr);
        auto *tree = second->findChild<QTreeWidget *>();
        QTRY_COMPARE_WITH_TIMEOUT(tree->topLevelItemCount(), 2, 20'000);
        for (int group = 0; group < 2; ++group)
            tree->topLevelItem(group)->setCheckState(0, Qt::Checked);
        button = second->findChild<QPushButton *>(u"deleteButton"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled() && second->chosenNamedVolumes().size() == 1, 20'000);
        qint64 promised = 0;
        for (const CleanUpItem &item : second->chosen().items)
            promised += item.size;
        QVERIFY(promised > 1'000'000); // an image
        second->accept();
        auto *confirm = dialog<ConfirmDialog>(); // a named volume is asked for once more
        QVERIFY(confirm != nullptr);
        confirm->accept();
        QTRY_COMPARE_WITH_TIMEOUT(part<ImageModel>()->rowCount(), 0, 20'000);
        const QString free = humanSize(promised, 4) + u" are free again"_s;
        QTRY_VERIFY2(!messages().filter(free).isEmpty(), qPrintable(free + u'\n' + messages().join(u'\n')));
        QVERIFY(m_fixture->store().volumes()->isEmpty());
        QVERIFY(QDir(m_fixture->dataPath(u"layers"_s)).isEmpty());
    }

    void anImageIsNamedAndSaved()
    {
        importBusybox();
        QTRY_COMPARE(page(), 1);
        auto *images = part<ImagesPage>();
        QTRY_COMPARE(images->selectedIds().size(), 1);
        const int rows = part<ImageModel>()->rowCount();
        QTRY_VERIFY(m_window->focusWidget() != nullptr);
        press(Qt::Key_F2);
        auto *tag = dialog<TagDialog>();
        QVERIFY(tag != nullptr);
        tag->findChild<QLineEdit *>()->setText(u"shop/tools:1"_s);
        tag->accept();
        QTRY_COMPARE(part<ImageModel>()->rowCount(), rows + 1);
        QTRY_VERIFY(images->selectedIds().value(0).endsWith(u"docker.io/shop/tools:1"_s));
        QVERIFY(m_fixture->store().findImage(u"shop/tools:1"_s).has_value());

        const QString path = m_fixture->path(u"saved.tar"_s);
        part<ImageActions>()->saveTo({u"shop/tools:1"_s}, path);
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"Saved shop/tools:1"_s).isEmpty(), 20'000);
        QCOMPARE(part<CommandStrip>()->command(), u"berth save -o %1 shop/tools:1"_s.arg(path));
        NoProgress progress;
        const auto again = importArchive(m_fixture->store(), path, progress);
        QVERIFY2(again.has_value(), again ? "" : again.error().detail.c_str());
        QVERIFY(again->first().alreadyPresent);
        QCOMPARE(again->first().names, QStringList{u"docker.io/shop/tools:1"_s});
    }

    void aFileThatCannotBeWrittenIsSaid()
    {
        importBusybox();
        const QString path = m_fixture->path(u"no/such/folder/x.tar"_s);
        part<ImageActions>()->saveTo({u"busybox"_s}, path);
        QTRY_VERIFY_WITH_TIMEOUT(!messages().filter(u"busybox could not be saved."_s).isEmpty(), 20'000);
    }

    void aVolumeFromTheDialogToTheQuestion()
    {
        press(Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY(part<VolumesPage>()->findChild<EmptyPage *>()->isVisible());
        part<VolumesPage>()->findChild<EmptyPage *>()->findChild<QPushButton *>()->click();
        auto *create = dialog<NewVolumeDialog>();
        QVERIFY(create != nullptr);
        create->findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"shop"_s);
        create->findChild<QPlainTextEdit *>(u"labelsEdit"_s)->setPlainText(u"team=a"_s);
        create->accept();
        auto *page = part<VolumesPage>();
        QTRY_COMPARE(page->selectedIds(), QStringList{u"shop"_s});
        QCOMPARE(part<CommandStrip>()->command(), u"berth volume create --label team=a shop"_s);
        QCOMPARE(m_fixture->store().findVolume(u"shop"_s)->labels, (QMap<QString, QString>{{u"team"_s, u"a"_s}}));
        // Somebody else's volume is there as well, without being asked for.
        QVERIFY(m_fixture->store().addVolume(u"other"_s, false));
        QTRY_COMPARE(part<VolumeModel>()->rowCount(), 2);

        press(Qt::Key_Delete);
        auto *confirm = dialog<ConfirmDialog>();
        QVERIFY(confirm != nullptr);
        confirm->accept();
        QTRY_COMPARE(part<VolumeModel>()->rowCount(), 1);
        QCOMPARE(part<CommandStrip>()->command(), u"berth volume rm shop"_s);
        QCOMPARE(m_fixture->store().volumes()->size(), 1);
        QCOMPARE(m_fixture->store().volumes()->first().name, u"other"_s);
        QCOMPARE(messages(), QStringList());
    }

    void aTerminalWithoutAContainerSaysSo()
    {
        press(Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(!messages().filter(u"needs a running container"_s).isEmpty());
    }

    void closesAtOnceWhenNothingIsLost()
    {
        QVERIFY(m_window->close());
        QVERIFY(QSettings().contains(u"window"_s));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
