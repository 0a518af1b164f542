// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/searchbar.h"

#include "gui/style/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace berth {

SearchBar::SearchBar(QWidget *parent) : QWidget(parent), m_edit(new QLineEdit(this)), m_result(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    m_edit->setPlaceholderText(tr("Find in the terminal"));
    m_edit->setAccessibleName(tr("Find in the terminal"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMaximumWidth(360);
    layout->addWidget(m_edit, 1);
    QToolButton *older = addButton(QStringLiteral("up"), {}, tr("Older match (Enter)"));
    QToolButton *newer = addButton(QStringLiteral("down"), {}, tr("Newer match (Shift+Enter)"));
    m_case = addButton({}, tr("Aa"), tr("Match upper and lower case"));
    m_case->setCheckable(true);
    layout->addWidget(m_result);
    layout->addStretch();
    QToolButton *close = addButton(QStringLiteral("close"), {}, tr("Close (Esc)"));
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &SearchBar::emitNeedle);
    connect(m_case, &QToolButton::toggled, this, &SearchBar::emitNeedle);
    connect(older, &QToolButton::clicked, this, &SearchBar::olderRequested);
    connect(newer, &QToolButton::clicked, this, &SearchBar::newerRequested);
    connect(close, &QToolButton::clicked, this, &SearchBar::close);
    hide();
}

QToolButton *SearchBar::addButton(const QString &icon, const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setText(text);
    if (!icon.isEmpty())
        button->setIcon(lineIcon(icon));
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    layout()->addWidget(button);
    return button;
}

void SearchBar::open(const QString &suggestion)
{
    show();
    if (!suggestion.isEmpty() && !suggestion.contains(QLatin1Char('\n')))
        m_edit->setText(suggestion);
    m_edit->selectAll();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    emitNeedle();
}

void SearchBar::close()
{
    hide();
    Q_EMIT needleChanged(QString(), Qt::CaseInsensitive);
    Q_EMIT closed();
}

void SearchBar::emitNeedle()
{
    Q_EMIT needleChanged(m_edit->text(), m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive);
}

void SearchBar::showResult(qsizetype current, qsizetype count)
{
    if (m_edit->text().isEmpty())
        m_result->clear();
    else if (count == 0)
        m_result->setText(tr("No match"));
    else
        m_result->setText(tr("%1 of %2").arg(current + 1).arg(count));
}

void SearchBar::keyPressEvent(QKeyEvent *event)
{
    const bool shift = (event->modifiers() & Qt::ShiftModifier) != 0;
    switch (event->key()) {
    case Qt::Key_Escape: close(); return;
    case Qt::Key_Up: Q_EMIT olderRequested(); return;
    case Qt::Key_Down: Q_EMIT newerRequested(); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (shift)
            Q_EMIT newerRequested();
        else
            Q_EMIT olderRequested();
        return;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace berth
