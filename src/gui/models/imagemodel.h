// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "gui/models/listroles.h"

#include <QAbstractTableModel>

#include <chrono>
#include <optional>

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

class ImageModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Repository, Tag, ImageId, Created, Size, UsedBy, Buttons, ColumnCount };
    enum RowAction { Run, Remove, More };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const ImageRow &rowAt(int row) const { return m_rows.at(row); }
    [[nodiscard]] const ImageRow *find(const QString &key) const; // until the next change
    [[nodiscard]] const QList<ImageInfo> &images() const { return m_images; }

    void setImages(const QList<ImageInfo> &images, const QDateTime &now); // diff by id and name
    // "3 images · 412MB · 1 unused (78MB)"
    [[nodiscard]] QString totals() const;
    std::optional<std::chrono::milliseconds> refreshTimes(const QDateTime &now);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int rowOf(const QString &key) const;
    [[nodiscard]] QString text(const ImageRow &row, int column) const;
    [[nodiscard]] QVariant sortValue(const ImageRow &row, int column) const;
    [[nodiscard]] QString toolTip(const ImageRow &row, int column) const;

    QList<ImageInfo> m_images;
    QList<ImageRow> m_rows;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

} // namespace berth
