// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/layererlink.h"

namespace berth {

// A folder below staging/ where an import works before anything is recorded. A lock in it lives as long
// as this value does, so that a collector can tell work in progress from what a killed program left.
class Staging {
public:
    static Result<Staging> create(const Store &store);

    [[nodiscard]] int fd() const { return m_folder.get(); }
    // Removes the folder when nothing but the lock is left in it.
    bool removeEmpty(const Store &store);
    // Moves the folder to trash/. Its files may belong to other ids, so a layerer deletes it from there.
    Result<> discard(const Store &store);

private:
    Staging(std::string name, UniqueFd folder, UniqueFd lock)
        : m_name(std::move(name)), m_folder(std::move(folder)), m_lock(std::move(lock))
    {
    }

    std::string m_name;
    UniqueFd m_folder;
    UniqueFd m_lock;
};

// Moves folder/name to trash/ under a name of its own. NotFound is success: somebody else was faster.
Result<> moveToTrash(const Store &store, int folder, const std::string &name);

} // namespace berth
