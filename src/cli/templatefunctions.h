// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QList>
#include <QString>

namespace berth::gotemplate {

bool hasFunction(const QString &name);
// Whether the parameter takes only texts. constants of another kind are refused before the call.
bool wantsText(const QString &name, qsizetype parameter);
// Calls the named function. The error is the reason alone; isCallError says whether the function was entered.
// inHeader: see Template::evaluateHeader.
struct CallError {
    QString reason;
    bool wasEntered = true;
};
std::expected<QJsonValue, CallError> callFunction(const QString &name, const QList<QJsonValue> &arguments, bool inHeader);

// What Go's %v prints: [a b], map[k:v], true, 12; an object with an order of its fields prints as a struct, {a b}.
QString valueText(const QJsonValue &value);
bool isTrue(const QJsonValue &value);
// Go's fmt.Sprintf for the verbs v s d q t x X f g c and their flags, width and precision.
QString formatted(const QString &format, const QList<QJsonValue> &arguments);
// A text between double quotes with Go's escapes, as %q and the COMMAND column print it.
QString goQuoted(const QString &text);
// Go's template.HTMLEscapeString, JSEscapeString and URLQueryEscaper.
QString htmlEscaped(const QString &text);
QString scriptEscaped(const QString &text);
QString queryEscaped(const QString &text);

} // namespace berth::gotemplate
