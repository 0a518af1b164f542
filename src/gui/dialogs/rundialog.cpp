// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/rundialog.h"

#include "core/imagereference.h"
#include "core/portmapping.h"
#include "core/shellwords.h"
#include "gui/dialogs/alignlabels.h"
#include "gui/dialogs/commandrow.h"
#include "gui/dialogs/mountline.h"
#include "gui/dialogs/nameproblem.h"
#include "gui/style/icons.h"

#include "ui_rundialog.h"

#include <QFileDialog>
#include <QPushButton>
#include <QThread>

#include <algorithm>
#include <array>
#include <functional>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// What the image offers, at the same numbers.
QString portsExample(const ImageInfo *image)
{
    QStringList words;
    for (const QString &port : image == nullptr ? QStringList() : image->config.exposedPorts)
        words += u"%1:%1"_s.arg(portNumber(port)) + (portProtocol(port) == "udp"_L1 ? u"/udp"_s : QString());
    return words.isEmpty() ? u"8080:80"_s : words.join(u' ');
}

} // namespace

RunDialog::RunDialog(const QList<ImageInfo> &images, const QString &image, const QSet<QString> &takenNames, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::RunDialog>()), m_images(images), m_takenNames(takenNames)
{
    m_ui->setupUi(this);
    makeCopyButton(m_ui->copyButton, m_ui->commandLabel);
    alignLabels({m_ui->layout2, m_ui->layout6});
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
        for (const QString &name : info.names)
            m_ui->imageCombo->addItem(familiarName(name));
        if (info.names.isEmpty())
            m_ui->imageCombo->addItem(info.id.shortHex());
    }
    if (!image.isEmpty())
        m_ui->imageCombo->setCurrentText(image);
}

void RunDialog::connectFields()
{
    connect(m_ui->imageCombo, &QComboBox::currentTextChanged, this, &RunDialog::imageChanged);
    for (QLineEdit *edit :
        {m_ui->nameEdit, m_ui->commandEdit, m_ui->portsEdit, m_ui->folderEdit, m_ui->userEdit, m_ui->memoryEdit, m_ui->cpusEdit})
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
    fitHeight();
}

void RunDialog::fitHeight() { resize(width(), neededHeight()); }

int RunDialog::neededHeight() const
{
    layout()->activate();
    return layout()->totalHeightForWidth(width());
}

void RunDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    fitHeight(); // fonts and paddings of the style are known only now
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

// By name, else by an id or the beginning of one, as the command finds it.
const ImageInfo *RunDialog::chosenImage() const
{
    const QString text = m_ui->imageCombo->currentText().trimmed();
    const auto reference = ImageReference::parse(text);
    const QString name = reference ? reference->canonicalName() : QString();
    const auto named = std::ranges::find_if(m_images, [&](const ImageInfo &image) { return image.names.contains(name); });
    if (named != m_images.end())
        return &*named;
    const QString id = text.startsWith("sha256:"_L1) ? text.mid(7) : text;
    const auto fits = [&](const ImageInfo &image) { return !id.isEmpty() && image.id.hex().startsWith(id); };
    const auto found = std::ranges::find_if(m_images, fits);
    return std::ranges::count_if(m_images, fits) == 1 ? &*found : nullptr;
}

void RunDialog::imageChanged()
{
    const ImageInfo *image = chosenImage();
    const QString usual = image == nullptr ? QString() : shellLine(image->config.command);
    m_ui->commandEdit->setPlaceholderText(usual.isEmpty() ? tr("as the image says") : usual);
    m_ui->portsEdit->setPlaceholderText(tr("such as %1").arg(portsExample(image)));
    update();
}

bool RunDialog::readImage(RunOptions &options) const
{
    options.image = m_ui->imageCombo->currentText().trimmed();
    const bool known = chosenImage() != nullptr;
    m_ui->imageProblemLabel->setText(known ? QString()
            : options.image.isEmpty()      ? tr("Choose an image.")
                                           : tr("There is no image “%1” here.").arg(options.image));
    return known;
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

bool RunDialog::readPorts(RunOptions &options) const
{
    QString problem;
    const QStringList words = m_ui->portsEdit->text().simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (const auto mappings = parsePublish(word))
            options.publishedPorts.append(*mappings);
        else if (problem.isEmpty())
            problem = tr("“%1” is not of the form 8080:80.").arg(word);
    }
    m_ui->portsProblemLabel->setText(problem);
    return problem.isEmpty();
}

bool RunDialog::readFolder(RunOptions &options) const
{
    options.workingDirectory = m_ui->folderEdit->text().trimmed();
    const bool relative = !options.workingDirectory.isEmpty() && !options.workingDirectory.startsWith(u'/');
    m_ui->folderProblemLabel->setText(relative ? tr("A folder in the container starts with “/”.") : QString());
    return !relative;
}

bool RunDialog::readEnvironment(RunOptions &options) const
{
    QString problem;
    const QStringList lines = m_ui->environmentEdit->toPlainText().split(u'\n');
    for (const QString &line : lines) {
        const QString variable = line.trimmed();
        if (variable.indexOf(u'=') > 0)
            options.environment.append(variable);
        else if (!variable.isEmpty() && problem.isEmpty())
            problem = tr("“%1” is not of the form NAME=value.").arg(variable);
    }
    m_ui->environmentProblemLabel->setText(problem);
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

bool RunDialog::readLimits(RunOptions &options) const
{
    const QString memory = m_ui->memoryEdit->text().trimmed();
    const QString cpus = m_ui->cpusEdit->text().trimmed();
    const auto bytes = memory.isEmpty() ? Result<qint64>(0) : parseBytes(memory);
    const auto share = cpus.isEmpty() ? Result<qint64>(0) : parseCpus(cpus);
    const KnownProcessors machine{.count = QThread::idealThreadCount(), .cpus = {}, .memoryNodes = {}};
    options.resources.memory = bytes.value_or(0);
    options.resources.nanoCpus = share.value_or(0);
    QString problem;
    if (!bytes)
        problem = tr("“%1” is not an amount of memory such as 512m.").arg(memory);
    else if (!share)
        problem = tr("“%1” is not a number of CPUs such as 1.5.").arg(cpus);
    else if (!checkResources({.memory = *bytes}, machine))
        problem = tr("A container needs at least 6 MB of memory.");
    else if (!checkResources({.nanoCpus = *share}, machine))
        problem = tr("This machine has %1 CPUs.").arg(machine.count);
    m_ui->limitsProblemLabel->setText(problem);
    return problem.isEmpty();
}

std::optional<RunOptions> RunDialog::options() const
{
    RunOptions options;
    options.interactive = options.terminal = m_ui->terminalCheck->isChecked();
    options.detached = !options.terminal;
    options.autoRemove = m_ui->removeCheck->isChecked();
    options.user = m_ui->userEdit->text().trimmed();
    // All of them, so that every problem is shown at once.
    const std::array right{readImage(options), readName(options), readCommand(options), readPorts(options), readFolder(options),
        readEnvironment(options), readMounts(options), readLimits(options)};
    return std::ranges::all_of(right, std::identity()) ? std::optional(options) : std::nullopt;
}

void RunDialog::update()
{
    const auto chosen = options();
    const std::array below{m_ui->portsProblemLabel, m_ui->folderProblemLabel, m_ui->environmentProblemLabel,
        m_ui->volumesProblemLabel, m_ui->limitsProblemLabel};
    for (QLabel *label : {m_ui->imageProblemLabel, m_ui->nameProblemLabel, m_ui->commandProblemLabel})
        label->setVisible(!label->text().isEmpty());
    for (QLabel *label :
        {m_ui->portsProblemLabel, m_ui->folderProblemLabel, m_ui->environmentProblemLabel, m_ui->limitsProblemLabel})
        label->setVisible(!label->text().isEmpty());
    // What is wrong must not be folded away.
    m_ui->moreButton->setEnabled(std::ranges::all_of(below, [](const QLabel *label) { return label->text().isEmpty(); }));
    for (QWidget *widget : {static_cast<QWidget *>(m_ui->runButton), static_cast<QWidget *>(m_ui->createButton),
             static_cast<QWidget *>(m_ui->commandLabel), static_cast<QWidget *>(m_ui->copyButton)})
        widget->setEnabled(chosen.has_value());
    if (chosen)
        m_ui->commandLabel->setText(commandLine(*chosen));
    // It grows for a problem or a long line; it does not shrink again below the keyboard of a person.
    if (isVisible() && height() < neededHeight())
        fitHeight();
}

void RunDialog::acceptAs(Start start)
{
    m_start = start;
    accept();
}

} // namespace berth
