// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/livecontainer.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTest>

#include <functional>

// Evaluates its argument once: a start that is repeated is a different thing.
#define VERIFY_RESULT(result) \
    do { \
        const auto &checked = (result); \
        QVERIFY2(checked, checked ? "" : checked.error().detail.c_str()); \
    } while (false)

namespace berth {

inline bool writeFile(const QString &path, QByteArrayView text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.data(), text.size()) == text.size();
}

// "NAME result" lines of the probe.
inline QMap<QByteArray, QByteArray> results(const QByteArray &text)
{
    QMap<QByteArray, QByteArray> map;
    for (const auto &line : text.split('\n')) {
        if (const auto space = line.indexOf(' '); space > 0)
            map[line.first(space)] = line.sliced(space + 1);
    }
    return map;
}

// The value of one line of /proc/<pid>/status.
inline QByteArray field(const QByteArray &status, const char *name)
{
    for (const auto &line : status.split('\n')) {
        if (line.startsWith(QByteArray(name) + ":"))
            return line.sliced(static_cast<qsizetype>(qstrlen(name)) + 1).simplified();
    }
    return {};
}

// Tests that start containers in one store of their own.
class ContainerTest : public QObject {
    Q_OBJECT
protected:
    std::unique_ptr<LiveStore> m_store;

    // Runs line in a fresh container; the sentence of a failed start comes as its errors.
    Outcome run(const char *line, const std::function<void(LiveContainer &)> &change = {})
    {
        LiveContainer container(*m_store);
        container.spec.arguments = shell(line);
        if (change)
            change(container);
        auto outcome = container.run();
        if (!outcome) {
            qWarning("%s", outcome.error().detail.c_str());
            return Outcome{{-1, 0, false}, {}, QByteArray::fromStdString(outcome.error().detail)};
        }
        return *outcome;
    }

    // The sentence of a start that must fail.
    QByteArray refusal(const std::function<void(LiveContainer &)> &change)
    {
        LiveContainer container(*m_store);
        container.spec.arguments = {"/bin/true"};
        change(container);
        const auto outcome = container.run();
        return outcome ? QByteArray("started") : QByteArray::fromStdString(outcome.error().detail);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto made = LiveStore::make();
        VERIFY_RESULT(made);
        m_store = std::move(*made);
    }
};

} // namespace berth
