// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

class QLabel;
class QTableView;

namespace berth {

// A small table of texts for one tab of the details.
struct Rows {
    QStringList headers;
    QList<QStringList> rows;
    QList<int> numbers; // columns of numbers, set to the right
    int wide = 0;       // the column that gets the room that is left
    QString notice;     // shown instead when there are no rows

    friend bool operator==(const Rows &, const Rows &) = default;
};

// Shows Rows read-only. New content of the same kind keeps selection and scroll position; the selected
// lines can be copied.
class RowsView final : public QWidget {
    Q_OBJECT
public:
    explicit RowsView(const QString &name, QWidget *parent = nullptr); // name: what it lists, for screen readers
    ~RowsView() override;

    void setRows(const Rows &rows);
    void setNotice(const QString &notice); // and nothing else
    [[nodiscard]] const Rows &rows() const;
    [[nodiscard]] QString notice() const;  // as shown; empty: there are rows

private:
    class Model;
    void fitColumns();
    void copy() const;

    Model *m_model;
    QTableView *m_table;
    QLabel *m_notice;
};

} // namespace berth
