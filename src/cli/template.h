// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/templatetree.h"

#include <QJsonValue>
#include <QString>

#include <vector>

namespace berth {

// A Go template, as --format takes it, over JSON values. Beside the language's own functions it has
// Docker's: json, split, join, title, lower, upper, pad, truncate; a row of a listing also answers
// {{.Label "key"}}, from the object that it keeps under labelsKey().
class Template {
public:
    static Result<Template> parse(const QString &source);

    // A field that does not exist is an error, as with Docker, except below objects whose keys are
    // anybody's choice (labels, ports, networks …), where it prints "<no value>".
    [[nodiscard]] Result<QString> evaluate(const QJsonValue &dot) const;
    // For the header of a table: the functions that change a text leave it as it is.
    [[nodiscard]] Result<QString> evaluateHeader(const QJsonValue &dot) const;

    static QString labelsKey();

private:
    explicit Template(std::vector<gotemplate::Node> nodes) : m_nodes(std::move(nodes)) {}
    std::vector<gotemplate::Node> m_nodes;
};

} // namespace berth
