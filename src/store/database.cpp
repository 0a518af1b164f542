// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QThread>

#include <atomic>
#include <utility>

#include <sqlite3.h>
#include <sys/statvfs.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// SQLite waits this long by itself; run() goes on waiting in the few places where SQLite gives up at
// once (recovery after a crash, the last connection closing).
constexpr int busyTimeoutMs = 20'000;
constexpr int busyLimitMs = 60'000;

// Pages. Nobody checkpoints when leaving, so this bounds what the next first program reads back.
constexpr int checkpointPages = 100;

// Step n leads from version n to n + 1, one statement after another. A step that was published is never
// changed: databases of every version are somebody's.
const QList<QStringList> migrations{
    {
        u"CREATE TABLE layers (chain_id TEXT PRIMARY KEY, diff_id TEXT NOT NULL, size INTEGER NOT NULL, "
        "tar_size INTEGER NOT NULL, entries INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE images (id TEXT PRIMARY KEY, created INTEGER NOT NULL, config BLOB NOT NULL)"_s,
        u"CREATE TABLE image_layers (image_id TEXT NOT NULL REFERENCES images(id) ON DELETE CASCADE, "
        "position INTEGER NOT NULL, chain_id TEXT NOT NULL REFERENCES layers(chain_id), "
        "PRIMARY KEY (image_id, position)) WITHOUT ROWID"_s,
        u"CREATE INDEX image_layers_by_chain ON image_layers(chain_id)"_s,
        u"CREATE TABLE names (name TEXT PRIMARY KEY, image_id TEXT NOT NULL REFERENCES images(id) "
        "ON DELETE CASCADE) WITHOUT ROWID"_s,
        u"CREATE INDEX names_by_image ON names(image_id)"_s,
        u"CREATE TABLE containers (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, image_id TEXT NOT NULL "
        "REFERENCES images(id), image_name TEXT NOT NULL, created INTEGER NOT NULL, arguments TEXT NOT NULL, "
        "options TEXT NOT NULL)"_s,
        u"CREATE INDEX containers_by_image ON containers(image_id)"_s,
        u"CREATE TABLE volumes (name TEXT PRIMARY KEY, anonymous INTEGER NOT NULL, created INTEGER NOT NULL) "
        "WITHOUT ROWID"_s,
        u"CREATE TABLE container_volumes (container_id TEXT NOT NULL REFERENCES containers(id) "
        "ON DELETE CASCADE, volume TEXT NOT NULL REFERENCES volumes(name), "
        "PRIMARY KEY (container_id, volume)) WITHOUT ROWID"_s,
        u"CREATE INDEX container_volumes_by_volume ON container_volumes(volume)"_s,
    },
    {
        u"ALTER TABLE volumes ADD COLUMN labels TEXT NOT NULL DEFAULT ''"_s,
    },
    {
        u"CREATE TABLE forgotten (image_id TEXT PRIMARY KEY REFERENCES images(id) ON DELETE CASCADE) WITHOUT ROWID"_s,
    },
    {
        u"CREATE TABLE networks (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, driver TEXT NOT NULL, "
        "subnet TEXT NOT NULL DEFAULT '', gateway TEXT NOT NULL DEFAULT '', ip_range TEXT NOT NULL DEFAULT '', "
        "configured INTEGER NOT NULL DEFAULT 0, internal INTEGER NOT NULL DEFAULT 0, "
        "attachable INTEGER NOT NULL DEFAULT 0, labels TEXT NOT NULL DEFAULT '', "
        "driver_options TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL) WITHOUT ROWID"_s,
        u"INSERT INTO networks (id, name, driver, created) SELECT lower(hex(randomblob(32))), name, driver, "
        "strftime('%s', 'now') * 1000 FROM (SELECT 'bridge' AS name, 'bridge' AS driver UNION ALL SELECT 'host', 'host' "
        "UNION ALL SELECT 'none', 'null')"_s,
        // Without a foreign key to networks: a network may go while stopped containers still ask for it, and a
        // container may ask for one that there never was.
        u"CREATE TABLE attachments (container_id TEXT NOT NULL REFERENCES containers(id) ON DELETE CASCADE, "
        "network TEXT NOT NULL, position INTEGER NOT NULL, aliases TEXT NOT NULL, links TEXT NOT NULL, "
        "fixed_address TEXT NOT NULL, fixed_mac TEXT NOT NULL, address TEXT, PRIMARY KEY (container_id, network), "
        "UNIQUE (network, address)) WITHOUT ROWID"_s,
        // Containers of before had their loopback interface and were promised nothing more.
        u"UPDATE containers SET options = json_set(options, '$.networkMode', 'none')"_s,
        u"INSERT INTO attachments SELECT containers.id, networks.id, 0, '[]', '[]', '', '', NULL FROM containers, networks "
        "WHERE networks.name = 'none'"_s,
    },
};
const int schemaVersion = static_cast<int>(migrations.size());

bool isDiskFull(const QString &file)
{
    struct statvfs status = {};
    return ::statvfs(QFile::encodeName(file).constData(), &status) == 0 && status.f_bavail == 0;
}

// The low byte of an extended code is the plain one.
int plainCode(const QSqlError &error) { return error.nativeErrorCode().toInt() & 0xff; }

// A command that makes the log, checkpoints it and deletes it again spends most of its time in the disk's
// hands, and cannot even read when the disk is full. So the log stays where it is and is used again.
// Source: sqlite3.h, SQLITE_FCNTL_PERSIST_WAL and SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.
bool keepLog(const QSqlDatabase &connection)
{
    const QVariant handle = connection.driver()->handle();
    if (handle.typeName() != QByteArrayView("sqlite3*"))
        return false;
    auto *sqlite = *static_cast<sqlite3 *const *>(handle.constData());
    int keep = 1;
    return sqlite3_file_control(sqlite, "main", SQLITE_FCNTL_PERSIST_WAL, &keep) == SQLITE_OK
        && sqlite3_db_config(sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr) == SQLITE_OK;
}

std::unexpected<Error> databaseError(const QString &file, const QSqlError &error)
{
    const std::string name = file.toStdString();
    const std::string reason = error.databaseText().isEmpty() ? error.driverText().toStdString()
                                                              : error.databaseText().toStdString();
    switch (plainCode(error)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail(ErrorCode::Unavailable, "another program has kept " + name + " busy for too long");
    case SQLITE_CONSTRAINT: return fail(ErrorCode::AlreadyExists, reason);
    case SQLITE_FULL: return fail(ErrorCode::NoSpace, "the disk that holds " + name + " is full");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail(ErrorCode::Corrupt,
            "the database " + name + " is damaged (" + reason
                + "); restore it from a backup, or move it away and import the images again");
    case SQLITE_READONLY: return fail(ErrorCode::PermissionDenied, "cannot write the database " + name + ": " + reason);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (isDiskFull(file))
            return fail(ErrorCode::NoSpace, "the disk that holds " + name + " is full");
        return fail(ErrorCode::PermissionDenied, "cannot use the database " + name + ": " + reason);
    default: return fail(ErrorCode::Internal, "database " + name + ": " + reason);
    }
}

} // namespace

Database::Database(QString connection, QString file) : m_connection(std::move(connection)), m_file(std::move(file)) {}

Database::Database(Database &&other) noexcept
    : m_connection(std::exchange(other.m_connection, QString())), m_file(std::move(other.m_file))
{
}

Database::~Database()
{
    if (m_connection.isEmpty())
        return;
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<Database> Database::open(const QString &file)
{
    static std::atomic<int> counter = 0;
    Database database(u"berth-"_s + QString::number(counter++), file);
    auto ready = database.connect();
    if (ready)
        ready = database.migrate();
    if (!ready)
        return std::unexpected(ready.error());
    return database;
}

Result<> Database::connect() const
{
    auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    if (!connection.isValid())
        return fail(ErrorCode::Internal, "Qt's SQLite driver is not installed");
    connection.setDatabaseName(m_file);
    connection.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT="_s + QString::number(busyTimeoutMs));
    if (!connection.open())
        return databaseError(m_file, connection.lastError());
    const auto mode = run(u"PRAGMA journal_mode"_s);
    if (!mode)
        return std::unexpected(mode.error());
    if (mode->value(0).value(0).toString() != "wal"_L1) {
        if (auto changed = run(u"PRAGMA journal_mode = WAL"_s); !changed)
            return std::unexpected(changed.error());
    }
    if (!keepLog(connection))
        return fail(ErrorCode::Internal, "Qt's SQLite driver is not the one that Berth was built for");
    if (auto set = run(u"PRAGMA wal_autocheckpoint = "_s + QString::number(checkpointPages)); !set)
        return std::unexpected(set.error());
    if (auto set = run(u"PRAGMA foreign_keys = ON"_s); !set)
        return std::unexpected(set.error());
    return setDurability(Durability::Process);
}

Result<> Database::migrate() const
{
    const auto version = [this]() -> Result<int> {
        const auto rows = run(u"PRAGMA user_version"_s);
        if (!rows)
            return std::unexpected(rows.error());
        return rows->value(0).value(0).toInt();
    };
    const auto refuseNewer = [this](int found) {
        return fail(ErrorCode::Unsupported,
            "the database " + m_file.toStdString() + " was made by a newer Berth (version " + std::to_string(found)
                + ", this program knows " + std::to_string(schemaVersion) + "); update Berth to use it");
    };
    const auto found = version();
    if (!found)
        return std::unexpected(found.error());
    if (*found > schemaVersion)
        return refuseNewer(*found);
    if (*found == schemaVersion)
        return {};
    return transaction([&]() -> Result<> {
        // Another process may have been first while this one waited for the write lock.
        const auto now = version();
        if (!now)
            return std::unexpected(now.error());
        if (*now > schemaVersion)
            return refuseNewer(*now);
        if (*now == schemaVersion)
            return {};
        for (const QStringList &step : migrations.sliced(*now)) {
            for (const QString &statement : step) {
                if (auto made = run(statement); !made)
                    return std::unexpected(made.error());
            }
        }
        if (auto set = run(u"PRAGMA user_version = "_s + QString::number(schemaVersion)); !set)
            return std::unexpected(set.error());
        return {};
    });
}

Result<Database::Rows> Database::runOnce(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return databaseError(m_file, query.lastError());
    for (const QVariant &value : values) {
        // Qt binds a null QString as NULL; to us an unset text is an empty one.
        const bool isUnsetText = value.typeId() == QMetaType::QString && value.toString().isNull();
        query.addBindValue(isUnsetText ? QVariant(u""_s) : value);
    }
    if (!query.exec())
        return databaseError(m_file, query.lastError());
    Rows rows;
    const int columns = query.record().count();
    while (query.next()) {
        QVariantList row;
        row.reserve(columns);
        for (int column = 0; column < columns; ++column)
            row += query.value(column);
        rows += row;
    }
    if (query.lastError().type() != QSqlError::NoError)
        return databaseError(m_file, query.lastError());
    return rows;
}

Result<Database::Rows> Database::run(const QString &sql, const QVariantList &values) const
{
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        auto rows = runOnce(sql, values);
        if (rows || rows.error().code != ErrorCode::Unavailable || timer.elapsed() > busyLimitMs)
            return rows;
        QThread::msleep(5);
    }
}

Result<> Database::setDurability(Durability durability) const
{
    if (m_durability == durability)
        return {};
    if (auto set = run(durability == Durability::Power ? u"PRAGMA synchronous = FULL"_s : u"PRAGMA synchronous = NORMAL"_s); !set)
        return std::unexpected(set.error());
    m_durability = durability;
    return {};
}

void Database::rollBack() const
{
    // SQLite rolls back by itself after some errors (a full disk); a second ROLLBACK then fails, and
    // that is no news.
    static_cast<void>(runOnce(u"ROLLBACK"_s, {}));
}

} // namespace berth
