// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/imageoperations.h"
#include "support/archivewriter.h"
#include "support/layerfixture.h"

#include <QDirIterator>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>

namespace berth::test {

// A store to import into, what it holds as text, and a folder beside it that no import may touch.
class ImportFixture : public LayerFixture {
public:
    ImportFixture()
    {
        QDir().mkpath(path(QStringLiteral("outside/folder")));
        write(QStringLiteral("outside/canary"), "alive");
        write(QStringLiteral("outside/folder/canary"), "alive");
        ::chmod(path(QStringLiteral("outside/canary")).toLocal8Bit().constData(), 0640);
        m_outside = listing(path(QStringLiteral("outside")));
    }

    Result<QList<ImportedImage>> import(const QString &file)
    {
        NoProgress progress;
        return importArchive(store(), file, progress);
    }
    Result<QList<ImportedImage>> importBytes(const std::string &bytes)
    {
        return import(write(QStringLiteral("archive.tar"), bytes));
    }
    // Writes members below folder, which is made empty.
    QString writeFolder(const QString &name, const Members &members) const
    {
        QDir(path(name)).removeRecursively();
        for (const auto &[member, content] : members) {
            QDir().mkpath(QFileInfo(path(name + u'/' + member)).path());
            write(name + u'/' + member, content.toStdString());
        }
        return path(name);
    }

    // The real archives that ./dev makes.
    static QString realArchive(const QString &name) { return qEnvironmentVariable("BERTH_TEST_IMAGES") + u'/' + name; }

    [[nodiscard]] bool isOutsideUntouched() const { return listing(path(QStringLiteral("outside"))) == m_outside; }

    // A layerer empties it on its own time.
    void waitForTrash() const
    {
        QVERIFY2(QTest::qWaitFor([&] { return QDir(dataPath(QStringLiteral("trash"))).isEmpty(); }, 20'000),
            "the trash is not emptied");
    }
    // Everything the store knows and has, one line each: rows of the database, and files as listing() shows them.
    [[nodiscard]] QStringList contents() const
    {
        QStringList lines = rows() + listing(layersPath());
        for (const QString &name : {QStringLiteral("staging"), QStringLiteral("containers"), QStringLiteral("volumes")})
            lines += listing(dataPath(name));
        waitForTrash();
        return lines;
    }
    // What a crash may leave and collecting must remove: layers without a record, work, trash.
    [[nodiscard]] QStringList garbage()
    {
        waitForTrash();
        QStringList found;
        const auto layers = QDir(layersPath()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        for (const QString &name : layers) {
            const auto chainId = Digest::parse(name);
            const auto known = chainId ? store().layer(*chainId) : std::optional<LayerRecord>();
            if (!known || !*known)
                found += QStringLiteral("layers/") + name;
        }
        for (const QString &folder : {QStringLiteral("staging"), QStringLiteral("trash")}) {
            const auto names = QDir(dataPath(folder)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
            for (const QString &name : names)
                found += folder + u'/' + name;
        }
        return found;
    }

    // Rebuilds the stream of every layer of the image and compares its digest. "" or what is wrong.
    QString packAll(const ImageInfo &image)
    {
        for (qsizetype i = 0; i < image.diffIds.size(); ++i) {
            auto link = start()();
            const UniqueFd folder(::open(dataPath(QStringLiteral("layers/") + image.chainIds[i].hex()).toLocal8Bit().constData(),
                O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            const UniqueFd output(::open("/dev/null", O_WRONLY | O_CLOEXEC));
            const int fds[] = {folder.get(), output.get()};
            NoProgress progress;
            const auto packed = link ? link->ask(layerer::Pack{rawDigest(image.diffIds[i])}, fds, progress, 0)
                                     : std::unexpected(link.error());
            if (!packed)
                return image.diffIds[i].text() + QStringLiteral(": ") + QString::fromStdString(packed.error().detail);
        }
        return {};
    }

    static QStringList listing(const QString &folder)
    {
        QStringList lines;
        QDirIterator entries(
            folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            const QString entry = entries.next();
            struct stat status = {};
            ::lstat(entry.toLocal8Bit().constData(), &status);
            // No write to a file, to its owner or to its mode leaves the change time as it was.
            lines += QStringLiteral("%1 %2 %3 %4 %5.%6")
                         .arg(entry)
                         .arg(status.st_mode, 0, 8)
                         .arg(status.st_ino)
                         .arg(status.st_size)
                         .arg(status.st_ctim.tv_sec)
                         .arg(status.st_ctim.tv_nsec);
        }
        lines.sort();
        return lines;
    }

private:
    [[nodiscard]] QString layersPath() const { return dataPath(QStringLiteral("layers")); }
    [[nodiscard]] QStringList rows() const
    {
        QStringList lines;
        const QString connection = QStringLiteral("snapshot");
        {
            auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
            database.setDatabaseName(dataPath(QStringLiteral("berth.db")));
            if (!database.open())
                lines += QStringLiteral("the database cannot be opened");
            const auto tables = database.tables();
            for (const QString &table : tables) {
                QSqlQuery query(QStringLiteral("SELECT * FROM ") + table, database);
                while (query.next()) {
                    QStringList values{table};
                    for (int column = 0; column < query.record().count(); ++column)
                        values += query.value(column).toString();
                    lines += values.join(u'|');
                }
            }
        }
        QSqlDatabase::removeDatabase(connection);
        lines.sort();
        return lines;
    }

    QStringList m_outside;
};

} // namespace berth::test
