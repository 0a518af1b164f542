// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/mainwindow.h"

#include "core/imagereference.h"
#include "engine/engine.h"
#include "gui/cleaning.h"
#include "gui/containeractions.h"
#include "gui/dialogs/confirmdialog.h"
#include "gui/filetransfers.h"
#include "gui/imageactions.h"
#include "gui/imageremoval.h"
#include "gui/imports.h"
#include "gui/models/containermodel.h"
#include "gui/models/imagemodel.h"
#include "gui/models/volumemodel.h"
#include "gui/style/icons.h"
#include "gui/terminal/terminaltab.h"
#include "gui/terminals.h"
#include "gui/views/commandstrip.h"
#include "gui/views/consolepage.h"
#include "gui/views/containerspage.h"
#include "gui/views/detailrows.h"
#include "gui/views/detailspane.h"
#include "gui/views/dropoverlay.h"
#include "gui/views/imagespage.h"
#include "gui/views/importdialog.h"
#include "gui/views/sidebar.h"
#include "gui/views/tasksbar.h"
#include "gui/views/terminalspage.h"
#include "gui/views/volumespage.h"
#include "gui/volumeactions.h"
#include "gui/whendone.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>

#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize firstSize{1180, 760};

// What the future brings, or why it brings nothing, on a tab of the details.
template<typename T>
void showRows(
    DetailsPane *details, DetailsPane::Tab tab, const QString &id, const QFuture<Result<T>> &future, Rows (*rowsOf)(const T &))
{
    whenDone(future, details, [=](const Result<T> &result) {
        Rows rows = result ? rowsOf(*result) : Rows();
        if (!result)
            rows.notice = reasonText(result.error().code) + u'\n' + QString::fromStdString(result.error().detail);
        details->setRows(tab, id, rows);
    });
}

} // namespace

MainWindow::MainWindow(const EnginePaths &paths, QWidget *parent)
    : QWidget(parent), m_engine(new Engine(paths, this)), m_containerModel(new ContainerModel(this)),
      m_imageModel(new ImageModel(this)), m_volumeModel(new VolumeModel(this)), m_sidebar(new Sidebar(this)),
      m_stack(new QStackedWidget(this)), m_containersPage(new ContainersPage(m_containerModel, this)),
      m_imagesPage(new ImagesPage(m_imageModel, this)), m_volumesPage(new VolumesPage(m_volumeModel, this)),
      m_terminalsPage(new TerminalsPage(this)), m_consolePage(new ConsolePage({Terminals::command()}, this)),
      m_overlay(new DropOverlay(this)), m_frame{this, new MessageBar(this), new TasksBar(this), new CommandStrip(this)},
      m_imports(new Imports(m_engine, m_frame)), m_containerActions(new ContainerActions(m_engine, m_containerModel, m_frame)),
      m_fileTransfers(new FileTransfers(m_engine, m_containerModel, m_frame)),
      m_imageActions(new ImageActions(m_engine, m_imageModel, m_frame)),
      m_imageRemoval(new ImageRemoval(m_engine, m_imageModel, m_frame)),
      m_volumeActions(new VolumeActions(m_engine, m_volumeModel, m_frame)),
      m_cleaning(new Cleaning(m_engine, m_volumeModel, m_frame)),
      m_terminals(new Terminals(m_engine, m_containerModel, m_terminalsPage, m_frame))
{
    setWindowTitle(u"Berth"_s);
    setAcceptDrops(true);
    placeParts();
    makeActions();
    connectModels();
    connectPages();
    connectImages();
    connectVolumes();
    connectFlows(paths);
    if (!restoreGeometry(QSettings().value(u"window"_s).toByteArray()))
        resize(firstSize);
    showPage(ContainersEntry);
    prepare();
}

MainWindow::~MainWindow() = default;

void MainWindow::placeParts()
{
    m_sidebar->addEntry(u"containers"_s, tr("Containers"));
    m_sidebar->addEntry(u"images"_s, tr("Images"));
    m_sidebar->addEntry(u"volumes"_s, tr("Volumes"));
    m_sidebar->addEntry(u"terminal"_s, tr("Terminals"));
    m_sidebar->addEntry(u"console"_s, tr("Console"));
    m_stack->addWidget(m_containersPage);
    m_stack->addWidget(m_imagesPage);
    m_stack->addWidget(m_volumesPage);
    m_stack->addWidget(m_terminalsPage);
    m_stack->addWidget(m_consolePage);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_frame.messages);
    column->addWidget(m_stack, 1);
    column->addWidget(m_frame.tasks);
    column->addWidget(m_frame.command);
    auto *box = new QHBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(m_sidebar);
    box->addLayout(column, 1);
    connect(m_sidebar, &Sidebar::chosen, this, [this](int entry) { showPage(static_cast<Page>(entry)); });
}

void MainWindow::connectModels()
{
    connect(m_engine, &Engine::containersChanged, this, [this](const QList<ContainerInfo> &containers) {
        m_containerModel->setContainers(containers, QDateTime::currentDateTimeUtc());
        m_containersPage->refresh();
        m_volumeModel->setContainers(containers);
        m_sidebar->setCount(ContainersEntry, static_cast<int>(containers.size()));
        selectWhatCame();
    });
    connect(m_engine, &Engine::imagesChanged, this, [this](const QList<ImageInfo> &images) {
        m_imageModel->setImages(images, QDateTime::currentDateTimeUtc());
        m_imagesPage->refresh();
        m_containersPage->setHasImages(!images.isEmpty());
        m_containerActions->setImages(images);
        m_sidebar->setCount(ImagesEntry, static_cast<int>(images.size()));
        selectWhatCame();
    });
    connect(m_engine, &Engine::failed, this, [this](const Error &error) {
        const QString problem = reasonText(error.code) + u' ' + QString::fromStdString(error.detail);
        m_containersPage->setProblem(problem);
        m_imagesPage->setProblem(problem);
        m_volumesPage->setProblem(problem);
        m_frame.failed(tr("The list of images and containers cannot be read."), error);
    });
}

void MainWindow::connectPages()
{
    connect(m_containersPage, &ContainersPage::actionRequested, m_containerActions, &ContainerActions::perform);
    connect(m_containerActions, &ContainerActions::filesRequested, m_fileTransfers, &FileTransfers::perform);
    connect(m_containersPage, &ContainersPage::copyOutRequested, m_fileTransfers, &FileTransfers::copyOut);
    connect(
        m_containersPage, &ContainersPage::copyInRequested, m_fileTransfers, qOverload<const QString &>(&FileTransfers::copyIn));
    connect(m_containersPage, &ContainersPage::terminalRequested, m_terminals, &Terminals::open);
    connect(m_containersPage, &ContainersPage::runRequested, this, [this] { m_containerActions->run({}); });
    connect(m_containersPage, &ContainersPage::importRequested, m_imports, &Imports::choose);
    connect(m_containersPage->details(), &DetailsPane::rowsWanted, this, [this](DetailsPane::Tab tab, const QString &id) {
        if (tab == DetailsPane::Processes)
            showRows(m_containersPage->details(), tab, id, m_engine->processes(id), processRows);
        else
            showRows(m_containersPage->details(), tab, id, m_engine->changedPaths(id), changeRows);
    });
    connect(m_containersPage, &ContainersPage::figuresWanted, this, [this](const QStringList &ids) {
        whenDone(m_engine->figures(ids), m_containersPage, [this](const Result<QList<FigureSample>> &samples) {
            m_containersPage->setFigures(samples.value_or(QList<FigureSample>()));
        });
    });
    connect(m_containersPage, &ContainersPage::inspectWanted, this, [this](const QString &id) {
        whenDone(m_engine->inspectContainer(id), m_containersPage, [this, id](const Result<QJsonObject> &object) {
            if (object) // else it is gone, and so is the pane soon
                m_containersPage->details()->setInspect(id, *object);
        });
    });
    connect(
        m_terminalsPage, &TerminalsPage::countChanged, this, [this](int count) { m_sidebar->setCount(TerminalsEntry, count); });
}

void MainWindow::connectImages()
{
    connect(m_imagesPage, &ImagesPage::runRequested, m_containerActions, &ContainerActions::run);
    connect(m_imagesPage, &ImagesPage::tagRequested, m_imageActions, &ImageActions::tag);
    connect(m_imagesPage, &ImagesPage::saveRequested, m_imageActions, &ImageActions::save);
    connect(m_imageActions, &ImageActions::named, this, [this](const QString &key) {
        m_imageToSelect = key;
        selectWhatCame();
    });
    connect(m_imagesPage, &ImagesPage::removeRequested, m_imageRemoval, &ImageRemoval::ask);
    connect(m_imagesPage, &ImagesPage::importRequested, m_imports, &Imports::choose);
    connect(m_imagesPage, &ImagesPage::inspectWanted, this, [this](const QString &key) {
        const ImageRow *row = m_imageModel->find(key);
        if (row == nullptr)
            return;
        whenDone(m_engine->inspectImage(row->image.id.text()), m_imagesPage, [this, key](const Result<QJsonObject> &object) {
            if (object)
                m_imagesPage->details()->setInspect(key, *object);
        });
    });
    connect(m_imagesPage->details(), &DetailsPane::rowsWanted, this, [this](DetailsPane::Tab tab, const QString &key) {
        const ImageRow *row = m_imageModel->find(key);
        if (row == nullptr)
            return;
        whenDone(m_engine->imageHistory(row->image.id.text()), m_imagesPage,
            [this, tab, key](const Result<QList<HistoryEntry>> &history) {
                if (history)
                    m_imagesPage->details()->setRows(tab, key, historyRows(*history, QDateTime::currentDateTimeUtc()));
            });
    });
}

void MainWindow::connectVolumes()
{
    connect(m_engine, &Engine::volumesChanged, this, [this](const QList<VolumeInfo> &volumes) {
        m_volumeModel->setVolumes(volumes, QDateTime::currentDateTimeUtc());
        m_volumesPage->refresh();
        m_sidebar->setCount(VolumesEntry, static_cast<int>(volumes.size()));
        selectWhatCame();
    });
    connect(m_volumesPage, &VolumesPage::createRequested, m_volumeActions, &VolumeActions::create);
    connect(m_volumesPage, &VolumesPage::removeRequested, m_volumeActions, &VolumeActions::remove);
    connect(m_volumesPage, &VolumesPage::sizesWanted, this, &MainWindow::measureVolumes);
    connect(m_volumesPage, &VolumesPage::inspectWanted, this, [this](const QString &name) {
        whenDone(m_engine->inspectVolume(name), m_volumesPage, [this, name](const Result<QJsonObject> &object) {
            if (object)
                m_volumesPage->details()->setInspect(name, *object);
        });
    });
    connect(m_volumesPage, &VolumesPage::cleanUpRequested, m_cleaning, &Cleaning::open);
    connect(m_imagesPage, &ImagesPage::cleanUpRequested, m_cleaning, &Cleaning::open);
    connect(m_containersPage, &ContainersPage::cleanUpRequested, m_cleaning, &Cleaning::open);
    connect(m_volumeActions, &VolumeActions::made, this, [this](const QString &name) {
        m_volumeToSelect = name;
        selectWhatCame();
    });
}

// A walk through every volume's files, off this thread; the page shows the list meanwhile.
void MainWindow::measureVolumes()
{
    QStringList names;
    for (const VolumeInfo &volume : m_volumeModel->rows())
        names.append(volume.name);
    if (names.isEmpty() || std::exchange(m_measuring, true))
        return;
    whenDone(m_engine->volumeSizes(names), this, [this](const Result<QHash<QString, qint64>> &sizes) {
        m_measuring = false;
        if (!sizes)
            return m_frame.failed(tr("The volumes could not be measured."), sizes.error());
        m_volumeModel->setSizes(*sizes);
        m_volumesPage->refresh(); // one may have come meanwhile
    });
}

void MainWindow::connectFlows(const EnginePaths &paths)
{
    m_containersPage->details()->setPaths(paths);
    connect(m_containersPage->details(), &DetailsPane::failed, this,
        [this](const Error &error) { m_frame.failed(tr("The log cannot be read."), error); });
    connect(m_imports, &Imports::imported, this, [this](const QList<ImportedImage> &images) {
        showPage(ImagesEntry);
        m_imageToSelect = ImageRow::keyOf(images.first().image, images.first().names.value(0));
        selectWhatCame();
    });
    connect(m_imports, &Imports::runRequested, m_containerActions, &ContainerActions::run);
    connect(m_containerActions, &ContainerActions::terminalRunRequested, m_terminals, &Terminals::run);
    connect(m_containerActions, &ContainerActions::made, this, [this](const QString &id) {
        showPage(ContainersEntry);
        m_containerToSelect = id;
        selectWhatCame();
    });
    connect(m_terminals, &Terminals::opened, this, [this] { showPage(TerminalsEntry); });
}

// The snapshot with the new thing may come before or after the job's own result.
void MainWindow::selectWhatCame()
{
    if (!m_containerToSelect.isEmpty() && m_containerModel->find(m_containerToSelect) != nullptr)
        m_containersPage->select(std::exchange(m_containerToSelect, {}));
    if (!m_imageToSelect.isEmpty() && m_imageModel->find(m_imageToSelect) != nullptr)
        m_imagesPage->select(std::exchange(m_imageToSelect, {}));
    if (!m_volumeToSelect.isEmpty() && m_volumeModel->find(m_volumeToSelect) != nullptr)
        m_volumesPage->select(std::exchange(m_volumeToSelect, {}));
}

void MainWindow::prepare()
{
    whenDone(m_engine->prepare(), this, [this](const Result<> &ready) {
        if (ready)
            return;
        m_containersPage->setProblem(QString::fromStdString(ready.error().detail));
        m_frame.failed(tr("Containers cannot be run on this computer yet."), ready.error());
    });
}

void MainWindow::importArchives(const QStringList &paths) { m_imports->open(paths); }

void MainWindow::showPage(Page page)
{
    m_sidebar->setCurrent(page);
    m_stack->setCurrentIndex(page);
    if (page == ConsoleEntry)
        m_frame.command->hide(); // there a person types commands, and an older one below would only be in the way
    if (page != TerminalsEntry && page != ConsoleEntry) // these give the keyboard to their terminal themselves
        m_stack->currentWidget()->setFocus();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (ImportDialog::localPaths(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    showDrop(event->position().toPoint());
}

void MainWindow::dragMoveEvent(QDragMoveEvent *event)
{
    event->acceptProposedAction();
    showDrop(event->position().toPoint());
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *) { endDrop(); }

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList paths = ImportDialog::localPaths(event->mimeData());
    const QString container = m_dropTarget;
    endDrop();
    event->acceptProposedAction();
    if (container.isEmpty())
        m_imports->open(paths);
    else
        m_fileTransfers->copyIn(container, paths);
}

// On the list of containers a row takes files for itself; it stays to be seen.
void MainWindow::showDrop(const QPoint &position)
{
    const bool onList = m_stack->currentWidget() == m_containersPage && m_containerModel->rowCount() > 0;
    m_dropTarget = onList ? m_containersPage->dropTargetAt(mapToGlobal(position)) : QString();
    m_containersPage->showDropTarget(m_dropTarget);
    const ContainerInfo *container = m_containerModel->find(m_dropTarget);
    if (onList)
        m_overlay->showStrip(container == nullptr ? QString() : container->name);
    else
        m_overlay->coverWindow();
}

void MainWindow::endDrop()
{
    m_dropTarget.clear();
    m_containersPage->showDropTarget({});
    m_overlay->hide();
}

QString MainWindow::closeWarning() const
{
    QStringList lines;
    if (m_imports->runningCount() > 0)
        lines.append(tr("%n import(s) will be cancelled; nothing is left of them.", nullptr, m_imports->runningCount()));
    if (const int others = m_frame.tasks->count() - m_imports->runningCount(); others > 0)
        lines.append(tr("%n task(s) will be cancelled.", nullptr, others));
    if (m_terminalsPage->runningCount() > 0)
        lines.append(tr("%n terminal(s) will be closed.", nullptr, m_terminalsPage->runningCount()));
    if (m_consolePage->terminal()->isBusy())
        lines.append(tr("The command that runs in the console will be ended."));
    if (!lines.isEmpty() && m_containerModel->runningCount() > 0)
        lines.append(tr("%n container(s) go on running without the window.", nullptr, m_containerModel->runningCount()));
    return lines.join(u' ');
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const QString warning = m_mayClose ? QString() : closeWarning();
    if (warning.isEmpty()) {
        QSettings().setValue(u"window"_s, saveGeometry());
        event->accept();
        return;
    }
    event->ignore();
    auto *dialog = new ConfirmDialog(
        {.question = tr("Close Berth?"), .consequence = warning, .command = {}, .verb = tr("Close")}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDialog::accepted, this, [this] {
        m_mayClose = true;
        close();
    });
    dialog->open();
}

} // namespace berth
