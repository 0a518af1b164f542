// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/style/theme.h"

#include <QApplication>
#include <QFile>
#include <QStyle>
#include <QStyleFactory>
#include <QStyleHints>

// Must stand outside any namespace. A static library's resources register only when asked.
static void registerResources() { Q_INIT_RESOURCE(resources); }

namespace berth {

using namespace Qt::StringLiterals;

namespace {

ThemeColors lightColors()
{
    return {.secondaryText = QColor(0x5b6675),
        .border = QColor(0xdbe0e6),
        .sidebar = QColor(0xebeff3),
        .hover = QColor(0xe9eef4),
        .accent = QColor(0x0b66a8),
        .accentHover = QColor(0x0a5a94),
        .accentText = QColor(0xffffff),
        .green = QColor(0x1a8a4c),
        .amber = QColor(0xb26a00),
        .blue = QColor(0x2867d6),
        .red = QColor(0xc62f3b),
        .grey = QColor(0x7b8694),
        .errorTint = QColor(0xfdecec),
        .warningTint = QColor(0xfff4de),
        .successTint = QColor(0xe6f5ec),
        .infoTint = QColor(0xe7f1fb),
        .mark = QColor(0xffe28f)};
}

ThemeColors darkColors()
{
    return {.secondaryText = QColor(0xa7b2c0),
        .border = QColor(0x353d47),
        .sidebar = QColor(0x171b20),
        .hover = QColor(0x2a313a),
        .accent = QColor(0x2878bb),
        .accentHover = QColor(0x2d7fc2),
        .accentText = QColor(0xffffff),
        .green = QColor(0x4ac585),
        .amber = QColor(0xe5b04d),
        .blue = QColor(0x74a9ff),
        .red = QColor(0xf3767c),
        .grey = QColor(0x8f9bab),
        .errorTint = QColor(0x40262a),
        .warningTint = QColor(0x3d3320),
        .successTint = QColor(0x1f3a2c),
        .infoTint = QColor(0x20344a),
        .mark = QColor(0x6e5512)};
}

QPalette makePalette(bool dark)
{
    const ThemeColors colors = dark ? darkColors() : lightColors();
    const QColor window(dark ? 0x1d2228 : 0xf6f8fa);
    const QColor base(dark ? 0x22282f : 0xffffff);
    const QColor text(dark ? 0xe6ebf1 : 0x1b2530);
    const QColor faded(dark ? 0x66717f : 0xa3acb7);
    const QColor placeholder(dark ? 0x8592a1 : 0x6b7683);
    const QColor selection(dark ? 0x29435d : 0xd8e8f6);

    QPalette palette(text, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, dark ? QColor(0x262d35) : QColor(0xf3f6f9));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Button, base);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Accent, colors.accent);
    palette.setColor(QPalette::BrightText, colors.accentText);
    palette.setColor(QPalette::Link, dark ? QColor(0x74b4f0) : QColor(0x0b66a8));
    palette.setColor(QPalette::PlaceholderText, placeholder);
    palette.setColor(QPalette::ToolTipBase, dark ? QColor(0x323a44) : QColor(0x26303b));
    palette.setColor(QPalette::ToolTipText, QColor(0xf2f5f8));
    palette.setColor(QPalette::Mid, colors.border);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faded);
    palette.setColor(QPalette::Disabled, QPalette::BrightText, dark ? QColor(0x7d8896) : QColor(0xffffff));
    return palette;
}

// The sheet names colours as @name; that keeps one sheet for both schemes.
QString styleSheet(const QPalette &palette)
{
    QFile file(u":/style/berth.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const ThemeColors &c = themeColors(palette);
    const QList<std::pair<QString, QColor>> names{{u"@window"_s, palette.color(QPalette::Window)},
        {u"@base"_s, palette.color(QPalette::Base)}, {u"@text"_s, palette.color(QPalette::Text)},
        {u"@selection"_s, palette.color(QPalette::Highlight)}, {u"@faded"_s, palette.color(QPalette::Disabled, QPalette::Text)},
        {u"@tooltip"_s, palette.color(QPalette::ToolTipBase)}, {u"@secondary"_s, c.secondaryText}, {u"@border"_s, c.border},
        {u"@sidebar"_s, c.sidebar}, {u"@hover"_s, c.hover}, {u"@accent-hover"_s, c.accentHover},
        {u"@accent-text"_s, c.accentText}, {u"@accent"_s, c.accent}, {u"@red"_s, c.red}, {u"@error-tint"_s, c.errorTint},
        {u"@warning-tint"_s, c.warningTint}, {u"@success-tint"_s, c.successTint}, {u"@info-tint"_s, c.infoTint}};
    for (const auto &[name, color] : names)
        sheet.replace(name + u';', color.name() + u';');
    return sheet.replace(u"@scheme"_s, isDark(palette) ? u"dark"_s : u"light"_s);
}

bool wantsDark(Appearance appearance)
{
    if (appearance == Appearance::System)
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
    return appearance == Appearance::Dark;
}

} // namespace

void applyTheme(QApplication &application, Appearance appearance)
{
    registerResources();
    static QMetaObject::Connection following;
    QObject::disconnect(following);
    if (appearance == Appearance::System) {
        following = QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &application,
            [&application] { applyTheme(application, Appearance::System); });
    }
    if (application.style()->name() != "fusion"_L1)
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    const QPalette palette = makePalette(wantsDark(appearance));
    QApplication::setPalette(palette);
    application.setStyleSheet(styleSheet(palette));
}

bool isDark(const QPalette &palette) { return palette.color(QPalette::Window).lightness() < 128; }

const ThemeColors &themeColors(const QPalette &palette)
{
    static const ThemeColors light = lightColors();
    static const ThemeColors dark = darkColors();
    return isDark(palette) ? dark : light;
}

} // namespace berth
