// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "system/berthcommand.h"

#include <QElapsedTimer>
#include <QFile>

namespace berth::test {

// Tests of verbs: one store with busybox in it, and no container when a function begins.
class CommandTest : public QObject {
    Q_OBJECT
protected:
    std::unique_ptr<BerthCommand> m_berth;

    Answer berth(const QList<QByteArray> &arguments) { return m_berth->run(arguments); }
    Answer berth(const QList<QByteArray> &arguments, const QByteArray &input) { return m_berth->run(arguments, input); }
    // What a line of the shell says in a new container; options come before the image.
    Answer shell(const QByteArray &line, const QList<QByteArray> &options = {})
    {
        return berth(QList<QByteArray>{"run", "--rm"} + options + QList<QByteArray>{"busybox", "sh", "-c", line});
    }
    // One field of one container, by a template.
    QByteArray inspect(const QByteArray &name, const QByteArray &field)
    {
        return berth({"inspect", "-f", "{{" + field + "}}", name}).out.trimmed();
    }
    bool waitForLog(const QByteArray &name, const QByteArray &text)
    {
        return QTest::qWaitFor([&] { return berth({"logs", name}).out.contains(text); }, 10'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_berth = std::make_unique<BerthCommand>();
        const auto loaded = m_berth->load(QStringLiteral("busybox.tar"));
        VERIFY_OK(loaded);
        QCOMPARE(loaded.out, "Loaded image: busybox:latest\n");
    }
    void cleanup() { m_berth->removeContainers(); }
    void cleanupTestCase() { m_berth.reset(); }
};

} // namespace berth::test
