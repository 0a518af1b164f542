// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QTranslator>

#include <memory>

namespace berth {

// Makes the program speak the language of locale where translations/ has it, else English. The
// translator is in force as long as the result lives. English is what the source speaks; its
// translation gives only the forms for one and for many.
std::unique_ptr<QTranslator> installLanguage(const QLocale &locale);

// Whether the window speaks English, be it for want of a translation.
bool speaksEnglish();

} // namespace berth
