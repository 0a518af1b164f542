// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/containerfilter.h"

#include "core/imagereference.h"

#include <algorithm>

#include <fnmatch.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

bool globMatches(const QString &pattern, const QString &text)
{
    return ::fnmatch(pattern.toUtf8().constData(), text.toUtf8().constData(), FNM_PATHNAME) == 0;
}

// As Docker: the pattern is held against "repository" and against "repository:tag".
bool nameMatches(const QString &name, const QString &pattern)
{
    const auto reference = ImageReference::parse(name);
    return reference
        && (globMatches(pattern, reference->familiarName()) || globMatches(pattern, reference->familiarRepository()));
}

bool isAsked(const QString &name, const Filters &filters, const QString &pattern)
{
    return (pattern.isEmpty() || nameMatches(name, pattern))
        && filters.anyOf(u"reference"_s, [&name](const QString &v) { return nameMatches(name, v); });
}

struct Window {
    QDateTime before;
    QDateTime since;
};

Result<Window> windowOf(const QList<ImageInfo> &images, const Filters &filters, const QDateTime &now)
{
    Window window;
    for (const auto &value : filters.values(u"until"_s)) {
        const auto moment = parseMoment(value, now);
        if (!moment)
            return std::unexpected(moment.error());
        window.before = *moment;
    }
    for (const auto &[key, bound] : {std::pair(u"before"_s, &window.before), std::pair(u"since"_s, &window.since)}) {
        for (const auto &name : filters.values(key)) {
            const auto reference = ImageReference::parse(name);
            const auto image = std::ranges::find_if(images, [&](const ImageInfo &candidate) {
                return (reference && candidate.names.contains(reference->canonicalName())) || candidate.id.hex().startsWith(name)
                    || candidate.id.text() == name;
            });
            if (image == images.end())
                return fail(
                    ErrorCode::NotFound, "No such image: " + (reference ? reference->familiarName() : name).toStdString());
            *bound = image->created;
        }
    }
    return window;
}

bool isDanglingAsked(const ImageInfo &image, const QString &value)
{
    const bool wanted = value == "true"_L1 || value == "1"_L1;
    return image.names.isEmpty() == wanted;
}

} // namespace

Result<QList<ImageInfo>> chooseImages(
    const QList<ImageInfo> &images, const Filters &filters, const QString &pattern, const QDateTime &now)
{
    const auto known = filters.allowOnly({u"dangling"_s, u"label"_s, u"before"_s, u"since"_s, u"reference"_s, u"until"_s});
    if (!known)
        return std::unexpected(known.error());
    for (const auto &wanted : filters.values(u"dangling"_s)) {
        static const QStringList booleans{u"true"_s, u"1"_s, u"false"_s, u"0"_s};
        if (!booleans.contains(wanted))
            return fail(ErrorCode::InvalidArgument, "invalid filter 'dangling=[" + wanted.toStdString() + "]'");
    }
    const auto window = windowOf(images, filters, now);
    if (!window)
        return std::unexpected(window.error());
    const bool asksNames = !pattern.isEmpty() || filters.has(u"reference"_s);
    QList<ImageInfo> chosen;
    for (auto image : images) {
        const bool fits = (!window->before.isValid() || image.created < window->before)
            && (!window->since.isValid() || image.created > window->since) && filters.labelsMatch(image.config.labels)
            && filters.anyOf(u"dangling"_s, [&image](const QString &v) { return isDanglingAsked(image, v); });
        if (!fits)
            continue;
        image.names.removeIf([&](const QString &name) { return !isAsked(name, filters, pattern); });
        if (!asksNames || !image.names.isEmpty())
            chosen += image;
    }
    return chosen;
}

} // namespace berth
