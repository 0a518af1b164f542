// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/templatetree.h"

#include <QJsonValue>
#include <QString>

#include <utility>

namespace berth {

// A Go template, as --format takes it, over JSON values. Beside the language's own functions it has
// Docker's: json, split, join, title, lower, upper, pad, truncate; a row of a listing also answers
// {{.Label "key"}}, from the object that it keeps under labelsKey(). Errors are Go's words, from "template: " on.
class Template {
public:
    // What Go calls the template and the structure that it is given; both are only for errors.
    struct Names {
        QString name;
        QString type; // "*formatter.imageContext"; empty: a map, whose missing keys are told as such
    };
    static Result<Template> parse(const QString &source, const Names &names = {});

    // A field that does not exist is an error, as with Docker, except below objects whose keys are
    // anybody's choice (labels, ports, networks …), where it prints "<no value>".
    [[nodiscard]] Result<QString> evaluate(const QJsonValue &dot) const;
    // For the header of a table: the functions that change a text leave it as it is.
    [[nodiscard]] Result<QString> evaluateHeader(const QJsonValue &dot) const;

    static QString labelsKey();

private:
    Template(QString source, Names names, gotemplate::Tree tree)
        : m_source(std::move(source)), m_names(std::move(names)), m_tree(std::move(tree))
    {
    }

    QString m_source;
    Names m_names;
    gotemplate::Tree m_tree;
};

// Whether the error is about the text of a template, and not about what it met in a value.
bool isTemplateSyntaxError(const Error &error);

} // namespace berth
