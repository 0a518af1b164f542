// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/listtable.h"

#include "gui/models/rowdelegate.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMap>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>
#include <functional>
#include <numeric>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr int longText = 220; // pixels; a status fits, the name of an image may not
constexpr int usual = 110;    // where there is room, so that longer texts that come later do not have to be cut
constexpr int usualName = 200; // a made up name fits, with the shape before it

// Takes excess pixels from the widest columns, none below its floor; what could not be taken is returned.
int shrink(QMap<int, int> &widths, int excess, const std::function<int(int, int)> &floorOf)
{
    QMap<int, int> floors;
    for (const auto &[column, width] : widths.asKeyValueRange())
        floors[column] = std::min(width, floorOf(width, column));
    while (excess > 0) {
        int widest = -1;
        for (const auto &[column, width] : widths.asKeyValueRange()) {
            if (width > floors[column] && (widest < 0 || width > widths[widest]))
                widest = column;
        }
        if (widest < 0)
            break; // all as small as they may be: the table scrolls
        --widths[widest];
        --excess;
    }
    return excess;
}

} // namespace

ListTable::ListTable(QWidget *parent) : QTableView(parent), m_delegate(new RowDelegate(this))
{
    setItemDelegate(m_delegate);
    setMouseTracking(true);
    setShowGrid(false);
    setSortingEnabled(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(std::max(fontMetrics().height() + 20, RowDelegate::buttonSide + 8));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(60);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, &ListTable::showHeaderMenu);
}

void ListTable::setUp(
    QAbstractItemModel *model, const QString &name, const QList<int> &hidden, int sortColumn, Qt::SortOrder order)
{
    m_name = name;
    setModel(model);
    const int last = model->columnCount() - 1;
    horizontalHeader()->setSectionsMovable(true);
    restoreHeader(hidden, sortColumn, order);
    horizontalHeader()->setSectionResizeMode(last, QHeaderView::Fixed);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (m_fitting)
            return;
        m_byHand = true;
        saveHeader();
    });
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &ListTable::saveHeader);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &ListTable::saveHeader);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ListTable::fitColumns);
    connect(model, &QAbstractItemModel::modelReset, this, &ListTable::fitColumns);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ListTable::sightChanged);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.data(ButtonsRole).isNull())
            Q_EMIT activatedId(index.data(IdRole).toString());
    });
    fitColumns();
}

QStringList ListTable::selectedIds() const
{
    QStringList ids;
    if (selectionModel() == nullptr)
        return ids;
    for (const QModelIndex &row : selectionModel()->selectedRows())
        ids.append(row.data(IdRole).toString());
    return ids;
}

QString ListTable::currentId() const { return currentIndex().data(IdRole).toString(); }

// selectRow() would obey the modifier keys that happen to be held down.
void ListTable::selectOnly(const QModelIndex &index)
{
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ListTable::selectId(const QString &id)
{
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(IdRole).toString() != id)
            continue;
        selectOnly(index);
        scrollTo(index);
        return;
    }
}

QString ListTable::idAt(const QPoint &globalPosition) const
{
    const QPoint position = viewport()->mapFromGlobal(globalPosition);
    if (!isVisible() || !viewport()->rect().contains(position))
        return {};
    return indexAt(position).data(IdRole).toString();
}

QStringList ListTable::idsInSight() const
{
    QStringList ids;
    if (!isVisible())
        return ids;
    for (int row = std::max(rowAt(0), 0); row < model()->rowCount() && rowViewportPosition(row) < viewport()->height(); ++row)
        ids.append(model()->index(row, 0).data(IdRole).toString());
    return ids;
}

void ListTable::setDropTarget(const QString &id)
{
    QModelIndex found;
    for (int row = 0; !id.isEmpty() && !found.isValid() && row < model()->rowCount(); ++row) {
        if (const QModelIndex index = model()->index(row, 0); index.data(IdRole).toString() == id)
            found = index;
    }
    m_dropTarget = found;
    viewport()->update();
}

void ListTable::hover(QPoint position)
{
    const QModelIndex index = indexAt(position);
    m_delegate->setHover(index.row(), position);
    const auto button = index.isValid() ? RowDelegate::buttonAt(index, visualRect(index), position) : std::nullopt;
    viewport()->setCursor(button && button->enabled ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

// A frame around the whole current row, for those who came by keyboard: with several rows selected,
// or none, the tint alone does not tell where the keys go. Also around the row that a drop would reach.
void ListTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_dropTarget.isValid())
        frameRow(m_dropTarget);
    else if (m_byKeyboard && hasFocus() && currentIndex().isValid())
        frameRow(currentIndex());
}

void ListTable::frameRow(const QModelIndex &index)
{
    const QRect cell = visualRect(index);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Accent), 1.5));
    painter.drawRoundedRect(QRectF(2, cell.top() + 1, viewport()->width() - 4, cell.height() - 3), 5, 5);
}

void ListTable::focusInEvent(QFocusEvent *event)
{
    const Qt::FocusReason reason = event->reason();
    m_byKeyboard = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    QTableView::focusInEvent(event);
    viewport()->update();
}

void ListTable::mouseMoveEvent(QMouseEvent *event)
{
    hover(event->position().toPoint());
    if (!m_pressed.isValid())
        QTableView::mouseMoveEvent(event);
}

void ListTable::leaveEvent(QEvent *event)
{
    hover({-1, -1});
    QTableView::leaveEvent(event);
}

void ListTable::mousePressEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    m_byKeyboard = false;
    if (event->button() == Qt::LeftButton && index.isValid() && RowDelegate::buttonAt(index, visualRect(index), position)) {
        m_pressed = index;
        return;
    }
    QTableView::mousePressEvent(event);
    if (!index.isValid() && event->button() == Qt::LeftButton)
        clearSelection();
}

void ListTable::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex pressed = m_pressed;
    m_pressed = QModelIndex();
    if (!pressed.isValid()) {
        QTableView::mouseReleaseEvent(event);
        return;
    }
    const QPoint position = event->position().toPoint();
    const auto button = RowDelegate::buttonAt(pressed, visualRect(pressed), position);
    if (button && button->enabled)
        Q_EMIT rowButtonClicked(pressed.data(IdRole).toString(), button->action, event->globalPosition().toPoint());
}

void ListTable::keyPressEvent(QKeyEvent *event)
{
    m_byKeyboard = true;
    viewport()->update();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        Q_EMIT activatedId(currentId());
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        clearSelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ListTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
    Q_EMIT sightChanged();
    // The details that open below a row must not hide it.
    if (event->size().height() < event->oldSize().height() && currentIndex().isValid()
        && selectionModel()->isRowSelected(currentIndex().row(), {}))
        scrollTo(currentIndex());
}

void ListTable::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    if (!selectionModel()->isRowSelected(index.row(), {}))
        selectOnly(index);
    const QPoint below = viewport()->mapToGlobal(visualRect(index).bottomLeft());
    Q_EMIT menuRequested(event->reason() == QContextMenuEvent::Keyboard ? below : event->globalPos());
}

void ListTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedChanged();
}

void ListTable::showHeaderMenu(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 1; column < model()->columnCount() - 1; ++column) {
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            const QScopedValueRollback fitting(m_fitting, true);
            setColumnHidden(column, !shown);
            fitColumns();
            saveHeader();
            Q_EMIT sightChanged();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("Fit the widths"), this, [this] {
        m_byHand = false;
        fitColumns();
        saveHeader();
    });
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

void ListTable::saveHeader() const
{
    QSettings().setValue(u"columns/"_s + m_name, horizontalHeader()->saveState());
    QSettings().setValue(u"columncount/"_s + m_name, model()->columnCount());
    QSettings().setValue(u"widths/"_s + m_name, m_byHand);
}

void ListTable::restoreHeader(const QList<int> &hidden, int sortColumn, Qt::SortOrder order)
{
    m_byHand = QSettings().value(u"widths/"_s + m_name).toBool();
    const QByteArray saved = QSettings().value(u"columns/"_s + m_name).toByteArray();
    const bool fits = QSettings().value(u"columncount/"_s + m_name).toInt() == model()->columnCount(); // else of another version
    if (fits && !saved.isEmpty() && horizontalHeader()->restoreState(saved))
        return;
    m_byHand = false;
    for (const int column : hidden)
        hideColumn(column);
    sortByColumn(sortColumn, order);
}

// What still tells something: numbers are short, and cut ones would be wrong.
int ListTable::smallest(int column) const { return column == 0 ? 180 : isNumber(column) ? 82 : 84; }

bool ListTable::isNumber(int column) const
{
    return (model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
}

// Columns are as wide as their longest text. What is missing is taken from those with long texts first,
// what is left goes to the first column. Once a person has set a width, only the buttons keep theirs.
void ListTable::fitColumns()
{
    if (model() == nullptr)
        return;
    const QScopedValueRollback fitting(m_fitting, true);
    const int last = model()->columnCount() - 1;
    setColumnWidth(last, std::max(sizeHintForColumn(last), RowDelegate::buttonSide));
    if (m_byHand)
        return;
    QMap<int, int> widths;
    for (int column = 0; column < last; ++column) {
        const int wanted = std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column)) + 8;
        if (!isColumnHidden(column))
            widths[column] = std::min(std::max({wanted, smallest(column), isNumber(column) ? 0 : usual}), longText * 3);
    }
    int excess = std::accumulate(widths.cbegin(), widths.cend(), columnWidth(last)) - viewport()->width();
    excess = shrink(widths, excess, [this](int width, int column) {
        return width > longText ? std::max(smallest(column), column == 0 ? usualName : 0) : width;
    });
    excess = shrink(widths, excess, [this](int, int column) { return smallest(column); });
    widths[0] += std::max(-excess, 0);
    for (const auto &[column, width] : widths.asKeyValueRange())
        setColumnWidth(column, width);
}

} // namespace berth
