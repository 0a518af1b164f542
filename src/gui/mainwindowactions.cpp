// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of MainWindow: its menu, the keys that work on every page, the overview of keys.
#include "gui/cleaning.h"
#include "gui/containeractions.h"
#include "gui/dialogs/shortcutsdialog.h"
#include "gui/imports.h"
#include "gui/mainwindow.h"
#include "gui/models/imagemodel.h"
#include "gui/style/icons.h"
#include "gui/style/theme.h"
#include "gui/terminals.h"
#include "gui/views/containerspage.h"
#include "gui/views/imagespage.h"
#include "gui/views/sidebar.h"
#include "gui/views/terminalspage.h"
#include "gui/views/volumespage.h"
#include "gui/volumeactions.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>

namespace berth {

using namespace Qt::StringLiterals;

QAction *MainWindow::makeAction(const QString &icon, const QString &text, const QKeySequence &keys)
{
    auto *action = new QAction(text, this);
    if (!icon.isEmpty())
        action->setIcon(lineIcon(icon));
    action->setShortcut(keys);
    addAction(action);
    m_shortcuts.append(action);
    return action;
}

void MainWindow::makeActions()
{
    auto *menu = new QMenu(this);
    QAction *import = makeAction(u"import"_s, tr("Import images…"), QKeySequence::Open);
    connect(import, &QAction::triggered, m_imports, &Imports::choose);
    QAction *run = makeAction(u"start"_s, tr("Run an image…"), Qt::CTRL | Qt::Key_R);
    connect(run, &QAction::triggered, this, &MainWindow::runShown);
    QAction *terminal = makeAction(u"terminal"_s, tr("Open terminal…"), Qt::CTRL | Qt::Key_T);
    connect(terminal, &QAction::triggered, this, &MainWindow::openTerminalShown);
    QAction *volume = makeAction(u"volumes"_s, tr("Create a volume…"), {});
    connect(volume, &QAction::triggered, m_volumeActions, &VolumeActions::create);
    QAction *cleanUp = makeAction(u"cleanup"_s, tr("Clean up…"), Qt::CTRL | Qt::SHIFT | Qt::Key_Delete);
    connect(cleanUp, &QAction::triggered, m_cleaning, &Cleaning::open);
    menu->addActions({import, run, terminal, volume, cleanUp});
    menu->addSeparator();
    addAppearances(menu->addMenu(tr("Appearance")));
    QAction *keys = makeAction(u"keyboard"_s, tr("Keys"), Qt::CTRL | Qt::Key_Question);
    connect(keys, &QAction::triggered, this, &MainWindow::showShortcuts);
    menu->addAction(keys);
    menu->addAction(lineIcon(u"info"_s), tr("About Berth"), this, [this] {
        QMessageBox::about(this, tr("About Berth"),
            tr("Berth %1\n\nA container engine with a window. Free software, GPL-3.0-or-later.")
                .arg(QStringLiteral(BERTH_VERSION)));
    });
    menu->addSeparator();
    QAction *quit = makeAction({}, tr("Quit"), QKeySequence::Quit);
    connect(quit, &QAction::triggered, this, &MainWindow::close);
    menu->addAction(quit);
    m_sidebar->setMenu(menu);

    const QStringList names{
        tr("Show containers"), tr("Show images"), tr("Show volumes"), tr("Show terminals"), tr("Show the console")};
    for (int page = 0; page < names.size(); ++page) {
        QAction *action = makeAction({}, names.at(page), Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page));
        connect(action, &QAction::triggered, this, [this, page] { showPage(static_cast<Page>(page)); });
    }
    connect(makeAction({}, tr("Filter the list"), QKeySequence::Find), &QAction::triggered, this, &MainWindow::focusFilter);
    connect(makeAction({}, tr("Close the terminal"), Qt::CTRL | Qt::SHIFT | Qt::Key_W), &QAction::triggered, m_terminalsPage,
        &TerminalsPage::closeCurrent);
    connect(makeAction({}, tr("Open the menu"), Qt::Key_F10), &QAction::triggered, m_sidebar, &Sidebar::openMenu);
}

void MainWindow::addAppearances(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    const int chosen = QSettings().value(u"appearance"_s, static_cast<int>(Appearance::System)).toInt();
    const QStringList names{tr("As the desktop"), tr("Light"), tr("Dark")};
    for (int appearance = 0; appearance < names.size(); ++appearance) {
        QAction *action = menu->addAction(names.at(appearance));
        action->setCheckable(true);
        action->setChecked(appearance == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [appearance] {
            QSettings().setValue(u"appearance"_s, appearance);
            applyTheme(*qApp, static_cast<Appearance>(appearance));
        });
    }
}

void MainWindow::runShown()
{
    const QStringList keys = m_stack->currentWidget() == m_imagesPage ? m_imagesPage->selectedIds() : QStringList();
    const ImageRow *row = keys.size() == 1 ? m_imageModel->find(keys.first()) : nullptr;
    m_containerActions->run(row == nullptr ? QString() : row->reference());
}

void MainWindow::openTerminalShown()
{
    const bool onList = m_stack->currentWidget() == m_containersPage;
    m_terminals->open(onList ? m_containersPage->selectedIds().value(0) : QString());
}

void MainWindow::focusFilter()
{
    if (m_stack->currentWidget() == m_containersPage)
        m_containersPage->focusFilter();
    else if (m_stack->currentWidget() == m_imagesPage)
        m_imagesPage->focusFilter();
    else if (m_stack->currentWidget() == m_volumesPage)
        m_volumesPage->focusFilter();
}

void MainWindow::showShortcuts()
{
    QList<ShortcutRow> rows;
    const auto add = [&rows](const QAction *action) {
        if (!action->shortcut().isEmpty())
            rows.append({action->text(), action->shortcut().toString(QKeySequence::NativeText)});
    };
    for (const QAction *action : std::as_const(m_shortcuts))
        add(action);
    for (const ContainerAction action : allContainerActions) {
        if (const QAction *found = m_containersPage->action(action))
            add(found);
    }
    for (const QAction *action : {m_imagesPage->tagAction(), m_imagesPage->saveAction()})
        add(action);
    auto *dialog = new ShortcutsDialog(rows, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace berth
