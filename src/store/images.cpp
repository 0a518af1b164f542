// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/imageconfig.h"
#include "store/storeprivate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qsizetype shortestPrefix = 1;

std::unexpected<Error> noSuchImage(const QString &name)
{
    return fail(ErrorCode::NotFound, "No such image: " + name.toStdString());
}

bool isHexPrefix(const QString &text)
{
    return text.size() >= shortestPrefix && text.size() <= 64
        && std::ranges::all_of(text, [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

// The rows of one SELECT over images, filled up with names and counts.
Result<QList<ImageInfo>> readImages(const Database &database, const QString &condition = {}, const QVariantList &values = {})
{
    const auto rows = database.run(
        u"SELECT config, "
        "(SELECT coalesce(sum(size), 0) FROM image_layers JOIN layers USING (chain_id) "
        "WHERE image_id = images.id), "
        "(SELECT count(*) FROM containers WHERE image_id = images.id), "
        "(SELECT group_concat(name, char(10)) FROM names WHERE image_id = images.id), id FROM images "_s
            + condition + u" ORDER BY created DESC, id"_s,
        values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<ImageInfo> images;
    for (const QVariantList &row : *rows) {
        auto image = parseImageConfig(row[0].toByteArray());
        if (!image)
            return std::unexpected(image.error());
        if (image->id.hex() != row[4].toString())
            return fail(
                ErrorCode::Corrupt, "the configuration of image " + row[4].toString().toStdString() + " does not match its id");
        image->size = row[1].toLongLong();
        image->containers = row[2].toInt();
        image->names = row[3].toString().split(u'\n', Qt::SkipEmptyParts);
        image->names.sort();
        images += std::move(*image);
    }
    return images;
}

// Runs a change whose result does not matter.
Result<> change(const Database &database, const QString &sql, const QVariantList &values)
{
    const auto done = database.run(sql, values);
    return done ? Result<>() : std::unexpected(done.error());
}

Result<> insertLayers(const Database &database, const ImageInfo &image, const QList<LayerRecord> &layers)
{
    for (const LayerRecord &layer : layers) {
        auto done = change(database, u"INSERT OR IGNORE INTO layers VALUES (?, ?, ?, ?, ?)"_s,
            {layer.chainId.text(), layer.diffId.text(), layer.size, layer.tarSize, layer.entries});
        if (!done)
            return done;
    }
    for (qsizetype i = 0; i < image.chainIds.size(); ++i) {
        auto done = change(
            database, u"INSERT OR IGNORE INTO image_layers VALUES (?, ?, ?)"_s, {image.id.hex(), i, image.chainIds[i].text()});
        if (!done && done.error().code == ErrorCode::AlreadyExists)
            return fail(
                ErrorCode::NotFound, "layer " + image.diffIds[i].text().toStdString() + " of the image is not in the store");
        if (!done)
            return done;
    }
    return {};
}

// Gives the name to the image; true when another image had it.
Result<bool> moveName(const Database &database, const Digest &id, const ImageReference &reference)
{
    const QString name = reference.canonicalName();
    const auto owner = database.run(u"SELECT image_id FROM names WHERE name = ?"_s, {name});
    if (!owner)
        return std::unexpected(owner.error());
    auto done = change(database, u"INSERT OR REPLACE INTO names VALUES (?, ?)"_s, {name, id.hex()});
    if (!done)
        return std::unexpected(done.error());
    return !owner->isEmpty() && owner->first().first().toString() != id.hex();
}

// Names may be given and taken while somebody decides to remove an image.
Result<> checkNames(const Database &database, const Digest &id, const std::optional<QStringList> &expected)
{
    if (!expected)
        return {};
    const auto rows = database.run(u"SELECT name FROM names WHERE image_id = ? ORDER BY name"_s, {id.hex()});
    if (!rows)
        return std::unexpected(rows.error());
    QStringList names;
    for (const QVariantList &row : *rows)
        names += row.first().toString();
    if (names == *expected)
        return {};
    return fail(ErrorCode::WrongState, "image " + id.shortHex().toStdString() + " has other names by now");
}

} // namespace

Result<QList<ImageInfo>> Store::images() const
{
    return readImages(d->database, u"WHERE id NOT IN (SELECT image_id FROM forgotten)"_s);
}

Result<ImageInfo> Store::findImage(const QString &nameOrId) const
{
    const auto only = [](Result<QList<ImageInfo>> found) -> Result<std::optional<ImageInfo>> {
        if (!found)
            return std::unexpected(found.error());
        return found->isEmpty() ? std::nullopt : std::optional(found->first());
    };
    const bool saysId = nameOrId.startsWith("sha256:"_L1);
    const QString hex = saysId ? nameOrId.sliced(7) : nameOrId;
    const auto reference = ImageReference::parse(nameOrId);
    if (!saysId && reference && !reference->digest()) {
        auto image = only(
            readImages(d->database, u"WHERE id = (SELECT image_id FROM names WHERE name = ?)"_s, {reference->canonicalName()}));
        if (!image)
            return std::unexpected(image.error());
        if (*image)
            return std::move(**image);
    }
    if (!isHexPrefix(hex)) {
        if (!reference && !saysId)
            return std::unexpected(reference.error());
        return noSuchImage(reference ? reference->familiarName() : nameOrId);
    }
    auto found = readImages(d->database, u"WHERE id >= ? AND id < ? AND (id = ? OR id NOT IN (SELECT image_id FROM forgotten))"_s,
        {hex, hex + u'g', hex});
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return noSuchImage(reference && !saysId ? reference->familiarName() : nameOrId);
    if (found->size() > 1)
        return fail(ErrorCode::InvalidArgument, "multiple IDs found with provided prefix: " + nameOrId.toStdString());
    return std::move(found->first());
}

Result<QByteArray> Store::imageConfig(const Digest &id) const
{
    const auto rows = d->database.run(u"SELECT config FROM images WHERE id = ?"_s, {id.hex()});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return noSuchImage(id.text());
    return rows->first().first().toByteArray();
}

Result<QStringList> Store::addImage(
    const QByteArray &config, const QList<LayerRecord> &layers, const QList<ImageReference> &names)
{
    const auto image = parseImageConfig(config);
    if (!image)
        return std::unexpected(image.error());
    auto moved = d->database.transaction(Durability::Power, [&]() -> Result<QStringList> {
        const qint64 created = image->created.isValid() ? image->created.toMSecsSinceEpoch() : 0;
        auto done = change(d->database, u"INSERT OR IGNORE INTO images VALUES (?, ?, ?)"_s, {image->id.hex(), created, config});
        if (done)
            done = insertLayers(d->database, *image, layers);
        if (done)
            done = change(d->database, u"DELETE FROM forgotten WHERE image_id = ?"_s, {image->id.hex()});
        if (!done)
            return std::unexpected(done.error());
        QStringList movedNames;
        for (const ImageReference &name : names) {
            const auto hasMoved = moveName(d->database, image->id, name);
            if (!hasMoved)
                return std::unexpected(hasMoved.error());
            if (*hasMoved)
                movedNames += name.canonicalName();
        }
        return movedNames;
    });
    touch();
    return moved;
}

Result<> Store::addName(const Digest &id, const ImageReference &name)
{
    auto done = d->database.transaction([&]() -> Result<bool> {
        auto known = change(d->database, u"DELETE FROM forgotten WHERE image_id = ?"_s, {id.hex()});
        return known ? moveName(d->database, id, name) : std::unexpected(known.error());
    });
    touch();
    if (!done && done.error().code == ErrorCode::AlreadyExists)
        return noSuchImage(id.text());
    return done ? Result<>() : std::unexpected(done.error());
}

Result<> Store::removeName(const ImageReference &name, const std::optional<Digest> &of)
{
    const auto removed = d->removal(Durability::Process, [&] {
        return of ? d->database.run(
                        u"DELETE FROM names WHERE name = ? AND image_id = ? RETURNING name"_s, {name.canonicalName(), of->hex()})
                  : d->database.run(u"DELETE FROM names WHERE name = ? RETURNING name"_s, {name.canonicalName()});
    });
    touch();
    if (!removed)
        return std::unexpected(removed.error());
    return removed->isEmpty() ? Result<>(noSuchImage(name.familiarName())) : Result<>();
}

Result<QList<Digest>> Store::removeImage(const Digest &id, const std::optional<QStringList> &names)
{
    auto unused = d->removal(Durability::Power, [&]() -> Result<QList<Digest>> {
        if (const auto same = checkNames(d->database, id, names); !same)
            return std::unexpected(same.error());
        const auto users = d->database.run(u"SELECT id FROM containers WHERE image_id = ? LIMIT 1"_s, {id.hex()});
        if (!users)
            return std::unexpected(users.error());
        if (!users->isEmpty())
            return fail(ErrorCode::WrongState,
                "image is being used by container " + users->first().first().toString().first(12).toStdString());
        const auto removed = d->database.run(u"DELETE FROM images WHERE id = ? RETURNING id"_s, {id.hex()});
        if (!removed)
            return std::unexpected(removed.error());
        if (removed->isEmpty())
            return noSuchImage(id.text());
        const auto layers = d->database.run(u"DELETE FROM layers WHERE chain_id NOT IN (SELECT chain_id FROM image_layers) "
                                            "RETURNING chain_id"_s);
        if (!layers)
            return std::unexpected(layers.error());
        QList<Digest> chainIds;
        for (const QVariantList &row : *layers) {
            const auto chainId = Digest::parse(row.first().toString());
            if (!chainId)
                return std::unexpected(chainId.error());
            chainIds += *chainId;
        }
        return chainIds;
    });
    touch();
    return unused;
}

Result<> Store::forgetImage(const Digest &id)
{
    auto done = d->removal(Durability::Process, [&] {
        auto changed = change(d->database, u"DELETE FROM names WHERE image_id = ?"_s, {id.hex()});
        return changed ? change(d->database, u"INSERT OR IGNORE INTO forgotten VALUES (?)"_s, {id.hex()}) : changed;
    });
    touch();
    return done;
}

Result<> Store::dropForgottenImages() const
{
    const auto unused = u"SELECT image_id FROM forgotten WHERE image_id NOT IN (SELECT image_id FROM containers)"_s;
    const auto found = d->database.run(unused + u" LIMIT 1"_s);
    if (!found || found->isEmpty())
        return found ? Result<>() : std::unexpected(found.error());
    return d->removal(Durability::Power, [&] {
        auto changed = change(d->database, u"DELETE FROM images WHERE id IN ("_s + unused + u')', {});
        return changed
            ? change(d->database, u"DELETE FROM layers WHERE chain_id NOT IN (SELECT chain_id FROM image_layers)"_s, {})
            : changed;
    });
}

} // namespace berth
