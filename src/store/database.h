// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QVariantList>

namespace berth {

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
    template<typename Change> auto transaction(Change change) const -> decltype(change())
    {
        if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return std::unexpected(begun.error());
        auto result = change();
        if (!result) {
            rollBack();
            return result;
        }
        if (auto committed = run(QStringLiteral("COMMIT")); !committed) {
            rollBack();
            return std::unexpected(committed.error());
        }
        return result;
    }

private:
    Database(QString connection, QString file);
    Result<> connect() const;
    Result<> migrate() const;
    Result<Rows> runOnce(const QString &sql, const QVariantList &values) const;
    void rollBack() const;

    QString m_connection; // empty: moved from
    QString m_file;
};

} // namespace berth
