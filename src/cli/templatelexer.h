// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QString>

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
        End,
    };
    Kind kind = Kind::End;
    QString text;
    QJsonValue constant;
    bool isJoined = false; // no space before it
};

Result<std::vector<Token>> tokenize(QStringView source);

// "template parsing error: template: :1: <reason>"
std::unexpected<Error> syntaxError(const QString &reason);

} // namespace berth::gotemplate
