// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace berth {

// One small button that a row shows at its end. The delegate draws it, the table reports the click.
struct RowButton {
    int action = 0;       // the model's own number
    QString icon;         // name of a line icon
    QString toolTip;      // also its accessible text
    bool enabled = true;

    friend bool operator==(const RowButton &, const RowButton &) = default;
};

// Roles that all our list models share.
enum ListRole {
    SortRole = Qt::UserRole, // raw value for the sorting proxy
    IdRole,                  // QString that names the row across snapshots
    ShapeRole,               // int of StateShape; the delegate paints it before the text
    ButtonsRole,             // QList<RowButton>
    FadedRole,               // bool: secondary text colour
};

} // namespace berth

Q_DECLARE_METATYPE(QList<berth::RowButton>)
