// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

#include <memory>
#include <optional>

namespace berth {

namespace Ui {
class TerminalDialog;
}

// What to start on a terminal in a running container.
struct TerminalChoice {
    QString container;  // name
    QStringList command;
    QString user;       // empty: the container's
    QString folder;     // empty: the container's

    // "exec -it …": the arguments for `berth`.
    [[nodiscard]] QStringList arguments() const;
    friend bool operator==(const TerminalChoice &, const TerminalChoice &) = default;
};

class TerminalDialog final : public QDialog {
    Q_OBJECT
public:
    // containers are the running ones' names. last is what was chosen before for this image.
    TerminalDialog(const QStringList &containers, const TerminalChoice &last, QWidget *parent = nullptr);
    ~TerminalDialog() override;

    // Commands that are in the image, the best first; may come after the dialog is shown.
    void setOffered(const QString &container, const QStringList &commands);
    [[nodiscard]] std::optional<TerminalChoice> choice() const;

Q_SIGNALS:
    void containerChosen(const QString &container); // asks for its commands

private:
    void update();

    std::unique_ptr<Ui::TerminalDialog> m_ui;
    bool m_edited = false; // the person typed a command: leave it alone
};

} // namespace berth
