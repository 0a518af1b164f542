// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace berth {

// How much of a shell's grammar counts.
enum class ShellGrammar {
    Words,    // blanks, quotes and backslash: the words of one program
    Commands, // also comments, operators, $NAME and $(command)
};

// A piece of a word, before anything is put in for what it names.
struct ShellPart {
    enum class Kind {
        Text,
        Variable,  // text: the name, as in $NAME and ${NAME}
        Command,   // text: what stands between $( and )
        Backquote, // the old way to write $(…); text is empty
    };
    Kind kind = Kind::Text;
    QString text;
    bool isQuoted = false; // inside quotes: what it stands for is not split into words
};

// A word or an operator, and where it stands in the line.
struct ShellToken {
    QList<ShellPart> parts;
    QString symbol; // of an operator: ";", "&&", "|", … ; empty: this is a word
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] bool isOperator() const { return !symbol.isEmpty(); }
    [[nodiscard]] QString text() const; // without the quotes; "$NAME" and "$(…)" as typed
};

// What a line lacks at its end.
enum class ShellEnd { Complete, OpenQuote, OpenCommand, Backslash };

struct ShellLine {
    QList<ShellToken> tokens;
    ShellEnd end = ShellEnd::Complete;
};

// Reads as far as the line goes: an open quote or $( is closed by the end, and said so.
// Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting and 2.3 Token Recognition.
ShellLine readShellLine(const QString &line, ShellGrammar grammar);

} // namespace berth
