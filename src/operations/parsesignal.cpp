// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containeroperations.h"

#include <csignal>
#include <cstring>

namespace berth {

Result<int> parseSignal(QStringView text)
{
    const auto invalid = [&] { return fail(ErrorCode::InvalidArgument, "invalid signal: " + text.toString().toStdString()); };
    bool isNumber = false;
    if (const int number = text.toInt(&isNumber); isNumber) {
        if (number == 0)
            return invalid();
        if (number < 0 || number > SIGRTMAX) {
            return fail(ErrorCode::InvalidArgument, "the linux daemon does not support signal " + text.toString().toStdString());
        }
        return number;
    }
    QString name = text.toString().toUpper();
    if (name.startsWith(QLatin1StringView("SIG")))
        name.remove(0, 3);
    for (const auto &[prefix, base, sign] :
        {std::tuple{QLatin1StringView("RTMIN"), SIGRTMIN, u'+'}, std::tuple{QLatin1StringView("RTMAX"), SIGRTMAX, u'-'}}) {
        if (!name.startsWith(prefix))
            continue;
        const QStringView rest = QStringView(name).sliced(prefix.size());
        if (rest.isEmpty())
            return base;
        const int offset = rest.first(1) == sign ? rest.sliced(1).toInt(&isNumber) : (isNumber = false, 0);
        const int number = sign == u'+' ? base + offset : base - offset;
        if (!isNumber || number < SIGRTMIN || number > SIGRTMAX)
            return invalid();
        return number;
    }
    for (int number = 1; number < SIGRTMIN; ++number) {
        const char *abbreviation = ::sigabbrev_np(number);
        if (abbreviation && name == QLatin1StringView(abbreviation))
            return number;
    }
    return invalid();
}

} // namespace berth
