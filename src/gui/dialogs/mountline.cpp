// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/mountline.h"

#include <QRegularExpression>

namespace berth {

using namespace Qt::StringLiterals;

std::optional<MountOption> parseMountLine(const QString &line)
{
    QStringList parts = line.trimmed().split(u':');
    MountOption mount;
    if (parts.size() > 1 && (parts.last() == "ro"_L1 || parts.last() == "rw"_L1))
        mount.readOnly = parts.takeLast() == "ro"_L1;
    if (parts.size() > 2 || !parts.last().startsWith(u'/') || parts.last() == "/"_L1)
        return std::nullopt;
    mount.target = parts.takeLast();
    mount.source = parts.isEmpty() ? QString() : parts.first();
    static const QRegularExpression volumeName(u"\\A[A-Za-z0-9][A-Za-z0-9_.-]*\\z"_s);
    if (mount.source.startsWith(u'/')) {
        mount.kind = MountOption::Kind::Bind;
        mount.createSource = true;
        return mount;
    }
    mount.kind = MountOption::Kind::Volume;
    if (!parts.isEmpty() && !volumeName.match(mount.source).hasMatch())
        return std::nullopt;
    return mount;
}

} // namespace berth
