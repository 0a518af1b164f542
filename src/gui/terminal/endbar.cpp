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

EndBar::EndBar(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_again(new QPushButton(tr("&Run again"), this)),
      m_close(new QPushButton(tr("&Close"), this))
{
    setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_text, 1);
    m_again->setObjectName(QStringLiteral("again"));
    m_again->setAutoDefault(true); // Enter as well as the space bar
    m_close->setObjectName(QStringLiteral("close"));
    layout->addWidget(m_again);
    layout->addWidget(m_close);
    connect(m_again, &QPushButton::clicked, this, &EndBar::againRequested);
    connect(m_close, &QPushButton::clicked, this, &EndBar::closeRequested);
    setFocusProxy(m_again);
    hide();
}

void EndBar::setButtons(const QString &again, bool closable)
{
    m_again->setText(again);
    m_close->setVisible(closable);
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
