// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/naturalorder.h"

namespace berth {
namespace {

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

// Takes the number at the front, without its leading zeros.
QStringView takeNumber(QStringView &text)
{
    while (text.size() > 1 && text.front() == u'0' && isDigit(text[1]))
        text = text.sliced(1);
    qsizetype size = 0;
    while (size < text.size() && isDigit(text[size]))
        ++size;
    const auto number = text.first(size);
    text = text.sliced(size);
    return number;
}

} // namespace

bool naturalLess(QStringView a, QStringView b)
{
    const auto wholeA = a;
    const auto wholeB = b;
    while (!a.isEmpty() && !b.isEmpty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const auto numberA = takeNumber(a);
            const auto numberB = takeNumber(b);
            if (numberA.size() != numberB.size())
                return numberA.size() < numberB.size();
            if (numberA != numberB)
                return numberA < numberB;
        } else if (a.front() != b.front()) {
            return a.front() < b.front();
        } else {
            a = a.sliced(1);
            b = b.sliced(1);
        }
    }
    if (a.isEmpty() != b.isEmpty())
        return a.isEmpty();
    return wholeA < wholeB; // they differ in leading zeros at most
}

} // namespace berth
