// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/rundialog.h"

#include "core/imagereference.h"
#include "gui/dialogs/commandrow.h"
#include "gui/dialogs/mountline.h"
#include "gui/dialogs/nameproblem.h"
#include "gui/dialogs/shellwords.h"
#include "gui/style/icons.h"

#include "ui_rundialog.h"

#include <QFileDialog>
#include <QPushButton>

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

RunDialog::RunDialog(const QList<ImageInfo> &images, const QString &image, const QSet<QString> &takenNames,
                     QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::RunDialog>()), m_images(images), m_takenNames(takenNames)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    fillImages(images, image);
    connectFields();
    showMore(false);
    imageChanged();
    if (!image.isEmpty())
        m_ui->nameEdit->setFocus();
}

RunDialog::~RunDialog() = default;

void RunDialog::fillImages(const QList<ImageInfo> &images, const QString &image)
{
    for (const ImageInfo &info : images) {
        for (const QString &name : info.names) {
            const auto reference = ImageReference::parse(name);
            m_ui->imageCombo->addItem(reference ? reference->familiarName() : name);
        }
        if (info.names.isEmpty())
            m_ui->imageCombo->addItem(info.id.shortHex());
    }
    if (!image.isEmpty())
        m_ui->imageCombo->setCurrentText(image);
}

void RunDialog::connectFields()
{
    connect(m_ui->imageCombo, &QComboBox::currentTextChanged, this, &RunDialog::imageChanged);
    for (QLineEdit *edit : {m_ui->nameEdit, m_ui->commandEdit, m_ui->folderEdit, m_ui->userEdit})
        connect(edit, &QLineEdit::textChanged, this, &RunDialog::update);
    for (QPlainTextEdit *edit : {m_ui->environmentEdit, m_ui->volumesEdit})
        connect(edit, &QPlainTextEdit::textChanged, this, &RunDialog::update);
    for (QCheckBox *check : {m_ui->terminalCheck, m_ui->removeCheck})
        connect(check, &QCheckBox::toggled, this, &RunDialog::update);
    connect(m_ui->moreButton, &QToolButton::toggled, this, &RunDialog::showMore);
    connect(m_ui->addFolderButton, &QPushButton::clicked, this, &RunDialog::addFolder);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &RunDialog::reject);
    connect(m_ui->createButton, &QPushButton::clicked, this, [this] { acceptAs(Start::CreateOnly); });
    connect(m_ui->runButton, &QPushButton::clicked, this, [this] { acceptAs(Start::Run); });
}

void RunDialog::showMore(bool more)
{
    m_ui->moreWidget->setVisible(more);
    m_ui->moreButton->setIcon(lineIcon(more ? u"up"_s : u"down"_s));
    layout()->activate();
    resize(width(), minimumSizeHint().height());
}

void RunDialog::addFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder to share with the container"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        m_ui->volumesEdit->appendPlainText(folder + u":/mnt"_s + folder.mid(folder.lastIndexOf(u'/')));
    });
    dialog->open();
}

const ImageInfo *RunDialog::chosenImage() const
{
    const auto reference = ImageReference::parse(m_ui->imageCombo->currentText().trimmed());
    const QString name = reference ? reference->canonicalName() : QString();
    const auto found = std::ranges::find_if(m_images, [&](const ImageInfo &image) {
        return image.names.contains(name) || image.id.shortHex() == m_ui->imageCombo->currentText();
    });
    return found == m_images.end() ? nullptr : &*found;
}

void RunDialog::imageChanged()
{
    const ImageInfo *image = chosenImage();
    QStringList usual;
    if (image != nullptr) {
        for (const QString &word : image->config.command)
            usual.append(shellQuoted(word));
    }
    m_ui->commandEdit->setPlaceholderText(usual.isEmpty() ? tr("as the image says") : usual.join(u' '));
    update();
}

bool RunDialog::readCommand(RunOptions &options) const
{
    const auto words = splitShellWords(m_ui->commandEdit->text());
    m_ui->commandProblemLabel->setText(words ? QString() : tr("A quote is not closed."));
    options.command = words.value_or(QStringList());
    return words.has_value();
}

bool RunDialog::readName(RunOptions &options) const
{
    options.name = m_ui->nameEdit->text().trimmed();
    const QString problem = options.name.isEmpty() ? QString() : nameProblem(options.name, m_takenNames);
    m_ui->nameProblemLabel->setText(problem);
    return problem.isEmpty();
}

bool RunDialog::readMounts(RunOptions &options) const
{
    QString problem;
    const QStringList lines = m_ui->volumesEdit->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (const auto mount = parseMountLine(line))
            options.mounts.append(*mount);
        else if (!line.trimmed().isEmpty() && problem.isEmpty())
            problem = tr("“%1” is not of the form /folder/here:/folder/inside.").arg(line.trimmed());
    }
    m_ui->volumesProblemLabel->setText(problem);
    return problem.isEmpty();
}

std::optional<RunOptions> RunDialog::options() const
{
    RunOptions options;
    options.image = m_ui->imageCombo->currentText().trimmed();
    options.interactive = options.terminal = m_ui->terminalCheck->isChecked();
    options.detached = !options.terminal;
    options.autoRemove = m_ui->removeCheck->isChecked();
    options.workingDirectory = m_ui->folderEdit->text().trimmed();
    options.user = m_ui->userEdit->text().trimmed();
    const QStringList lines = m_ui->environmentEdit->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            options.environment.append(line.trimmed());
    }
    // All three, so that every problem is shown at once.
    const bool name = readName(options);
    const bool command = readCommand(options);
    const bool mounts = readMounts(options);
    if (options.image.isEmpty() || !name || !command || !mounts)
        return std::nullopt;
    return options;
}

void RunDialog::update()
{
    const auto chosen = options();
    for (QLabel *label : {m_ui->nameProblemLabel, m_ui->commandProblemLabel, m_ui->volumesProblemLabel})
        label->setVisible(!label->text().isEmpty());
    m_ui->runButton->setEnabled(chosen.has_value());
    m_ui->createButton->setEnabled(chosen.has_value());
    if (chosen)
        m_ui->commandLabel->setText(commandLine(*chosen));
}

void RunDialog::acceptAs(Start start)
{
    m_start = start;
    accept();
}

} // namespace berth
