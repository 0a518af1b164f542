// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/importdialog.h"

#include "core/shellwords.h"
#include "gui/style/icons.h"
#include "gui/views/importcard.h"

#include "ui_importdialog.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QPushButton>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

ImportDialog::ImportDialog(QWidget *parent) : QDialog(parent), m_ui(std::make_unique<Ui::ImportDialog>())
{
    m_ui->setupUi(this);
    m_ui->addButton->setIcon(lineIcon(u"add"_s));
    connect(m_ui->addButton, &QPushButton::clicked, this, &ImportDialog::chooseFiles);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_ui->importButton, &QPushButton::clicked, this, &ImportDialog::accept);
    m_ui->importButton->setFocus();
    update();
}

ImportDialog::~ImportDialog() = default;

QStringList ImportDialog::localPaths(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

void ImportDialog::addPaths(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (card(path) != nullptr)
            continue;
        auto *added = new ImportCard(path, m_ui->cardsWidget);
        m_ui->cardsLayout->insertWidget(static_cast<int>(m_cards.size()), added);
        m_cards.append(added);
        connect(added, &ImportCard::removeRequested, this, [this, added] {
            m_cards.removeOne(added);
            added->deleteLater();
            update();
        });
        Q_EMIT previewWanted(path);
    }
    update();
}

void ImportDialog::setPreview(const QString &path, const ArchivePreview &preview)
{
    if (ImportCard *found = card(path))
        found->setPreview(preview);
    update();
}

void ImportDialog::setProblem(const QString &path, const QString &problem)
{
    if (ImportCard *found = card(path))
        found->setProblem(problem);
    update();
}

QStringList ImportDialog::paths() const
{
    QStringList paths;
    for (const ImportCard *found : m_cards) {
        if (found->isImportable())
            paths.append(found->path());
    }
    return paths;
}

ImportCard *ImportDialog::card(const QString &path) const
{
    const auto found = std::ranges::find(m_cards, path, &ImportCard::path);
    return found == m_cards.end() ? nullptr : *found;
}

QFileDialog *ImportDialog::openFileDialog(QWidget *parent)
{
    auto *dialog = new QFileDialog(parent, tr("Archives of images"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->open();
    return dialog;
}

void ImportDialog::chooseFiles() { connect(openFileDialog(this), &QFileDialog::filesSelected, this, &ImportDialog::addPaths); }

void ImportDialog::update()
{
    const QStringList ready = paths();
    QStringList lines;
    for (const QString &path : ready)
        lines.append(berthLine({u"load"_s, u"-i"_s, path}));
    m_ui->commandLabel->setText(lines.join(u'\n'));
    m_ui->commandLabel->setVisible(!lines.isEmpty());
    m_ui->importButton->setEnabled(!ready.isEmpty());
    m_ui->importButton->setText(
        ready.size() > 1 ? tr("Import %n file(s)", nullptr, static_cast<int>(ready.size())) : tr("Import"));
}

void ImportDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    addPaths(localPaths(event->mimeData()));
}

} // namespace berth
