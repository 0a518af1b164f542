// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Not a test: shows the pages and dialogs with plausible content and saves each as a picture, to be
// looked at after a change to forms, styles or views. gallery FOLDER [light|dark [english|korean]]
#include "gallerysamples.h"
#include "gui/dialogs/commitdialog.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/dialogs/copydialog.h"
#include "gui/dialogs/newvolumedialog.h"
#include "gui/dialogs/renamedialog.h"
#include "gui/dialogs/restartdialog.h"
#include "gui/dialogs/rundialog.h"
#include "gui/dialogs/shortcutsdialog.h"
#include "gui/dialogs/tagdialog.h"
#include "gui/dialogs/terminaldialog.h"
#include "gui/style/language.h"
#include "gui/style/theme.h"
#include "gui/terminal/terminaltab.h"
#include "gui/views/cleanupdialog.h"
#include "gui/views/commandstrip.h"
#include "gui/views/consolepage.h"
#include "gui/views/containerspage.h"
#include "gui/views/detailrows.h"
#include "gui/views/detailspane.h"
#include "gui/views/dropoverlay.h"
#include "gui/views/imagespage.h"
#include "gui/views/importdialog.h"
#include "gui/views/listtable.h"
#include "gui/views/logview.h"
#include "gui/views/messagebar.h"
#include "gui/views/sidebar.h"
#include "gui/views/tasksbar.h"
#include "gui/views/terminalspage.h"
#include "gui/views/volumespage.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace berth;
using namespace berth::gallery;
using namespace Qt::StringLiterals;

namespace {

class Gallery {
public:
    Gallery(QString folder, QString suffix) : m_folder(std::move(folder)), m_suffix(std::move(suffix))
    {
        m_sidebar = new Sidebar(&m_window);
        m_sidebar->addEntry(u"containers"_s, QCoreApplication::translate("berth::MainWindow", "Containers"));
        m_sidebar->addEntry(u"images"_s, QCoreApplication::translate("berth::MainWindow", "Images"));
        m_sidebar->addEntry(u"volumes"_s, QCoreApplication::translate("berth::MainWindow", "Volumes"));
        m_sidebar->addEntry(u"terminal"_s, QCoreApplication::translate("berth::MainWindow", "Terminals"));
        m_sidebar->addEntry(u"console"_s, QCoreApplication::translate("berth::MainWindow", "Console"));
        m_sidebar->setCount(0, 10);
        m_sidebar->setCount(1, 8);
        m_containersPage = new ContainersPage(&m_containers);
        m_imagesPage = new ImagesPage(&m_images);
        m_volumesPage = new VolumesPage(&m_volumes);
        m_terminals = new TerminalsPage;
        m_console = new ConsolePage({u"berth"_s}); // on PATH in ./dev exec
        for (QWidget *page : {static_cast<QWidget *>(m_containersPage), static_cast<QWidget *>(m_imagesPage),
                 static_cast<QWidget *>(m_volumesPage), static_cast<QWidget *>(m_terminals), static_cast<QWidget *>(m_console)})
            m_stack.addWidget(page);
        auto *column = new QVBoxLayout;
        column->setSpacing(0);
        for (QWidget *part : {static_cast<QWidget *>(&m_messages), static_cast<QWidget *>(&m_stack),
                 static_cast<QWidget *>(&m_tasks), static_cast<QWidget *>(&m_command)})
            column->addWidget(part, part == &m_stack ? 1 : 0);
        auto *box = new QHBoxLayout(&m_window);
        box->setContentsMargins(0, 0, 0, 0);
        box->setSpacing(0);
        box->addWidget(m_sidebar);
        box->addLayout(column, 1);
        m_window.resize(1180, 760);
        m_window.show();
        m_window.activateWindow();
    }
    ~Gallery()
    {
        for (QWidget *part : {static_cast<QWidget *>(&m_messages), static_cast<QWidget *>(&m_stack),
                 static_cast<QWidget *>(&m_tasks), static_cast<QWidget *>(&m_command)})
            part->setParent(nullptr); // they are ours, not the window's
    }

    void showAll()
    {
        emptyPages();
        containerPages();
        imagePages();
        volumePages();
        terminalPages();
        around();
        runDialogs();
        smallDialogs();
        fileDialogs();
    }

private:
    void save(QWidget &widget, const QString &name)
    {
        QTest::qWait(160); // delayed loads
        widget.grab().save(m_folder + u'/' + name + m_suffix + u".png"_s);
    }
    void page(int number, const QString &name)
    {
        m_stack.setCurrentIndex(number);
        m_sidebar->setCurrent(number);
        save(m_window, name);
    }

    void emptyPages()
    {
        m_containersPage->refresh();
        page(0, u"01-containers-first"_s);
        m_containersPage->setHasImages(true);
        page(0, u"02-containers-none"_s);
        m_containersPage->setProblem(
            u"This user has no range of subordinate ids. Add one: sudo usermod --add-subuids 100000-165535 "
            "--add-subgids 100000-165535 minji"_s);
        page(0, u"03-containers-problem"_s);
        m_containersPage->setProblem({});
        m_imagesPage->refresh();
        page(1, u"04-images-none"_s);
        m_volumesPage->refresh();
        page(2, u"05-volumes-none"_s);
        page(3, u"06-terminals-none"_s);
    }

    void containerPages()
    {
        m_containers.setContainers(containers(), QDateTime::currentDateTimeUtc());
        m_containersPage->refresh();
        for (const auto &round : figureRounds())
            m_containersPage->setFigures(round);
        auto *table = m_containersPage->findChild<ListTable *>();
        page(0, u"10-containers"_s);
        table->setFocus(Qt::TabFocusReason);
        page(0, u"11-containers-keyboard"_s);
        table->selectAll();
        m_containers.setPending(samples::idOf(u"web"), QCoreApplication::translate("berth::ContainerActions", "Stopping…"));
        page(0, u"12-containers-many-selected"_s);
        m_containers.setPending(samples::idOf(u"web"), {});
        m_containersPage->select(samples::idOf(u"web"));
        page(0, u"13-details-summary"_s);
        m_containersPage->select(samples::idOf(u"batch-import"));
        page(0, u"14-details-exited"_s);
        m_containersPage->details()->showTab(DetailsPane::Logs);
        m_containersPage->details()->logView()->append(logs());
        page(0, u"15-details-logs"_s);
        auto *search = m_containersPage->details()->logView()->findChild<QLineEdit *>();
        search->setText(u"Redis"_s);
        auto *text = m_containersPage->details()->logView()->findChild<QPlainTextEdit *>();
        QTest::keyClick(text, Qt::Key_PageUp);
        page(0, u"16-details-logs-search"_s);
        search->clear();
        m_containersPage->details()->showTab(DetailsPane::Inspect);
        m_containersPage->details()->setInspect(samples::idOf(u"batch-import"),
            {{u"Id"_s, samples::idOf(u"batch-import")}, {u"Created"_s, u"2026-07-31T10:00:00Z"_s},
                {u"Args"_s, QJsonArray{u"redis-server"_s}},
                {u"State"_s, QJsonObject{{u"Status"_s, u"exited"_s}, {u"ExitCode"_s, 137}, {u"OOMKilled"_s, false}}}});
        page(0, u"17-details-inspect"_s);
        m_containersPage->details()->showTab(DetailsPane::Changes);
        m_containersPage->details()->setRows(DetailsPane::Changes, samples::idOf(u"batch-import"), changeRows(changes()));
        page(0, u"21-details-changes"_s);
        m_containersPage->select(samples::idOf(u"web"));
        m_containersPage->details()->showTab(DetailsPane::Processes);
        m_containersPage->details()->setRows(DetailsPane::Processes, samples::idOf(u"web"), processRows(processes()));
        page(0, u"22-details-processes"_s);
        m_containersPage->details()->showTab(DetailsPane::Stats);
        page(0, u"23-details-stats"_s);
        QTest::keyClick(m_containersPage->findChild<QWidget *>(u"networkPlot"_s), Qt::Key_Home);
        page(0, u"24-details-stats-chosen"_s);
        m_containersPage->select(samples::idOf(u"database"));
        page(0, u"25-details-stats-missing"_s);
        m_containersPage->details()->showTab(DetailsPane::Summary);
        m_window.resize(860, 560);
        m_containersPage->select(samples::idOf(u"database"));
        page(0, u"18-narrow"_s);
        m_window.resize(1180, 760);
        auto *filter = m_containersPage->findChild<QLineEdit *>(u"filterEdit"_s);
        filter->setText(u"mysql"_s);
        page(0, u"19-containers-no-match"_s);
        filter->clear();
        m_containersPage->select(samples::idOf(u"web"));
        QMetaObject::invokeMethod(table, "menuRequested", QPoint(500, 300));
        if (auto *menu = m_containersPage->findChild<QMenu *>()) {
            save(*menu, u"20-menu"_s);
            menu->close();
        }
    }

    void imagePages()
    {
        m_images.setImages(images(), QDateTime::currentDateTimeUtc());
        m_imagesPage->refresh();
        page(1, u"30-images"_s);
        m_imagesPage->select(m_images.rowAt(0).key());
        page(1, u"31-images-details"_s);
        m_imagesPage->details()->showTab(DetailsPane::History);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QList<HistoryEntry> history{{.image = {},
                                        .created = now.addDays(-9),
                                        .createdBy = u"CMD [\"redis-server\"]"_s,
                                        .comment = u"buildkit.dockerfile.v0"_s,
                                        .size = 0},
            {.image = {},
                .created = now.addDays(-9),
                .createdBy =
                    u"RUN /bin/sh -c set -eux; apk add --no-cache --virtual .build-deps coreutils dpkg-dev gcc linux-headers make musl-dev openssl-dev; wget -O redis.tar.gz"_s,
                .comment = u"buildkit.dockerfile.v0"_s,
                .size = 53'600'000},
            {.image = {},
                .created = now.addDays(-20),
                .createdBy = u"ADD rootfs.tar.xz / # buildkit"_s,
                .comment = {},
                .size = 74'800'000}};
        m_imagesPage->details()->setRows(DetailsPane::History, m_images.rowAt(0).key(), historyRows(history, now));
        page(1, u"32-images-history"_s);
        m_imagesPage->details()->showTab(DetailsPane::Summary);
    }

    void volumePages()
    {
        m_volumes.setContainers(containers());
        m_volumes.setVolumes(volumes(), QDateTime::currentDateTimeUtc());
        m_volumesPage->refresh();
        page(2, u"35-volumes"_s);
        m_volumes.setSizes(volumeSizes());
        m_volumesPage->select(u"postgres-data"_s);
        page(2, u"36-volumes-details"_s);
        QList<VolumeInfo> many = volumes();
        for (int number = 0; number < 60; ++number)
            many.append(samples::volume(u"dataset-%1"_s.arg(number), number * 4000, QDateTime::currentDateTimeUtc()));
        m_volumes.setVolumes(many, QDateTime::currentDateTimeUtc());
        m_volumesPage->refresh();
        page(2, u"37-volumes-many"_s);
    }

    void terminalPages()
    {
        m_terminals->open(u"cache"_s,
            {u"/bin/sh"_s, u"-c"_s,
                u"printf '\\033[1;32mdev@cache\\033[0m:\\033[1;34m/data\\033[0m# redis-cli\\r\\n127.0.0.1:6379> SET 이름 "
                u"민지\\r\\nOK\\r\\n'; "
                "for i in 0 1 2 3 4 5 6 7; do printf \"\\033[4${i}m  \\033[3${i}m word \\033[0m\"; done; printf '\\r\\n127.0.0.1:6379> '; sleep 100"_s});
        auto *ended = m_terminals->open(
            u"nostalgic_hopper"_s, {u"/bin/sh"_s, u"-c"_s, u"echo 'sh: redis-cli: not found'; exit 127"_s});
        static_cast<void>(QTest::qWaitFor([&] { return !ended->isRunning(); }));
        page(3, u"40-terminal-ended"_s);
        m_terminals->findChild<QTabWidget *>()->setCurrentIndex(0);
        page(3, u"41-terminal"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        page(3, u"42-terminal-search"_s);
        while (m_terminals->count() > 0)
            m_terminals->close(m_terminals->current());
        consolePages();
    }

    // The real prompt, with an empty store and a history of its own.
    void consolePages()
    {
        m_stack.setCurrentIndex(4);
        const auto shows = [this](const QString &text) {
            return QTest::qWaitFor([&] { return m_console->terminal()->screenText().contains(text); });
        };
        static_cast<void>(shows(u"berth> "_s));
        page(4, u"43-console"_s);
        QWidget *keys = QApplication::focusWidget();
        QTest::keyClicks(keys, u"run --re"_s);
        static_cast<void>(shows(u"--restart"_s));
        page(4, u"44-console-hint"_s);
        QTest::keyClick(keys, Qt::Key_U, Qt::ControlModifier);
        QTest::keyClicks(keys, u"p"_s);
        QTest::keyClick(keys, Qt::Key_Tab);
        static_cast<void>(shows(u"pause"_s));
        QTest::keyClicks(keys, u"s --"_s);
        QTest::keyClick(keys, Qt::Key_Tab);
        static_cast<void>(shows(u"--no-trunc"_s));
        QTest::keyClicks(keys, u"fo"_s);
        page(4, u"45-console-list"_s);
        QTest::keyClick(keys, Qt::Key_U, Qt::ControlModifier);
        QTest::keyClick(keys, Qt::Key_D, Qt::ControlModifier);
        static_cast<void>(QTest::qWaitFor([&] { return !m_console->terminal()->isRunning(); }));
        page(4, u"46-console-left"_s);
    }

    void around()
    {
        m_messages.post({.kind = MessageKind::Success,
            .text = u"“redis:latest” was imported."_s,
            .details = {},
            .button = u"Run…"_s,
            .action = {}});
        m_messages.post({.kind = MessageKind::Warning,
            .text = u"12 device nodes were left out, which an ordinary user cannot make."_s,
            .details = {},
            .button = {},
            .action = {}});
        m_messages.post({.kind = MessageKind::Error,
            .text = u"“web” was not started. The command was not found in the image."_s,
            .details = u"cannot start container 4f1c2a: exec: \"ngnix\": executable file not found in $PATH"_s,
            .button = {},
            .action = {}});
        auto *first = m_tasks.addTask(u"Importing integration-tests-of-the-payment-service_2026-07-31.tar.zst"_s);
        first->setProgress(431'000'000, 1'734'000'000);
        m_tasks.addTask(u"Importing redis.tar"_s)->setWaiting();
        m_command.showCommand(u"berth run -d --name web -v /home/minji/shop/public:/usr/share/nginx/html:ro nginx:1.29-alpine"_s);
        page(0, u"50-around"_s);
        for (auto *button : m_window.findChildren<QToolButton *>(u"detailsButton"_s)) {
            if (button->isVisible())
                button->click();
        }
        page(0, u"51-around-details"_s);
        DropOverlay overlay(&m_window);
        overlay.coverWindow();
        page(0, u"52-drop"_s);
        overlay.showStrip(u"web"_s);
        m_containersPage->showDropTarget(samples::idOf(u"web"));
        page(0, u"53-drop-on-row"_s);
    }

    void runDialogs()
    {
        RunDialog run(images(), u"redis:latest"_s, {u"web"_s});
        run.show();
        save(run, u"60-run"_s);
        run.findChild<QToolButton *>(u"moreButton"_s)->click();
        run.findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"shop-cache"_s);
        run.findChild<QPlainTextEdit *>(u"environmentEdit"_s)->setPlainText(u"REDIS_ARGS=--save 60 1\nTZ=Asia/Seoul"_s);
        run.findChild<QPlainTextEdit *>(u"volumesEdit"_s)->setPlainText(u"/home/minji/자료:/data\ncache:/var/cache:ro"_s);
        save(run, u"61-run-more"_s);
        run.findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"web"_s);
        run.findChild<QLineEdit *>(u"commandEdit"_s)->setText(u"sh -c 'echo"_s);
        run.findChild<QLineEdit *>(u"folderEdit"_s)->setText(u"data"_s);
        run.findChild<QPlainTextEdit *>(u"volumesEdit"_s)->setPlainText(u"data:here"_s);
        save(run, u"62-run-problems"_s);
    }

    void smallDialogs()
    {
        RenameDialog rename(u"nostalgic_hopper"_s, {u"web"_s});
        rename.show();
        save(rename, u"63-rename"_s);
        rename.findChild<QLineEdit *>()->setText(u"web"_s);
        save(rename, u"64-rename-problem"_s);
        ConfirmDialog confirm({u"Remove “integration-tests-of-the-payment-service-with-a-very-long-branch-name_2026-07-31”?"_s,
            u"It is running and will be killed. What it wrote outside of its volumes is lost."_s,
            u"berth rm -f integration-tests-of-the-payment-service-with-a-very-long-branch-name_2026-07-31"_s,
            u"Kill and remove"_s});
        confirm.show();
        save(confirm, u"65-confirm-long"_s);
        ConfirmDialog shortConfirm(
            {u"Remove “web”?"_s, u"What it wrote outside of its volumes is lost."_s, u"berth rm web"_s, u"Remove"_s});
        shortConfirm.show();
        save(shortConfirm, u"66-confirm"_s);
        NewVolumeDialog volume({u"postgres-data"_s});
        volume.show();
        volume.findChild<QPlainTextEdit *>()->setPlainText(u"team=shop"_s);
        save(volume, u"70-volume"_s);
        volume.findChild<QLineEdit *>()->setText(u"postgres-data"_s);
        save(volume, u"71-volume-problem"_s);
        RestartDialog restart(u"web"_s, {.name = u"on-failure"_s, .maxRetries = 5});
        restart.show();
        save(restart, u"72-restart"_s);
        restart.findChild<QComboBox *>()->setCurrentIndex(0);
        save(restart, u"73-restart-no"_s);
        TerminalDialog terminal({u"cache"_s, u"web"_s}, {.container = u"cache"_s, .command = {}, .user = {}, .folder = {}});
        terminal.setOffered(u"cache"_s, {u"redis-cli"_s, u"bash"_s, u"sh"_s});
        terminal.show();
        save(terminal, u"67-terminal-dialog"_s);
        ShortcutsDialog shortcuts(
            {{u"Containers, images, terminals"_s, u"Ctrl+1, Ctrl+2, Ctrl+3"_s}, {u"Import images"_s, u"Ctrl+O"_s},
                {u"Run an image"_s, u"Ctrl+N"_s}, {u"Filter"_s, u"Ctrl+F"_s}, {u"Rename"_s, u"F2"_s}, {u"Remove"_s, u"Del"_s}});
        shortcuts.show();
        save(shortcuts, u"68-shortcuts"_s);
        ImportDialog import;
        import.addPaths({u"/home/minji/Downloads/redis.tar"_s,
            u"/home/minji/Downloads/integration-tests-of-the-payment-service-with-a-very-long-branch-name_2026-07-31.tar.zst"_s,
            u"/home/minji/Downloads/notes.pdf"_s, u"/home/minji/받은 파일/백엔드.tar"_s});
        import.setPreview(u"/home/minji/Downloads/redis.tar"_s,
            {.path = {},
                .size = 89'915'904,
                .format = u"Docker archive"_s,
                .compression = u"none"_s,
                .images = {{{u"docker.io/library/redis:latest"_s, u"docker.io/library/redis:8"_s}, u"amd64"_s, 7, 3}}});
        import.setPreview(
            u"/home/minji/Downloads/integration-tests-of-the-payment-service-with-a-very-long-branch-name_2026-07-31.tar.zst"_s,
            {.path = {}, .size = 640'000'000, .format = u"OCI archive"_s, .compression = u"zstd"_s, .images = {}});
        import.setProblem(u"/home/minji/Downloads/notes.pdf"_s, u"This is not an archive of images."_s);
        import.show();
        save(import, u"69-import"_s);
    }

    void fileDialogs()
    {
        const QSet<QString> anonymous{samples::idOf(u"anonymous")};
        CleanUpDialog cleanUp(anonymous);
        QObject::connect(
            &cleanUp, &CleanUpDialog::choiceWanted, &cleanUp, [&cleanUp](const CleanUpPlan &all, const QSet<qsizetype> &wanted) {
                CleanUpChoice choice;
                for (qsizetype place = 0; place < all.items.size(); ++place) {
                    if (all.items.at(place).name == "hello-world:latest"_L1 && !wanted.contains(1))
                        choice.blocked.insert(place, {u"hello"_s});
                    else if (wanted.contains(place))
                        choice.plan.items.append(all.items.at(place));
                }
                cleanUp.setChoice(wanted, choice);
            });
        cleanUp.show();
        save(cleanUp, u"80-cleanup-looking"_s);
        cleanUp.setPlan(plan());
        save(cleanUp, u"81-cleanup"_s);
        auto *tree = cleanUp.findChild<QTreeWidget *>();
        tree->topLevelItem(0)->child(1)->setCheckState(0, Qt::Unchecked);
        tree->topLevelItem(4)->setCheckState(0, Qt::Checked);
        save(cleanUp, u"82-cleanup-chosen"_s);
        cleanUp.setPlan({});
        save(cleanUp, u"83-cleanup-nothing"_s);
        TagDialog tag(u"redis:8"_s, {}, {u"docker.io/shop/cache:latest"_s});
        tag.show();
        tag.findChild<QLineEdit *>()->setText(u"shop/cache"_s);
        save(tag, u"84-tag"_s);
        tag.findChild<QLineEdit *>()->setText(u"Shop/Cache"_s);
        save(tag, u"85-tag-problem"_s);
        CommitDialog commit(u"web"_s, true);
        commit.show();
        commit.findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"shop/web:fixed"_s);
        commit.findChild<QLineEdit *>(u"messageEdit"_s)->setText(u"설정을 고침"_s);
        save(commit, u"86-commit"_s);
        CopyDialog out(u"web"_s, u"/home/minji"_s);
        out.show();
        save(out, u"87-copy-out"_s);
        CopyDialog in(
            u"web"_s, QStringList{u"/home/minji/자료/index.html"_s, u"/home/minji/자료/style.css"_s}, u"/usr/share/nginx/html"_s);
        in.show();
        save(in, u"88-copy-in"_s);
    }

    QString m_folder;
    QString m_suffix;
    ContainerModel m_containers;
    ImageModel m_images;
    VolumeModel m_volumes;
    QWidget m_window;
    MessageBar m_messages;
    QStackedWidget m_stack;
    TasksBar m_tasks;
    CommandStrip m_command;
    Sidebar *m_sidebar;
    ContainersPage *m_containersPage;
    ImagesPage *m_imagesPage;
    VolumesPage *m_volumesPage;
    TerminalsPage *m_terminals;
    ConsolePage *m_console;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"berth-gallery"_s);
    QSettings().clear();
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments.at(1)))
        return 2;
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.filePath(u"data"_s).toUtf8());
    qputenv("XDG_STATE_HOME", home.filePath(u"state"_s).toUtf8());
    QApplication::setFont(QFont(u"DejaVu Sans"_s, 10));
    for (const auto appearance : {Appearance::Light, Appearance::Dark}) {
        const QString scheme = appearance == Appearance::Dark ? u"dark"_s : u"light"_s;
        if (arguments.size() > 2 && arguments.at(2) != scheme)
            continue;
        applyTheme(application, appearance);
        for (const QString &language : {u"english"_s, u"korean"_s}) {
            if (arguments.size() > 3 && arguments.at(3) != language)
                continue;
            QLocale::setDefault(language == "english"_L1 ? QLocale::English : QLocale::Korean);
            qputenv("LC_MESSAGES", language == "english"_L1 ? "C" : "ko_KR.UTF-8"); // what the console goes by
            const auto translator = installLanguage(QLocale());
            Gallery(arguments.at(1), u'-' + scheme + u'-' + language).showAll();
        }
    }
    return 0;
}
