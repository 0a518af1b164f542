// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "core/digest.h"
#include "core/progress.h"
#include "store/store.h"
#include "wire/layerermessage.h"

#include <functional>
#include <span>

namespace berth {

// One running layerer. Ending the link kills it and waits, so that nothing writes afterwards.
class LayererLink {
public:
    LayererLink(UniqueFd channel, UniqueFd pidfd) : m_channel(std::move(channel)), m_pidfd(std::move(pidfd)) {}
    LayererLink(LayererLink &&) noexcept = default;
    LayererLink &operator=(LayererLink &&) noexcept;
    ~LayererLink() { end(); }

    [[nodiscard]] int channel() const { return m_channel.get(); }
    Result<> send(const layerer::Message &message, std::span<const int> fds = {}) const;
    // Blocks. Unavailable, with the reason, when the layerer has ended.
    Result<layerer::Message> receive() const;
    // Sends a request and waits for its final reply. progress gets what the layerer tells; when it is
    // cancelled the layerer is killed.
    Result<layerer::Message> ask(const layerer::Message &request, std::span<const int> fds, Progress &progress, qint64 total);

private:
    void end();

    UniqueFd m_channel;
    UniqueFd m_pidfd;
};

// How layerers are started: in the namespaces of the user's holder, or otherwise in tests.
using StartLayerer = std::function<Result<LayererLink>()>;
// Asks for the holder at the first call only.
StartLayerer layererInHolder(const Store &store);

layerer::Sha256 rawDigest(const Digest &digest);

} // namespace berth
