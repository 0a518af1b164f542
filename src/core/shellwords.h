// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace berth {

// The words of a command line as a POSIX shell splits them: blanks, 'single' and "double" quotes,
// backslash. No variables, no globs. Nothing when a quote is not closed.
// Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting.
std::optional<QStringList> splitShellWords(const QString &line);

// One word, quoted for a POSIX shell only when it has to be.
QString shellQuoted(const QString &word);

// Words as a line that a POSIX shell splits into them again.
QString shellLine(const QStringList &words);

// The same with "berth" before them: a command to show, and to paste into a terminal.
QString berthLine(const QStringList &words);

} // namespace berth
