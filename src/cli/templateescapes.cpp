// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatefunctions.h"

using namespace Qt::StringLiterals;

namespace berth::gotemplate {

QString htmlEscaped(const QString &text)
{
    QString safe;
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'\0': safe += QChar(QChar::ReplacementCharacter); break;
        case u'"': safe += "&#34;"_L1; break;
        case u'\'': safe += "&#39;"_L1; break;
        case u'&': safe += "&amp;"_L1; break;
        case u'<': safe += "&lt;"_L1; break;
        case u'>': safe += "&gt;"_L1; break;
        default: safe += c;
        }
    }
    return safe;
}

QString scriptEscaped(const QString &text)
{
    QString safe;
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'\\': safe += "\\\\"_L1; break;
        case u'\'': safe += "\\'"_L1; break;
        case u'"': safe += "\\\""_L1; break;
        case u'<':
        case u'>':
        case u'&':
        case u'=': safe += u"\\u%1"_s.arg(QString::number(c.unicode(), 16).toUpper(), 4, QChar(u'0')); break;
        default:
            if (c.unicode() < 0x20 || (!c.isPrint() && !c.isSurrogate()))
                safe += u"\\u%1"_s.arg(QString::number(c.unicode(), 16).toUpper(), 4, QChar(u'0'));
            else
                safe += c;
        }
    }
    return safe;
}

QString queryEscaped(const QString &text)
{
    QString safe;
    for (const char c : text.toUtf8()) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z')
            || "-_.~"_L1.contains(QLatin1Char(c)))
            safe += QLatin1Char(c);
        else if (c == ' ')
            safe += u'+';
        else
            safe += u'%' + QString::number(byte, 16).toUpper().rightJustified(2, u'0');
    }
    return safe;
}

} // namespace berth::gotemplate
