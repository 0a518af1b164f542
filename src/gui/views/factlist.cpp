// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/factlist.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QTextEdit>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

// Text to select and copy, as high as it needs to be. A label would do, if labels could break an id or
// a path that is longer than the line.
class FactValue final : public QTextEdit {
public:
    explicit FactValue(QWidget *parent) : QTextEdit(parent)
    {
        setObjectName("factValue"_L1);
        setReadOnly(true);
        setAcceptRichText(false);
        setFrameShape(NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        setTabChangesFocus(true);
        setFocusPolicy(Qt::ClickFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        document()->setDocumentMargin(0);
    }
    void setText(const QString &text)
    {
        if (text == toPlainText())
            return;
        setPlainText(text);
        fit();
    }
    QSize minimumSizeHint() const override { return {100, fontMetrics().height()}; }
    QSize sizeHint() const override { return {300, height()}; }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QTextEdit::resizeEvent(event);
        fit();
    }
    void changeEvent(QEvent *event) override
    {
        QTextEdit::changeEvent(event);
        if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
            fit();
    }
    void wheelEvent(QWheelEvent *event) override { event->ignore(); } // the pane scrolls

private:
    void fit()
    {
        document()->setTextWidth(viewport()->width());
        setFixedHeight(static_cast<int>(std::ceil(document()->size().height())));
    }
};

} // namespace

FactList::FactList(QWidget *parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(20);
    m_form->setVerticalSpacing(7);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void FactList::setFacts(const QList<Fact> &facts)
{
    QList<Fact> shown;
    std::ranges::copy_if(facts, std::back_inserter(shown), [](const Fact &fact) { return !fact.value.isEmpty(); });
    QStringList names;
    for (const Fact &fact : shown)
        names.append(fact.name);
    if (names != m_names) {
        while (m_form->rowCount() > 0)
            m_form->removeRow(0);
        for (const Fact &fact : shown) {
            auto *name = new QLabel(fact.name, this);
            name->setProperty("role", u"secondary"_s);
            name->setAlignment(Qt::AlignLeft | Qt::AlignTop);
            auto *value = new FactValue(this);
            value->setAccessibleName(fact.name);
            if (fact.code)
                value->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
            m_form->addRow(name, value);
        }
        m_names = names;
    }
    for (int row = 0; row < shown.size(); ++row) {
        static_cast<FactValue *>(m_form->itemAt(row, QFormLayout::FieldRole)->widget())->setText(shown.at(row).value);
    }
}

} // namespace berth
