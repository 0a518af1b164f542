// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/terminal/terminalcell.h"

#include <QHash>
#include <QList>
#include <QString>

namespace berth {

// Cells hold one number; what does not fit in it (a base with combining marks, the target of a
// link) is kept once in these tables. Both are bounded, because a program in a container chooses
// what is printed: a full table degrades the picture and never grows.

// Text of cells with more than one code point.
class ClusterTable {
public:
    static constexpr qsizetype limit = 65536;

    // The value for Cell::character. What composes to one code point (decomposed Hangul) needs no
    // entry; a full table keeps the base character only.
    char32_t intern(const QString &cluster);
    QString text(char32_t character) const;

private:
    QList<QString> m_texts;
    QHash<QString, char32_t> m_keys;
};

// Targets of OSC 8 links.
class LinkTable {
public:
    static constexpr qsizetype limit = 65535;
    static constexpr qsizetype maxTargetLength = 2048;
    static constexpr qsizetype maxTotalLength = 4 * 1024 * 1024;

    // 0, which is no link, when the target is empty or too long or the table is full.
    quint16 intern(const QString &target);
    QString target(quint16 link) const;

private:
    QList<QString> m_targets;
    QHash<QString, quint16> m_keys;
    qsizetype m_totalLength = 0;
};

} // namespace berth
