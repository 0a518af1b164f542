// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/style/language.h"

#include <QCoreApplication>

namespace berth {

using namespace Qt::StringLiterals;

bool speaksEnglish()
{
    //: The name of the language of this translation in English
    return QCoreApplication::translate("Language", "English") == "English"_L1;
}

std::unique_ptr<QTranslator> installLanguage(const QLocale &locale)
{
    auto translator = std::make_unique<QTranslator>();
    const auto load = [&](const QLocale &wanted) { return translator->load(wanted, u"berth"_s, u"_"_s, u":/translations"_s); };
    if (load(locale) || load(QLocale(QLocale::English)))
        QCoreApplication::installTranslator(translator.get());
    return translator;
}

} // namespace berth
