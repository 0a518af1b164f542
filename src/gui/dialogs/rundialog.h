// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imageinfo.h"
#include "core/runoptions.h"

#include <QDialog>
#include <QSet>

#include <memory>
#include <optional>

namespace berth {

namespace Ui {
class RunDialog;
}

// Asks how to run an image. In: values; out: a value. Says while typing what is wrong, and shows the
// command that would do the same.
class RunDialog final : public QDialog {
    Q_OBJECT
public:
    enum class Start { Run, CreateOnly };

    // image is the name to begin with, empty: the newest. takenNames are the containers' names.
    RunDialog(const QList<ImageInfo> &images, const QString &image, const QSet<QString> &takenNames, QWidget *parent = nullptr);
    ~RunDialog() override;

    // Nothing while a field is wrong; the buttons are disabled then.
    [[nodiscard]] std::optional<RunOptions> options() const;
    [[nodiscard]] Start start() const { return m_start; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fillImages(const QList<ImageInfo> &images, const QString &image);
    void connectFields();
    void showMore(bool more);
    void fitHeight();
    [[nodiscard]] int neededHeight() const;
    void addFolder();
    void imageChanged();
    void update();
    void acceptAs(Start start);
    // Each reads its field and shows beside it what is wrong there.
    bool readImage(RunOptions &options) const;
    bool readName(RunOptions &options) const;
    bool readCommand(RunOptions &options) const;
    bool readPorts(RunOptions &options) const;
    bool readFolder(RunOptions &options) const;
    bool readEnvironment(RunOptions &options) const;
    bool readMounts(RunOptions &options) const;
    bool readLimits(RunOptions &options) const;
    const ImageInfo *chosenImage() const;

    std::unique_ptr<Ui::RunDialog> m_ui;
    QList<ImageInfo> m_images;
    QSet<QString> m_takenNames;
    Start m_start = Start::Run;
};

} // namespace berth
