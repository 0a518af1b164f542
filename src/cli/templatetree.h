// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <vector>

// The parsed form of a Go template (--format). Source: the language as documented at
// pkg.go.dev/text/template, less definitions of named templates.
namespace berth::gotemplate {

struct Pipeline;

// One word of a command: "." with fields, "$name" with fields, a constant, a function's name, or a
// pipeline in parentheses with fields.
struct Operand {
    enum class Kind { Dot, Variable, Constant, Function, Group };
    Kind kind = Kind::Dot;
    QString name;                 // Variable (without $; empty: the root), Function
    QJsonValue constant;
    std::vector<Pipeline> group;  // exactly one for Group
    QStringList fields;           // .A.B after it
};

struct Call {
    std::vector<Operand> operands; // the first is called with the others when there are any
};

struct Pipeline {
    QStringList variables;        // set by "$a :=", "$i, $v :="
    bool isAssignment = false;    // "=": the variable must exist
    std::vector<Call> calls;      // joined by |
};

struct Node {
    enum class Kind { Text, Output, If, Range, With, Break, Continue };
    Kind kind = Kind::Text;
    QString text;
    Pipeline pipeline;
    std::vector<Node> body;
    std::vector<Node> otherwise;  // after {{else}}
};

Result<std::vector<Node>> parse(QStringView source);

} // namespace berth::gotemplate
