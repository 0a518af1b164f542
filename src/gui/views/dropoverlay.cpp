// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/dropoverlay.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include <QPainter>

namespace berth {

using namespace Qt::StringLiterals;

DropOverlay::DropOverlay(QWidget *window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.93F);
    painter.fillRect(rect(), veil);

    QPen pen(colors.accent, 2, Qt::DashLine);
    pen.setDashPattern({5, 4});
    painter.setPen(pen);
    painter.setBrush(colors.infoTint);
    painter.drawRoundedRect(QRectF(rect()).adjusted(20, 20, -20, -20), 14, 14);

    const QPoint center = rect().center();
    painter.drawPixmap(center.x() - 32, center.y() - 92, linePixmap(u"import"_s, {64, 64}, colors.accent, devicePixelRatioF()));
    QFont title = font();
    title.setPointSizeF(title.pointSizeF() * 1.5);
    title.setWeight(QFont::DemiBold);
    painter.setFont(title);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRect(0, center.y() - 12, width(), 40), Qt::AlignCenter, tr("Drop to import images"));
    painter.setFont(font());
    painter.setPen(colors.secondaryText);
    painter.drawText(QRect(0, center.y() + 30, width(), 30), Qt::AlignCenter,
        tr("Archives of docker save, podman save or skopeo: tar, gzip, zstd, xz, bzip2"));
}

} // namespace berth
