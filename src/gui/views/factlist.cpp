// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/factlist.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>

#include <algorithm>
#include <iterator>

namespace berth {

using namespace Qt::StringLiterals;

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
            auto *value = new QLabel(this);
            value->setTextFormat(Qt::PlainText);
            value->setWordWrap(true);
            value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
            if (fact.code)
                value->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
            m_form->addRow(name, value);
        }
        m_names = names;
    }
    for (int row = 0; row < shown.size(); ++row) {
        auto *value = static_cast<QLabel *>(m_form->itemAt(row, QFormLayout::FieldRole)->widget());
        if (value->text() != shown.at(row).value)
            value->setText(shown.at(row).value);
    }
}

} // namespace berth
