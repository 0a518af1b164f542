// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QTemporaryDir>

namespace berth {

// A fresh store in a temporary folder, and the smallest image that the store accepts.
class StoreFixture {
public:
    [[nodiscard]] EnginePaths paths() const { return {.data = m_folder.path(), .runtime = m_folder.path()}; }
    [[nodiscard]] Result<Store> open() const { return Store::open(paths()); }

    static LayerRecord layer(const QByteArray &content)
    {
        const Digest diffId = Digest::ofBytes(content);
        return {.chainId = diffId, .diffId = diffId, .size = 1000, .tarSize = 2048, .entries = 3};
    }
    // One layer; text makes the configuration, and so the id, different.
    static QByteArray config(const LayerRecord &layer, const QByteArray &text = "x")
    {
        return R"({"architecture":"amd64","os":"linux","created":"2026-01-02T03:04:05.678901234Z",)"
               R"("author":")"
            + text + R"(","config":{"Cmd":["redis-server"],"Env":["A=1"]},"rootfs":{"type":"layers","diff_ids":[")"
            + layer.diffId.text().toLatin1() + R"("]}})";
    }
    static ImageReference name(QStringView text) { return ImageReference::parse(text).value(); }

private:
    QTemporaryDir m_folder;
};

} // namespace berth
