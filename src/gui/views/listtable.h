// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace berth {

class RowDelegate;

// The table of our list pages: whole rows, many at once, no grid, one hover tint for the row, small
// buttons at its end, a header menu that chooses columns, and a memory of widths and order.
class ListTable final : public QTableView {
    Q_OBJECT
public:
    explicit ListTable(QWidget *parent = nullptr);

    // model is the sorting proxy. name is the key of the saved header. hidden columns start hidden and
    // can be shown by the person; the first and the last column always stay.
    void setUp(QAbstractItemModel *model, const QString &name, const QList<int> &hidden, int sortColumn, Qt::SortOrder order);

    [[nodiscard]] QStringList selectedIds() const;  // IdRole of the selected rows
    [[nodiscard]] QString currentId() const;
    void selectId(const QString &id);
    // IdRole of the row below a point of the screen; empty: none is there to be seen.
    [[nodiscard]] QString idAt(const QPoint &globalPosition) const;
    [[nodiscard]] QStringList idsInSight() const; // IdRole of the rows that can be seen, from above
    void setDropTarget(const QString &id); // frames that row; empty: none

Q_SIGNALS:
    void rowButtonClicked(const QString &id, int action, const QPoint &globalPosition);
    void menuRequested(const QPoint &globalPosition); // the row below the pointer is selected
    void selectedChanged();
    void activatedId(const QString &id);              // double click or Enter
    void sightChanged();                              // other rows or columns can be seen

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void hover(QPoint position);
    void frameRow(const QModelIndex &index);
    void selectOnly(const QModelIndex &index);
    void showHeaderMenu(QPoint position);
    void saveHeader() const;
    void restoreHeader(const QList<int> &hidden, int sortColumn, Qt::SortOrder order);
    void fitColumns();
    [[nodiscard]] int smallest(int column) const; // width
    [[nodiscard]] bool isNumber(int column) const;

    RowDelegate *m_delegate;
    QString m_name;
    QPersistentModelIndex m_pressed; // a row button that is held down
    QPersistentModelIndex m_dropTarget; // files are held above it
    bool m_byKeyboard = false;       // the current row is framed
    bool m_byHand = false;           // a person has set widths
    bool m_fitting = false;          // we set them now
};

} // namespace berth
