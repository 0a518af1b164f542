// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/containerinfo.h"
#include "gui/models/imagemodel.h"
#include "gui/views/facts.h"
#include "store/enginepaths.h"

#include <QFrame>
#include <QJsonObject>

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

// What is known about the selected thing: Summary, Logs (containers only), Inspect. Follows the
// selection; a page that is not shown costs nothing.
class DetailsPane final : public QFrame {
    Q_OBJECT
public:
    enum Tab { Summary, Logs, Inspect };

    explicit DetailsPane(QWidget *parent = nullptr);
    ~DetailsPane() override;

    // Without paths there are no logs.
    void setPaths(const EnginePaths &paths) { m_paths = paths; }
    void showContainer(const ContainerInfo &container);
    void showImage(const ImageRow &row);
    void showVolume(const VolumeDetails &details);
    void clear();                       // nothing or several things are selected
    void setInspect(const QString &id, const QJsonObject &object);
    void showTab(Tab tab);
    void refreshTimes();
    [[nodiscard]] LogView *logView() const { return m_logs; }
    [[nodiscard]] QString shownId() const { return m_id; }

Q_SIGNALS:
    void inspectWanted(const QString &id);
    void actionRequested(berth::ContainerAction action, const QString &id);
    void failed(const berth::Error &error);
    void closeRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeSummary();
    void begin(const QString &id, bool container);
    void load();                        // of the current tab
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
    QTimer *m_loadTimer;                // moving through the list quickly must not start every log
    std::optional<EnginePaths> m_paths;
    std::optional<ContainerInfo> m_container;
    std::optional<ImageRow> m_image;
    std::optional<VolumeDetails> m_volume;
    QString m_id;
};

} // namespace berth
