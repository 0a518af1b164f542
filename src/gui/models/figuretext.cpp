// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/figuretext.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(FigureText)
};

constexpr std::array binaryUnits{"B"_L1, "KiB"_L1, "MiB"_L1, "GiB"_L1, "TiB"_L1, "PiB"_L1};
constexpr std::array decimalUnits{"B/s"_L1, "kB/s"_L1, "MB/s"_L1, "GB/s"_L1, "TB/s"_L1, "PB/s"_L1};

double stepOf(FigureUnit unit) { return unit == FigureUnit::Bytes ? 1024 : 1000; }

// 999.6 would be shown as 1000, which is for the next unit to say; of 1024s there are 1000 and a few more.
int powerOf(double value, FigureUnit unit)
{
    int power = 0;
    for (double rest = value; rest >= (unit == FigureUnit::Bytes ? 1023.5 : 999.5) && power + 1 < int(decimalUnits.size());
        ++power)
        rest /= stepOf(unit);
    return power;
}

// Of bytes there are no parts.
QString numberText(double value, bool whole)
{
    const int decimals = whole || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    QString text = QLocale().toString(value, 'f', decimals);
    if (decimals > 0 && value == std::round(value))
        text = QLocale().toString(value, 'f', 0);
    return text;
}

template<typename Number> QString withUnit(double value, FigureUnit unit, Number number)
{
    if (unit == FigureUnit::Percent)
        return number(value, false) + u'%';
    const int power = powerOf(value, unit);
    const auto &units = unit == FigureUnit::Bytes ? binaryUnits : decimalUnits;
    return number(value / std::pow(stepOf(unit), power), power == 0) + u'\u00a0' + units[static_cast<std::size_t>(power)];
}

} // namespace

QString figureText(double value, FigureUnit unit)
{
    return withUnit(value, unit, [](double shown, bool whole) { return numberText(shown, whole); });
}

QString axisText(double value, FigureUnit unit)
{
    return withUnit(value, unit, [](double shown, bool) { return QLocale().toString(shown, 'g', 6); });
}

QString missingFigureText() { return Say::tr("n/a"); }

} // namespace berth
