// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "gui/models/listmodel.h"

namespace berth {

// One row of `berth images`: an image under one of its names, or without any.
struct ImageRow {
    ImageInfo image;
    QString name;          // canonical; empty: dangling
    QString repository;    // familiar, "<none>" when dangling
    QString tag;

    // What a command would be given: the familiar name, or the short id of a dangling image.
    [[nodiscard]] QString reference() const;
    static QString keyOf(const ImageInfo &image, const QString &name) { return image.id.hex() + u'\n' + name; }
    [[nodiscard]] QString key() const { return keyOf(image, name); }
    friend bool operator==(const ImageRow &, const ImageRow &) = default;
};

// The images, by key of the row.
class ImageModel final : public RowModel<ImageRow> {
    Q_OBJECT
public:
    enum Column { Repository, Tag, ImageId, Created, Size, UsedBy, Buttons, ColumnCount };
    enum RowAction { Run, Remove, More };

    using RowModel::RowModel;

    [[nodiscard]] const QList<ImageInfo> &images() const { return m_images; }
    void setImages(const QList<ImageInfo> &images, const QDateTime &now);

    QString totals() const override; // "3 images, 412MB · 1 not used by any container, 78MB"
    bool isActive(int row) const override { return rowAt(row).image.containers > 0; }
    QStringList searchTexts(int row) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString idOf(const ImageRow &row) const override { return row.key(); }
    QList<QDateTime> timesOf(const ImageRow &row) const override { return {row.image.created}; }

private:
    [[nodiscard]] QString text(const ImageRow &row, int column) const;
    [[nodiscard]] QVariant sortValue(const ImageRow &row, int column) const;
    [[nodiscard]] QString toolTip(const ImageRow &row, int column) const;

    QList<ImageInfo> m_images;
};

} // namespace berth
