// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "gui/models/figurebook.h"
#include "gui/models/imagemodel.h"
#include "gui/views/facts.h"
#include "store/enginepaths.h"

#include <QFrame>
#include <QJsonObject>
#include <QMap>

#include <memory>
#include <optional>

class QBoxLayout;
class QLabel;
class QTabWidget;
class QTimer;

namespace berth {

class FactList;
class JsonView;
class LifecycleView;
class LogView;
class RowsView;
class StatsView;
struct Rows;

// What is known about the selected thing: a summary, the log of a container, the steps that made an image
// and so on, each on a tab. Follows the selection; a tab that is not shown costs nothing.
class DetailsPane final : public QFrame {
    Q_OBJECT
public:
    enum Tab { Summary, Logs, Processes, Stats, Changes, History, Inspect };

    explicit DetailsPane(QWidget *parent = nullptr);
    ~DetailsPane() override;

    // Without paths there are no logs.
    void setPaths(const EnginePaths &paths) { m_paths = paths; }
    void showContainer(const ContainerInfo &container);
    void showImage(const ImageRow &row);
    void showVolume(const VolumeDetails &details);
    void clear();                       // nothing or several things are selected
    void setInspect(const QString &id, const QJsonObject &object);
    void setRows(Tab tab, const QString &id, const Rows &rows); // of a tab that is a table
    // Of the container that is shown, for its tab while that is shown. last: nothing when it does not run or was not
    // looked at yet.
    void setFigures(const std::optional<FigureSample> &last, const QList<FigurePoint> &history);
    [[nodiscard]] bool wantsFigures() const; // they would be seen, and there is something to see
    void showTab(Tab tab);
    void refreshTimes();
    [[nodiscard]] LogView *logView() const { return m_logs; }
    [[nodiscard]] QString shownId() const { return m_id; }

Q_SIGNALS:
    void inspectWanted(const QString &id);
    void rowsWanted(berth::DetailsPane::Tab tab, const QString &id);
    void actionRequested(berth::ContainerAction action, const QString &id);
    void failed(const berth::Error &error);
    void closeRequested();
    void tabShown(berth::DetailsPane::Tab tab); // of whatever is shown, after its selection has rested

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeSummary();
    void addRows(Tab tab, const QString &title);
    void begin(const QString &id, const QList<Tab> &tabs);
    void load();                        // of the current tab
    void loadRows(Tab tab);
    void setHeading(const QString &title, const QString &state);

    QTabWidget *m_tabs;
    QLabel *m_shape = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_state = nullptr;
    QBoxLayout *m_summaryBox = nullptr;
    FactList *m_facts = nullptr;
    LifecycleView *m_lifecycle = nullptr;
    LogView *m_logs;
    JsonView *m_json;
    StatsView *m_stats;
    QMap<Tab, RowsView *> m_rows;
    QTimer *m_loadTimer;                // moving through the list quickly must not start every log
    QTimer *m_processTimer;             // processes come and go without telling anybody; runs while they are shown
    std::optional<EnginePaths> m_paths;
    std::optional<ContainerInfo> m_container;
    std::optional<ImageRow> m_image;
    std::optional<VolumeDetails> m_volume;
    QString m_id;
};

} // namespace berth
