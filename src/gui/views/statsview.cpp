// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/statsview.h"

#include "gui/views/plot.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr int wideEnough = 640; // for two plots beside each other

using Value = std::optional<double>;

template<typename Of> QList<Value> valuesOf(const QList<FigurePoint> &history, Of of)
{
    QList<Value> values;
    values.reserve(history.size());
    for (const FigurePoint &point : history)
        values.append(of(point));
    return values;
}

} // namespace

StatsView::StatsView(QWidget *parent)
    : QWidget(parent), m_area(new QScrollArea(this)), m_notice(new QLabel(this)), m_cpu(new Plot(tr("CPU"), FigureUnit::Percent)),
      m_memory(new Plot(tr("Memory"), FigureUnit::Bytes)), m_network(new Plot(tr("Network"), FigureUnit::BytesPerSecond)),
      m_disk(new Plot(tr("Disk"), FigureUnit::BytesPerSecond))
{
    auto *content = new QWidget(m_area);
    content->setObjectName("plots"_L1);
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(0, 0, 8, 0);
    m_grid->setSpacing(8);
    const auto place = [content](Plot *plot, const QString &name) {
        plot->setParent(content);
        plot->setObjectName(name);
    };
    place(m_cpu, u"cpuPlot"_s);
    place(m_memory, u"memoryPlot"_s);
    place(m_network, u"networkPlot"_s);
    place(m_disk, u"diskPlot"_s);
    arrange();
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus); // the plots have it, and scroll into sight
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(content);
    m_notice->setProperty("role", u"secondary"_s);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_notice->setContentsMargins(0, 8, 0, 0);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_area, 1);
    box->addWidget(m_notice, 1);
    m_cpu->setNote(tr("100% is the whole time of one processor."));
    setNotice({});
}

QString StatsView::notice() const { return m_notice->isHidden() ? QString() : m_notice->text(); }

void StatsView::setNotice(const QString &notice)
{
    m_notice->setText(notice);
    m_notice->show();
    m_area->hide();
}

void StatsView::setFigures(const FigureSample &last, const QList<FigurePoint> &history)
{
    const auto times = [&] {
        QList<std::chrono::nanoseconds> all;
        for (const FigurePoint &point : history)
            all.append(point.at);
        return all;
    }();
    const auto line = [&](const QString &name, auto of) { return PlotLine{name, valuesOf(history, of)}; };
    m_cpu->setData(times, {line({}, [](const FigurePoint &point) { return point.figures.cpuPercent; })});
    m_memory->setData(times, {line({}, [](const FigurePoint &point) { return point.memory; })});
    m_network->setData(times,
        {line(tr("Received"), [](const FigurePoint &point) { return point.figures.receiveRate; }),
            line(tr("Sent"), [](const FigurePoint &point) { return point.figures.sendRate; })});
    m_disk->setData(times,
        {line(tr("Read"), [](const FigurePoint &point) { return point.figures.readRate; }),
            line(tr("Written"), [](const FigurePoint &point) { return point.figures.writeRate; })});
    m_cpu->setMissing(last.cpu ? QString() : tr("This container has no control group."));
    m_memory->setMissing(last.memory ? QString() : tr("This machine does not count the memory of containers."));
    m_memory->setLimit(static_cast<double>(last.memoryLimit));
    m_memory->setNote(last.memoryIsSummed ? tr("The sum of its processes, since this machine has no memory controller.")
                                          : tr("Without cached files that are not in use."));
    m_network->setMissing(last.network ? QString() : tr("The network of this container cannot be read."));
    m_disk->setMissing(last.disk ? QString() : tr("This machine does not count for users what containers read and write."));
    m_notice->hide();
    m_area->show();
}

void StatsView::arrange()
{
    const int columns = width() >= wideEnough ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    int place = 0;
    for (Plot *plot : {m_cpu, m_memory, m_network, m_disk}) {
        m_grid->addWidget(plot, place / columns, place % columns);
        ++place;
    }
}

void StatsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace berth
