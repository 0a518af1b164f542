// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QPlainTextEdit>

namespace berth {

// Indented JSON with quiet colours, as `berth inspect` prints it.
class JsonView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit JsonView(QWidget *parent = nullptr);

    void setObject(const QJsonObject &object); // keeps the scroll position when it is the same thing
};

} // namespace berth
