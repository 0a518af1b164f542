// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"

#include "store/store.h"

#include <chrono>
#include <memory>

#include <sys/stat.h>

namespace berth {

// The names in the caller's store. Kept for a second unless the store was changed by anybody: a person who
// types must not wait for a thousand containers at each key, nor read that one is up for a minute for ever.
class StoreNames : public NameSource {
public:
    std::vector<KnownContainer> containers() override;
    std::vector<KnownImage> images() override;
    std::vector<std::string> volumes() override;
    std::vector<std::string> networks() override;

private:
    // Nothing when there is no store, or none that can be read: then there is nothing to name.
    Store *store();
    void refresh();

    std::unique_ptr<Store> m_store;
    bool m_isOpened = false;
    timespec m_seen{};
    std::chrono::steady_clock::time_point m_readAt;
    std::unique_ptr<std::vector<KnownContainer>> m_containers;
    std::unique_ptr<std::vector<KnownImage>> m_images;
};

} // namespace berth
