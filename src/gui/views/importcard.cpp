// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/importcard.h"

#include "core/humantext.h"
#include "core/imagereference.h"
#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include "ui_importcard.h"

namespace berth {

using namespace Qt::StringLiterals;

ImportCard::ImportCard(const QString &path, QWidget *parent)
    : QFrame(parent), m_ui(std::make_unique<Ui::ImportCard>()), m_path(path)
{
    m_ui->setupUi(this);
    m_ui->iconLabel->setPixmap(linePixmap(u"archive"_s, {36, 36}, themeColors(palette()).secondaryText, devicePixelRatioF()));
    m_ui->nameLabel->setText(path.mid(path.lastIndexOf(u'/') + 1));
    m_ui->nameLabel->setToolTip(path);
    m_ui->namesLabel->setText(tr("Reading…"));
    m_ui->factsLabel->hide();
    m_ui->problemLabel->hide();
    m_ui->removeButton->setIcon(lineIcon(u"close"_s));
    connect(m_ui->removeButton, &QToolButton::clicked, this, &ImportCard::removeRequested);
}

ImportCard::~ImportCard() = default;

void ImportCard::setPreview(const ArchivePreview &preview)
{
    m_importable = true;
    m_ui->problemLabel->hide();
    m_ui->namesLabel->show();
    QStringList names;
    QStringList architectures;
    int layers = 0;
    int present = 0;
    for (const ArchivePreview::Image &image : preview.images) {
        for (const QString &name : image.names)
            names.append(familiarName(name));
        if (image.names.isEmpty())
            names.append(tr("an image without a name"));
        if (!image.architecture.isEmpty() && !architectures.contains(image.architecture))
            architectures.append(image.architecture);
        layers += image.layers;
        present += image.layersPresent;
    }
    m_ui->namesLabel->setText(names.isEmpty() ? tr("Its names are known after it is unpacked.") : names.join(u", "_s));
    QStringList facts{
        preview.format, humanSize(preview.size), preview.compression == "none"_L1 ? tr("not compressed") : preview.compression};
    facts += architectures;
    if (layers > 0)
        facts.append(tr("%n layer(s)", nullptr, layers));
    if (present > 0)
        facts.append(present == layers ? tr("all already here") : tr("%n already here", nullptr, present));
    facts.removeAll(QString());
    m_ui->factsLabel->setText(facts.join(u" · "_s));
    m_ui->factsLabel->show();
    m_ui->namesLabel->setToolTip(m_ui->namesLabel->text()); // a name without a blank is cut where the card ends
}

void ImportCard::setProblem(const QString &problem)
{
    m_importable = false;
    m_ui->namesLabel->hide();
    m_ui->factsLabel->hide();
    m_ui->problemLabel->setToolTip(problem);
    m_ui->problemLabel->setText(problem);
    m_ui->problemLabel->show();
}

} // namespace berth
