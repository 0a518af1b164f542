// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/rowsview.h"

#include <QAbstractTableModel>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace berth {

namespace {

constexpr int cellPadding = 22; // pixels beside a text
constexpr int widestFixed = 300;
constexpr int measuredRows = 200; // that decide on the widths; there may be very many

} // namespace

class RowsView::Model final : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const Rows &rows() const { return m_rows; }
    // False: it was another table before, and views start anew.
    bool setRows(const Rows &rows)
    {
        if (rows.headers == m_rows.headers && rows.rows.size() == m_rows.rows.size()) {
            m_rows = rows;
            if (!rows.rows.isEmpty())
                Q_EMIT dataChanged(index(0, 0), index(rowCount({}) - 1, columnCount({}) - 1));
            return true;
        }
        beginResetModel();
        const bool same = rows.headers == m_rows.headers;
        m_rows = rows;
        endResetModel();
        return same;
    }
    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.rows.size()); }
    int columnCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.headers.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return m_rows.rows.at(index.row()).value(index.column());
        if (role == Qt::TextAlignmentRole)
            return alignment(index.column());
        return {};
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal)
            return {};
        if (role == Qt::DisplayRole)
            return m_rows.headers.value(section);
        return role == Qt::TextAlignmentRole ? alignment(section) : QVariant();
    }

private:
    [[nodiscard]] QVariant alignment(int column) const
    {
        return QVariant::fromValue((m_rows.numbers.contains(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    Rows m_rows;
};

RowsView::RowsView(const QString &name, QWidget *parent)
    : QWidget(parent), m_model(new Model(this)), m_table(new QTableView(this)), m_notice(new QLabel(this))
{
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    m_notice->setProperty("role", QStringLiteral("secondary"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice->setContentsMargins(0, 8, 0, 0);
    m_table->setObjectName("rows");
    m_table->setModel(m_model);
    m_table->setAccessibleName(name);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setVerticalScrollMode(QTableView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->horizontalHeader()->setHighlightSections(false);
    box->addWidget(m_table, 1);
    box->addWidget(m_notice, 1);
    auto *copyRows = new QAction(this);
    copyRows->setShortcut(QKeySequence::Copy);
    copyRows->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(copyRows, &QAction::triggered, this, &RowsView::copy);
    addAction(copyRows);
    setNotice({});
}

RowsView::~RowsView() = default;

const Rows &RowsView::rows() const { return m_model->rows(); }

QString RowsView::notice() const { return m_notice->isHidden() ? QString() : m_notice->text(); }

void RowsView::setNotice(const QString &notice)
{
    Rows none;
    none.notice = notice;
    setRows(none);
}

void RowsView::setRows(const Rows &rows)
{
    const int scrolled = m_table->verticalScrollBar()->value();
    const bool same = m_model->setRows(rows);
    const bool empty = rows.rows.isEmpty();
    m_notice->setText(rows.notice);
    m_notice->setVisible(empty);
    m_table->setVisible(!empty);
    if (same)
        m_table->verticalScrollBar()->setValue(scrolled);
    else if (!empty)
        fitColumns();
}

void RowsView::fitColumns()
{
    const Rows &rows = m_model->rows();
    for (int column = 0; column < rows.headers.size(); ++column) {
        int width = m_table->horizontalHeader()->sectionSizeHint(column);
        for (const QStringList &row : rows.rows.first(std::min<qsizetype>(rows.rows.size(), measuredRows)))
            width = std::max(width, fontMetrics().horizontalAdvance(row.value(column)) + cellPadding);
        m_table->horizontalHeader()->setSectionResizeMode(
            column, column == rows.wide ? QHeaderView::Stretch : QHeaderView::Interactive);
        m_table->setColumnWidth(column, std::min(width, widestFixed));
    }
}

void RowsView::copy() const
{
    QStringList lines;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        lines.append(rows().rows.at(row.row()).join(u'\t'));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace berth
