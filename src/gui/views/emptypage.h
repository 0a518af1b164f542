// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace berth {

namespace Ui {
class EmptyPage;
}

// What a page shows instead of an empty list: what is the matter, a button that helps, and the command
// that does the same. An empty text leaves its part out.
class EmptyPage final : public QWidget {
    Q_OBJECT
public:
    struct Texts {
        QString icon;
        QString title;
        QString text;
        QString button;
        QString command;
    };
    explicit EmptyPage(QWidget *parent = nullptr);
    ~EmptyPage() override;

    void setTexts(const Texts &texts);

Q_SIGNALS:
    void buttonClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintIcon();

    std::unique_ptr<Ui::EmptyPage> m_ui;
    QString m_icon;
};

} // namespace berth
