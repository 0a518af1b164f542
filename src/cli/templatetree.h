// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QHash>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <vector>

// The parsed form of a Go template (--format). Source: the language as documented at
// pkg.go.dev/text/template. Everything that an error can name keeps where it stands (UTF-16 units from the
// beginning of the source) and how Go writes it.
namespace berth::gotemplate {

struct Pipeline;

struct Place {
    qsizetype position = 0;
    QString text;
};

// One word of a command: "." with fields, "$name" with fields, a constant, a function's name, or a
// pipeline in parentheses with fields.
struct Operand {
    enum class Kind { Dot, Variable, Constant, Function, Group };
    Kind kind = Kind::Dot;
    QString name;                 // Variable (without $; empty: the root), Function
    QJsonValue constant;
    std::vector<Pipeline> group;  // exactly one for Group
    QStringList fields;           // .A.B after it
    Place place;
};

struct Call {
    std::vector<Operand> operands; // the first is called with the others when there are any
    Place place;
};

struct Pipeline {
    QStringList variables;        // set by "$a :=", "$i, $v :="
    bool isAssignment = false;    // "=": the variable must exist
    std::vector<Call> calls;      // joined by |
    Place place;
};

struct Node {
    enum class Kind { Text, Output, If, Range, With, Break, Continue, Template };
    Kind kind = Kind::Text;
    QString text;                 // of Text; the name of Template
    Pipeline pipeline;            // no calls: {{template "name"}} with nothing
    std::vector<Node> body;
    std::vector<Node> otherwise;  // after {{else}}
    Place place;
};

// A template and those that {{define}} and {{block}} made in it.
struct Tree {
    std::vector<Node> nodes;
    QHash<QString, std::vector<Node>> definitions;
};

Result<Tree> parse(QStringView source);

} // namespace berth::gotemplate
