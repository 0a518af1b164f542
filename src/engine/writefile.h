// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFile>
#include <QSaveFile>

namespace berth {

// Lets write(int descriptor) fill a new file that takes the place of path when all went well. Otherwise what
// was at path is still there, and nothing of the new one is left.
template<typename Write> Result<> writeFile(const QString &path, Write write)
{
    QSaveFile file(path);
    const auto failed = [&] {
        return fail(ErrorCode::PermissionDenied, "cannot write " + path.toStdString() + ": " + file.errorString().toStdString());
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (auto written = write(file.handle()); !written)
        return written; // the file's destructor removes it
    if (!file.commit())
        return failed();
    return {};
}

} // namespace berth
