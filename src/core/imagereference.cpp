// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagereference.h"

#include "base/tarheader.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qsizetype maxPathLength = 255;
constexpr qsizetype maxTagLength = 128;
constexpr QLatin1StringView defaultDomain("docker.io");
constexpr QLatin1StringView legacyDomain("index.docker.io");
constexpr QLatin1StringView officialFolder("library/");

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isLower(QChar c) { return c >= u'a' && c <= u'z'; }
bool isUpper(QChar c) { return c >= u'A' && c <= u'Z'; }
bool isLowerOrDigit(QChar c) { return isLower(c) || isDigit(c); }
bool isLetterOrDigit(QChar c) { return isLowerOrDigit(c) || isUpper(c); }
bool isWord(QChar c) { return isLetterOrDigit(c) || c == u'_'; }
bool isHex(QChar c) { return isDigit(c) || (c >= u'a' && c <= u'f'); }

// Alphanumerics separated by one ".", one or two "_", or any run of "-".
bool isPathComponent(QStringView text)
{
    bool expectsAlphanumeric = true;
    for (qsizetype i = 0; i < text.size();) {
        if (isLowerOrDigit(text[i])) {
            expectsAlphanumeric = false;
            ++i;
            continue;
        }
        if (expectsAlphanumeric)
            return false;
        const QChar separator = text[i];
        qsizetype run = 0;
        while (i < text.size() && text[i] == separator) {
            ++run;
            ++i;
        }
        const bool allowed = separator == u'-' || (separator == u'.' && run == 1) || (separator == u'_' && run <= 2);
        if (!allowed)
            return false;
        expectsAlphanumeric = true;
    }
    return !expectsAlphanumeric;
}

bool isPath(QStringView text)
{
    const auto components = text.split(u'/');
    return std::ranges::all_of(components, isPathComponent);
}

bool isDomainComponent(QStringView text)
{
    return !text.isEmpty() && isLetterOrDigit(text.front()) && isLetterOrDigit(text.back())
        && std::ranges::all_of(text, [](QChar c) { return isLetterOrDigit(c) || c == u'-'; });
}

bool isPort(QStringView text) { return !text.isEmpty() && std::ranges::all_of(text, isDigit); }

bool isDomain(QStringView text)
{
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 2)
            return false;
        const QStringView address = text.sliced(1, end - 1);
        const QStringView rest = text.sliced(end + 1);
        return std::ranges::all_of(address, [](QChar c) { return isHex(c.toLower()) || c == u':'; })
            && (rest.isEmpty() || (rest.startsWith(u':') && isPort(rest.sliced(1))));
    }
    QStringView host = text;
    if (const qsizetype colon = text.indexOf(u':'); colon >= 0) {
        host = text.first(colon);
        if (!isPort(text.sliced(colon + 1)))
            return false;
    }
    const auto components = host.split(u'.');
    return std::ranges::all_of(components, isDomainComponent);
}

bool isTag(QStringView text)
{
    return !text.isEmpty() && text.size() <= maxTagLength && isWord(text.front())
        && std::ranges::all_of(text, [](QChar c) { return isWord(c) || c == u'.' || c == u'-'; });
}

// Whether the part before the first slash names a registry rather than a folder on Docker Hub.
bool namesRegistry(QStringView text)
{
    return text == "localhost"_L1 || text.contains(u'.') || text.contains(u':') || std::ranges::any_of(text, isUpper);
}

// An archive may give any text as a name: line breaks, megabytes.
std::string shown(QStringView text) { return text.isEmpty() ? std::string() : printableName(text.toString().toStdString()); }

std::unexpected<Error> invalid(QStringView text)
{
    return fail(ErrorCode::InvalidArgument, "invalid reference format: \"" + shown(text) + "\"");
}

} // namespace

Result<ImageReference> ImageReference::parse(QStringView text)
{
    if (text.size() == 64 && std::ranges::all_of(text, isHex))
        return fail(ErrorCode::InvalidArgument,
            "invalid repository name (" + text.toString().toStdString() + "), cannot specify 64-byte hexadecimal strings");
    ImageReference reference;
    QStringView name = text;
    if (const qsizetype at = name.indexOf(u'@'); at >= 0) {
        if (!name.sliced(at + 1).contains(u':'))
            return invalid(text);
        auto digest = Digest::parse(name.sliced(at + 1));
        if (!digest)
            return digest.error().code == ErrorCode::Unsupported ? Result<ImageReference>(std::unexpected(digest.error()))
                                                                 : Result<ImageReference>(invalid(text));
        reference.m_digest = *digest;
        name = name.first(at);
    }

    QStringView path = name;
    QStringView domain;
    if (const qsizetype slash = name.indexOf(u'/'); slash >= 0 && namesRegistry(name.first(slash))) {
        domain = name.first(slash);
        path = name.sliced(slash + 1);
    }
    // Only a colon after the last slash starts a tag.
    if (const qsizetype colon = path.lastIndexOf(u':'); colon > path.lastIndexOf(u'/')) {
        reference.m_tag = path.sliced(colon + 1).toString();
        path = path.first(colon);
        if (!isTag(reference.m_tag))
            return invalid(text);
    } else if (!reference.m_digest) {
        reference.m_tag = u"latest"_s;
    }
    if (std::ranges::any_of(path, isUpper)) {
        const bool isOfficial = domain.isEmpty() && !path.contains(u'/');
        const QString whole = isOfficial ? officialFolder + path.toString() : path.toString();
        return fail(
            ErrorCode::InvalidArgument, "invalid reference format: repository name (" + shown(whole) + ") must be lowercase");
    }
    if (!isPath(path) || (!domain.isEmpty() && !isDomain(domain)))
        return invalid(text);

    reference.m_domain = domain.isEmpty() || domain == legacyDomain ? QString(defaultDomain) : domain.toString();
    reference.m_path = path.toString();
    if (reference.m_domain == defaultDomain && !path.contains(u'/'))
        reference.m_path.prepend(officialFolder);
    if (reference.m_path.size() > maxPathLength)
        return fail(ErrorCode::InvalidArgument, "repository name must not be more than 255 characters");
    return reference;
}

QString ImageReference::familiarRepository() const
{
    if (m_domain != defaultDomain)
        return m_domain + u'/' + m_path;
    const bool isOfficial = m_path.startsWith(officialFolder) && m_path.indexOf(u'/', officialFolder.size()) < 0;
    return isOfficial ? m_path.sliced(officialFolder.size()) : m_path;
}

QString ImageReference::familiarName() const
{
    return familiarRepository() + (m_tag.isEmpty() ? QString() : u':' + m_tag) + (m_digest ? u'@' + m_digest->text() : QString());
}

QString ImageReference::canonicalName() const
{
    return m_domain + u'/' + m_path + (m_tag.isEmpty() ? QString() : u':' + m_tag)
        + (m_digest ? u'@' + m_digest->text() : QString());
}

QString familiarName(const QString &name)
{
    const auto reference = ImageReference::parse(name);
    return reference ? reference->familiarName() : name;
}

} // namespace berth
