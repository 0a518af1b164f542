// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/detailspane.h"

#include "gui/models/stateshape.h"
#include "gui/models/statusline.h"
#include "gui/style/icons.h"
#include "gui/style/theme.h"
#include "gui/views/elidedlabel.h"
#include "gui/views/facts.h"
#include "gui/views/jsonview.h"
#include "gui/views/lifecycleview.h"
#include "gui/views/logview.h"
#include "gui/views/rowsview.h"
#include "gui/views/statsview.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr int loadDelayMs = 90;
constexpr int processesMs = 2000; // from one answer to the next question
constexpr int wideSummary = 860;

QWidget *padded(QWidget *widget, QWidget *parent)
{
    auto *page = new QWidget(parent);
    auto *box = new QVBoxLayout(page);
    box->setContentsMargins(0, 10, 0, 0);
    box->addWidget(widget);
    return page;
}

QPixmap shapePixmap(StateShape shape, const QPalette &palette, qreal ratio)
{
    QPixmap pixmap(QSize(13, 13) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintStateShape(&painter, QRectF(1, 1, 11, 11), shape, stateColor(shape, palette));
    return pixmap;
}

} // namespace

DetailsPane::DetailsPane(QWidget *parent)
    : QFrame(parent), m_tabs(new QTabWidget(this)), m_logs(new LogView(this)), m_json(new JsonView(this)),
      m_stats(new StatsView(this)), m_loadTimer(new QTimer(this)), m_processTimer(new QTimer(this))
{
    setProperty("card", true); // the object name belongs to the form
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(16, 10, 10, 12);
    box->setSpacing(2);
    box->addWidget(makeHeader());
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeSummary(), tr("Summary"));
    m_tabs->addTab(padded(m_logs, m_tabs), tr("Logs"));
    addRows(Processes, tr("Processes"));
    m_tabs->addTab(padded(m_stats, m_tabs), tr("Stats"));
    addRows(Changes, tr("Changes"));
    addRows(History, tr("History"));
    m_tabs->addTab(padded(m_json, m_tabs), tr("Inspect"));
    box->addWidget(m_tabs, 1);
    m_loadTimer->setSingleShot(true);
    m_loadTimer->setInterval(loadDelayMs);
    connect(m_loadTimer, &QTimer::timeout, this, &DetailsPane::load);
    m_processTimer->setSingleShot(true);
    m_processTimer->setInterval(processesMs);
    connect(m_processTimer, &QTimer::timeout, this, &DetailsPane::load);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DetailsPane::load);
    connect(m_logs, &LogView::failed, this, &DetailsPane::failed);
    connect(m_lifecycle, &LifecycleView::actionRequested, this,
        [this](ContainerAction action) { Q_EMIT actionRequested(action, m_id); });
    setMinimumHeight(170);
}

DetailsPane::~DetailsPane() = default;

QWidget *DetailsPane::makeHeader()
{
    auto *header = new QWidget(this);
    auto *box = new QHBoxLayout(header);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(9);
    m_shape = new QLabel(header);
    m_title = new ElidedLabel(header);
    m_title->setProperty("role", u"heading"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_state = new QLabel(header);
    m_state->setProperty("role", u"secondary"_s);
    m_state->setTextFormat(Qt::PlainText);
    auto *close = new QToolButton(header);
    close->setObjectName("closeButton"_L1);
    close->setIcon(lineIcon(u"close"_s));
    close->setToolTip(tr("Close the details"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &DetailsPane::closeRequested);
    for (QWidget *part : {static_cast<QWidget *>(m_shape), static_cast<QWidget *>(m_title)})
        box->addWidget(part);
    box->addWidget(m_state, 1);
    box->addWidget(close);
    return header;
}

QWidget *DetailsPane::makeSummary()
{
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(area);
    content->setObjectName("summary"_L1);
    m_summaryBox = new QBoxLayout(QBoxLayout::LeftToRight, content);
    m_summaryBox->setContentsMargins(0, 12, 8, 4);
    m_summaryBox->setSpacing(24);
    m_facts = new FactList(content);
    m_lifecycle = new LifecycleView(content);
    m_summaryBox->addWidget(m_facts, 1, Qt::AlignTop);
    m_summaryBox->addWidget(m_lifecycle, 0, Qt::AlignTop);
    area->setWidget(content);
    return area;
}

void DetailsPane::addRows(Tab tab, const QString &title)
{
    auto *view = new RowsView(title, m_tabs);
    m_tabs->addTab(padded(view, m_tabs), title);
    m_rows.insert(tab, view);
}

// tabs: those that this kind of thing has beside the summary and what inspect prints.
void DetailsPane::begin(const QString &id, const QList<Tab> &tabs)
{
    const bool other = id != m_id;
    m_id = id;
    m_lifecycle->setVisible(m_container.has_value());
    m_shape->setVisible(m_container.has_value());
    for (int tab = Summary + 1; tab < Inspect; ++tab)
        m_tabs->setTabVisible(tab, tabs.contains(static_cast<Tab>(tab)));
    show();
    if (!other)
        return;
    m_logs->clear();
    for (RowsView *view : std::as_const(m_rows))
        view->setNotice(tr("Reading…"));
    m_stats->setNotice(tr("Reading…"));
    m_json->setObject({});
    m_loadTimer->start();
}

void DetailsPane::setHeading(const QString &title, const QString &state)
{
    m_title->setText(title);
    m_state->setText(state);
}

void DetailsPane::showContainer(const ContainerInfo &container)
{
    const bool same = m_container == container && m_id == container.id;
    m_container = container;
    m_image.reset();
    m_volume.reset();
    begin(container.id, {Logs, Processes, Stats, Changes});
    m_shape->setPixmap(shapePixmap(stateShape(container), palette(), devicePixelRatioF()));
    m_lifecycle->setState(container.state);
    refreshTimes();
    if (!same && m_tabs->currentIndex() != Summary && m_tabs->currentIndex() != Logs)
        m_loadTimer->start();
}

void DetailsPane::showImage(const ImageRow &row)
{
    m_image = row;
    m_container.reset();
    m_volume.reset();
    begin(row.key(), {History});
    refreshTimes();
}

void DetailsPane::showVolume(const VolumeDetails &details)
{
    const bool same = m_volume && m_volume->volume == details.volume;
    m_volume = details;
    m_container.reset();
    m_image.reset();
    begin(details.volume.name, {});
    refreshTimes();
    if (!same && m_tabs->currentIndex() == Inspect)
        m_loadTimer->start();
}

void DetailsPane::refreshTimes()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (m_container) {
        setHeading(m_container->name, statusLine(*m_container, now));
        m_facts->setFacts(containerFacts(*m_container, now));
    } else if (m_image) {
        setHeading(m_image->reference(), m_image->image.id.shortHex());
        m_facts->setFacts(imageFacts(*m_image, now));
    } else if (m_volume) {
        setHeading(m_volume->volume.name, {});
        m_facts->setFacts(volumeFacts(*m_volume, now));
    }
}

void DetailsPane::clear()
{
    m_container.reset();
    m_image.reset();
    m_volume.reset();
    m_id.clear();
    m_logs->clear();
    hide();
}

void DetailsPane::setInspect(const QString &id, const QJsonObject &object)
{
    if (id == m_id)
        m_json->setObject(object);
}

void DetailsPane::setRows(Tab tab, const QString &id, const Rows &rows)
{
    if (id != m_id)
        return;
    m_rows.value(tab)->setRows(rows);
    if (tab == Processes && m_tabs->currentIndex() == Processes && isVisible())
        m_processTimer->start();
}

bool DetailsPane::wantsFigures() const
{
    return isVisible() && m_tabs->currentIndex() == Stats && m_container && isUp(m_container->state);
}

void DetailsPane::setFigures(const std::optional<FigureSample> &last, const QList<FigurePoint> &history)
{
    if (!m_container || m_tabs->currentIndex() != Stats)
        return;
    if (last && isUp(m_container->state))
        m_stats->setFigures(*last, history);
    else
        m_stats->setNotice(isUp(m_container->state) ? tr("Reading…") : tr("The container is not running, so it uses nothing."));
}

void DetailsPane::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
    if (tab == Logs)
        m_logs->focusSearch();
}

void DetailsPane::load()
{
    m_processTimer->stop();
    m_loadTimer->stop(); // this is what it would do
    if (m_id.isEmpty() || !isVisible())
        return;
    if (m_tabs->currentIndex() == Logs && m_container && m_paths)
        m_logs->follow(*m_paths, m_id);
    else
        m_logs->stop();
    const auto tab = static_cast<Tab>(m_tabs->currentIndex());
    Q_EMIT tabShown(tab);
    if (tab == Inspect)
        Q_EMIT inspectWanted(m_id);
    else if (m_rows.contains(tab))
        loadRows(tab);
}

void DetailsPane::loadRows(Tab tab)
{
    if (tab == Processes && m_container && !isUp(m_container->state))
        m_rows.value(tab)->setNotice(tr("The container is not running, so it has no processes."));
    else
        Q_EMIT rowsWanted(tab, m_id);
}

// Beside the facts while both have room, else below them.
void DetailsPane::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const bool wide = width() >= wideSummary;
    m_summaryBox->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void DetailsPane::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_loadTimer->start();
}

void DetailsPane::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_logs->stop();
    m_processTimer->stop();
}

} // namespace berth
