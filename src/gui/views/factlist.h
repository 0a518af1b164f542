// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFormLayout;

namespace berth {

struct Fact {
    QString name;
    QString value;
    bool code = false; // fixed-width: ids, commands, paths
};

// Names and values in two columns; values can be selected and copied. Only what differs is touched, so
// that a selection survives a refresh.
class FactList final : public QWidget {
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    void setFacts(const QList<Fact> &facts); // empty values are left out

private:
    QFormLayout *m_form;
    QStringList m_names;
};

} // namespace berth
