// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/alignlabels.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace berth {

void alignLabels(const QList<QFormLayout *> &forms)
{
    QList<QLabel *> labels;
    for (const QFormLayout *form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *item = form->itemAt(row, QFormLayout::LabelRole);
            if (auto *label = item == nullptr ? nullptr : qobject_cast<QLabel *>(item->widget()))
                labels.append(label);
        }
    }
    QLineEdit model(forms.first()->parentWidget());
    model.ensurePolished();
    int width = 0;
    for (QLabel *label : std::as_const(labels)) {
        label->ensurePolished();
        width = std::max(width, label->sizeHint().width());
    }
    for (QLabel *label : std::as_const(labels)) {
        label->setMinimumWidth(width);
        label->setFixedHeight(model.sizeHint().height());
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
}

} // namespace berth
