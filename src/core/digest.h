// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <span>

namespace berth {

// A sha256 content digest, "sha256:" and 64 lower-case hex digits in text.
// Source: OCI image-spec descriptor.md, "Digests".
class Digest {
public:
    // All zero: stands for "no content" in values that are filled in later; isNull() tells.
    Digest();
    static Result<Digest> parse(QStringView text);       // with or without "sha256:"
    static Digest fromBytes(std::span<const unsigned char, 32> bytes);
    // For small values such as configs. By Qt: loading and starting libcrypto would cost each command 5 ms.
    static Digest ofBytes(QByteArrayView content);
    // The key of a layer in a chain: of the text "<parent> <diffId>". Source: OCI image-spec config.md.
    static Digest chain(const Digest &parent, const Digest &diffId);

    [[nodiscard]] QString text() const;                  // "sha256:…"
    [[nodiscard]] QString hex() const;                   // 64 digits
    [[nodiscard]] QString shortHex() const;              // 12 digits, as listings show
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; } // 32 raw bytes

    [[nodiscard]] bool isNull() const;

    friend bool operator==(const Digest &, const Digest &) = default;
    friend auto operator<=>(const Digest &a, const Digest &b) { return a.m_bytes <=> b.m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace berth
