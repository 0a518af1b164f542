// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>

namespace berth {

// JSON as Go's encoder writes it: sorted keys (those of a structure in its own order, see orderKey), "{}" and "[]" for what is
// empty. indent 0 gives one line. escapesHtml writes <, > and & as \u003c…, which Docker does in listings and not in inspect.
struct JsonStyle {
    int indent = 0;
    bool escapesHtml = false;
};
QString jsonText(const QJsonValue &value, JsonStyle style = {});

// Keys that begin with this are working data of a listing and never printed.
inline constexpr QChar hiddenKeyMark{u'\u0001'};

// The key below which an object that stands for a Go structure has the names of its fields, in their order. One that
// ends in $ is a text, which is empty when JSON leaves it out; the others are nil then.
QString orderKey();
QStringList fieldNames(const QJsonObject &object);
// What a field of the structure is that the object does not have; nothing when the structure has no such field.
std::optional<QJsonValue> emptyField(const QJsonObject &object, const QString &name);
// The keys that are printed, in the order in which they are.
QStringList visibleKeys(const QJsonObject &object);

} // namespace berth
