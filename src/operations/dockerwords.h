// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace berth {

// The small grammar inside the instructions of a Dockerfile. Source: the Dockerfile reference,
// "Environment replacement"; moby's buildkit parser for what is not written there.

// "\" at the end of a line goes on, "#" begins a comment line; empty lines are nothing.
QStringList instructionLines(const QString &text);

// Words as they are written, quotes and backslashes still in them.
QStringList rawWords(const QString &text);

// ["a", "b"]; nothing when it is no JSON list of texts.
std::optional<QStringList> jsonWords(const QString &text);

// Takes quotes away and puts in variables: $NAME, ${NAME}, ${NAME:-word}, ${NAME:+word}. environment has
// "NAME=value"; an unknown name is empty.
Result<QString> expandWord(const QString &word, const QStringList &environment);

} // namespace berth
