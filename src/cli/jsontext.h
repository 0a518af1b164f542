// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

namespace berth {

// JSON as Go's encoder writes it: sorted keys, "{}" and "[]" for what is empty. indent 0 gives one
// line. escapesHtml writes <, > and & as \u003c…, which Docker does in listings and not in inspect.
struct JsonStyle {
    int indent = 0;
    bool escapesHtml = false;
};
QString jsonText(const QJsonValue &value, JsonStyle style = {});

// Keys that begin with this are working data of a listing and never printed.
inline constexpr QChar hiddenKeyMark{u'\u0001'};

} // namespace berth
