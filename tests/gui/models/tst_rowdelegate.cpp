// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/containermodel.h"
#include "gui/models/rowdelegate.h"
#include "gui/style/icons.h"
#include "gui/style/language.h"
#include "gui/style/theme.h"

#include "../samples.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QRegularExpression>
#include <QStyleOptionViewItem>
#include <QTest>

#include <cmath>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

// Contrast as WCAG 2.2 defines it.
double luminance(const QColor &color)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QImage painted(const RowDelegate &delegate, const QModelIndex &index, QStyle::State state)
{
    QImage image(300, 40, QImage::Format_RGB32);
    image.fill(QApplication::palette().color(QPalette::Base));
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = image.rect();
    option.palette = QApplication::palette();
    option.font = QApplication::font();
    option.fontMetrics = QFontMetrics(option.font);
    option.state = state;
    delegate.paint(&painter, option, index);
    return image;
}

} // namespace

class TestRowDelegate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void buttonsAreFoundWhereTheyArePainted()
    {
        ContainerModel model;
        model.setContainers({samples::container(u"web"_s, ContainerState::Created)}, samples::now);
        const QModelIndex index = model.index(0, ContainerModel::Buttons);
        const QRect cell(500, 80, 200, 36);
        const auto buttons = index.data(ButtonsRole).value<QList<RowButton>>();
        for (qsizetype number = 0; number < buttons.size(); ++number) {
            const QRect rect = RowDelegate::buttonRect(cell, buttons.size(), number);
            QVERIFY(cell.contains(rect));
            const auto found = RowDelegate::buttonAt(index, cell, rect.center());
            QVERIFY(found.has_value());
            QCOMPARE(*found, buttons.at(number));
            if (number > 0)
                QVERIFY(!rect.intersects(RowDelegate::buttonRect(cell, buttons.size(), number - 1)));
        }
        QVERIFY(!RowDelegate::buttonAt(index, cell, cell.topLeft() + QPoint(2, 2)).has_value());
        QVERIFY(!RowDelegate::buttonAt(model.index(0, 0), cell, cell.center()).has_value());
    }

    void statesLookDifferent_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::newRow("light") << int(Appearance::Light);
        QTest::newRow("dark") << int(Appearance::Dark);
    }
    void statesLookDifferent()
    {
        QFETCH(int, appearance);
        applyTheme(*qApp, static_cast<Appearance>(appearance));
        ContainerModel model;
        model.setContainers({samples::container(u"web"_s, ContainerState::Running)}, samples::now);
        const RowDelegate delegate;
        const QModelIndex name = model.index(0, ContainerModel::Name);
        const auto plain = painted(delegate, name, QStyle::State_Enabled);
        const auto selected = painted(delegate, name, QStyle::State_Enabled | QStyle::State_Selected);
        QVERIFY(plain != selected);
        auto ended = samples::container(u"web"_s, ContainerState::Exited);
        model.setContainers({ended}, samples::now);
        const auto gone = painted(delegate, name, QStyle::State_Enabled);
        QVERIFY(plain != gone);
        ended.exitCode = 1;
        model.setContainers({ended}, samples::now);
        QVERIFY(painted(delegate, name, QStyle::State_Enabled) != gone);
    }

    void textIsReadable_data() { statesLookDifferent_data(); }
    void textIsReadable()
    {
        QFETCH(int, appearance);
        applyTheme(*qApp, static_cast<Appearance>(appearance));
        const QPalette palette = QApplication::palette();
        QCOMPARE(isDark(palette), appearance == int(Appearance::Dark));
        const ThemeColors &colors = themeColors(palette);
        for (const QColor &ground : {palette.color(QPalette::Base), palette.color(QPalette::Window),
                 palette.color(QPalette::Highlight), palette.color(QPalette::AlternateBase), colors.sidebar, colors.hover}) {
            QVERIFY2(contrast(palette.color(QPalette::Text), ground) >= 7, qPrintable(ground.name()));
            QVERIFY2(contrast(colors.secondaryText, ground) >= 4.5, qPrintable(ground.name()));
        }
        for (const QColor &text : {colors.green, colors.amber, colors.blue, colors.red})
            QVERIFY2(contrast(text, palette.color(QPalette::Base)) >= 4, qPrintable(text.name()));
        for (const QColor &tint : {colors.errorTint, colors.warningTint, colors.successTint, colors.infoTint, colors.mark})
            QVERIFY2(contrast(palette.color(QPalette::Text), tint) >= 5.5, qPrintable(tint.name()));
        QVERIFY(contrast(colors.accentText, colors.accent) >= 4.5);
        QVERIFY(contrast(colors.accentText, colors.accentHover) >= 4);
        QVERIFY(contrast(colors.accent, palette.color(QPalette::Base)) >= 3); // lines and frames
        QVERIFY(contrast(palette.color(QPalette::Base), colors.red) >= 4.5);  // the button that destroys
        QVERIFY(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        // Every name of the sheet was replaced.
        QString sheet = qApp->styleSheet();
        sheet.remove(QRegularExpression(u"/\\*.*?\\*/"_s));
        QVERIFY2(!sheet.contains(u'@'), qPrintable(sheet.mid(sheet.indexOf(u'@'), 40)));
    }

    void iconsFollowTheScheme()
    {
        const auto colorOf = [](const QIcon &icon, QIcon::Mode mode) {
            const QImage image = icon.pixmap(QSize(24, 24), 1.0, mode).toImage();
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).alpha() > 250)
                        return image.pixelColor(x, y);
                }
            }
            return QColor();
        };
        const QIcon icon = lineIcon(u"stop"_s);
        applyTheme(*qApp, Appearance::Light);
        QVERIFY(colorOf(icon, QIcon::Normal).lightness() < 100);
        const QColor disabled = colorOf(icon, QIcon::Disabled);
        applyTheme(*qApp, Appearance::Dark);
        QVERIFY(colorOf(icon, QIcon::Normal).lightness() > 180);
        QVERIFY(disabled != colorOf(icon, QIcon::Disabled));
    }

    void everyIconIsThere()
    {
        applyTheme(*qApp, Appearance::Light);
        const QStringList files = QDir(u":/icons"_s).entryList({u"*.svg"_s});
        QVERIFY(files.size() > 30);
        for (const QString &file : files)
            QVERIFY2(!linePixmap(file.chopped(4), {20, 20}, Qt::black, 2.0).isNull(), qPrintable(file));
        QVERIFY(linePixmap(u"no such icon"_s, {20, 20}, Qt::black, 1.0).isNull());
    }

    void languages()
    {
        const auto layers = [](int n) { return QCoreApplication::translate("berth::ImportCard", "%n layer(s)", nullptr, n); };
        {
            const auto english = installLanguage(QLocale(QLocale::English));
            QCOMPARE(layers(1), u"1 layer"_s);
            QCOMPARE(layers(7), u"7 layers"_s);
        }
        {
            const auto korean = installLanguage(QLocale(QLocale::Korean));
            QCOMPARE(layers(7), u"레이어 7개"_s);
        }
        const auto unknown = installLanguage(QLocale(QLocale::Swahili));
        QCOMPARE(layers(1), u"1 layer"_s);
    }
};

QTEST_MAIN(TestRowDelegate)
#include "tst_rowdelegate.moc"
