// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/commandrow.h"

#include "gui/style/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

namespace berth {

using namespace Qt::StringLiterals;

void makeCopyButton(QToolButton *button, const QLabel *label)
{
    makeCopyButton(button, [label] { return label->text(); });
}

void makeCopyButton(QToolButton *button, const std::function<QString()> &text)
{
    button->setIcon(lineIcon(u"copy"_s));
    QObject::connect(button, &QToolButton::clicked, button, [button, text] {
        QGuiApplication::clipboard()->setText(text());
        button->setIcon(lineIcon(u"check"_s));
        QTimer::singleShot(1500, button, [button] { button->setIcon(lineIcon(u"copy"_s)); });
    });
}

} // namespace berth
