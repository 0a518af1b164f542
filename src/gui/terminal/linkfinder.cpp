// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/linkfinder.h"

#include <QRegularExpression>

namespace berth {

namespace {

bool isOpenable(const QUrl &url)
{
    const QString scheme = url.scheme();
    return url.isValid()
        && (scheme == QLatin1StringView("http") || scheme == QLatin1StringView("https") || scheme == QLatin1StringView("mailto"));
}

// Punctuation that ends a sentence around an address is not part of it; a closing bracket is only
// when its partner is inside.
qsizetype trimmedLength(QStringView address)
{
    while (!address.isEmpty()) {
        const QChar last = address.back();
        const bool closes = last == u')' && address.count(u'(') < address.count(u')');
        if (!closes && !QStringView(u".,:;!?'\"*]").contains(last))
            break;
        address.chop(1);
    }
    return address.size();
}

std::optional<TerminalLink> markedLink(const TerminalGrid &grid, TextPosition at)
{
    const TerminalLine &line = grid.lineAt(at.line);
    const auto linkOf = [&line](int column) { return line.cells[static_cast<size_t>(column)].style.link; };
    const quint16 link = linkOf(at.column);
    const QUrl url(grid.links().target(link), QUrl::StrictMode);
    if (!isOpenable(url))
        return {};
    int from = at.column;
    int to = at.column + 1;
    while (from > 0 && linkOf(from - 1) == link)
        --from;
    while (to < grid.columns() && linkOf(to) == link)
        ++to;
    return TerminalLink{.url = url, .begin = {at.line, from}, .end = {at.line, to}};
}

} // namespace

std::optional<TerminalLink> linkAt(const TerminalGrid &grid, TextPosition at)
{
    if (at.line < grid.oldestLine() || at.line >= grid.endLine() || at.column < 0 || at.column >= grid.columns())
        return {};
    // A marked link leads where its mark says or nowhere, whatever its text looks like.
    if (grid.lineAt(at.line).cells[static_cast<size_t>(at.column)].style.link != 0)
        return markedLink(grid, at);
    static const QRegularExpression address(QStringLiteral("\\b(?:https?://|mailto:)[^\\s<>\"`{}|\\\\^\\x{2500}-\\x{257f}]+"),
        QRegularExpression::CaseInsensitiveOption);
    const LogicalLine line = logicalLineAt(grid, at.line);
    auto matches = address.globalMatch(line.text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype length = trimmedLength(match.capturedView());
        if (length == 0)
            continue;
        const TextPosition begin = line.positions.at(match.capturedStart());
        TextPosition end = line.positions.at(match.capturedStart() + length - 1);
        ++end.column;
        if (at < begin || at >= end)
            continue;
        const QUrl url(match.captured().left(length), QUrl::StrictMode);
        if (isOpenable(url))
            return TerminalLink{.url = url, .begin = begin, .end = end};
    }
    return {};
}

} // namespace berth
