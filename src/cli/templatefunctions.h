// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QList>
#include <QString>

namespace berth::gotemplate {

// "template parsing error: template: :1: executing "" at <where>: <reason>"
std::unexpected<Error> executionError(const QString &where, const QString &reason);

// Calls the named function; NotFound when there is none. inHeader: see Template::evaluateHeader.
Result<QJsonValue> callFunction(const QString &name, const QList<QJsonValue> &arguments, bool inHeader);

// What Go's %v prints: [a b], map[k:v], true, 12.
QString valueText(const QJsonValue &value);
bool isTrue(const QJsonValue &value);
// Go's fmt.Sprintf for the verbs v s d q t x X f g c and their flags, width and precision.
QString formatted(const QString &format, const QList<QJsonValue> &arguments);
// A text between double quotes with Go's escapes, as %q and the COMMAND column print it.
QString goQuoted(const QString &text);

} // namespace berth::gotemplate
