// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/volumeinfo.h"

#include <algorithm>

namespace berth {
namespace {

bool isPlain(QChar c) { return c.unicode() < 0x80 && c.isLetterOrNumber(); }

bool fitsGrammar(const QString &name)
{
    return !name.isEmpty() && isPlain(name.front())
        && std::ranges::all_of(name, [](QChar c) { return isPlain(c) || c == u'_' || c == u'.' || c == u'-'; });
}

} // namespace

Result<> checkVolumeName(const QString &name)
{
    const std::string text = name.toStdString();
    if (name.size() < 2)
        return fail(ErrorCode::InvalidArgument,
            "create " + text + ": volume name is too short, names should be at least two alphanumeric characters");
    if (!fitsGrammar(name))
        return fail(ErrorCode::InvalidArgument,
            "create " + text + ": \"" + text
                + "\" includes invalid characters for a local volume name, only "
                  "\"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host "
                  "directory, use absolute path");
    return {};
}

} // namespace berth
