// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QString>

#include <optional>
#include <vector>

namespace berth::gotemplate {

struct Token {
    enum class Kind {
        Text,       // outside {{ }}
        Open,
        Close, // the borders of an action
        Field,      // ".Name"; text is Name. Joined to the token before it when isJoined
        Dot,
        Variable,
        Identifier,
        Constant,
        Pipe,
        LeftParen,
        RightParen,
        Declare,
        Assign,
        Comma,
        Character, // any other that can be printed; the parser refuses it where it stands
        End,
    };
    Kind kind = Kind::End;
    QString text;          // as it is written, for errors too
    QJsonValue constant;
    bool isJoined = false; // no space before it
    qsizetype position = 0; // in the source, in UTF-16 units
};

Result<std::vector<Token>> tokenize(QStringView source);

// "template: :LINE: <reason>", for a place in the source
std::unexpected<Error> syntaxError(QStringView source, qsizetype position, const QString &reason);
// The value of a text between double quotes or one character between single ones, with Go's escapes; nothing when one
// is not Go's.
std::optional<QString> unquoted(QStringView quoted);

} // namespace berth::gotemplate
