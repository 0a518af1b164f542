// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "core/digest.h"

#include <QString>

#include <optional>

namespace berth {

// "[domain[:port]/]path[:tag][@digest]", normalised as Docker does: "redis" is
// docker.io/library/redis:latest. Source: distribution/reference, grammar and normalisation.
class ImageReference {
public:
    static Result<ImageReference> parse(QStringView text);

    [[nodiscard]] const QString &domain() const { return m_domain; }     // "docker.io"
    [[nodiscard]] const QString &path() const { return m_path; }         // "library/redis"
    [[nodiscard]] const QString &tag() const { return m_tag; }           // "latest"; empty only with a digest
    [[nodiscard]] const std::optional<Digest> &digest() const { return m_digest; }
    [[nodiscard]] QString familiarRepository() const;                    // "redis", "ghcr.io/a/b"
    [[nodiscard]] QString familiarName() const;                          // "redis:latest"
    [[nodiscard]] QString canonicalName() const;                         // "docker.io/library/redis:latest"

    friend bool operator==(const ImageReference &, const ImageReference &) = default;

private:
    ImageReference() = default;
    QString m_domain;
    QString m_path;
    QString m_tag;
    std::optional<Digest> m_digest;
};

// The familiar form of a canonical name; what is not a reference comes back as it is.
QString familiarName(const QString &name);

} // namespace berth
