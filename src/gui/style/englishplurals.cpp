// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/style/englishplurals.h"

namespace berth {

using namespace Qt::StringLiterals;

QString EnglishPlurals::translate(const char *, const char *sourceText, const char *, int n) const
{
    if (n < 0 || sourceText == nullptr)
        return {};
    const QString source = QString::fromUtf8(sourceText);
    QString text = source;
    text.replace("(s)"_L1, n == 1 ? ""_L1 : "s"_L1);
    text.replace("(es)"_L1, n == 1 ? ""_L1 : "es"_L1);
    return text == source ? QString() : text;
}

} // namespace berth
