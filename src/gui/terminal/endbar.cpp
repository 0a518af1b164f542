// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/endbar.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"
#include "gui/terminal/exitmeaning.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace berth {

EndBar::EndBar(QWidget *parent) : QWidget(parent), m_icon(new QLabel(this)), m_text(new QLabel(this))
{
    setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_text, 1);
    auto *again = new QPushButton(tr("&Run again"), this);
    again->setObjectName(QStringLiteral("again"));
    layout->addWidget(again);
    auto *close = new QPushButton(tr("&Close"), this);
    close->setObjectName(QStringLiteral("close"));
    layout->addWidget(close);
    connect(again, &QPushButton::clicked, this, &EndBar::againRequested);
    connect(close, &QPushButton::clicked, this, &EndBar::closeRequested);
    hide();
}

void EndBar::showExit(int exitCode) { showSentence(exitSentence(exitCode), exitCode == 0); }

void EndBar::showRefusal(const QString &sentence) { showSentence(sentence, false); }

void EndBar::showSentence(const QString &sentence, bool good)
{
    const ThemeColors &colors = themeColors(palette());
    m_icon->setPixmap(linePixmap(good ? QStringLiteral("done") : QStringLiteral("warning"), {20, 20},
        good ? colors.green : colors.amber, devicePixelRatioF()));
    m_text->setText(sentence);
    setAccessibleName(sentence);
    show();
}

} // namespace berth
