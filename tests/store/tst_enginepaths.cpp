// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/enginepaths.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

class TestEnginePaths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", (m_folder->path() + u"/deep/data"_s).toUtf8());
        qputenv("XDG_RUNTIME_DIR", (m_folder->path() + u"/run"_s).toUtf8());
        QVERIFY(QDir(m_folder->path()).mkdir(u"run"_s));
    }

    void makesClosedFolders()
    {
        const auto paths = EnginePaths::fromEnvironment();
        QVERIFY2(paths.has_value(), paths ? "" : paths.error().detail.c_str());
        QCOMPARE(paths->data, m_folder->path() + u"/deep/data/berth"_s);
        QCOMPARE(paths->runtime, m_folder->path() + u"/run/berth"_s);
        for (const QString &folder : {paths->data, paths->runtime}) {
            struct stat status = {};
            QCOMPARE(::stat(folder.toUtf8().constData(), &status), 0);
            QCOMPARE(status.st_mode & 07777, mode_t(0700));
        }
    }

    void closesAFolderThatWasLeftOpen()
    {
        const QString folder = m_folder->path() + u"/run/berth"_s;
        QVERIFY(QDir().mkdir(folder));
        QCOMPARE(::chmod(folder.toUtf8().constData(), 0755), 0);
        QVERIFY(EnginePaths::fromEnvironment().has_value());
        struct stat status = {};
        QCOMPARE(::stat(folder.toUtf8().constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0700));
    }

    void ignoresRelativeVariables()
    {
        qputenv("XDG_DATA_HOME", "relative");
        qputenv("HOME", m_folder->path().toUtf8());
        const auto paths = EnginePaths::fromEnvironment();
        QVERIFY(paths.has_value());
        QCOMPARE(paths->data, m_folder->path() + u"/.local/share/berth"_s);
    }

    void refusesALink()
    {
        // Somebody who can write the parent could otherwise send our sockets elsewhere.
        const QString target = m_folder->path() + u"/elsewhere"_s;
        QVERIFY(QDir().mkdir(target));
        QVERIFY(QFile::link(target, m_folder->path() + u"/run/berth"_s));
        QVERIFY(!EnginePaths::fromEnvironment());
        QVERIFY(QDir(target).isEmpty());
    }

    void saysWhenTheHomeCannotBeWritten()
    {
        if (::geteuid() == 0)
            qputenv("XDG_DATA_HOME", "/proc/no");
        else
            qputenv("XDG_DATA_HOME", "/no/such/root");
        const auto paths = EnginePaths::fromEnvironment();
        QVERIFY(!paths);
        const QString detail = QString::fromStdString(paths.error().detail);
        QVERIFY2(detail.startsWith(u"cannot create the folder /"_s), qPrintable(detail));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestEnginePaths)
#include "tst_enginepaths.moc"
