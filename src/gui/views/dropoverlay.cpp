// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/dropoverlay.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include <QPainter>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr int stripHeight = 76;

} // namespace

DropOverlay::DropOverlay(QWidget *window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::coverWindow()
{
    m_isStrip = false;
    place();
}

void DropOverlay::showStrip(const QString &container)
{
    m_isStrip = true;
    m_container = container;
    place();
}

void DropOverlay::place()
{
    const QRect window = parentWidget()->rect();
    setGeometry(m_isStrip ? QRect(0, 0, window.width(), stripHeight) : window);
    raise();
    show();
    update();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.93F);
    painter.fillRect(rect(), veil);
    QPen pen(themeColors(palette()).accent, 2, Qt::DashLine);
    pen.setDashPattern({5, 4});
    painter.setPen(pen);
    painter.setBrush(themeColors(palette()).infoTint);
    if (m_isStrip)
        paintStrip(painter);
    else
        paintWhole(painter);
}

void DropOverlay::paintStrip(QPainter &painter) const
{
    const ThemeColors &colors = themeColors(palette());
    const QRect box = rect().adjusted(16, 8, -16, -10);
    painter.drawRoundedRect(QRectF(box), 10, 10);
    const QString icon = m_container.isEmpty() ? u"import"_s : u"copyin"_s;
    painter.drawPixmap(box.left() + 18, box.center().y() - 12, linePixmap(icon, {24, 24}, colors.accent, devicePixelRatioF()));
    const QString text = m_container.isEmpty() ? tr("Drop to import images, or on a container to copy files into it")
                                               : tr("Drop to copy into “%1”").arg(m_container);
    const QRect room = box.adjusted(56, 0, -18, 0);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(
        room, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideMiddle, room.width()));
}

void DropOverlay::paintWhole(QPainter &painter) const
{
    const ThemeColors &colors = themeColors(palette());
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
