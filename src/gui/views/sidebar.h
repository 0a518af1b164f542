// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QToolButton;
class QMenu;
class QVBoxLayout;

namespace berth {

// The way between the pages: one entry each, with how many things it holds.
class Sidebar final : public QWidget {
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent = nullptr);

    // Entries are numbered from 0 in the order of the calls; Ctrl+1… chooses them.
    int addEntry(const QString &icon, const QString &text);
    void setCount(int entry, int count);   // 0: no number
    void setCurrent(int entry);
    void setMenu(QMenu *menu);
    void openMenu();

Q_SIGNALS:
    void chosen(int entry);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_box;
    QButtonGroup *m_group;
    QToolButton *m_menuButton;
};

} // namespace berth
