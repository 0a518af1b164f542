// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/style/theme.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace berth {

// The program's style, and settings that no other test and no person shares.
class OwnSettings {
public:
    OwnSettings()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("berth-test"));
        QCoreApplication::setApplicationName(QStringLiteral("berth-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        applyTheme(*qApp, Appearance::Light);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace berth
