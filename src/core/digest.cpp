// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/digest.h"

#include "base/tarheader.h"

#include <QCryptographicHash>

#include <algorithm>

namespace berth {
namespace {

constexpr qsizetype digestSize = 32;
constexpr QLatin1StringView algorithmPrefix("sha256:");

bool isLowerHex(QChar character) { return (character >= u'0' && character <= u'9') || (character >= u'a' && character <= u'f'); }

} // namespace

Digest::Digest() : m_bytes(digestSize, '\0') {}

Result<Digest> Digest::parse(QStringView text)
{
    QStringView hex = text;
    if (hex.startsWith(algorithmPrefix))
        hex = hex.sliced(algorithmPrefix.size());
    else if (const qsizetype colon = hex.indexOf(u':'); colon >= 0)
        return fail(ErrorCode::Unsupported,
            "digest algorithm " + printableName(hex.first(colon).toString().toStdString()) + " is not supported, only sha256 is");
    // Upper-case digits are refused: one content would have two names.
    if (hex.size() != 2 * digestSize || !std::ranges::all_of(hex, isLowerHex))
        return fail(ErrorCode::InvalidArgument, "invalid digest \"" + printableName(text.toString().toStdString()) + "\"");
    Digest digest;
    digest.m_bytes = QByteArray::fromHex(hex.toLatin1());
    return digest;
}

Digest Digest::fromBytes(std::span<const unsigned char, 32> bytes)
{
    Digest digest;
    digest.m_bytes = QByteArray(reinterpret_cast<const char *>(bytes.data()), digestSize);
    return digest;
}

Digest Digest::ofBytes(QByteArrayView content)
{
    Digest digest;
    digest.m_bytes = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    return digest;
}

Digest Digest::chain(const Digest &parent, const Digest &diffId)
{
    return ofBytes((parent.text() + u' ' + diffId.text()).toLatin1());
}

QString Digest::text() const { return algorithmPrefix + hex(); }

QString Digest::hex() const { return QString::fromLatin1(m_bytes.toHex()); }

QString Digest::shortHex() const { return QString::fromLatin1(m_bytes.first(6).toHex()); }

bool Digest::isNull() const
{
    return std::ranges::all_of(m_bytes, [](char byte) { return byte == 0; });
}

} // namespace berth
