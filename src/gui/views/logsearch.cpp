// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The search of LogView; its own file because it is its own concern.
#include "gui/style/theme.h"
#include "gui/views/logview.h"

#include "ui_logview.h"

#include <QKeyEvent>
#include <QTextBlock>

#include <algorithm>

namespace berth {

namespace {

constexpr int maxMarks = 1000; // more marks than a person can use would only cost time

} // namespace

void LogView::focusSearch()
{
    m_ui->searchEdit->setFocus();
    m_ui->searchEdit->selectAll();
}

bool LogView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->searchEdit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            find(key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_ui->searchEdit->text().isEmpty()) {
            m_ui->searchEdit->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

// Typing on extends the match that is shown as long as that is possible, and goes on to an older one then.
void LogView::search(const QString &text)
{
    markMatches();
    if (m_ui->text->extraSelections().isEmpty())
        return;
    QTextCursor cursor = m_ui->text->textCursor();
    if (!cursor.hasSelection() && !m_following)
        cursor = m_ui->text->cursorForPosition({m_ui->text->viewport()->width(), m_ui->text->viewport()->height() - 1});
    else if (cursor.hasSelection())
        cursor.setPosition(
            std::min(cursor.selectionStart() + static_cast<int>(text.size()), m_ui->text->document()->characterCount() - 1));
    else
        cursor.movePosition(QTextCursor::End);
    m_ui->text->setTextCursor(cursor);
    find(true);
}

void LogView::markMatches()
{
    const QString text = m_ui->searchEdit->text();
    QList<QTextEdit::ExtraSelection> marks;
    QTextCharFormat format;
    format.setBackground(themeColors(palette()).mark);
    QTextCursor cursor(m_ui->text->document());
    while (!text.isEmpty() && marks.size() < maxMarks) {
        cursor = m_ui->text->document()->find(text, cursor);
        if (cursor.isNull())
            break;
        marks.append({cursor, format});
    }
    m_ui->text->setExtraSelections(marks);
    const QString more = marks.size() == maxMarks ? QStringLiteral("+") : QString();
    m_ui->matchesLabel->setText(text.isEmpty() ? QString()
            : marks.isEmpty()                  ? tr("no match")
                                               : tr("%n match(es)", nullptr, static_cast<int>(marks.size())) + more);
}

void LogView::find(bool backward)
{
    const QString text = m_ui->searchEdit->text();
    if (text.isEmpty())
        return;
    const auto flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_ui->text->find(text, flags))
        return;
    // Around the end, once.
    QTextCursor cursor = m_ui->text->textCursor();
    cursor.movePosition(backward ? QTextCursor::End : QTextCursor::Start);
    m_ui->text->setTextCursor(cursor);
    m_ui->text->find(text, flags);
}

} // namespace berth
