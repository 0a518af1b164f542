// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/nameproblem.h"

#include "core/containername.h"

#include <QCoreApplication>

namespace berth {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(NameProblem)
};

} // namespace

QString nameProblem(const QString &name, const QSet<QString> &taken)
{
    if (taken.contains(name))
        return Say::tr("Another container is already called “%1”.").arg(name);
    if (checkContainerName(name))
        return {};
    if (name.size() < 2)
        return Say::tr("A name needs at least two characters.");
    return Say::tr("A name starts with a letter or digit and goes on with letters, digits, “_”, “.” or “-”.");
}

} // namespace berth
