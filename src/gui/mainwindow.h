// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/frame.h"
#include "store/enginepaths.h"

#include <QWidget>

class QAction;
class QMenu;
class QStackedWidget;

namespace berth {

class ContainerActions;
class ContainerModel;
class Cleaning;
class ConsolePage;
class ContainersPage;
class DropOverlay;
class Engine;
class FileTransfers;
class ImageActions;
class ImageModel;
class ImageRemoval;
class ImagesPage;
class Imports;
class Sidebar;
class Terminals;
class TerminalsPage;
class VolumeActions;
class VolumeModel;
class VolumesPage;

// Puts pages, models, flows and the engine together. Decides nothing about containers or images.
class MainWindow final : public QWidget {
    Q_OBJECT
public:
    explicit MainWindow(const EnginePaths &paths, QWidget *parent = nullptr);
    ~MainWindow() override;

    // As if they were dropped here; for files that the desktop hands over.
    void importArchives(const QStringList &paths);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    enum Page { ContainersEntry, ImagesEntry, VolumesEntry, TerminalsEntry, ConsoleEntry };

    void placeParts();
    void makeActions();
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys);
    void addAppearances(QMenu *menu);
    void connectModels();
    void connectPages();
    void connectImages();
    void connectVolumes();
    void measureVolumes();
    void connectFlows(const EnginePaths &paths);
    void prepare();
    void showPage(Page page);
    void runShown();
    void openTerminalShown();
    void focusFilter();
    void showShortcuts();
    void selectWhatCame();
    void showDrop(const QPoint &position);
    void endDrop();
    [[nodiscard]] QString closeWarning() const;

    Engine *m_engine;
    ContainerModel *m_containerModel;
    ImageModel *m_imageModel;
    VolumeModel *m_volumeModel;
    Sidebar *m_sidebar;
    QStackedWidget *m_stack;
    ContainersPage *m_containersPage;
    ImagesPage *m_imagesPage;
    VolumesPage *m_volumesPage;
    TerminalsPage *m_terminalsPage;
    ConsolePage *m_consolePage;
    DropOverlay *m_overlay;
    Frame m_frame;
    Imports *m_imports;
    ContainerActions *m_containerActions;
    FileTransfers *m_fileTransfers;
    ImageActions *m_imageActions;
    ImageRemoval *m_imageRemoval;
    VolumeActions *m_volumeActions;
    Cleaning *m_cleaning;
    Terminals *m_terminals;
    QList<QAction *> m_shortcuts; // in the order of the overview
    QString m_dropTarget;         // id of the container that dragged files are held above
    QString m_containerToSelect;  // id, as soon as a snapshot shows it
    QString m_imageToSelect;      // key of its row, likewise
    QString m_volumeToSelect;     // its name, likewise
    bool m_measuring = false;     // the volumes; one walk at a time
    bool m_mayClose = false;
};

} // namespace berth
