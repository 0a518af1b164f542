// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/style/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

class LineIconEngine final : public QIconEngine {
public:
    LineIconEngine(QString name, QPalette::ColorRole role) : m_name(std::move(name)), m_role(role) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, linePixmap(m_name, rect.size(), color(mode), ratio));
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return linePixmap(m_name, (QSizeF(size) / scale).toSize(), color(mode), scale);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QIconEngine *clone() const override { return new LineIconEngine(*this); }
    QString key() const override { return u"berth-line"_s; }
    bool isNull() override { return false; }

private:
    QColor color(QIcon::Mode mode) const
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QGuiApplication::palette().color(group, m_role);
    }

    QString m_name;
    QPalette::ColorRole m_role;
};

} // namespace

QIcon lineIcon(const QString &name, QPalette::ColorRole role) { return QIcon(new LineIconEngine(name, role)); }

QPixmap linePixmap(const QString &name, const QSize &size, const QColor &color, qreal ratio)
{
    const QString key =
        u"berth/%1/%2x%3@%4/%5"_s.arg(name).arg(size.width()).arg(size.height()).arg(ratio).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;

    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        return pixmap;
    QByteArray picture = file.readAll();
    picture.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    pixmap = QPixmap((QSizeF(size) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    QSvgRenderer(picture).render(&painter, QRectF(QPointF(), QSizeF(size)));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon applicationIcon() { return QIcon(u":/icons/berth.svg"_s); }

} // namespace berth
