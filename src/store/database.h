// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QVariantList>

#include <optional>

namespace berth {

// What a committed change survives, at once: the death of any process, or a loss of power, too, for which
// the disk has to be waited for. The former reaches the disk within the half minute after which the
// kernel writes; until then a loss of power takes the last commits back, never half of one. So a change
// before which data was written, or after which data is deleted, must be of the latter kind.
enum class Durability { Process, Power };

// One SQLite connection. Nothing of Qt's SQL classes leaves database.cpp, so that connections are
// always closed in the right order and in the thread that made them.
class Database {
public:
    // Creates the file and its tables when missing. Unsupported: a newer version made it. Corrupt:
    // it is damaged. Waiting for other processes is hidden.
    static Result<Database> open(const QString &file);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&) = delete;
    ~Database();

    using Rows = QList<QVariantList>;
    // One statement, all its rows. AlreadyExists: a UNIQUE or FOREIGN KEY rule was broken.
    Result<Rows> run(const QString &sql, const QVariantList &values = {}) const;

    // Runs change as one transaction. It takes the write lock at its start, so that what it reads
    // cannot be changed by another process before it writes; an error rolls everything back.
    template<typename Change> auto transaction(Change change) const { return transaction(Durability::Process, change); }
    template<typename Change> auto transaction(Durability durability, Change change) const -> decltype(change())
    {
        if (auto set = setDurability(durability); !set)
            return std::unexpected(set.error());
        if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return std::unexpected(begun.error());
        auto result = change();
        if (result) {
            if (auto committed = run(QStringLiteral("COMMIT")); !committed)
                result = std::unexpected(committed.error());
        }
        if (!result)
            rollBack();
        return result;
    }

private:
    Database(QString connection, QString file);
    Result<> connect() const;
    Result<> migrate() const;
    Result<Rows> runOnce(const QString &sql, const QVariantList &values) const;
    Result<> setDurability(Durability durability) const;
    void rollBack() const;

    QString m_connection; // empty: moved from
    mutable std::optional<Durability> m_durability; // of the next transaction
    QString m_file;
};

} // namespace berth
